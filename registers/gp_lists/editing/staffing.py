"""Which doctors' cycles may stand on a list together. Pure rules over the cycles of one list, before and after an edit.

Files of the register break these rules. What they broke stays as it is: an edit answers only for what it makes worse.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from registers.core.codes import CodeKey
from registers.core.identifiers import HprNumber
from registers.core.rules import Problems, Rule
from registers.core.validity import Period
from registers.gp_lists.editing.rules import (
    ONE_GP,
    SUBSTITUTE_FOR_NO_GP,
    SUBSTITUTE_LEFT,
    SUBSTITUTE_UNNAMED,
)
from registers.gp_lists.models import GP, SUBSTITUTE, DoctorCycle


@dataclass(frozen=True, slots=True, kw_only=True)
class Cycle:
    """The values of a doctor's cycle, stored or asked for."""

    hpr_number: HprNumber
    relationship: CodeKey
    substitute_for: HprNumber | None
    working_percentage: int | None
    working_on_days: tuple[int, ...]  # 0 = Sunday … 6 = Saturday
    period: Period

    @classmethod
    def of(cls, row: DoctorCycle) -> "Cycle":
        return cls(
            hpr_number=row.hpr_number,
            relationship=row.relationship,
            substitute_for=row.substitute_for,
            working_percentage=row.working_percentage,
            working_on_days=tuple(row.working_on_days),
            period=row.period,
        )

    def write_to(self, row: DoctorCycle) -> None:
        row.hpr_number = self.hpr_number
        row.relationship = self.relationship
        row.substitute_for = self.substitute_for
        row.working_percentage = self.working_percentage
        row.working_on_days = list(self.working_on_days)
        row.valid_from, row.valid_to = self.period.start, self.period.end

    def is_a_part_of(self, former: "Cycle | None") -> bool:
        """Whether it makes nothing worse than `former` did: the same relationship, at no moment more."""
        return (
            former is not None
            and (self.relationship, self.substitute_for) == (former.relationship, former.substitute_for)
            and former.period.contains(self.period)
        )


Cycles = Mapping[int, Cycle]
"""Doctors' cycles on one list, by id."""


def check_staffing(
    problems: Problems, before: Cycles, after: Cycles, *, common_list: bool, paths: Mapping[int, Sequence[str]]
) -> None:
    """Adds the rules that the edit breaks. `paths` are those of the cycles that the input makes or changes, by id."""
    if not common_list:
        _check_one_gp(problems, before, after, paths)
    _check_substitutes(problems, before, after, paths)


def _check_one_gp(problems: Problems, before: Cycles, after: Cycles, paths: Mapping[int, Sequence[str]]) -> None:
    for cycle_id, cycle in after.items():
        if cycle.relationship != GP or cycle.is_a_part_of(before.get(cycle_id)):
            continue
        other_gp = next((gp for other_id, gp in _gps_in(cycle.period, after) if other_id != cycle_id), None)
        if other_gp is not None:
            problems.add(ONE_GP, *paths.get(cycle_id, ()), value=other_gp)


def _check_substitutes(problems: Problems, before: Cycles, after: Cycles, paths: Mapping[int, Sequence[str]]) -> None:
    for cycle_id, cycle in after.items():
        broken = _rule_broken_by_substitute(cycle, after)
        if broken is None:
            continue
        former = before.get(cycle_id)
        if former is not None and cycle.is_a_part_of(former) and _rule_broken_by_substitute(former, before):
            continue
        if cycle_id in paths:
            rule, value = broken
            problems.add(rule, *paths[cycle_id], "substituteFor", value=value)
        else:
            problems.add(SUBSTITUTE_LEFT, value=cycle.hpr_number)


def _rule_broken_by_substitute(cycle: Cycle, cycles: Cycles) -> tuple[Rule, HprNumber] | None:
    """A substitute stands in for a GP who is on the list at some moment of the cycle, or on a list without a GP at any
    moment of it. The rule broken, with the HPR number that its text names."""
    if cycle.relationship != SUBSTITUTE:
        return None
    gps = [gp for _, gp in _gps_in(cycle.period, cycles)]
    if cycle.substitute_for is None:
        return (SUBSTITUTE_UNNAMED, gps[0]) if gps else None
    return None if cycle.substitute_for in gps else (SUBSTITUTE_FOR_NO_GP, cycle.substitute_for)


def _gps_in(period: Period, cycles: Cycles) -> Iterator[tuple[int, HprNumber]]:
    """GPs on the list at some moment of the period, with the ids of their cycles."""
    for cycle_id, cycle in cycles.items():
        if cycle.relationship == GP and cycle.period.overlaps(period):
            yield cycle_id, cycle.hpr_number

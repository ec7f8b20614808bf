"""Which doctors' periods may stand on a list together. Pure rules over periods, as they were and as they would be.

Files of the register break these rules; what they broke stays so, and an edit answers for what it makes worse alone.
"""

from collections.abc import Mapping, Sequence
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


@dataclass(frozen=True, slots=True)
class Service:
    """A doctor's period on a list, as far as others on the list are concerned."""

    hpr_number: HprNumber
    relationship: CodeKey
    substitute_for: HprNumber | None
    period: Period

    @classmethod
    def of(cls, row: DoctorCycle) -> "Service":
        return cls(row.hpr_number, row.relationship, row.substitute_for, row.period)

    def is_a_part_of(self, former: "Service | None") -> bool:
        """It says nothing that `former` did not say, of no moment more."""
        return (
            former is not None
            and (self.relationship, self.substitute_for) == (former.relationship, former.substitute_for)
            and _within(self.period, former.period)
        )


Services = Mapping[int, Service]
"""Doctors' periods on one list, by the id of each."""


def check_staffing(
    problems: Problems, before: Services, after: Services, *, common_list: bool, paths: Mapping[int, Sequence[str]]
) -> None:
    """Adds what the edit breaks: `paths` of the periods that it makes or changes, by id."""
    for own_id, service in after.items():
        if service.is_a_part_of(before.get(own_id)):
            continue
        gp = _other_gp(own_id, after)
        if service.relationship == GP and gp is not None and not common_list:
            problems.add(ONE_GP, *paths.get(own_id, ()), value=gp)
    for own_id, service in after.items():
        broken = _broken_substitute(service, after)
        former = before.get(own_id)
        if broken is None:
            continue
        if former is not None and service.is_a_part_of(former) and _broken_substitute(former, before) is not None:
            continue
        if own_id in paths:
            rule, value = broken
            problems.add(rule, *paths[own_id], "substituteFor", value=value)
        else:
            problems.add(SUBSTITUTE_LEFT, value=service.hpr_number)


def _other_gp(own_id: int, services: Services) -> HprNumber | None:
    return next((gp.hpr_number for other, gp in _gps(services[own_id].period, services) if other != own_id), None)


def _broken_substitute(service: Service, services: Services) -> tuple[Rule, HprNumber] | None:
    """A substitute stands in for a GP who is on the list in some of the time, or on a list vacant all the time."""
    if service.relationship != SUBSTITUTE:
        return None
    gps = [gp.hpr_number for _, gp in _gps(service.period, services)]
    if service.substitute_for is None:
        return (SUBSTITUTE_UNNAMED, gps[0]) if gps else None
    return None if service.substitute_for in gps else (SUBSTITUTE_FOR_NO_GP, service.substitute_for)


def _gps(period: Period, services: Services) -> list[tuple[int, Service]]:
    """GPs at some moment of the period."""
    return [
        (own_id, each) for own_id, each in services.items() if each.relationship == GP and _overlap(each.period, period)
    ]


def _overlap(one: Period, other: Period) -> bool:
    return (one.end is None or other.start < one.end) and (other.end is None or one.start < other.end)


def _within(inner: Period, outer: Period) -> bool:
    return outer.start <= inner.start and (outer.end is None or (inner.end is not None and inner.end <= outer.end))

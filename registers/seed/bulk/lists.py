"""The GP lists of a bulk load: office, validity, length and patients of each."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from registers.core.identifiers import GpContractId, HprNumber, OrganisationNumber
from registers.seed.bulk.size import THIS_MONTH, Size
from registers.seed.sources import enterprises, numbers
from registers.seed.sources.draw import share
from registers.seed.sources.gp_contract_cases import OFFICES as CORE_OFFICES
from registers.seed.sources.kinds import Kind
from registers.seed.sources.parties import GP_OFFICES, professional_index
from registers.seed.sources.scale import Scale, Unit, units

OF_THE_FIRST_MONTH_IN_100 = 80  # lists that are as old as the scheme
YOUNGEST_MONTHS = 12
ENDED_BETWEEN = (60, 280)  # months
SHORTEST = 500  # patients
LONGEST = 2_500  # patients


@dataclass(frozen=True, slots=True)
class GpList:
    """One GP contract. Months are counted as in `size`; a list without `until` is still in force."""

    index: int
    office: Unit
    position: int  # among the lists of its office
    vacant: bool
    since: int
    until: int | None
    patients: int
    people: range  # indices of the persons whose last list it is; those who departed come last

    @property
    def contract_id(self) -> GpContractId:
        return numbers.gp_contract_id(len(CORE_OFFICES) + self.index)

    @property
    def office_number(self) -> OrganisationNumber:
        return enterprises.party_number(self.office)

    @property
    def doctors(self) -> tuple[HprNumber, ...]:
        """The doctors with a party at the office, beginning with the list's own."""
        found = [numbers.hpr_number(professional_index(self.office, index)) for index in self.office.persons]
        first = self.position % len(found)
        return tuple(dict.fromkeys(found[first:] + found[:first]))


@cache
def gp_lists(size: Size) -> tuple[GpList, ...]:
    """All lists, neighbours in the country side by side, so that a patient's lists lie close."""
    found = list(_planned(size))
    on_lists = _shared_out([length for *_, length in found], size.patients)
    ever = _shared_out([length for *_, length in found], size.patients + size.departed)
    return tuple(
        GpList(index, office, position, vacant, since, until, len(on_lists[index]), ever[index])
        for index, (office, position, vacant, since, until, _) in enumerate(found)
    )


def offices(scale: Scale) -> list[Unit]:
    """GP offices outside the core, ordered by municipality. The lists of the core come from its files."""
    found = (unit for kind in GP_OFFICES for unit in units(scale, kind) if not unit.in_core)
    return sorted(found, key=lambda unit: (enterprises.municipality(unit).number, unit.index))


def _planned(size: Size) -> Iterator[tuple[Unit, int, bool, int, int | None, int]]:
    """(office, position there, vacant, since, until, length before it is scaled)."""
    at = offices(size.scale)
    with_vacant = [unit for unit in at if unit.kind is Kind.GP_OFFICE_WITH_VACANT_LIST]
    existing = _spread(size.lists - size.vacant_lists, at)
    vacant = _spread(size.vacant_lists, with_vacant)
    ended = _spread(size.ended_lists, at)
    index = 0
    for unit in at:
        kinds = [(False, False)] * existing(unit) + [(True, False)] * vacant(unit) + [(False, True)] * ended(unit)
        for position, (is_vacant, has_ended) in enumerate(kinds):
            until = ENDED_BETWEEN[0] + share("list ended", index, ENDED_BETWEEN[1] - ENDED_BETWEEN[0])
            yield (
                unit,
                position,
                is_vacant,
                0 if has_ended else _since(index),
                until if has_ended else None,
                0 if has_ended else _length(index, is_vacant),
            )
            index += 1


def _spread(count: int, among: list[Unit]) -> Callable[[Unit], int]:
    """How many of `count` each unit gets: evenly, one more here and there."""
    shares = {
        unit.index: count * (index + 1) // len(among) - count * index // len(among) for index, unit in enumerate(among)
    }
    return lambda unit: shares.get(unit.index, 0)


def _since(index: int) -> int:
    if share("list began", index, 100) < OF_THE_FIRST_MONTH_IN_100:
        return 0
    return 1 + share("month it began", index, THIS_MONTH - YOUNGEST_MONTHS)


def _length(index: int, vacant: bool) -> int:
    """About 1,000 patients; a vacant list is shorter, one in twelve of the others far longer."""
    if vacant:
        return SHORTEST + share("vacant length", index, 330)
    far_longer = 0 if share("far longer", index, 12) else share("by how much", index, 1_000)
    return min(SHORTEST + share("length", index, 460) + share("more length", index, 460) + far_longer, LONGEST)


def _shared_out(lengths: list[int], total: int) -> list[range]:
    """`total` indices shared out in proportion to the lengths."""
    ends = [total * length // sum(lengths) for length in accumulate(lengths)]
    return [range(start, end) for start, end in zip([0, *ends], ends, strict=False)]

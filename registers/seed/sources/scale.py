"""How big the synthetic registers are, and which index belongs to what.

Every scale begins with the same core, so a number of SMALL means the same at every scale. Services and persons are
shared out evenly within a group, so that every index can be computed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from registers.seed.sources.kinds import Kind, Traits
from registers.seed.sources.traits import TRAITS


@dataclass(frozen=True, slots=True)
class Group:
    """Enterprises of a kind, each with one organisation party, and how many services and persons they share."""

    kind: Kind
    units: int
    services: int
    persons: int

    @property
    def organisations_each(self) -> int:
        """Organisations in Enhetsregisteret per enterprise: its main unit and sub-units."""
        return 1 + len(TRAITS[self.kind].sub_units)


CORE = (
    Group(Kind.HEALTH_AUTHORITY, 1, 3, 0),
    Group(Kind.HEALTH_TRUST, 2, 84, 6),
    Group(Kind.MUNICIPALITY, 12, 84, 0),
    Group(Kind.GP_OFFICE_WITH_VACANT_LIST, 8, 16, 26),
    Group(Kind.GP_OFFICE, 12, 12, 54),
    Group(Kind.PHARMACY, 6, 6, 0),
    Group(Kind.DENTIST, 6, 6, 14),
    Group(Kind.LABORATORY, 3, 6, 0),
    Group(Kind.RADIOLOGY, 1, 2, 0),
    Group(Kind.INTER_MUNICIPAL, 3, 9, 0),
    Group(Kind.STATE, 1, 3, 0),
    Group(Kind.PHYSIOTHERAPY, 2, 2, 6),
    Group(Kind.PRIVATE, 1, 1, 0),
    Group(Kind.OTHER, 1, 1, 0),
)
MORE_IN_A_CITY = (
    Group(Kind.HEALTH_TRUST, 4, 2_000, 40),
    Group(Kind.MUNICIPALITY, 40, 1_000, 0),
    Group(Kind.GP_OFFICE_WITH_VACANT_LIST, 30, 60, 100),
    Group(Kind.GP_OFFICE, 420, 630, 2_520),
    Group(Kind.PHARMACY, 100, 200, 0),
    Group(Kind.DENTIST, 160, 320, 620),
    Group(Kind.LABORATORY, 8, 80, 0),
    Group(Kind.RADIOLOGY, 8, 48, 0),
    Group(Kind.INTER_MUNICIPAL, 6, 48, 0),
    Group(Kind.STATE, 3, 24, 0),
    Group(Kind.PHYSIOTHERAPY, 140, 280, 614),
    Group(Kind.PRIVATE, 15, 50, 0),
    Group(Kind.OTHER, 7, 25, 0),
)
MORE_IN_NORWAY = (
    Group(Kind.HEALTH_AUTHORITY, 3, 12, 0),
    Group(Kind.HEALTH_TRUST, 22, 21_000, 440),
    Group(Kind.MUNICIPALITY, 345, 10_350, 0),
    Group(Kind.GP_OFFICE_WITH_VACANT_LIST, 270, 540, 810),
    Group(Kind.GP_OFFICE, 4_230, 6_345, 25_380),
    Group(Kind.PHARMACY, 1_000, 2_000, 0),
    Group(Kind.DENTIST, 1_900, 3_800, 6_650),
    Group(Kind.LABORATORY, 60, 600, 0),
    Group(Kind.RADIOLOGY, 80, 480, 0),
    Group(Kind.INTER_MUNICIPAL, 60, 480, 0),
    Group(Kind.STATE, 30, 240, 0),
    Group(Kind.PHYSIOTHERAPY, 1_600, 3_200, 6_614),
    Group(Kind.PRIVATE, 241, 518, 0),
    Group(Kind.OTHER, 100, 200, 0),
)


class Scale(Enum):
    """Size of the synthetic registers."""

    SMALL = "small"
    CITY = "city"
    NORWAY = "norway"

    @property
    def groups(self) -> tuple[Group, ...]:
        more = {Scale.SMALL: (), Scale.CITY: MORE_IN_A_CITY, Scale.NORWAY: MORE_IN_NORWAY}
        return CORE + more[self]

    @property
    def organisations(self) -> int:
        """Main units and sub-units in Enhetsregisteret."""
        return sum(group.units * group.organisations_each for group in self.groups)

    @property
    def parties(self) -> int:
        """Communication parties: organisations, services and persons."""
        return sum(group.units + group.services + group.persons for group in self.groups)

    @property
    def professionals_without_party(self) -> int:
        """Health professionals in addition to those with a communication party. None in files of NORWAY."""
        return {Scale.SMALL: 196, Scale.CITY: 4_000, Scale.NORWAY: 0}[self]

    @property
    def bulk_gp_offices(self) -> int:
        """GP offices outside the core."""
        offices = (Kind.GP_OFFICE, Kind.GP_OFFICE_WITH_VACANT_LIST)
        return sum(group.units for group in self.groups[len(CORE) :] if group.kind in offices)

    def count(self, kind: Kind) -> int:
        """Enterprises of a kind."""
        return sum(group.units for group in self.groups if group.kind is kind)


CORE_UNITS = sum(group.units for group in CORE)


@dataclass(frozen=True, slots=True)
class Unit:
    """An enterprise with a communication party, and the indices that are its own."""

    index: int
    kind: Kind
    ordinal: int  # among the enterprises of its kind
    first_organisation: int  # the main unit; its sub-units follow
    services: range
    persons: range

    @property
    def traits(self) -> Traits:
        return TRAITS[self.kind]

    @property
    def in_core(self) -> bool:
        return self.index < CORE_UNITS


def unit(scale: Scale, index: int) -> Unit:
    """The enterprise with this index. Raises IndexError beyond the last."""
    units = organisations = services = persons = 0
    ordinals = dict.fromkeys(Kind, 0)
    for group in scale.groups:
        position = index - units  # in the group
        if position < group.units:
            return Unit(
                index=index,
                kind=group.kind,
                ordinal=ordinals[group.kind] + position,
                first_organisation=organisations + position * group.organisations_each,
                services=_shared_out(services, group.services, group.units, position),
                persons=_shared_out(persons, group.persons, group.units, position),
            )
        ordinals[group.kind] += group.units
        units += group.units
        organisations += group.units * group.organisations_each
        services += group.services
        persons += group.persons
    raise IndexError(f"{scale.value} has {units} enterprises; there is no index {index}")


def _shared_out(first: int, total: int, units: int, position: int) -> range:
    return range(first + total * position // units, first + total * (position + 1) // units)


def units(scale: Scale, kind: Kind | None = None) -> Iterator[Unit]:
    """All enterprises, or those of a kind, in the order of their index."""
    first = 0
    for group in scale.groups:
        if kind in (None, group.kind):
            for index in range(first, first + group.units):
                yield unit(scale, index)
        first += group.units

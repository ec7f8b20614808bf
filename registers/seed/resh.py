"""Organisation charts of the specialist health service (RESH).

RESH has no public interface; the shape is our own and described in seed_data/README.md.
"""

from collections.abc import Iterator
from datetime import date
from typing import TypedDict

from registers.core.identifiers import OrganisationNumber, ReshId
from registers.seed.sources import enterprises, known, numbers
from registers.seed.sources.dates import with_offset
from registers.seed.sources.kinds import Kind
from registers.seed.sources.scale import Scale, Unit, units
from registers.seed.sources.traits import SPECIALITIES

RHF, HF, INSTITUTION, OTHER_LEVEL = "1", "2", "3", "9"  # 8628
HOSPITAL, CLINIC, DEPARTMENT, SECTION, INSTITUTION_UNIT, DPS, OTHER = "01", "02", "05", "06", "12", "31", "88"  # 8624
INSTITUTIONS, CLINICS, DEPARTMENTS, SECTIONS = 3, 2, 2, 2  # below each trust, institution, clinic, department
CLINIC_NAMES = ("Medisinsk klinikk", "Kirurgisk klinikk")
SECTION_NAMES = ("poliklinikk", "sengepost")
FOUNDED = date(2002, 1, 1)
CLOSED_ON = date(2024, 7, 1)


class ChartUnit(TypedDict):
    """A unit with those below it, as in the file."""

    reshId: ReshId
    parentReshId: ReshId | None
    reshName: str
    reshShortName: str | None
    designation: str
    level: str
    organizationNumber: OrganisationNumber | None
    treatmentFacility: bool
    validFrom: str
    validTo: str | None
    reshChildren: "list[ChartUnit]"


def trees(scale: Scale) -> Iterator[ChartUnit]:
    """One tree for each regional health authority: RHF, HF, institution, clinic, department, section."""
    trusts = list(units(scale, Kind.HEALTH_TRUST))
    for authority in units(scale, Kind.HEALTH_AUTHORITY):
        root = numbers.resh_root(authority.ordinal)
        below = [_trust(trust, root) for trust in trusts if _authority_of(trust, scale) == authority.ordinal]
        yield _unit(
            root,
            None,
            enterprises.legal_name(authority),
            f"RHF {authority.ordinal + 1}",
            OTHER,
            RHF,
            below,
            enterprises.main_number(authority),
        )


def _authority_of(trust: Unit, scale: Scale) -> int:
    return 0 if trust.in_core else trust.ordinal % scale.count(Kind.HEALTH_AUTHORITY)


def _trust(trust: Unit, root: ReshId) -> ChartUnit:
    ids = (numbers.resh_unit(trust.ordinal, index) for index in range(numbers.RESH_IDS_PER_TRUST))
    own = next(ids)
    institutions = [_institution(trust, index, own, ids) for index in range(INSTITUTIONS)]
    return _unit(
        own,
        root,
        enterprises.legal_name(trust),
        f"HF {trust.ordinal + 1}",
        INSTITUTION_UNIT,
        HF,
        institutions,
        enterprises.main_number(trust),
    )


def _institution(trust: Unit, index: int, parent: ReshId, ids: Iterator[ReshId]) -> ChartUnit:
    own, name = next(ids), enterprises.sub_unit_name(trust, index)
    clinics = [_clinic(index * CLINICS + clinic, own, ids) for clinic in range(CLINICS)]
    return _unit(
        own,
        parent,
        name,
        "".join(word[:3] for word in name.split()),
        DPS if name.endswith("DPS") else HOSPITAL,
        INSTITUTION,
        clinics,
        enterprises.sub_unit_number(trust, index),
    )


def _clinic(number: int, parent: ReshId, ids: Iterator[ReshId]) -> ChartUnit:
    own, name = next(ids), CLINIC_NAMES[number % CLINICS]
    departments = [_department(number * DEPARTMENTS + index, own, ids) for index in range(DEPARTMENTS)]
    return _unit(own, parent, name, name[:3].upper(), CLINIC, OTHER_LEVEL, departments)


def _department(number: int, parent: ReshId, ids: Iterator[ReshId]) -> ChartUnit:
    own, speciality = next(ids), SPECIALITIES[number % len(SPECIALITIES)].name
    sections = [
        _unit(
            next(ids),
            own,
            f"{speciality}, {SECTION_NAMES[index]}",
            None,
            SECTION,
            OTHER_LEVEL,
            [],
        )
        for index in range(SECTIONS)
    ]
    return _unit(own, parent, speciality, speciality[:4].upper(), DEPARTMENT, OTHER_LEVEL, sections)


def _unit(
    resh_id: ReshId,
    parent: ReshId | None,
    name: str,
    short_name: str | None,
    designation: str,
    level: str,
    children: list[ChartUnit],
    organisation_number: OrganisationNumber | None = None,
) -> ChartUnit:
    closed = resh_id == known.CLOSED_RESH_UNIT
    return {
        "reshId": resh_id,
        "parentReshId": parent,
        "reshName": name,
        "reshShortName": short_name,
        "designation": designation,
        "level": level,
        "organizationNumber": organisation_number,
        "treatmentFacility": level == INSTITUTION,
        "validFrom": with_offset(FOUNDED),
        "validTo": with_offset(CLOSED_ON) if closed else None,
        "reshChildren": children,
    }

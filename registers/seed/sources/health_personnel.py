"""The synthetic professionals in HPR: approvals and what belongs to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from registers.core.identifiers import HprNumber, NationalId
from registers.seed.sources import codes, enterprises, known, numbers
from registers.seed.sources.codes import Code
from registers.seed.sources.dates import REFERENCE_DATE
from registers.seed.sources.draw import pick, share
from registers.seed.sources.kinds import Kind
from registers.seed.sources.locations import CORE, Address, address, municipalities
from registers.seed.sources.parties import GP_OFFICES, professional_index
from registers.seed.sources.professionals import Professional, professional
from registers.seed.sources.scale import Scale, Unit, units

WITHOUT_PARTY = numbers.FIRST_HPR_NUMBER_WITHOUT_PARTY - numbers.FIRST_HPR_NUMBER  # index of the first
LATEST_AUTHORISATION_YEAR = 2023
USUAL = ("SP", "HF", "SP", "LE", "VP", "FT", "BI", "SP", "PS", "JO", "RA", "ET", "TL", "FA1", "KI", "AA", "HF", "SP")
SCHOOLS = ("Høgskolen i Blåklokkevik", "Nordlys universitet", "Universitetet i Tåkeheim")
KNOWN_PROFESSIONS = {
    known.MIDWIFE_WITH_RIGHT: "JO",
    known.PHYSIOTHERAPIST_WITH_SICK_NOTES: "FT",
    known.PHARMACIST: "FA1",
    known.PSYCHOLOGIST: "PS",
    known.DENTIST: "TL",
    known.NURSE: "SP",
    known.TWO_PROFESSIONS: "SP",
}
KNOWN_DOCTORS = 40  # the first professionals without a party are doctors, those above excepted


class Span(NamedTuple):
    """[start, end), None = open."""

    start: date
    end: date | None = None


class Reaction(NamedTuple):
    type: Code
    valid: Span


class Education(NamedTuple):
    institution: str
    country: Code
    diploma_on: date


@dataclass(slots=True)
class Grant:
    """A right, a speciality or an additional competence."""

    type: Code
    valid: Span
    ended: Code | None = None
    suspensions: list[Span] = field(default_factory=list)
    reactions: list[Reaction] = field(default_factory=list)


@dataclass(slots=True)
class Approval:
    """An authorisation or licence."""

    profession: Code
    kind: Code
    valid: Span
    ended: Code | None = None
    internship_on: date | None = None
    country: Code | None = None  # it was converted from
    rights: list[Grant] = field(default_factory=list)
    specialities: list[Grant] = field(default_factory=list)
    competences: list[Grant] = field(default_factory=list)
    suspensions: list[Span] = field(default_factory=list)
    reactions: list[Reaction] = field(default_factory=list)
    conditions: list[str] = field(default_factory=list)


@dataclass(slots=True)
class HealthPerson:
    """A person of HPR."""

    who: Professional
    national_id: NationalId | None
    approvals: list[Approval]
    replaced_by: HprNumber | None = None
    died_on: date | None = None
    citizenship: Code = codes.NORWAY
    alternative_ids: list[tuple[Code, str]] = field(default_factory=list)
    address: Address | None = None
    educations: list[Education] = field(default_factory=list)
    reactions: list[Reaction] = field(default_factory=list)

    @property
    def first(self) -> Approval:
        return self.approvals[0]


def ordinary(scale: Scale) -> Iterator[HealthPerson]:
    """Everybody of this scale before any case: the core with and without a party, then the bulk."""
    yield from _with_party(scale, core=True)
    yield from _without_party(range(Scale.SMALL.professionals_without_party))
    if scale is not Scale.SMALL:
        yield from _with_party(scale, core=False)
        yield from _without_party(range(Scale.SMALL.professionals_without_party, scale.professionals_without_party))


def _with_party(scale: Scale, *, core: bool) -> Iterator[HealthPerson]:
    for unit in units(scale):
        for index in unit.persons if unit.in_core is core else ():
            if professional_index(unit, index) == index:  # else it is the same doctor as at the first office
                yield _at(unit, index)


def _at(unit: Unit, index: int) -> HealthPerson:
    person = _person(index, unit.traits.profession.category)
    approval = person.first
    if unit.kind in GP_OFFICES:
        approval.competences.append(Grant(codes.GP_WITH_REIMBURSEMENT, approval.valid))
        if share("general medicine", index, 3):
            approval.specialities.append(Grant(codes.GENERAL_MEDICINE, Span(_years_on(approval.valid.start, 2))))
    elif unit.kind is Kind.HEALTH_TRUST:
        approval.specialities.append(Grant(codes.ORTHOPAEDICS, Span(_years_on(approval.valid.start, 2))))
    if not share("address", index, 4):
        person.address = enterprises.street_address(unit)
    return person


def _without_party(indices: range) -> Iterator[HealthPerson]:
    for index in indices:
        number = numbers.hpr_number(WITHOUT_PARTY + index)
        usual = "LE" if index < KNOWN_DOCTORS else pick("profession", index, USUAL)
        person = _person(WITHOUT_PARTY + index, KNOWN_PROFESSIONS.get(number, usual))
        if not share("address", index, 6):
            person.address = address(index, municipalities()[share("home", index, len(CORE))])
        yield person


def _person(index: int, category: str) -> HealthPerson:
    who = professional(index)
    approval = authorisation(who, category)
    person = HealthPerson(who, who.national_id, [approval])
    if not share("education", index, 6):
        diploma_on = approval.valid.start - timedelta(days=30)
        person.educations.append(Education(pick("school", index, SCHOOLS), codes.NORWAY, diploma_on))
    return person


def authorisation(who: Professional, category: str) -> Approval:
    """An authorisation from the age of 25 or later, with the rights and competences usual in the profession."""
    youngest = who.born_on.year + 25
    year = youngest + share("granted", who.ordinal, min(8, LATEST_AUTHORISATION_YEAR - youngest + 1))
    valid = Span(date(year, 1 + share("month", who.ordinal, 12), 1 + share("day", who.ordinal, 28)))
    approval = Approval(codes.PROFESSIONS[category], codes.AUTHORISATION, valid)
    match category:
        case "LE":
            approval.internship_on = valid.start - timedelta(days=14)
            approval.rights.append(Grant(codes.FULL_RIGHT, valid))
        case "TL":
            approval.rights.append(Grant(codes.FULL_RIGHT, valid))
        case "FT" | "KI" if not share("sick notes", who.ordinal, 3):
            approval.competences.append(Grant(codes.SICK_NOTE_COURSE, valid))
    return approval


def _years_on(start: date, years: int) -> date:
    """Some years later, but not after the reference date."""
    return min(start + timedelta(days=years * 365), REFERENCE_DATE - timedelta(days=60))

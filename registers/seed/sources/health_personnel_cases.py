"""The professionals with a number in `known`: what is out of the ordinary with each."""

from collections.abc import Iterator
from datetime import date

from registers.seed.sources import codes, known
from registers.seed.sources.health_personnel import (
    Approval,
    Education,
    Grant,
    HealthPerson,
    Reaction,
    Span,
    authorisation,
    ordinary,
)
from registers.seed.sources.national_ids import PROFESSIONALS, national_id
from registers.seed.sources.scale import Scale

SINCE_SUMMER = Span(date(2026, 6, 1))
EARLIER = Span(date(2019, 1, 1), date(2019, 7, 1))
ENDED_ON = date(2025, 3, 1)
BORN_OVER_EIGHTY_YEARS_AGO = date(1944, 5, 5)
EIGHTIETH_BIRTHDAY = date(2024, 5, 5)
DIED_ON = date(2025, 2, 10)


def health_personnel(scale: Scale) -> Iterator[HealthPerson]:
    """Everybody HPR knows at this scale."""
    for person in ordinary(scale):
        _suspend(person)
        _end(person)
        _license(person)
        _distinguish(person)
        yield person


def _suspend(person: HealthPerson) -> None:
    """Suspensions, reactions and conditions."""
    approval, number = person.first, person.who.hpr_number
    match number:
        case known.SUSPENDED_NOW:
            approval.suspensions.append(SINCE_SUMMER)
        case known.SUSPENDED_EARLIER:
            approval.suspensions.append(EARLIER)
        case known.RIGHT_SUSPENDED:
            approval.rights[0].suspensions.append(SINCE_SUMMER)
        case known.SPECIALITY_SUSPENDED:
            speciality = Grant(codes.GENERAL_MEDICINE, Span(EARLIER.start), suspensions=[SINCE_SUMMER])
            approval.specialities.append(speciality)
        case known.REACTION_NOT_SUSPENDING:
            approval.reactions.append(Reaction(codes.WARNING, SINCE_SUMMER))
        case known.REACTION_AGAINST_PERSON:
            person.reactions.append(Reaction(codes.SUSPENDING[0], SINCE_SUMMER))
        case known.WITH_CONDITIONS:
            approval.conditions.append("Kan bare utøve yrket under veiledning av annen lege.")
    for reacted, reaction in zip(known.REACTED_AGAINST, codes.SUSPENDING, strict=True):
        if number == reacted:
            approval.reactions.append(Reaction(reaction, SINCE_SUMMER))


def _end(person: HealthPerson) -> None:
    """Out of force for good."""
    match person.who.hpr_number:
        case known.RIGHT_ENDED:
            right = person.first.rights[0]
            right.valid, right.ended = Span(right.valid.start, ENDED_ON), codes.WITHDRAWN
        case known.WITHDRAWN:
            _ended(person, ENDED_ON, codes.WITHDRAWN)
        case known.DECISION_ANNULLED:
            _ended(person, ENDED_ON, codes.ANNULLED)
        case known.RENOUNCED:
            _ended(person, ENDED_ON, codes.RENOUNCED)
        case known.HISTORIC:
            _ended(person, ENDED_ON, codes.ENDED)
        case known.OVER_EIGHTY:
            _born(person, BORN_OVER_EIGHTY_YEARS_AGO, slot=0)
            _ended(person, EIGHTIETH_BIRTHDAY, codes.ENDED)
        case known.OVER_EIGHTY_WITH_LICENCE:
            _born(person, BORN_OVER_EIGHTY_YEARS_AGO, slot=1)
            _ended(person, EIGHTIETH_BIRTHDAY, codes.ENDED)
            person.approvals += [_licence(date(year, 5, 5), date(year + 1, 5, 5)) for year in (2025, 2026)]
        case known.DEAD_PROFESSIONAL:
            person.died_on = DIED_ON
            _ended(person, DIED_ON, codes.ENDED)


def _license(person: HealthPerson) -> None:
    """Licences, and an authorisation yet to come."""
    match person.who.hpr_number:
        case known.SUBSTITUTE_WITH_LICENCE:
            person.approvals = [_licence(date(2026, 2, 1), date(2027, 8, 1))]
        case known.STUDENT_LICENCE:
            person.approvals = [
                Approval(codes.PROFESSIONS["LE"], codes.STUDENT_LICENCE, Span(date(2026, 6, 1), date(2027, 7, 1)))
            ]
        case known.LICENCE_EXPIRED:
            person.approvals = [_licence(date(2025, 3, 1), date(2026, 3, 1))]
        case known.LICENCE_BEFORE_AUTHORISATION:
            start = person.first.valid.start
            person.approvals.insert(0, _licence(start.replace(year=start.year - 2), start))
        case known.FUTURE_AUTHORISATION:
            valid = Span(date(2027, 1, 1))
            person.approvals = [
                Approval(codes.PROFESSIONS["LE"], codes.AUTHORISATION, valid, rights=[Grant(codes.FULL_RIGHT, valid)])
            ]


def _distinguish(person: HealthPerson) -> None:
    """Other professions, other ids, other numbers."""
    number, approval = person.who.hpr_number, person.first
    match number:
        case known.TWO_PROFESSIONS:
            midwife = authorisation(person.who, "JO")
            midwife.valid = Span(date(2015, 6, 20))
            person.approvals.append(midwife)
        case known.MIDWIFE_WITH_RIGHT:
            approval.rights.append(Grant(codes.LIMITED_RIGHT, Span(date(2016, 1, 1))))
        case known.PHYSIOTHERAPIST_WITH_SICK_NOTES:
            approval.competences = [Grant(codes.SICK_NOTE_COURSE, approval.valid)]
        case known.FOREIGN_PROFESSIONAL:
            person.national_id, person.citizenship, person.address = None, codes.SWEDEN, None
            approval.country = codes.SWEDEN
            person.alternative_ids = [(codes.SWEDISH_ID, "SYNTETISK-0018")]
            person.educations = [Education("Solgløtt universitet", codes.SWEDEN, date(2004, 6, 15))]
        case known.PROFESSIONAL_WITH_D_NUMBER:
            person.national_id = national_id(person.who.born_on, PROFESSIONALS, d_number=True)
        case known.MERGED_FIRST:
            person.replaced_by, person.approvals = known.MERGED_SECOND, []
        case known.MERGED_SECOND:
            person.replaced_by, person.approvals = known.MERGED_INTO, []
    if number in (known.MERGED_FIRST, known.MERGED_SECOND):
        person.national_id = None  # it stays with the number that survives


def _ended(person: HealthPerson, on: date, status: codes.Code) -> None:
    """The approval ends, with everything that belongs to it."""
    approval = person.first
    for grant in (approval, *approval.rights, *approval.specialities, *approval.competences):
        grant.valid, grant.ended = Span(grant.valid.start, on), status


def _licence(start: date, end: date) -> Approval:
    valid = Span(start, end)
    right = Grant(codes.FULL_RIGHT, valid)
    return Approval(codes.PROFESSIONS["LE"], codes.LICENCE, valid, rights=[right])


def _born(person: HealthPerson, on: date, *, slot: int) -> None:
    person.who = person.who._replace(born_on=on)
    person.national_id = national_id(on, PROFESSIONALS + slot)
    start = date(1971, 6, 1)
    for grant in (person.first, *person.first.rights):
        grant.valid = Span(start)
    person.first.internship_on = start
    person.educations = []

"""Health professionals with authorisations, rights and specialities, as rows ready to COPY.

A professional's name and birth come from `professionals`, so the first of these are the persons of the communication
parties. Those who are in the database already, from the files of the core, are left unchanged.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import count
from typing import NamedTuple

from registers.seed.bulk import professions
from registers.seed.bulk.copy import NULL, Rows, bigint, day, instant, integer, row, text, truth
from registers.seed.bulk.size import CoreNumbers, Size
from registers.seed.sources.dates import REFERENCE_DATE, utc
from registers.seed.sources.draw import pick, share
from registers.seed.sources.national_ids import PROFESSIONALS, SLOTS_EACH, national_id
from registers.seed.sources.numbers import hpr_number
from registers.seed.sources.professionals import AGES_DAYS, Professional, professional

PERSONS = (
    *("hpr_number", "reference_only", "replaced_by", "national_id", "national_id_holds", "first_name"),
    *("middle_name", "last_name", "born_on", "died_on", "sex", "citizenship", "since_entry"),
)
AUTHORISATIONS = (
    *("id", "hpr_number", "profession", "kind", "internship_approved_on", "converted_from_country"),
    *("ended_status", "valid_from", "valid_to", "since_entry"),
)
GRANT = ("id", "authorisation_id", "type", "ended_status", "valid_from", "valid_to", "since_entry")
AUTHORISATION_IDS_EACH = 2  # of a professional

YOUNGEST_DAYS, OLDEST_DAYS = 8_401, 13_149  # 23 to 36 years old when authorised
LAPSES_AT_YEARS = 80
STUDENT_LICENCE_DAYS = 730
NEXT_PROFESSION_AFTER_DAYS = 1_200
SPECIALIST_AFTER_DAYS = 1_800
INTERNSHIP_DAYS = 540

# Of 1,000 professionals; the last four only of those without a communication party, which would say that they work
WITH_TWO_APPROVALS = 510  # a second profession, or a licence before the authorisation
WITHOUT_NATIONAL_ID = 40
FOREIGN = 60
TRAINED_ABROAD = 110
MERGED = 1  # into another number; without approvals and national id
DEAD = 25
WITHDRAWN, RENOUNCED = 4, 6
COUNTRIES = ("SE", "DK", "DE", "PL", "LT", "PH")

AUTHORISED, LICENSED, LICENSED_STUDENT = text("7704/1"), text("7704/2"), text("7704/3")
STATUS_WITHDRAWN, STATUS_RENOUNCED, STATUS_ENDED = (text(f"avsluttet_status/{value}") for value in (1, 3, 99))
TRUE, FALSE = truth(True), truth(False)


class Approval(NamedTuple):
    """An authorisation or licence in the half-open period between two days; `status` (a field) once it has ended."""

    profession: str
    kind: bytes
    since: date
    until: date
    status: bytes

    @property
    def period(self) -> bytes:
        return self.status + _midnight(self.since) + _midnight(self.until)


def personnel_rows(size: Size, existing: CoreNumbers, indices: Sequence[int], first_entry: int) -> list[Rows]:
    """The professionals with these indices, the first under entry `first_entry`, the next under the next."""
    persons: list[bytes] = []
    authorisations: list[bytes] = []
    rights: list[bytes] = []
    specialities: list[bytes] = []
    for index, number in zip(indices, count(first_entry), strict=False):
        who, entry = professional(index), bigint(8, number)
        at_work = professions.has_party(index, size.scale)
        merged = not at_work and share("merged", index, 1000) < MERGED
        since = authorised_on(index, who.born_on)
        died_on = None if at_work or merged else _died_on(index, since)
        persons.append(_person(index, who, existing, merged=merged, died_on=died_on) + entry)
        if merged:
            continue
        own = professions.profession(index, size.scale)
        end = _end(index, who, since, died_on, at_work=at_work)
        for position, approval in enumerate(_approvals(index, own, since, *end)):
            own_id = bigint(8, existing.last_authorisation + index * AUTHORISATION_IDS_EACH + position + 1)
            authorisations.append(_authorisation(index, who, own_id, approval) + entry)
            if approval.kind is not AUTHORISED:
                continue
            # id and authorisation_id: an authorisation has at most one right and one speciality, so its id serves
            grant = row(len(GRANT)) + own_id + own_id
            if right := professions.right(index, approval.profession):
                rights.append(grant + right + approval.period + entry)
            specialist = approval._replace(since=approval.since + timedelta(days=SPECIALIST_AFTER_DAYS))
            if specialist.since < min(approval.until, REFERENCE_DATE) and (
                type_ := professions.speciality(index, approval.profession, size.scale)
            ):
                specialities.append(grant + type_ + specialist.period + entry)
    return [
        Rows("health_professionals", PERSONS, persons),
        Rows("authorisations", AUTHORISATIONS, authorisations),
        Rows("requisition_rights", GRANT, rights),
        Rows("specialities", GRANT, specialities),
    ]


def _person(index: int, who: Professional, existing: CoreNumbers, *, merged: bool, died_on: date | None) -> bytes:
    """The fields of PERSONS but the last."""
    unknown = merged or share("no national id", index, 1000) < WITHOUT_NATIONAL_ID
    own_number = NULL if unknown else _national_id(who, existing.national_ids)
    foreign = share("foreign", index, 1000) < FOREIGN
    citizenship = pick("citizenship", index, COUNTRIES) if foreign else "NO"
    return b"".join(
        (
            row(len(PERSONS)),
            integer(who.hpr_number),
            FALSE,
            integer(hpr_number(index - 1)) if merged else NULL,
            own_number,
            NULL if own_number is NULL else TRUE,
            text(who.first_name),
            text(who.middle_name),
            text(who.last_name),
            day(who.born_on),
            day(died_on),
            text(f"3101/{who.sex[0]}"),
            text(f"9043/{citizenship}"),
        )
    )


def _authorisation(index: int, who: Professional, own_id: bytes, approval: Approval) -> bytes:
    """The fields of AUTHORISATIONS but the last."""
    abroad = share("trained abroad", index, 1000) < TRAINED_ABROAD
    internship = None
    if approval.profession in professions.WITH_INTERNSHIP and approval.kind is AUTHORISED:
        internship = approval.since - timedelta(days=share("internship", index, INTERNSHIP_DAYS))
    return b"".join(
        (
            row(len(AUTHORISATIONS)),
            own_id,
            integer(who.hpr_number),
            text(f"9060/{approval.profession}"),
            approval.kind,
            day(internship),
            text(f"9043/{pick('country of training', index, COUNTRIES)}") if abroad else NULL,
            approval.period,
        )
    )


def authorised_on(index: int, born_on: date) -> date:
    """Before the reference date and not too young."""
    oldest = min(OLDEST_DAYS, (REFERENCE_DATE - born_on).days)
    return born_on + timedelta(days=YOUNGEST_DAYS + share("authorised", index, oldest - YOUNGEST_DAYS))


def _died_on(index: int, since: date) -> date | None:
    if share("dead", index, 1000) >= DEAD:
        return None
    return since + timedelta(days=1 + share("died", index, (REFERENCE_DATE - since).days))


def _end(index: int, who: Professional, since: date, died_on: date | None, *, at_work: bool) -> tuple[date, bytes]:
    """When the authorisation ends, with its status: at the age limit unless it ended before."""
    if died_on:
        return died_on, STATUS_ENDED
    chance = share("lost", index, 1000)
    if at_work or chance >= WITHDRAWN + RENOUNCED:
        return who.born_on.replace(year=who.born_on.year + LAPSES_AT_YEARS), NULL
    lost_on = since + timedelta(days=1 + share("lost on", index, (REFERENCE_DATE - since).days))
    return lost_on, STATUS_WITHDRAWN if chance < WITHDRAWN else STATUS_RENOUNCED


def _approvals(index: int, own: str, since: date, until: date, status: bytes) -> Iterator[Approval]:
    """The authorisation, and the second approval that every other professional has."""
    yield Approval(own, AUTHORISED, since, until, status)
    if share("two approvals", index, 1000) >= WITH_TWO_APPROVALS:
        return
    further = since + timedelta(days=NEXT_PROFESSION_AFTER_DAYS)
    if own in professions.NEXT_PROFESSION and further < min(until, REFERENCE_DATE):
        yield Approval(professions.NEXT_PROFESSION[own], AUTHORISED, further, until, status)
    else:
        kind = LICENSED_STUDENT if own == professions.DOCTOR else LICENSED
        yield Approval(own, kind, since - timedelta(days=STUDENT_LICENCE_DAYS), since, STATUS_ENDED)


def _national_id(who: Professional, taken: Collection[str]) -> bytes:
    """The professional's own; a D-number once the slots of a day are used up; none when it is `taken`."""
    rounds, slot = divmod(who.ordinal // AGES_DAYS, SLOTS_EACH)
    number = national_id(who.born_on, PROFESSIONALS + slot, d_number=rounds > 0)
    return NULL if number in taken else text(number)


@cache
def _midnight(when: date) -> bytes:
    """The beginning of a Norwegian day as a field; before 1996 an hour off in October."""
    return instant(utc(when))

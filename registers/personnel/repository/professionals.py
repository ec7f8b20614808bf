"""Professionals and what they hold, by HPR number. Searches stand in `search.py`."""

from collections.abc import Collection, Mapping, Sequence
from typing import TypeVar

from sqlalchemy import Select, func, select, union_all

from registers.core.identifiers import EntryNumber, HprNumber
from registers.core.succession import Step, SuccessionKind
from registers.core.validity import Instant
from registers.database.rows_by_key import LATEST_FIRST, among, grouped, prepared_once, rows_with
from registers.database.sessions import ReadSession
from registers.database.versions import Versioned, history_of, known_at, table_of
from registers.personnel.models import (
    AdditionalCompetence,
    AdministrativeReaction,
    AlternativeId,
    Authorisation,
    Condition,
    Education,
    HealthProfessional,
    ProfessionalAddress,
    RequisitionRight,
    Speciality,
    Suspension,
)
from registers.personnel.record import AuthorisationRecord, HeldRight, HeldRights, Resolved, resolve

Row = TypeVar("Row", bound=Versioned)
Kind = TypeVar("Kind", RequisitionRight, Speciality)
Against = TypeVar("Against", Suspension, AdministrativeReaction)
Subject = tuple[str, int]
"""What a suspension or reaction is against: (column that points at it, its key)."""


async def by_hpr_number(
    session: ReadSession, numbers: Collection[HprNumber], *, instant: Instant
) -> dict[HprNumber, HealthProfessional]:
    """Professionals by number, replaced numbers too. Unknown numbers are absent."""
    return {row.hpr_number: row for row in await rows_with(session, HealthProfessional, instant, hpr_number=numbers)}


async def surviving(
    session: ReadSession, numbers: Collection[HprNumber], *, instant: Instant
) -> dict[HprNumber, Resolved]:
    """The professional that each number leads to, by the number asked for. Unknown numbers are absent."""
    rows = await by_hpr_number(session, numbers, instant=instant)
    while following := {row.replaced_by for row in rows.values() if row.replaced_by} - rows.keys():
        found = await by_hpr_number(session, following, instant=instant)  # one statement for each link of a chain
        if not found:
            break
        rows |= found
    resolved = {number: resolve(number, rows) for number in numbers}
    return {number: each for number, each in resolved.items() if each is not None}


async def replaced_by(
    session: ReadSession, numbers: Collection[HprNumber], *, instant: Instant
) -> dict[HprNumber, list[HealthProfessional]]:
    """Professionals whose number was replaced by each number directly, ascending. Others are absent."""
    rows = await rows_with(session, HealthProfessional, instant, order=("hpr_number",), replaced_by=numbers)
    return grouped(rows, lambda row: row.replaced_by)


async def former_numbers(
    session: ReadSession, numbers: Collection[HprNumber], *, instant: Instant
) -> dict[HprNumber, list[HprNumber]]:
    """All numbers that lead to each number, ascending. Numbers to which none leads are absent."""
    rows = await session.execute(_former_numbers(instant), {"replaced_by": list(numbers)})
    pairs = [(row.surviving, row.hpr_number) for row in rows if row.surviving != row.hpr_number]
    return {number: [each for _, each in group] for number, group in grouped(pairs, lambda pair: pair[0]).items()}


@prepared_once
def _former_numbers(instant: Instant) -> Select[HprNumber | None, HprNumber]:
    first = known_at(HealthProfessional, instant)
    former = known_at(HealthProfessional, instant, again=True)
    found = (
        select(first.replaced_by.label("surviving"), first.hpr_number)
        .where(among(first.replaced_by))
        .cte("former", recursive=True)
    )
    found = found.union(
        select(found.c.surviving, former.hpr_number).join(found, former.replaced_by == found.c.hpr_number)
    )
    return select(found.c.surviving, found.c.hpr_number).order_by(found.c.hpr_number)


async def mergers(
    session: ReadSession, numbers: Collection[HprNumber], *, instant: Instant
) -> dict[HprNumber, Step[HprNumber]]:
    """How each number was replaced, with the entry that did it. Numbers in use and unknown ones are absent."""
    table = table_of(HealthProfessional)
    versions = union_all(
        *(
            select(each.c.hpr_number, each.c.replaced_by, each.c.since_entry).where(among(each.c.hpr_number, numbers))
            for each in (table, history_of(table))
        )
    ).subquery()
    statement = select(versions).order_by(versions.c.since_entry)
    if instant.entry is not None:
        statement = statement.where(versions.c.since_entry <= instant.entry)
    found: dict[HprNumber, Step[HprNumber]] = {}
    for number, replaced_by, entry in await session.execute(statement):
        if replaced_by is None:
            found.pop(number, None)
        elif number not in found or found[number].after != replaced_by:
            found[number] = Step(SuccessionKind.MERGED, number, replaced_by, None, EntryNumber(entry))
    return found


async def holdings(
    session: ReadSession, numbers: Collection[HprNumber], *, instant: Instant
) -> dict[HprNumber, HeldRights]:
    """What each professional holds, which with the person's own row decides what the professional may do. Seven
    statements for any number of professionals. Nobody is absent: who has nothing, or is unknown, holds empty lists."""
    authorisations = await _parts(session, Authorisation, instant, hpr_number=numbers)
    below = {"authorisation_id": [row.id for row in authorisations]}
    rights = await _parts(session, RequisitionRight, instant, **below)
    specialities = await _parts(session, Speciality, instant, **below)
    competences = await _parts(session, AdditionalCompetence, instant, **below)
    conditions = await _parts(session, Condition, instant, **below)
    subjects = {
        **below,
        "requisition_right_id": [row.id for row in rights],
        "speciality_id": [row.id for row in specialities],
    }
    suspensions = _by_subject(await _parts(session, Suspension, instant, **subjects))
    reactions = _by_subject(await _parts(session, AdministrativeReaction, instant, **subjects, hpr_number=numbers))

    def rights_by(rows: Sequence[Kind], column: str) -> dict[int, list[HeldRight[Kind]]]:
        whole = [
            HeldRight(row, suspensions.get((column, row.id), ()), reactions.get((column, row.id), ())) for row in rows
        ]
        return grouped(whole, lambda each: each.row.authorisation_id)

    rights_of, specialities_of = rights_by(rights, "requisition_right_id"), rights_by(specialities, "speciality_id")
    competences_of = grouped((HeldRight(row) for row in competences), lambda each: each.row.authorisation_id)
    conditions_of = grouped(conditions, lambda row: row.authorisation_id)
    whole = [
        AuthorisationRecord(
            row,
            rights_of.get(row.id, ()),
            specialities_of.get(row.id, ()),
            competences_of.get(row.id, ()),
            suspensions.get(("authorisation_id", row.id), ()),
            reactions.get(("authorisation_id", row.id), ()),
            conditions_of.get(row.id, ()),
        )
        for row in authorisations
    ]
    authorisations_of = grouped(whole, lambda each: each.row.hpr_number)
    return {
        number: HeldRights(authorisations_of.get(number, ()), reactions.get(("hpr_number", number), ()))
        for number in numbers
    }


async def educations_of(
    session: ReadSession, numbers: Collection[HprNumber], *, instant: Instant
) -> dict[HprNumber, list[Education]]:
    """Educations of each professional, those that led to an authorisation too, by id."""
    return grouped(await _parts(session, Education, instant, hpr_number=numbers), lambda row: row.hpr_number)


async def alternative_ids_of(
    session: ReadSession, numbers: Collection[HprNumber], *, instant: Instant
) -> dict[HprNumber, list[AlternativeId]]:
    return grouped(await _parts(session, AlternativeId, instant, hpr_number=numbers), lambda row: row.hpr_number)


async def addresses_of(
    session: ReadSession, numbers: Collection[HprNumber], *, instant: Instant
) -> dict[HprNumber, list[ProfessionalAddress]]:
    return grouped(await _parts(session, ProfessionalAddress, instant, hpr_number=numbers), lambda row: row.hpr_number)


async def size(session: ReadSession, *, instant: Instant) -> int:
    """Number of professionals, those with a replaced number and those that are only referred to included."""
    professional = known_at(HealthProfessional, instant)
    return await session.scalar(select(func.count()).select_from(professional)) or 0


async def _parts(session: ReadSession, model: type[Row], instant: Instant, **keys: Collection[int]) -> Sequence[Row]:
    """Rows with any of the keys in any of the columns: the latest first, those without a period by id."""
    order = LATEST_FIRST if hasattr(model, "valid_from") else ("id",)
    return await rows_with(session, model, instant, order=order, **keys)


def _by_subject(rows: Sequence[Against]) -> Mapping[Subject, list[Against]]:
    return grouped(rows, _subject_of)


def _subject_of(row: Suspension | AdministrativeReaction) -> Subject:
    columns = ("authorisation_id", "requisition_right_id", "speciality_id", "hpr_number")
    return next((column, key) for column in columns if (key := getattr(row, column, None)) is not None)

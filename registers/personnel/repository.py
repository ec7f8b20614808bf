"""Every SELECT over health personnel by key. Search stands in `search.py`.

Keys go to the database as one array: as many as there are, in one statement that is planned once.
"""

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import ARRAY, ColumnElement, Select, any_, bindparam, func, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from registers.core.database import Versioned, grouped, known_at
from registers.core.identifiers import HprNumber
from registers.core.validity import Instant
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
from registers.personnel.record import AuthorisationRecord, Held, ProfessionalRecord, Resolved, resolve

Row = TypeVar("Row", bound=Versioned)
Kind = TypeVar("Kind", RequisitionRight, Speciality)
Against = TypeVar("Against", Suspension, AdministrativeReaction)
Subject = tuple[str, int]
"""(column that points at it, its key): what a suspension or reaction is against."""


async def by_hpr_number(
    session: AsyncSession, numbers: Collection[HprNumber], *, instant: Instant
) -> dict[HprNumber, HealthProfessional]:
    """Professionals by number, replaced numbers too. Unknown numbers are absent."""
    professional = known_at(HealthProfessional, instant)
    rows = await session.scalars(select(professional).where(_among(professional.hpr_number, numbers)))
    return {row.hpr_number: row for row in rows}


async def surviving(
    session: AsyncSession, numbers: Collection[HprNumber], *, instant: Instant
) -> dict[HprNumber, Resolved]:
    """The professional each number leads to. Unknown numbers are absent."""
    rows = await by_hpr_number(session, numbers, instant=instant)
    while following := {row.replaced_by for row in rows.values() if row.replaced_by} - rows.keys():
        found = await by_hpr_number(session, following, instant=instant)  # one statement for each link of a chain
        if not found:
            break
        rows |= found
    resolved = {number: resolve(number, rows) for number in numbers}
    return {number: each for number, each in resolved.items() if each is not None}


async def replaced_by(
    session: AsyncSession, numbers: Collection[HprNumber], *, instant: Instant
) -> dict[HprNumber, list[HealthProfessional]]:
    """Professionals whose number each number replaced directly, by number."""
    professional: Any = known_at(HealthProfessional, instant)
    rows = await session.scalars(
        select(professional).where(_among(professional.replaced_by, numbers)).order_by(professional.hpr_number)
    )
    return grouped(rows, lambda row: row.replaced_by)


async def former_numbers(
    session: AsyncSession, numbers: Collection[HprNumber], *, instant: Instant
) -> dict[HprNumber, list[HprNumber]]:
    """All numbers that lead to each number, itself left out, ascending."""
    first: Any = known_at(HealthProfessional, instant)
    former: Any = known_at(HealthProfessional, instant, again=True)
    found = (
        select(first.replaced_by.label("surviving"), first.hpr_number)
        .where(_among(first.replaced_by, numbers))
        .cte("former", recursive=True)
    )
    found = found.union(
        select(found.c.surviving, former.hpr_number).join(found, former.replaced_by == found.c.hpr_number)
    )
    rows = await session.execute(select(found.c.surviving, found.c.hpr_number).order_by(found.c.hpr_number))
    pairs = [(row.surviving, row.hpr_number) for row in rows if row.surviving != row.hpr_number]
    return {number: [each for _, each in group] for number, group in grouped(pairs, lambda pair: pair[0]).items()}


async def records(
    session: AsyncSession, numbers: Collection[HprNumber], *, instant: Instant
) -> dict[HprNumber, ProfessionalRecord]:
    """All that decides what each professional may do: eight statements, for any number of them."""
    professionals = await by_hpr_number(session, numbers, instant=instant)
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

    def held(rows: Sequence[Kind], column: str) -> dict[int, list[Held[Kind]]]:
        whole = [Held(row, suspensions.get((column, row.id), ()), reactions.get((column, row.id), ())) for row in rows]
        return grouped(whole, lambda each: each.row.authorisation_id)

    rights_of, specialities_of = held(rights, "requisition_right_id"), held(specialities, "speciality_id")
    competences_of = grouped((Held(row) for row in competences), lambda each: each.row.authorisation_id)
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
        number: ProfessionalRecord(row, authorisations_of.get(number, ()), reactions.get(("hpr_number", number), ()))
        for number, row in professionals.items()
    }


async def educations_of(
    session: AsyncSession, numbers: Collection[HprNumber], *, instant: Instant
) -> dict[HprNumber, list[Education]]:
    """Educations of each professional, those that led to an authorisation too."""
    return grouped(await _parts(session, Education, instant, hpr_number=numbers), lambda row: row.hpr_number)


async def alternative_ids_of(
    session: AsyncSession, numbers: Collection[HprNumber], *, instant: Instant
) -> dict[HprNumber, list[AlternativeId]]:
    return grouped(await _parts(session, AlternativeId, instant, hpr_number=numbers), lambda row: row.hpr_number)


async def addresses_of(
    session: AsyncSession, numbers: Collection[HprNumber], *, instant: Instant
) -> dict[HprNumber, list[ProfessionalAddress]]:
    return grouped(await _parts(session, ProfessionalAddress, instant, hpr_number=numbers), lambda row: row.hpr_number)


async def size(session: AsyncSession, *, instant: Instant) -> int:
    """Number of professionals held."""
    professional = known_at(HealthProfessional, instant)
    return await session.scalar(select(func.count()).select_from(professional)) or 0


async def _parts(session: AsyncSession, model: type[Row], instant: Instant, **keys: Collection[int]) -> Sequence[Row]:
    """Rows with any of the keys in any of the columns: the latest first, those without a period by id."""
    keys = {column: wanted for column, wanted in keys.items() if wanted}
    if not keys:
        return []
    columns = tuple(keys)
    statement = (
        _parts_now(model, columns) if instant.entry is None else _select_parts(known_at(model, instant), columns)
    )
    return (await session.scalars(statement, {column: list(wanted) for column, wanted in keys.items()})).all()


@cache
def _parts_now(model: type[Row], columns: tuple[str, ...]) -> Select[Row]:
    """Made once: a check asks for seven kinds of part, and making a statement costs more than sending it."""
    return _select_parts(model, columns)


def _select_parts(part: Any, columns: tuple[str, ...]) -> Select[Any]:
    asked = [getattr(part, column) for column in columns]
    any_key = or_(*(column == any_(bindparam(column.key, type_=ARRAY(column.type))) for column in asked))
    order = (part.valid_from.desc(), part.id.desc()) if hasattr(part, "valid_from") else (part.id,)
    return select(part).where(any_key).order_by(*order)


def _by_subject(rows: Sequence[Against]) -> Mapping[Subject, list[Against]]:
    return grouped(rows, _subject_of)


def _subject_of(row: Suspension | AdministrativeReaction) -> Subject:
    columns = ("authorisation_id", "requisition_right_id", "speciality_id", "hpr_number")
    return next((column, key) for column in columns if (key := getattr(row, column, None)) is not None)


def _among(column: Any, keys: Collection[int]) -> ColumnElement[bool]:
    return column == any_(literal(list(keys), ARRAY(column.type)))

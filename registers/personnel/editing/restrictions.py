"""Suspensions and reactions, educations and other ids; and removing what was entered by mistake.

Each change returns the HPR number, the key of the record in the log, and raises Refused.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from registers.code_systems.editing.codes import usable, usable_or_none
from registers.core.code_systems import COUNTRIES, PERSON_ID_TYPES, REACTIONS
from registers.core.identifiers import EntryNumber, HprNumber, HprPartId, OrganisationNumber
from registers.editing.periods import validated_period
from registers.editing.rules import NOTHING_TO_CHANGE
from registers.editing.texts import validated_text, validated_text_or_none
from registers.editing.transaction import EditTransaction
from registers.personnel.editing.authorisations import CodeUse, validated_code_use
from registers.personnel.editing.granting import check_no_overlap
from registers.personnel.editing.parts import ABOVE, COLUMNS, KINDS, own_part, part_id_of
from registers.personnel.editing.professionals import check_day, professional_to_change, write_update
from registers.personnel.editing.rules import HAS_ENDED, NO_FIELD_GIVEN, OUTSIDE_AUTHORISATION, PART_IN_USE
from registers.personnel.models import (
    AdministrativeReaction,
    AlternativeId,
    Authorisation,
    Education,
    RequisitionRight,
    Restriction,
    Speciality,
    Suspension,
)
from registers.personnel.repository import current

ID_MAX = 100  # characters of an alternative id


@dataclass(frozen=True, slots=True, kw_only=True)
class EducationTerms:
    """An education to add; at least one field beside `authorisation`, the one it led to."""

    authorisation: HprPartId | None
    type: CodeUse | None
    country: str | None  # 9043
    diploma_on: date | None
    institution: str | None
    institution_number: OrganisationNumber | None


async def add_suspension(
    transaction: EditTransaction,
    number: HprNumber,
    expected: EntryNumber,
    subject: HprPartId,
    start: datetime,
    end: datetime | None,
) -> str:
    """Suspends an authorisation, right or speciality; an additional competence is never suspended."""
    await professional_to_change(transaction, number, expected)
    above = await own_part(transaction, number, subject, *ABOVE.values(), path="subject")
    period = validated_period(transaction.problems, start, end, "input", "period")
    if above.ended_status is not None:
        transaction.problems.add(HAS_ENDED, "subject", value=subject)
    if not above.period.holds(start):
        transaction.problems.add(OUTSIDE_AUTHORISATION, "input", "period", value=subject)
    columns = {COLUMNS[type(above)]: above.id}
    check_no_overlap(transaction, period, await _alike(transaction, Suspension, columns), "input", "period")
    await write_update(transaction, number)
    transaction.session.add(Suspension(**columns, valid_from=period.start, valid_to=period.end))
    return str(number)


async def add_reaction(
    transaction: EditTransaction,
    number: HprNumber,
    expected: EntryNumber,
    subject: HprPartId | None,
    *,
    type_: str,
    start: datetime,
    end: datetime | None,
) -> str:
    """Enters a reaction against an authorisation, right or speciality; `subject` None = against the person."""
    await professional_to_change(transaction, number, expected)
    columns: dict[str, Any] = {"hpr_number": number}
    if subject is not None:
        above = await own_part(transaction, number, subject, *ABOVE.values(), path="subject")
        columns = {COLUMNS[type(above)]: above.id}
    period = validated_period(transaction.problems, start, end, "input", "period")
    columns["type"] = await usable(transaction, REACTIONS, type_, "input", "type")
    check_no_overlap(transaction, period, await _alike(transaction, AdministrativeReaction, columns), "input", "period")
    await write_update(transaction, number)
    transaction.session.add(AdministrativeReaction(**columns, valid_from=period.start, valid_to=period.end))
    return str(number)


async def end_restriction(
    transaction: EditTransaction,
    number: HprNumber,
    expected: EntryNumber,
    part: HprPartId,
    *,
    path: str,
    to: datetime | None,
) -> str:
    """Sets the end of a suspension or reaction, earlier or later than before; None = now."""
    await professional_to_change(transaction, number, expected)
    kind: type[Restriction] = Suspension if path == "suspension" else AdministrativeReaction
    row = await own_part(transaction, number, part, kind, path=path)
    end = to or transaction.at
    period = validated_period(transaction.problems, row.valid_from, end)
    if row.valid_to == end:
        transaction.problems.add(NOTHING_TO_CHANGE, "to")
    names = ("hpr_number", *ABOVE, "type")
    columns = {name: value for name in names if (value := getattr(row, name, None)) is not None}
    if not row.period.contains(period):
        check_no_overlap(transaction, period, await _alike(transaction, kind, columns), "to", apart_from=row)
    await write_update(transaction, number)
    row.valid_to = end
    return str(number)


async def add_education(
    transaction: EditTransaction, number: HprNumber, expected: EntryNumber, terms: EducationTerms
) -> str:
    await professional_to_change(transaction, number, expected)
    above: Authorisation | None = None
    if terms.authorisation is not None:
        above = await own_part(transaction, number, terms.authorisation, Authorisation, path="authorisation")
    if not any((terms.type, terms.country, terms.diploma_on, terms.institution is not None, terms.institution_number)):
        transaction.problems.add(NO_FIELD_GIVEN, "input")
    type_ = await validated_code_use(transaction, terms.type, "input", "type")
    country = await usable_or_none(transaction, COUNTRIES, terms.country, "input", "country")
    check_day(transaction, terms.diploma_on, "input", "diplomaOn")
    institution = validated_text_or_none(transaction.problems, terms.institution, "input", "institution")
    await write_update(transaction, number)
    transaction.session.add(
        Education(
            hpr_number=number,
            authorisation_id=above.id if above else None,
            type=type_,
            country=country,
            diploma_on=terms.diploma_on,
            institution=institution,
            institution_number=terms.institution_number,
        )
    )
    return str(number)


async def add_alternative_id(
    transaction: EditTransaction, number: HprNumber, expected: EntryNumber, *, type_: str, value: str
) -> str:
    await professional_to_change(transaction, number, expected)
    type_key = await usable(transaction, PERSON_ID_TYPES, type_, "input", "type")
    value = validated_text(transaction.problems, value, "input", "value", most=ID_MAX)
    stored = await current.alternative_ids_of(transaction.session, number)
    if any((each.type, each.value) == (type_key, value) for each in stored):
        transaction.problems.add(NOTHING_TO_CHANGE, "input")
    await write_update(transaction, number)
    transaction.session.add(AlternativeId(hpr_number=number, type=type_key, value=value))
    return str(number)


async def remove_part(transaction: EditTransaction, number: HprNumber, expected: EntryNumber, part: HprPartId) -> str:
    """Removes what was entered by mistake and has nothing hanging on it. The log keeps it."""
    await professional_to_change(transaction, number, expected)
    row = await own_part(transaction, number, part, *KINDS.values(), path="part")
    if isinstance(row, Authorisation | RequisitionRight | Speciality):
        for below in await current.parts_below(transaction.session, COLUMNS[type(row)], row.id):
            transaction.problems.add(PART_IN_USE, "part", value=part_id_of(below))
    await write_update(transaction, number)
    await transaction.session.delete(row)
    return str(number)


async def _alike(
    transaction: EditTransaction, kind: type[Restriction], columns: Mapping[str, Any]
) -> Sequence[Restriction]:
    """Restrictions with the same `columns`: the subject's first, then the type of a reaction."""
    (column, key), *others = columns.items()
    rows = await current.restrictions_on(transaction.session, kind, column, key)
    return [row for row in rows if all(getattr(row, name) == value for name, value in others)]

"""Suspensions and reactions, educations and other ids; and taking back what was entered by mistake."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from registers.code_systems.editing.codes import usable, usable_or_none
from registers.core.code_systems import COUNTRIES, PERSON_ID_TYPES, REACTIONS
from registers.core.identifiers import EntryNumber, HprNumber, HprPartId, OrganisationNumber
from registers.core.validity import Period
from registers.editing.periods import validated_period
from registers.editing.rules import NOTHING_TO_CHANGE
from registers.editing.texts import validated_text, validated_text_or_none
from registers.editing.transaction import EditTransaction
from registers.personnel.editing.authorisations import CodeUse, validated_code_use
from registers.personnel.editing.granting import check_alone
from registers.personnel.editing.parts import ABOVE, KINDS, own_part, part_id_of
from registers.personnel.editing.professionals import check_day, professional_to_change, updating
from registers.personnel.editing.rules import HAS_ENDED, NO_FIELD_GIVEN, OUTSIDE_AUTHORISATION, PART_IN_USE
from registers.personnel.models import (
    AdditionalCompetence,
    AdministrativeReaction,
    AlternativeId,
    Authorisation,
    Condition,
    Education,
    RequisitionRight,
    Speciality,
    Suspension,
)

COLUMNS = {model: column for column, model in ABOVE.items()}
BELOW: tuple[type[Any], ...] = (
    RequisitionRight,
    Speciality,
    AdditionalCompetence,
    Suspension,
    AdministrativeReaction,
    Condition,
    Education,
)
ID_MAX = 100  # characters of an alternative id


@dataclass(frozen=True, slots=True, kw_only=True)
class EducationTerms:
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
    """Of an authorisation, right or speciality; an additional competence is never suspended. Raises Refused."""
    await professional_to_change(transaction, number, expected)
    above: Any = await own_part(transaction, number, subject, *ABOVE.values(), path="subject")
    period = validated_period(transaction.problems, start, end, "input", "period")
    if above.ended_status is not None:
        transaction.problems.add(HAS_ENDED, "subject", value=subject)
    if not above.period.holds(start):
        transaction.problems.add(OUTSIDE_AUTHORISATION, "input", "period", value=subject)
    columns = {COLUMNS[type(above)]: above.id}
    await _check_alone(transaction, Suspension, columns, period, "input", "period")
    await updating(transaction, number)
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
    """Against an authorisation, right or speciality; `subject` None = against the person. Raises Refused."""
    await professional_to_change(transaction, number, expected)
    columns: dict[str, Any] = {"hpr_number": number}
    if subject is not None:
        above: Any = await own_part(transaction, number, subject, *ABOVE.values(), path="subject")
        columns = {COLUMNS[type(above)]: above.id}
    period = validated_period(transaction.problems, start, end, "input", "period")
    columns["type"] = await usable(transaction, REACTIONS, type_, "input", "type")
    await _check_alone(transaction, AdministrativeReaction, columns, period, "input", "period")
    await updating(transaction, number)
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
    """A suspension or reaction ends at `to`, earlier or later than it would have; None = now. Raises Refused."""
    await professional_to_change(transaction, number, expected)
    model = Suspension if path == "suspension" else AdministrativeReaction
    row: Any = await own_part(transaction, number, part, model, path=path)
    end = to or transaction.at
    period = validated_period(transaction.problems, row.valid_from, end)
    if row.valid_to == end:
        transaction.problems.add(NOTHING_TO_CHANGE, "to")
    names = ("hpr_number", *ABOVE, "type")
    columns = {name: value for name in names if (value := getattr(row, name, None)) is not None}
    if not row.period.contains(period):
        await _check_alone(transaction, model, columns, period, "to", apart_from=row)
    await updating(transaction, number)
    row.valid_to = end
    return str(number)


async def add_education(
    transaction: EditTransaction, number: HprNumber, expected: EntryNumber, terms: EducationTerms
) -> str:
    """Raises Refused."""
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
    await updating(transaction, number)
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
    """Raises Refused."""
    await professional_to_change(transaction, number, expected)
    columns = {
        "hpr_number": number,
        "type": await usable(transaction, PERSON_ID_TYPES, type_, "input", "type"),
        "value": validated_text(transaction.problems, value, "input", "value", most=ID_MAX),
    }
    if await transaction.session.scalar(select(AlternativeId.id).filter_by(**columns).limit(1)) is not None:
        transaction.problems.add(NOTHING_TO_CHANGE, "input")
    await updating(transaction, number)
    transaction.session.add(AlternativeId(**columns))
    return str(number)


async def remove_part(transaction: EditTransaction, number: HprNumber, expected: EntryNumber, part: HprPartId) -> str:
    """What was entered by mistake; the log keeps it. Raises Refused when something hangs on it."""
    await professional_to_change(transaction, number, expected)
    row: Any = await own_part(transaction, number, part, *KINDS.values(), path="part")
    column = COLUMNS.get(type(row))
    for model in BELOW if column else ():
        if hasattr(model, column or ""):
            below = await transaction.session.scalar(
                select(model).filter_by(**{column: row.id}).order_by(model.id).limit(1)
            )
            if below is not None:
                transaction.problems.add(PART_IN_USE, "part", value=part_id_of(below))
    await updating(transaction, number)
    await transaction.session.delete(row)
    return str(number)


async def _check_alone(
    transaction: EditTransaction,
    model: type[Any],
    columns: dict[str, Any],
    period: Period,
    *path: str,
    apart_from: Any = None,
) -> None:
    alike = await transaction.session.scalars(select(model).filter_by(**columns).order_by(model.id))
    check_alone(transaction, period, alike, *path, apart_from=apart_from)

"""Every change of authorisations and licences, and of the conditions they are valid on.

Each change returns the HPR number, the key of the record in the log, and raises Refused.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from registers.code_systems.editing.codes import usable, usable_or_none
from registers.core.code_systems import AUTHORISATION_KINDS, COUNTRIES, PROFESSIONS
from registers.core.codes import CodeKey
from registers.core.identifiers import EntryNumber, HprNumber, HprPartId
from registers.core.validity import Period
from registers.editing.periods import validated_period
from registers.editing.rules import NOTHING_TO_CHANGE
from registers.editing.texts import validated_text_or_none
from registers.editing.transaction import EditTransaction
from registers.personnel.editing.granting import check_begins, check_can_be_lifted, check_no_overlap, validated_ending
from registers.personnel.editing.parts import own_part, part_id_of
from registers.personnel.editing.professionals import check_day, professional_to_change, write_update
from registers.personnel.editing.rules import NO_FIELD_GIVEN, OUTSIDE_AUTHORISATION
from registers.personnel.entitlement import AUTHORISATION_KIND
from registers.personnel.models import Authorisation, Condition, Right
from registers.personnel.repository import current

TEXT_MAX = 1000  # characters of a condition


@dataclass(frozen=True, slots=True)
class CodeUse:
    """A code of a system that the caller names, where the register allows several."""

    system: str
    value: str


@dataclass(frozen=True, slots=True)
class ConditionTerms:
    text: str | None
    type: CodeUse | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted:
    """An authorisation or licence to grant; codes by their values."""

    profession: str  # 9060
    kind: str  # 7704
    start: datetime
    end: datetime | None
    internship_approved_on: date | None
    converted_from_country: str | None  # 9043
    conditions: Sequence[ConditionTerms]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What changes of an authorisation; None = stays. `others`: further columns that change, where None = none.
    `lift_ending`: its ended status was a mistake."""

    kind: str | None
    period: Period | None
    lift_ending: bool
    others: Mapping[str, Any]


async def grant(transaction: EditTransaction, number: HprNumber, expected: EntryNumber, terms: Granted) -> str:
    person = await professional_to_change(transaction, number, expected)
    period = validated_period(transaction.problems, terms.start, terms.end, "input", "period")
    profession = await usable(transaction, PROFESSIONS, terms.profession, "input", "profession")
    kind = await usable(transaction, AUTHORISATION_KINDS, terms.kind, "input", "kind")
    country = await usable_or_none(
        transaction, COUNTRIES, terms.converted_from_country, "input", "convertedFromCountry"
    )
    check_day(transaction, terms.internship_approved_on, "input", "internshipApprovedOn")
    check_begins(transaction, person, period.start, "input", "period", "from", kind=kind)
    check_no_overlap(transaction, period, await _alike(transaction, number, profession, kind), "input", "period")
    conditions = [
        await _condition(transaction, each, "input", "conditions", str(index))
        for index, each in enumerate(terms.conditions)
    ]
    await write_update(transaction, number)
    row = Authorisation(
        hpr_number=number,
        profession=profession,
        kind=kind,
        valid_from=period.start,
        valid_to=period.end,
        internship_approved_on=terms.internship_approved_on,
        converted_from_country=country,
    )
    transaction.session.add(row)
    await transaction.session.flush()
    transaction.session.add_all(Condition(authorisation_id=row.id, **columns) for columns in conditions)
    return str(number)


async def change(
    transaction: EditTransaction, number: HprNumber, expected: EntryNumber, authorisation: HprPartId, terms: Changed
) -> str:
    """Rights and specialities that would outlast the authorisation are cut to its new end."""
    person = await professional_to_change(transaction, number, expected)
    row = await own_part(transaction, number, authorisation, Authorisation, path="authorisation")
    if terms.lift_ending:
        check_can_be_lifted(transaction, row)
    period = terms.period or row.period
    kind = await usable_or_none(transaction, AUTHORISATION_KINDS, terms.kind, "input", "kind") or row.kind
    others = await _checked_others(transaction, terms.others)
    if terms.period is not None:
        validated_period(transaction.problems, period.start, period.end, "input", "period")
    if (period.start, kind) != (row.valid_from, row.kind):
        check_begins(transaction, person, period.start, "input", "period", "from", kind=kind)
    widened = kind != row.kind or not row.period.contains(period)
    if terms.lift_ending or (row.ended_status is None and widened):
        alike = await _alike(transaction, number, row.profession, kind)
        check_no_overlap(transaction, period, alike, "input", "period", apart_from=row)
    outlasting = await _outlasting(transaction, row, period, "input", "period")
    columns = {"kind": kind, "valid_from": period.start, "valid_to": period.end, **others}
    columns |= {"ended_status": None} if terms.lift_ending else {}
    if all(getattr(row, name) == value for name, value in columns.items()) and not terms.lift_ending:
        transaction.problems.add(NOTHING_TO_CHANGE, "input")
    await write_update(transaction, number)
    for name, value in columns.items():
        setattr(row, name, value)
    for hanging in outlasting:
        hanging.valid_to = period.end
    return str(number)


async def end(
    transaction: EditTransaction,
    number: HprNumber,
    expected: EntryNumber,
    authorisation: HprPartId,
    *,
    ended_status: str | None,
    to: datetime | None,
) -> str:
    """What hangs on the authorisation ends with it."""
    await professional_to_change(transaction, number, expected)
    row = await own_part(transaction, number, authorisation, Authorisation, path="authorisation")
    status, valid_to = await validated_ending(transaction, row, ended_status, to)
    outlasting = await _outlasting(transaction, row, Period(row.valid_from, valid_to), "input", "to")
    await write_update(transaction, number)
    row.ended_status, row.valid_to = status, valid_to
    for hanging in outlasting:
        hanging.valid_to = valid_to
    return str(number)


async def set_condition(
    transaction: EditTransaction,
    number: HprNumber,
    expected: EntryNumber,
    authorisation: HprPartId,
    condition: HprPartId | None,
    terms: ConditionTerms,
) -> str:
    """Changes `condition`, which belongs to the authorisation afterwards; None = adds one."""
    await professional_to_change(transaction, number, expected)
    above = await own_part(transaction, number, authorisation, Authorisation, path="authorisation")
    row = Condition(authorisation_id=above.id)
    if condition is not None:
        row = await own_part(transaction, number, condition, Condition, path="condition")
    columns = await _condition(transaction, terms, "input") | {"authorisation_id": above.id}
    if condition is not None and all(getattr(row, name) == value for name, value in columns.items()):
        transaction.problems.add(NOTHING_TO_CHANGE, "input")
    await write_update(transaction, number)
    for name, value in columns.items():
        setattr(row, name, value)
    transaction.session.add(row)
    return str(number)


async def validated_code_use(transaction: EditTransaction, code: CodeUse | None, *path: str) -> CodeKey | None:
    """Its key, as `usable` gives it; None for none."""
    return None if code is None else await usable(transaction, code.system, code.value, *path)


async def _checked_others(transaction: EditTransaction, others: Mapping[str, Any]) -> dict[str, Any]:
    columns = dict(others)
    if "converted_from_country" in columns:
        columns["converted_from_country"] = await usable_or_none(
            transaction, COUNTRIES, columns["converted_from_country"], "input", "convertedFromCountry"
        )
    check_day(transaction, columns.get("internship_approved_on"), "input", "internshipApprovedOn")
    return columns


async def _condition(transaction: EditTransaction, terms: ConditionTerms, *path: str) -> dict[str, Any]:
    if terms.text is None and terms.type is None:
        transaction.problems.add(NO_FIELD_GIVEN, *path)
    return {
        "text": validated_text_or_none(transaction.problems, terms.text, *path, "text", most=TEXT_MAX),
        "type": await validated_code_use(transaction, terms.type, *path, "type"),
    }


async def _alike(
    transaction: EditTransaction, number: HprNumber, profession: CodeKey, kind: CodeKey
) -> Sequence[Authorisation]:
    """The professional's authorisations that must not overlap one of this profession and kind. Licences may overlap:
    each is limited to a workplace, to tasks or to supervision of its own."""
    if kind != AUTHORISATION_KIND:
        return ()
    rows = await current.authorisations_of(transaction.session, number)
    return [row for row in rows if (row.profession, row.kind) == (profession, kind)]


async def _outlasting(transaction: EditTransaction, above: Authorisation, period: Period, *path: str) -> list[Right]:
    """What hangs on the authorisation and would end later than it under its new `period`. What would lie outside the
    period, or begin before it, is a problem: the caller moves, ends or removes it first."""
    if period == above.period:
        return []
    found = []
    for row in await current.rights_on(transaction.session, above):
        if row.ended_status is not None:
            continue
        begins_before = above.valid_from < period.start and row.valid_from < period.start
        if begins_before or not (period.end is None or row.valid_from < period.end):
            transaction.problems.add(OUTSIDE_AUTHORISATION, *path, value=part_id_of(row))
        elif period.end is not None and (row.valid_to is None or row.valid_to > period.end):
            found.append(row)
    return found

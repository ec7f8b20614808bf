"""Every change of a professional as a person. Authorisations, restrictions and merging have files of their own.

Each change returns the HPR number, the key of the record in the log, and raises Refused.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from registers.changelog.append import Change, Register
from registers.code_systems.editing.codes import usable_or_none
from registers.core.code_systems import COUNTRIES, SEXES
from registers.core.identifiers import HPR_NUMBER_MAX, EntryNumber, HprNumber, NationalId
from registers.editing.rules import NOTHING_TO_CHANGE
from registers.editing.texts import validated_text_or_none
from registers.editing.transaction import EditTransaction
from registers.personnel.editing.rules import (
    DAY_IMPLAUSIBLE,
    DIED_BEFORE_BIRTH,
    LAST_NAME_MISSING,
    NATIONAL_ID_TAKEN,
    NO_NUMBER_LEFT,
    NUMBER_TAKEN,
    PROFESSIONAL_REPLACED,
    PROFESSIONAL_UNKNOWN,
    REFERENCE_ONLY,
)
from registers.personnel.entitlement import day_of
from registers.personnel.models import HealthProfessional
from registers.personnel.repository import current

CREATED, UPDATED = "HealthProfessionalCreated", "HealthProfessionalUpdated"
YEAR_LEAST = 1800  # of birth, as of every period
NAMES = {"first_name": "firstName", "middle_name": "middleName", "last_name": "lastName"}
DAYS = {"born_on": "bornOn", "died_on": "diedOn"}
CODED = {"sex": SEXES, "citizenship": COUNTRIES}


async def register(transaction: EditTransaction, asked: HprNumber | None, given: Mapping[str, Any]) -> str:
    """Registers a professional, under a number that is free or only referred to by others so far; None = one above the
    highest. `given`: the person's columns."""
    number = asked or await _next_number(transaction)
    row = await transaction.session.get(HealthProfessional, number)
    if row is not None and not row.reference_only:
        transaction.problems.add(NUMBER_TAKEN, "hprNumber", value=number)
    row = row or HealthProfessional(hpr_number=number)
    columns = await _checked(transaction, row, given)
    await transaction.write(Change(Register.PERSONNEL, str(number), CREATED))
    row.reference_only = False
    for name, value in columns.items():
        setattr(row, name, value)
    transaction.session.add(row)
    return str(number)


async def change_person(
    transaction: EditTransaction, number: HprNumber, expected: EntryNumber, given: Mapping[str, Any]
) -> str:
    """`given`: the columns that change; None = not known, or none."""
    row = await professional_to_change(transaction, number, expected)
    columns = await _checked(transaction, row, given)
    if all(getattr(row, name) == value for name, value in columns.items()):
        transaction.problems.add(NOTHING_TO_CHANGE, "input")
    await write_update(transaction, number)
    for name, value in columns.items():
        setattr(row, name, value)
    return str(number)


async def professional_to_change(
    transaction: EditTransaction, number: HprNumber, expected: EntryNumber
) -> HealthProfessional:
    """The professional. Adds a problem when the caller has not seen its newest entry. Raises Refused when the number
    has no record of its own or has been merged into another."""
    row = await stored_professional(transaction, number, "hprNumber")
    if row.replaced_by is not None:
        transaction.problems.add(PROFESSIONAL_REPLACED, "hprNumber", value=row.replaced_by)
        raise transaction.problems.refusal()
    await transaction.expect(Register.PERSONNEL, str(number), expected)
    return row


async def stored_professional(transaction: EditTransaction, number: HprNumber, path: str) -> HealthProfessional:
    """The professional with exactly this number, merged or not. Raises Refused when it has no record of its own."""
    row = await transaction.session.get(HealthProfessional, number)
    if row is None or row.reference_only:
        transaction.problems.add(REFERENCE_ONLY if row else PROFESSIONAL_UNKNOWN, path, value=number)
        raise transaction.problems.refusal()
    return row


async def write_update(transaction: EditTransaction, number: HprNumber, action: str = UPDATED) -> None:
    """Appends the entry of a change of the professional. Raises Refused when there are problems."""
    await transaction.write(Change(Register.PERSONNEL, str(number), action))


def check_day(transaction: EditTransaction, day: date | None, *path: str) -> None:
    """Adds a problem when the day is in the future or before the year 1800."""
    if day is not None and not (day.year >= YEAR_LEAST and day <= day_of(transaction.at)):
        transaction.problems.add(DAY_IMPLAUSIBLE, *path, value=day)


async def _next_number(transaction: EditTransaction) -> HprNumber:
    highest = await current.highest_number(transaction.session)
    if highest >= HPR_NUMBER_MAX:
        transaction.problems.add(NO_NUMBER_LEFT, "hprNumber", value=highest)
        raise transaction.problems.refusal()
    return HprNumber(highest + 1)


async def _checked(transaction: EditTransaction, row: HealthProfessional, given: Mapping[str, Any]) -> dict[str, Any]:
    """The given columns as they are to be stored; what is wrong with them is added to the transaction's problems."""
    columns = dict(given)
    for name, field in NAMES.items():
        if name in given:
            columns[name] = validated_text_or_none(transaction.problems, given[name], "input", field)
    if "last_name" in given and given["last_name"] is None:
        transaction.problems.add(LAST_NAME_MISSING, "input", "lastName")
    for name, field in DAYS.items():
        check_day(transaction, given.get(name), "input", field)
    born_on, died_on = (given.get(name, getattr(row, name)) for name in DAYS)
    if born_on and died_on and died_on < born_on:
        transaction.problems.add(
            DIED_BEFORE_BIRTH, "input", "diedOn" if "died_on" in given else "bornOn", value=died_on
        )
    for name, system in CODED.items():
        if name in given:
            columns[name] = await usable_or_none(transaction, system, given[name], "input", name)
    if "national_id" in given:
        columns["national_id_holds"] = None
    if given.get("national_id") is not None:
        columns["national_id_holds"] = True  # as every argument of its type
        await _check_national_id(transaction, row, given["national_id"])
    return columns


async def _check_national_id(transaction: EditTransaction, row: HealthProfessional, national_id: NationalId) -> None:
    holder = await current.holder_of(transaction.session, national_id, apart_from=row)
    if holder is not None:
        transaction.problems.add(NATIONAL_ID_TAKEN, "input", "nationalId", value=holder)

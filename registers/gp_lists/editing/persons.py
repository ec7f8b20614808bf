"""Persons of the lists: register them and change who they are, never which list they are on.

Each function returns the key of the person in the log, and raises Refused with all that is wrong.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypedDict

from sqlalchemy import update

from registers.changelog.append import Change, Register
from registers.code_systems.editing.codes import usable_or_none
from registers.core.code_systems import SEXES
from registers.core.identifiers import EntryNumber, NationalId
from registers.core.validity import OSLO
from registers.editing.periods import YEARS
from registers.editing.rules import NOTHING_TO_CHANGE
from registers.editing.texts import validated_text, validated_text_or_none
from registers.editing.transaction import EditTransaction
from registers.gp_lists.editing.associations import person_ids
from registers.gp_lists.editing.rules_patients import (
    DAY_IMPLAUSIBLE,
    DIED_BEFORE_BIRTH,
    NATIONAL_ID_TAKEN,
    PERSON_EXISTS,
    PERSON_UNKNOWN,
)
from registers.gp_lists.log_keys import person_key
from registers.gp_lists.models import Person, PersonNationalId, Protection
from registers.gp_lists.repository import current_patients

NAMES: dict[Literal["first_name", "middle_name", "last_name"], str] = {
    "first_name": "firstName",
    "middle_name": "middleName",
    "last_name": "lastName",
}
DAYS: dict[Literal["born_on", "died_on"], str] = {"born_on": "bornOn", "died_on": "diedOn"}


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A person to register, as the input gives one."""

    first_name: str
    middle_name: str | None
    last_name: str
    born_on: date | None
    sex: str | None  # 3101
    protection: Protection


class PersonTerms(TypedDict, total=False):
    """What the input changes of a person, by column. A column that is left out stays as it is; None = there is none."""

    first_name: str | None
    middle_name: str | None
    last_name: str | None
    born_on: date | None
    died_on: date | None
    sex: str | None  # 3101


async def register(transaction: EditTransaction, *, national_id: NationalId, person: NewPerson) -> str:
    """Registers a person whom FLR does not know yet, on no list."""
    first = validated_text(transaction.problems, person.first_name, "input", "firstName")
    middle = validated_text_or_none(transaction.problems, person.middle_name, "input", "middleName")
    last = validated_text(transaction.problems, person.last_name, "input", "lastName")
    sex = await usable_or_none(transaction, SEXES, person.sex, "input", "sex")
    _check_day(transaction, person.born_on, "input", "bornOn")
    if national_id in await person_ids(transaction, [national_id]):
        transaction.problems.add(PERSON_EXISTS, "nationalId")
    transaction.problems.refuse()
    person_id = await current_patients.next_person_id(transaction.session)
    await transaction.write(Change(Register.GP_LISTS, person_key(person_id), "PersonCreated"))
    transaction.session.add(
        Person(
            person_id=person_id,
            first_name=first,
            middle_name=middle,
            last_name=last,
            born_on=person.born_on,
            sex=sex,
            protection=person.protection.value,
        )
    )
    await transaction.session.flush()
    transaction.session.add(PersonNationalId(national_id=national_id, person_id=person_id, current=True, holds=True))
    return person_key(person_id)


async def change_person(
    transaction: EditTransaction, *, national_id: NationalId, expected_entry: EntryNumber, terms: PersonTerms
) -> str:
    """Changes the columns that `terms` name."""
    person = await _person_to_change(transaction, national_id, expected_entry)
    changed: PersonTerms = {}
    for column, field in NAMES.items():
        if column in terms:
            changed[column] = validated_text_or_none(transaction.problems, terms.get(column), "input", field)
    for column, field in DAYS.items():
        if column in terms:
            _check_day(transaction, terms.get(column), "input", field)
            changed[column] = terms.get(column)
    if "sex" in terms:
        changed["sex"] = await usable_or_none(transaction, SEXES, terms["sex"], "input", "sex")
    born_on, died_on = changed.get("born_on", person.born_on), changed.get("died_on", person.died_on)
    if born_on is not None and died_on is not None and died_on < born_on:
        transaction.problems.add(DIED_BEFORE_BIRTH, "input", "diedOn" if "died_on" in terms else "bornOn")
    if all(getattr(person, name) == value for name, value in changed.items()):
        transaction.problems.add(NOTHING_TO_CHANGE, "input")
    await transaction.write(Change(Register.GP_LISTS, person_key(person.person_id), "PersonUpdated"))
    for name, value in changed.items():
        setattr(person, name, value)
    return person_key(person.person_id)


async def change_national_id(
    transaction: EditTransaction, *, national_id: NationalId, expected_entry: EntryNumber, new: NationalId
) -> str:
    """Gives the person another national id from now on. Both lead to the person."""
    person_id = (await _person_to_change(transaction, national_id, expected_entry)).person_id
    number = PersonNationalId
    stored = await transaction.session.get(number, new)
    if stored is not None and (stored.person_id != person_id or stored.current):
        transaction.problems.add(NATIONAL_ID_TAKEN, "newNationalId")
    await transaction.write(Change(Register.GP_LISTS, person_key(person_id), "PatientNinChanged"))
    await transaction.session.execute(
        update(number).where(number.person_id == person_id, number.current).values(current=False)
    )
    if stored is None:
        transaction.session.add(number(national_id=new, person_id=person_id, current=True, holds=True))
    else:
        stored.current = True
    return person_key(person_id)


async def change_protection(
    transaction: EditTransaction, *, national_id: NationalId, expected_entry: EntryNumber, protection: Protection
) -> str:
    """Changes how the address is protected, from which follows who is shown the person."""
    person = await _person_to_change(transaction, national_id, expected_entry)
    if person.protection == protection.value:
        transaction.problems.add(NOTHING_TO_CHANGE, "protection")
    await transaction.write(Change(Register.GP_LISTS, person_key(person.person_id), "PersonUpdated"))
    person.protection = protection.value
    return person_key(person.person_id)


async def _person_to_change(
    transaction: EditTransaction, national_id: NationalId, expected_entry: EntryNumber
) -> Person:
    person_id = (await person_ids(transaction, [national_id])).get(national_id)
    if person_id is None:
        transaction.problems.add(PERSON_UNKNOWN, "nationalId")
        raise transaction.problems.refusal()
    await transaction.expect(Register.GP_LISTS, person_key(person_id), expected_entry)
    return await transaction.session.get_one(Person, person_id)


def _check_day(transaction: EditTransaction, day: date | None, *path: str) -> None:
    if day is not None and (day.year not in YEARS or day > transaction.at.astimezone(OSLO).date()):
        transaction.problems.add(DAY_IMPLAUSIBLE, *path, value=day)

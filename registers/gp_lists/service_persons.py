"""Every change of the persons on lists: who they are, never where they are listed."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, text, update

from registers.changelog.edits import Turn
from registers.changelog.rules import NOTHING_TO_CHANGE
from registers.changelog.service import Change, Register
from registers.changelog.texts import told, told_or_none
from registers.code_systems.service import usable_or_none
from registers.core.identifiers import EntryNumber, NationalId
from registers.gp_lists.log_keys import person_key
from registers.gp_lists.models import Person, PersonNationalId, Protection
from registers.gp_lists.patient_places import person_ids
from registers.gp_lists.rules_patients import NATIONAL_ID_TAKEN, PERSON_EXISTS, PERSON_UNKNOWN

NEXT_PERSON = text("SELECT nextval(pg_get_serial_sequence('persons', 'person_id'))")


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A person as an editor registers one."""

    first_name: str
    middle_name: str | None
    last_name: str
    born_on: date | None
    sex: str | None  # 3101
    protection: Protection


async def register(turn: Turn, *, national_id: NationalId, person: NewPerson) -> str:
    """A person whom FLR does not know yet, on no list. Returns the person's key. Raises Refused."""
    first = told(turn.problems, person.first_name, "input", "firstName")
    middle = told_or_none(turn.problems, person.middle_name, "input", "middleName")
    last = told(turn.problems, person.last_name, "input", "lastName")
    sex = await usable_or_none(turn, "3101", person.sex, "input", "sex")
    if national_id in await person_ids(turn, [national_id]):
        turn.problems.add(PERSON_EXISTS, "nationalId")
    turn.problems.refuse()
    person_id = await turn.session.scalar(NEXT_PERSON)
    assert person_id is not None
    await turn.write(Change(Register.GP_LISTS, person_key(person_id), "PersonCreated"))
    turn.session.add(
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
    await turn.session.flush()
    turn.session.add(PersonNationalId(national_id=national_id, person_id=person_id, current=True, holds=True))
    return person_key(person_id)


async def change_national_id(
    turn: Turn, *, national_id: NationalId, expected_entry: EntryNumber, new: NationalId
) -> str:
    """The person has another number from now on and answers by either. Raises Refused."""
    person_id = await _expected(turn, national_id, expected_entry)
    number = PersonNationalId
    held = await turn.session.get(number, new)
    if held is not None and (held.person_id != person_id or held.current):
        turn.problems.add(NATIONAL_ID_TAKEN, "newNationalId")
    await turn.write(Change(Register.GP_LISTS, person_key(person_id), "PatientNinChanged"))
    await turn.session.execute(
        update(number).where(number.person_id == person_id, number.current).values(current=False)
    )
    if held is None:
        turn.session.add(number(national_id=new, person_id=person_id, current=True, holds=True))
    else:
        held.current = True
    return person_key(person_id)


async def change_protection(
    turn: Turn, *, national_id: NationalId, expected_entry: EntryNumber, protection: Protection
) -> str:
    """How the address is protected: who is shown the person follows from it. Raises Refused."""
    person_id = await _expected(turn, national_id, expected_entry)
    person = (await turn.session.scalars(select(Person).where(Person.person_id == person_id))).one()
    if person.protection == protection.value:
        turn.problems.add(NOTHING_TO_CHANGE, "protection")
    await turn.write(Change(Register.GP_LISTS, person_key(person_id), "PersonUpdated"))
    person.protection = protection.value
    return person_key(person_id)


async def _expected(turn: Turn, national_id: NationalId, expected_entry: EntryNumber) -> int:
    person_id = (await person_ids(turn, [national_id])).get(national_id)
    if person_id is None:
        turn.problems.add(PERSON_UNKNOWN, "nationalId")
        raise turn.problems.refusal()
    await turn.expect(Register.GP_LISTS, person_key(person_id), expected_entry)
    return person_id

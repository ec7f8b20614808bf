"""Taking in persons: found by any of their national ids, stored under a number of our own."""

from collections.abc import Iterable, Iterator
from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from registers.changelog.append import Register
from registers.code_systems.intake.codes import ReportedCode, StoredCodes
from registers.core.code_systems import SEXES
from registers.core.identifiers import NationalId
from registers.editing.bulk_writes import Writes
from registers.gp_lists.intake.snapshot import PatientPersonSnapshot, PersonSnapshot
from registers.gp_lists.log_keys import person_key
from registers.gp_lists.models import Person, PersonNationalId, Protection
from registers.intake.aggregate import empty_row
from registers.intake.record_set import (
    Outcome,
    Record,
    RecordSet,
    Result,
    Row,
    S,
    Unnumbered,
    new_id,
    rows_where,
    table_of,
)
from registers.intake.snapshot import NOT_REPORTED, NotReported, reported

NAMES = ("first_name", "middle_name", "last_name")

PersonId = int | Unnumbered


def codes_of(person: PersonSnapshot | NotReported, path: str) -> Iterator[ReportedCode]:
    if person is not NOT_REPORTED:
        yield f"{path}/sex", person.sex, SEXES


class PersonIntake:
    """Persons of one transaction: `load` and `take` them, then write.

    They come with an association (`take`), or as a record of the population register (`take_record`).
    """

    def __init__(self, codes: StoredCodes) -> None:
        self._codes = codes
        self._persons: RecordSet[PersonId] = RecordSet("person_id", Person, PersonNationalId)
        self._by_number: dict[NationalId, PersonId] = {}
        self._written: set[PersonId] = set()  # new persons, under the entry of the record that reported them

    async def load(self, session: AsyncSession, numbers: Iterable[NationalId], ids: Iterable[int] = ()) -> None:
        """The persons with these national ids, current or former, and those with these ids of our own."""
        table = table_of(PersonNationalId)
        missing = {number for number in numbers if number not in self._by_number}
        found = await rows_where(session, table, "national_id", list(missing)) if missing else []
        await self._persons.load(session, {*ids, *(row["person_id"] for row in found)})
        for person_id in self._persons.records:
            for row in self._persons.rows(person_id, PersonNationalId).values():
                self._by_number[row["national_id"]] = person_id

    async def load_references(self, session: AsyncSession, outcomes: Iterable[Outcome[PatientPersonSnapshot]]) -> None:
        await self.load(session, [number for each in outcomes for number in _numbers(each.snapshot)])

    @property
    def ids(self) -> list[int]:
        """Stored persons."""
        return [each for each in self._persons.records if isinstance(each, int)]

    def by_number(self, number: NationalId) -> PersonId | None:
        return self._by_number.get(number)

    def create(self, number: NationalId, holds: bool) -> PersonId:
        """A new person, of whom nothing is known but the national id. `holds`: its check digits do."""
        person_id = new_id(Person)
        tables = self._persons.tables
        self._persons.records[person_id] = Record({each: {} for each in tables}, {each: {} for each in tables})
        row = {**empty_row(Person), "person_id": person_id, "protection": Protection.NONE.value}
        self._persons.set_row(person_id, row)
        self._set_numbers(person_id, [_number_row(person_id, number, holds)])
        return person_id

    def take(self, person_id: PersonId, snapshot: PersonSnapshot | NotReported, outcome: Outcome[S], path: str) -> bool:
        """Replaces what is stored of the person by what is reported. Whether that changed anything."""
        stored = self._persons.row(person_id)
        if snapshot is NOT_REPORTED or stored is None:
            return False
        row: Row = {name: reported(getattr(snapshot, name), stored[name]) or None for name in NAMES} | {
            "person_id": person_id,
            "born_on": reported(snapshot.born_on, stored["born_on"]),
            "died_on": reported(snapshot.died_on, stored["died_on"]),
            "sex": stored["sex"] if snapshot.sex is NOT_REPORTED else self._codes.key(snapshot.sex, SEXES),
            "protection": stored["protection"] if snapshot.protection is NOT_REPORTED else snapshot.protection.value,
        }
        if row["born_on"] and row["died_on"] and row["died_on"] < row["born_on"]:
            outcome.refuse_part("died-before-birth", f"{path}/died_on", "lies before the date of birth that is held")
            row["died_on"] = None
        self._persons.set_row(person_id, row)
        return row != stored

    def add_number(self, person_id: PersonId, number: NationalId, holds: bool, *, current: bool) -> bool:
        """One more national id of a person, which must not be another person's. A `current` one replaces the one that
        was in use. Whether that changed anything."""
        rows = list(self._persons.rows(person_id, PersonNationalId).values())
        stored = next((row for row in rows if row["national_id"] == number), None)
        if stored is not None and (stored["current"] or not current):
            return False
        others = [row for row in rows if row is not stored]
        if current:
            others = [{**row, "current": False} for row in others]
        row = {**(stored or _number_row(person_id, number, holds)), "current": current}
        self._set_numbers(person_id, [*others, row])  # the current one last: there is never more than one
        return True

    def take_record(self, outcome: Outcome[PatientPersonSnapshot]) -> None:
        """A person as the population register reports one, with the former national ids."""
        snapshot = outcome.snapshot
        found = {person_id for number in _numbers(snapshot) if (person_id := self.by_number(number)) is not None}
        if len(found) > 1:
            outcome.refuse("national-ids-of-two-persons", "", "the numbers told belong to two persons who are held")
            return
        person_id = found.pop() if found else self.create(snapshot.national_id, snapshot.national_id_holds)
        before = self._persons.copy_of(person_id)
        self._take_numbers(person_id, outcome)
        self.take(person_id, snapshot.person, outcome, "person")
        if isinstance(person_id, Unnumbered):
            outcome.result = Result.NEW
        elif self._persons.copy_of(person_id) != before:
            outcome.result = Result.CHANGED

    def _take_numbers(self, person_id: PersonId, outcome: Outcome[PatientPersonSnapshot]) -> None:
        """The reported number is the one in use, unless it is stored as a former one and the one in use is not reported
        as former: then the record is out of date."""
        snapshot = outcome.snapshot
        former = reported(snapshot.former_national_ids, ())
        stored = self._persons.rows(person_id, PersonNationalId).values()
        in_use = next((row["national_id"] for row in stored if row["current"]), None)
        is_former = any(row["national_id"] == snapshot.national_id and not row["current"] for row in stored)
        if is_former and in_use not in {each.number for each in former}:
            outcome.flag("former-national-id", "national_id", "is a former number of the person; the one in use stays")
        else:
            self.add_number(person_id, snapshot.national_id, snapshot.national_id_holds, current=True)
        for each in former:
            self.add_number(person_id, each.number, each.holds, current=False)

    def key_of(self, snapshot: PatientPersonSnapshot) -> str | None:
        """The key in the log of the person that a record is about; None before the person has a number of ours."""
        person_id = next(
            (found for number in _numbers(snapshot) if (found := self.by_number(number)) is not None), None
        )
        if person_id is None or (isinstance(person_id, Unnumbered) and person_id.number is None):
            return None
        return person_key(person_id)

    def write_new(self, writes: Writes, person_id: PersonId, *, under: int) -> None:
        """Writes a new person under the entry of the record that reported the person first."""
        record = self._persons.records[person_id]
        if isinstance(person_id, Unnumbered) and person_id not in self._written:
            self._written.add(person_id)
            writes.compare(record, under=under)

    def write(self, writes: Writes) -> None:
        """Writes each person who differs and has not been written with another record, under an entry of its own."""
        for person_id, record in self._persons.records.items():
            if record.differs and person_id not in self._written:
                action = "PersonCreated" if isinstance(person_id, Unnumbered) else "PersonUpdated"
                under = writes.entry(Register.GP_LISTS, partial(person_key, person_id), action)
                writes.compare(record, under=under)

    def _set_numbers(self, person_id: PersonId, rows: list[Row]) -> None:
        self._persons.set_rows(person_id, PersonNationalId, rows)
        self._by_number.update({row["national_id"]: person_id for row in rows})


def _number_row(person_id: PersonId, number: NationalId, holds: bool) -> Row:
    return {"national_id": number, "person_id": person_id, "current": True, "holds": holds}


def _numbers(snapshot: PatientPersonSnapshot) -> list[NationalId]:
    return [snapshot.national_id, *(each.number for each in reported(snapshot.former_national_ids, ()))]

"""Persons on GP lists: found by any of their national ids, kept under our own number."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

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
    """Persons of one transaction: load, take in, then write."""

    def __init__(self, codes: StoredCodes) -> None:
        self._codes = codes
        self._records: RecordSet[PersonId] = RecordSet("person_id", Person, PersonNationalId)
        self._by_number: dict[NationalId, PersonId] = {}
        self._written: set[PersonId] = set()

    async def load(self, session: AsyncSession, numbers: Iterable[NationalId], ids: Iterable[int] = ()) -> None:
        """The persons with these national ids, current or former, and those with these ids of our own."""
        table = table_of(PersonNationalId)
        target = {number for number in numbers if number not in self._by_number}
        found = await rows_where(session, table, "national_id", list(target)) if target else []
        await self._records.load(session, {*ids, *(row["person_id"] for row in found)})
        for person_id in self._records.records:
            for row in self._records.rows(person_id, PersonNationalId).values():
                self._by_number[row["national_id"]] = person_id

    async def load_references(self, session: AsyncSession, outcomes: Iterable[Outcome[PatientPersonSnapshot]]) -> None:
        await self.load(session, [number for each in outcomes for number in _numbers(each.snapshot)])

    @property
    def ids(self) -> list[int]:
        """Persons the database holds already."""
        return [each for each in self._records.records if isinstance(each, int)]

    def by_number(self, number: NationalId) -> PersonId | None:
        return self._by_number.get(number)

    def create(self, number: NationalId, holds: bool) -> PersonId:
        person_id = new_id(Person)
        tables = self._records.tables
        self._records.records[person_id] = Record({each: {} for each in tables}, {each: {} for each in tables})
        row = {**empty_row(Person), "person_id": person_id, "protection": Protection.NONE.value}
        self._records.set_row(person_id, row)
        self._want_numbers(person_id, [_number_row(person_id, number, holds)])
        return person_id

    def take(
        self, person_id: PersonId, snapshot: PersonSnapshot | NotReported, outcome: Outcome[Any], path: str
    ) -> bool:
        """Lays what is told over what is held. Whether it changed anything."""
        stored = self._records.row(person_id)
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
        self._records.set_row(person_id, row)
        return row != stored

    def add_number(self, person_id: PersonId, number: NationalId, holds: bool, *, current: bool) -> bool:
        """One more national id of a person; the `current` one takes the place of the former. Whether it is news.

        The number must not belong to somebody else.
        """
        rows = list(self._records.rows(person_id, PersonNationalId).values())
        stored = next((row for row in rows if row["national_id"] == number), None)
        if stored is not None and (stored["current"] or not current):
            return False
        others = [row for row in rows if row is not stored]
        if current:
            others = [{**row, "current": False} for row in others]
        row = {**(stored or _number_row(person_id, number, holds)), "current": current}
        self._want_numbers(person_id, [*others, row])  # the current one last: there is never more than one
        return True

    def take_record(self, outcome: Outcome[PatientPersonSnapshot]) -> None:
        """A person as the population register tells of one, with the numbers that were his."""
        snapshot = outcome.snapshot
        found = {person_id for number in _numbers(snapshot) if (person_id := self.by_number(number)) is not None}
        if len(found) > 1:
            outcome.refuse("national-ids-of-two-persons", "", "the numbers told belong to two persons who are held")
            return
        person_id = found.pop() if found else self.create(snapshot.national_id, snapshot.national_id_holds)
        before = self._records.copy_of(person_id)
        self._take_numbers(person_id, outcome)
        self.take(person_id, snapshot.person, outcome, "person")
        if isinstance(person_id, Unnumbered):
            outcome.result = Result.NEW
        elif self._records.copy_of(person_id) != before:
            outcome.result = Result.CHANGED

    def _take_numbers(self, person_id: PersonId, outcome: Outcome[PatientPersonSnapshot]) -> None:
        snapshot = outcome.snapshot
        former = reported(snapshot.former_national_ids, ())
        stored = self._records.rows(person_id, PersonNationalId).values()
        in_use = next((row["national_id"] for row in stored if row["current"]), None)
        is_former = any(row["national_id"] == snapshot.national_id and not row["current"] for row in stored)
        if is_former and in_use not in {each.number for each in former}:
            outcome.flag("former-national-id", "national_id", "is a former number of the person; the one in use stays")
        else:
            self.add_number(person_id, snapshot.national_id, snapshot.national_id_holds, current=True)
        for each in former:
            self.add_number(person_id, each.number, each.holds, current=False)

    def key_of(self, snapshot: PatientPersonSnapshot) -> str | None:
        """The key in the log of the person a record tells of; None before he has a number of ours."""
        person_id = next(
            (found for number in _numbers(snapshot) if (found := self.by_number(number)) is not None), None
        )
        if person_id is None or (isinstance(person_id, Unnumbered) and person_id.number is None):
            return None
        return person_key(person_id)

    def write_new(self, writes: Writes, person_id: PersonId, *, under: int) -> None:
        """A new person under the entry of the record that brought him, once."""
        record = self._records.records[person_id]
        if isinstance(person_id, Unnumbered) and person_id not in self._written:
            self._written.add(person_id)
            writes.compare(record, under=under)

    def write(self, writes: Writes) -> None:
        """An entry for each person who differs and was not brought by another record."""
        for person_id, record in self._records.records.items():
            if record.differs and person_id not in self._written:
                action = "PersonCreated" if isinstance(person_id, Unnumbered) else "PersonUpdated"
                under = writes.entry(Register.GP_LISTS, partial(person_key, person_id), action)
                writes.compare(record, under=under)

    def _want_numbers(self, person_id: PersonId, rows: list[Row]) -> None:
        self._records.set_rows(person_id, PersonNationalId, rows)
        self._by_number.update({row["national_id"]: person_id for row in rows})


def _number_row(person_id: PersonId, number: NationalId, holds: bool) -> Row:
    return {"national_id": number, "person_id": person_id, "current": True, "holds": holds}


def _numbers(snapshot: PatientPersonSnapshot) -> list[NationalId]:
    return [snapshot.national_id, *(each.number for each in reported(snapshot.former_national_ids, ()))]

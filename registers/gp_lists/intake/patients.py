"""Patients' places on lists taken in: one list at a time, whichever of two is told first."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from registers.changelog.append import Register
from registers.code_systems.intake.codes import ReportedCode, StoredCodes
from registers.core.code_systems import BEGIN_REASONS, END_REASONS
from registers.core.identifiers import GpContractId
from registers.editing.bulk_writes import Writes
from registers.gp_lists.intake.persons import PersonId, PersonIntake
from registers.gp_lists.intake.persons import codes_of as codes_of_person
from registers.gp_lists.intake.snapshot import PatientAssociationSnapshot
from registers.gp_lists.log_keys import association_key
from registers.gp_lists.models import OWN_IDS, PatientAssociation
from registers.intake.record_set import Outcome, Record, Row, Rows, Unnumbered, rows_where, table_of
from registers.intake.snapshot import NOT_REPORTED

AssociationId = int | Unnumbered


def codes_of(association: PatientAssociationSnapshot, path: str) -> Iterator[ReportedCode]:
    yield f"{path}/begin_code", association.begin_code, BEGIN_REASONS
    yield f"{path}/end_code", association.end_code, END_REASONS
    yield from codes_of_person(association.person, path)


@dataclass(slots=True)
class ContractPatients:
    """What becomes of the patients of one contract."""

    record: Record
    brings: list[PersonId] = field(default_factory=list)  # persons who come with its associations


class PatientIntake:
    """Associations of one transaction, with the persons on them: load, take in, then write."""

    def __init__(self, codes: StoredCodes) -> None:
        self._codes = codes
        self.persons = PersonIntake(codes)
        self._table = table_of(PatientAssociation)
        self._records: dict[AssociationId, Row] = {}
        self._target: dict[AssociationId, Row] = {}
        self._of_person: dict[PersonId, set[AssociationId]] = {}

    async def load(self, session: AsyncSession, reported: Collection[PatientAssociationSnapshot]) -> None:
        """Associations with the ids told, their persons, the persons told, and all these persons' associations."""
        ids = [each.id for each in reported if each.id is not None]
        by_id = await rows_where(session, self._table, "id", ids) if ids else []
        persons = {row["person_id"] for row in by_id}
        await self.persons.load(session, (each.national_id for each in reported), persons)
        rows = await rows_where(session, self._table, "person_id", self.persons.ids, locked=True)
        for row in rows:
            self._records[row["id"]] = row
            self._want(row)

    def take(self, snapshot: PatientAssociationSnapshot, outcome: Outcome[Any], path: str) -> bool:
        """One loaded association; when it cannot go in it is a part refused. Whether anything changed."""
        person_id = self.persons.by_number(snapshot.national_id)
        former = self._meant(snapshot, person_id)
        if former is not None and person_id is not None and former["person_id"] != person_id:
            text = "the association is another person's, and the number told belongs to one who is held"
            outcome.refuse_part("national-ids-of-two-persons", path, text)
            outcome.remembered = False  # what is held beside it may be put right
            return False
        owner = former["person_id"] if former is not None else person_id
        row = self._row(snapshot, former)
        row = self._make_room(row, owner, outcome, path)
        if row is None:
            outcome.refuse_part("overlap", path, "the patient is on another list in a part of that period")
            outcome.remembered = False
            return False
        number, holds = snapshot.national_id, snapshot.national_id_holds
        renumbered = False
        if owner is None:
            owner = self.persons.create(number, holds)
        elif person_id is None:
            renumbered = self.persons.add_number(owner, number, holds, current=True)
            outcome.flag("national-id-changed", path, "the association's person has got another number")
        row["person_id"] = owner
        changed = self.persons.take(owner, snapshot.person, outcome, path)
        self._replace(former, row)
        return changed or renumbered or row != former

    def key_of(self, snapshot: PatientAssociationSnapshot) -> str | None:
        """The key of an association in the log; None before it has a number."""
        own_id = snapshot.id if snapshot.id is not None else self._stored_id(snapshot)
        if own_id is None or (isinstance(own_id, Unnumbered) and own_id.number is None):
            return None
        return association_key(own_id)

    def is_stored(self, snapshot: PatientAssociationSnapshot) -> bool:
        own_id = self._stored_id(snapshot)
        return own_id in self._records

    def _stored_id(self, snapshot: PatientAssociationSnapshot) -> AssociationId | None:
        former = self._meant(snapshot, self.persons.by_number(snapshot.national_id))
        return former["id"] if former else None

    def _meant(self, snapshot: PatientAssociationSnapshot, person_id: PersonId | None) -> Row | None:
        """The held association that is told: by id, else by person, list and start where one side has no id."""
        if snapshot.id is not None and snapshot.id in self._target:
            return self._target[snapshot.id]
        for row in self._rows_of(person_id):
            same = row["contract_id"] == snapshot.contract_id and row["valid_from"] == snapshot.valid_from
            if same and (snapshot.id is None or _is_own(row["id"])):
                return row
        return None

    def _rows_of(self, person_id: PersonId | None) -> list[Row]:
        return [self._target[each] for each in self._of_person.get(person_id, ())] if person_id is not None else []

    def _row(self, snapshot: PatientAssociationSnapshot, former: Row | None) -> Row:
        stored = former or {"begin_code": None, "end_code": None}
        key, begin, end = self._codes.key, snapshot.begin_code, snapshot.end_code
        own_id = snapshot.id if snapshot.id is not None else (former or {}).get("id", Unnumbered(OWN_IDS))
        return {
            "id": own_id,
            "contract_id": snapshot.contract_id,
            "begin_code": stored["begin_code"] if begin is NOT_REPORTED else key(begin, BEGIN_REASONS),
            "end_code": stored["end_code"] if end is NOT_REPORTED else key(end, END_REASONS),
            "valid_from": snapshot.valid_from,
            "valid_to": snapshot.valid_to,
            "person_id": (former or {}).get("person_id"),
        }

    def _make_room(self, row: Row, owner: PersonId | None, outcome: Outcome[Any], path: str) -> Row | None:
        """The row beside the person's others; None when it cannot be.

        Of two that overlap the one without an end gives way where the later begins (FLR's
        PatientOnContractCreated), be it held or told: files may come in any order.
        """
        others = [each for each in self._rows_of(owner) if not self._is_same(each, row)]
        later = [each["valid_from"] for each in others if each["valid_from"] > row["valid_from"]]
        ends = row["valid_to"] is None and bool(later)
        row = {**row, "valid_to": min(later)} if ends else row
        closed = [each for each in others if overlap(each, row)]
        if any(each["valid_to"] is not None or each["valid_from"] >= row["valid_from"] for each in closed):
            return None
        for each in closed:
            self._want({**each, "valid_to": row["valid_from"]})
        if closed or ends:
            outcome.flag("closed-by-later-list", path, "the patient's list before ends where the later one begins")
        return row

    def _is_same(self, stored: Row, row: Row) -> bool:
        identifying = ("contract_id", "valid_from")
        return stored["id"] == row["id"] or (
            _is_own(stored["id"]) and all(stored[name] == row[name] for name in identifying)
        )

    def _replace(self, former: Row | None, row: Row) -> None:
        if former is not None and former["id"] != row["id"]:
            del self._target[former["id"]]
            self._of_person[former["person_id"]].discard(former["id"])
        self._want(row)

    def _want(self, row: Row) -> None:
        self._target[row["id"]] = row
        self._of_person.setdefault(row["person_id"], set()).add(row["id"])

    def by_contract(self) -> dict[GpContractId, ContractPatients]:
        """The contracts whose lists change."""
        found: dict[GpContractId, ContractPatients] = {}
        for stored, target in self._changes():
            for row in (stored, target):
                if row is not None and row["contract_id"] not in found:
                    found[row["contract_id"]] = ContractPatients(Record({self._table: {}}, {self._table: {}}))
            owner = found[(target or stored or {})["contract_id"]]
            _add(owner.record.stored, self._table, stored)
            _add(owner.record.target, self._table, target)
            if target is not None:
                owner.brings.append(target["person_id"])
        return found

    def write_each(self, writes: Writes) -> None:
        """An entry for each association that changes, and for each person who does."""
        for stored, target in self._changes():
            action = "PatientOnContractUpdated" if stored else "PatientOnContractCreated"
            action = action if target else "PatientOnContractDeleted"
            own_id = (target or stored or {})["id"]
            under = writes.entry(Register.GP_LISTS, partial(association_key, own_id), action)
            if target is not None:
                self.persons.write_new(writes, target["person_id"], under=under)
            record = Record({self._table: {}}, {self._table: {}})
            _add(record.stored, self._table, stored)
            _add(record.target, self._table, target)
            writes.compare(record, under=under)
        self.persons.write(writes)

    def _changes(self) -> Iterable[tuple[Row | None, Row | None]]:
        for own_id in {**self._records, **self._target}:
            stored, target = self._records.get(own_id), self._target.get(own_id)
            if stored != target:
                yield stored, target


def overlap(one: Row, other: Row) -> bool:
    """Whether the validity of two rows has an instant in common."""
    return (one["valid_to"] is None or other["valid_from"] < one["valid_to"]) and (
        other["valid_to"] is None or one["valid_from"] < other["valid_to"]
    )


def _is_own(association_id: AssociationId) -> bool:
    """Whether the id is ours: no source has numbered the association."""
    return isinstance(association_id, Unnumbered) or association_id < 0


def _add(tables: dict[Any, Rows], table: Any, row: Row | None) -> None:
    if row is not None:
        tables[table][(row["id"],)] = row

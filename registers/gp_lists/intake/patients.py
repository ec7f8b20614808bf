"""Taking in patients' associations with lists: one list at a time, whichever of two is reported first."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from registers.changelog.append import Register
from registers.code_systems.intake.codes import ReportedCode, StoredCodes
from registers.core.code_systems import BEGIN_REASONS, END_REASONS
from registers.core.identifiers import GpContractId
from registers.core.validity import Period
from registers.editing.bulk_writes import Writes
from registers.gp_lists.intake.persons import PersonId, PersonIntake
from registers.gp_lists.intake.persons import codes_of as codes_of_person
from registers.gp_lists.intake.snapshot import PatientAssociationSnapshot
from registers.gp_lists.log_keys import association_key
from registers.gp_lists.models import OWN_IDS, PatientAssociation
from registers.intake.record_set import Outcome, Record, Row, S, Unnumbered, rows_where, table_of
from registers.intake.snapshot import NOT_REPORTED

TABLE = table_of(PatientAssociation)

AssociationId = int | Unnumbered


def codes_of(association: PatientAssociationSnapshot, path: str) -> Iterator[ReportedCode]:
    yield f"{path}/begin_code", association.begin_code, BEGIN_REASONS
    yield f"{path}/end_code", association.end_code, END_REASONS
    yield from codes_of_person(association.person, path)


@dataclass(slots=True)
class ContractPatients:
    """The associations with one contract that change, and the persons of those that stay or begin."""

    record: Record
    persons: list[PersonId] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class AssociationChange:
    """One row that changes: `stored` is None for a new one, `target` for one that is deleted."""

    stored: Row | None
    target: Row | None

    @property
    def row(self) -> Row:
        return self.target or self.stored or {}

    def add_to(self, record: Record) -> None:
        for row, rows in ((self.stored, record.stored[TABLE]), (self.target, record.target[TABLE])):
            if row is not None:
                rows[row["id"],] = row


class PatientIntake:
    """Associations of one transaction, with their persons: `load` and `take` them, then write.

    A person whom any of them concerns is loaded with all associations, for they must not overlap.
    """

    def __init__(self, codes: StoredCodes) -> None:
        self._codes = codes
        self.persons = PersonIntake(codes)
        self._stored: dict[AssociationId, Row] = {}
        self._target: dict[AssociationId, Row] = {}
        self._of_person: dict[PersonId, set[AssociationId]] = {}  # ids of target rows

    async def load(self, session: AsyncSession, reported: Collection[PatientAssociationSnapshot]) -> None:
        """The associations with the ids reported, the persons of these, the persons reported, and all associations of
        all these persons."""
        ids = [each.id for each in reported if each.id is not None]
        by_id = await rows_where(session, TABLE, "id", ids) if ids else []
        persons = {row["person_id"] for row in by_id}
        await self.persons.load(session, (each.national_id for each in reported), persons)
        for row in await rows_where(session, TABLE, "person_id", self.persons.ids, locked=True):
            self._stored[row["id"]] = row
            self._set_target(row)

    def take(self, snapshot: PatientAssociationSnapshot, outcome: Outcome[S], path: str) -> bool:
        """One association that has been loaded. Whether anything changed. One that cannot be stored beside the others
        is refused as a part of the record."""
        person_id = self.persons.by_number(snapshot.national_id)
        former = self._counterpart(snapshot, person_id)
        if former is not None and person_id is not None and former["person_id"] != person_id:
            text = "the association is another person's, and the number told belongs to one who is held"
            outcome.refuse_part("national-ids-of-two-persons", path, text)
            outcome.remembered = False  # what is stored beside it may be put right
            return False
        owner = former["person_id"] if former is not None else person_id
        row = self._beside_others(self._row(snapshot, former), owner, outcome, path)
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
        association_id = snapshot.id if snapshot.id is not None else self._stored_id(snapshot)
        if association_id is None or (isinstance(association_id, Unnumbered) and association_id.number is None):
            return None
        return association_key(association_id)

    def is_stored(self, snapshot: PatientAssociationSnapshot) -> bool:
        return self._stored_id(snapshot) in self._stored

    def _stored_id(self, snapshot: PatientAssociationSnapshot) -> AssociationId | None:
        former = self._counterpart(snapshot, self.persons.by_number(snapshot.national_id))
        return former["id"] if former else None

    def _counterpart(self, snapshot: PatientAssociationSnapshot, person_id: PersonId | None) -> Row | None:
        """The association that is reported, as it is so far: the one with its id, else the one of the person with the
        same list and start, of which one or the other has no id of a source. None = it is new."""
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
        """Without its person, where this is not known yet."""
        stored = former or {"begin_code": None, "end_code": None}
        key, begin, end = self._codes.key, snapshot.begin_code, snapshot.end_code
        association_id = snapshot.id if snapshot.id is not None else (former or {}).get("id", Unnumbered(OWN_IDS))
        return {
            "id": association_id,
            "contract_id": snapshot.contract_id,
            "begin_code": stored["begin_code"] if begin is NOT_REPORTED else key(begin, BEGIN_REASONS),
            "end_code": stored["end_code"] if end is NOT_REPORTED else key(end, END_REASONS),
            "valid_from": snapshot.valid_from,
            "valid_to": snapshot.valid_to,
            "person_id": (former or {}).get("person_id"),
        }

    def _beside_others(self, row: Row, owner: PersonId | None, outcome: Outcome[S], path: str) -> Row | None:
        """The row as it can stand beside the person's other associations; None when it cannot.

        Of two that overlap, the one that begins first ends where the other begins, if it was open (FLR's
        PatientOnContractCreated). It makes no difference which of them is stored and which is reported: files may come
        in any order.
        """
        others = [each for each in self._rows_of(owner) if not _is_same(each, row)]
        later = [each["valid_from"] for each in others if each["valid_from"] > row["valid_from"]]
        ends = row["valid_to"] is None and bool(later)
        row = {**row, "valid_to": min(later)} if ends else row
        overlapping = [each for each in others if period_of(each).overlaps(period_of(row))]
        if any(each["valid_to"] is not None or each["valid_from"] >= row["valid_from"] for each in overlapping):
            return None
        for each in overlapping:
            self._set_target({**each, "valid_to": row["valid_from"]})
        if overlapping or ends:
            outcome.flag("closed-by-later-list", path, "the patient's list before ends where the later one begins")
        return row

    def _replace(self, former: Row | None, row: Row) -> None:
        if former is not None and former["id"] != row["id"]:
            del self._target[former["id"]]
            self._of_person[former["person_id"]].discard(former["id"])
        self._set_target(row)

    def _set_target(self, row: Row) -> None:
        self._target[row["id"]] = row
        self._of_person.setdefault(row["person_id"], set()).add(row["id"])

    def by_contract(self) -> dict[GpContractId, ContractPatients]:
        """The contracts whose associations change. One that moves counts as the new contract's, and the former one is
        named too."""
        found: dict[GpContractId, ContractPatients] = {}
        for change in self._changes():
            for row in (change.stored, change.target):
                if row is not None and row["contract_id"] not in found:
                    found[row["contract_id"]] = ContractPatients(_empty_record())
            patients = found[change.row["contract_id"]]
            change.add_to(patients.record)
            if change.target is not None:
                patients.persons.append(change.target["person_id"])
        return found

    def write_each(self, writes: Writes) -> None:
        """Writes each association that changes, and each stored person who does, under an entry of its own."""
        for change in self._changes():
            if change.target is None:
                action = "PatientOnContractDeleted"
            else:
                action = "PatientOnContractUpdated" if change.stored else "PatientOnContractCreated"
            under = writes.entry(Register.GP_LISTS, partial(association_key, change.row["id"]), action)
            if change.target is not None:
                self.persons.write_new(writes, change.target["person_id"], under=under)
            record = _empty_record()
            change.add_to(record)
            writes.compare(record, under=under)
        self.persons.write(writes)

    def _changes(self) -> Iterable[AssociationChange]:
        for association_id in {**self._stored, **self._target}:
            stored, target = self._stored.get(association_id), self._target.get(association_id)
            if stored != target:
                yield AssociationChange(stored, target)


def period_of(row: Row) -> Period:
    return Period(row["valid_from"], row["valid_to"])


def _is_same(stored: Row, row: Row) -> bool:
    """Whether `row` is the same association, under its id or in place of one that no source had numbered."""
    return stored["id"] == row["id"] or (
        _is_own(stored["id"]) and all(stored[name] == row[name] for name in ("contract_id", "valid_from"))
    )


def _is_own(association_id: AssociationId) -> bool:
    """Whether the id is ours: no source has numbered the association."""
    return isinstance(association_id, Unnumbered) or association_id < 0


def _empty_record() -> Record:
    return Record({TABLE: {}}, {TABLE: {}})

"""Every change of patients' places on lists. One list at a time and the ceilings are held by the database as well."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial

from registers.changelog.append import Change, Register
from registers.code_systems.editing.codes import usable_or_none
from registers.core.code_systems import BEGIN_REASONS, END_REASONS
from registers.core.codes import CodeKey
from registers.core.identifiers import EntryNumber, GpContractId, NationalId
from registers.core.validity import Period
from registers.editing.bulk_writes import Writes
from registers.editing.periods import validated_period, validated_time
from registers.editing.rules import PERIOD_EMPTY
from registers.editing.transaction import EditTransaction
from registers.gp_lists.editing import doctors, locations
from registers.gp_lists.editing.contracts import contract_to_change
from registers.gp_lists.editing.distribution import Portion, destinations
from registers.gp_lists.editing.patient_places import (
    ASSOCIATIONS,
    AffectedAssociation,
    PatientRef,
    affected_associations,
    associations_of,
    check_room,
    dead_by,
    known_list,
    list_for,
    person_ids,
    rest_of,
    span,
    without_version,
)
from registers.gp_lists.editing.rules_patients import ON_A_LIST, PATIENT_DEAD, PERSON_UNKNOWN, SAME_LIST
from registers.gp_lists.log_keys import association_key, person_key
from registers.gp_lists.models import OWN_IDS
from registers.intake.record_set import Record, Row, Unnumbered


async def assign(
    transaction: EditTransaction,
    *,
    national_id: NationalId,
    contract_id: GpContractId,
    start: datetime,
    end: datetime | None,
    begin_code: str | None,
    by_exception: bool,
) -> str:
    """A person who is on no list gets a place on one. Returns the person's key. Raises Refused."""
    period = validated_period(transaction.problems, start, end, "input", "period")
    code = await usable_or_none(transaction, BEGIN_REASONS, begin_code, "input", "beginCode")
    contract = await list_for(transaction, contract_id, period, "input", "contractId")
    person_id = (await person_ids(transaction, [national_id])).get(national_id)
    if person_id is None:
        transaction.problems.add(PERSON_UNKNOWN, "nationalId")
        raise transaction.problems.refusal()
    if await dead_by(transaction, [person_id], start):
        transaction.problems.add(PATIENT_DEAD, "input", "period", "from")
    others = (await associations_of(transaction, [person_id], start)).get(person_id, [])
    if any(end is None or row["valid_from"] < end for row in others):
        transaction.problems.add(ON_A_LIST, "input", "period")
    await check_room(transaction, contract, [period], "input", "contractId", by_exception=by_exception)
    writes = Writes()
    _begin(writes, person_id, contract_id, start, end, code)
    await transaction.apply(writes)
    return person_key(person_id)


async def end_place(
    transaction: EditTransaction, *, contract_id: GpContractId, patient: PatientRef, at: datetime, end_code: str | None
) -> str:
    """As `end_places`, for one. Returns the person's key."""
    [ended] = await _end_associations(transaction, contract_id, [patient], at, end_code)
    return person_key(ended.stored["person_id"])


async def end_places(
    transaction: EditTransaction,
    *,
    contract_id: GpContractId,
    patients: Sequence[PatientRef],
    at: datetime,
    end_code: str | None,
) -> str:
    """The patients leave the list, and what was planned for them later falls away. All or none. Raises Refused."""
    await _end_associations(transaction, contract_id, patients, at, end_code)
    return str(contract_id)


async def move_one(
    transaction: EditTransaction,
    *,
    from_contract: GpContractId,
    to_contract: GpContractId,
    patient: PatientRef,
    at: datetime,
    begin_code: str | None,
) -> str:
    """As `move`, for one. Returns the person's key."""
    [moved] = await _move_to(transaction, from_contract, to_contract, [patient], at, begin_code)
    return person_key(moved.stored["person_id"])


async def move(
    transaction: EditTransaction,
    *,
    from_contract: GpContractId,
    to_contract: GpContractId,
    patients: Sequence[PatientRef],
    at: datetime,
    begin_code: str | None,
) -> str:
    """Each leaves the one list where the place on the other begins. All or none. Raises Refused."""
    await _move_to(transaction, from_contract, to_contract, patients, at, begin_code)
    return str(to_contract)


async def cancel_contract(
    transaction: EditTransaction,
    *,
    contract_id: GpContractId,
    expected_entry: EntryNumber,
    to_contract: GpContractId | None,
    moves: Sequence[Portion],
    at: datetime,
    end_reason: str | None,
) -> str:
    """The contract ends, and whoever is on the list then or later moves to another one. Raises Refused."""
    validated_time(transaction.problems, at, "input", "at")
    contract = await contract_to_change(transaction, contract_id, expected_entry)
    await list_for(transaction, contract_id, Period(at, at), "contractId")
    if at == contract.valid_from:
        transaction.problems.add(PERIOD_EMPTY, "input", "at", value=at.isoformat())
    reason = await usable_or_none(transaction, END_REASONS, end_reason, "input", "endReason")
    goes_to = await destinations(transaction, contract_id, at, to_contract, moves)
    [entry] = await transaction.write(Change(Register.GP_LISTS, str(contract_id), "GpContractCanceled"))
    contract.valid_to, contract.end_reason, contract.since_entry = at, reason, entry
    await doctors.end_with_contract(transaction, contract_id, at)
    await locations.end_with_contract(transaction, contract_id, at)
    await transaction.session.flush()
    writes = Writes()
    for destination, rows in goes_to.items():
        _move(writes, [AffectedAssociation(row, []) for row in rows if row["valid_from"] < at], destination, at, None)
        for row in rows:
            if row["valid_from"] >= at:
                _change(writes, row, {"contract_id": destination}, "PatientOnContractUpdated")
    await transaction.apply(writes)
    return str(contract_id)


async def _end_associations(
    transaction: EditTransaction,
    contract_id: GpContractId,
    patients: Sequence[PatientRef],
    at: datetime,
    end_code: str | None,
) -> list[AffectedAssociation]:
    validated_time(transaction.problems, at, "input", "at")
    code = await usable_or_none(transaction, END_REASONS, end_code, "input", "endCode")
    await known_list(transaction, contract_id, "contractId")
    leaving = await affected_associations(transaction, contract_id, patients, at, with_later=True)
    transaction.problems.refuse()
    writes = Writes()
    for each in leaving:
        _end(writes, each, at, code)
    await transaction.apply(writes)
    return leaving


async def _move_to(
    transaction: EditTransaction,
    from_contract: GpContractId,
    to_contract: GpContractId,
    patients: Sequence[PatientRef],
    at: datetime,
    begin_code: str | None,
) -> list[AffectedAssociation]:
    validated_time(transaction.problems, at, "input", "at")
    code = await usable_or_none(transaction, BEGIN_REASONS, begin_code, "input", "beginCode")
    if from_contract == to_contract:
        transaction.problems.add(SAME_LIST, "toContract", value=to_contract)
    await known_list(transaction, from_contract, "fromContract")
    moving = await affected_associations(transaction, from_contract, patients, at)
    dead = await dead_by(transaction, [each.stored["person_id"] for each in moving], at)
    for each in moving:
        if each.stored["person_id"] in dead:
            transaction.problems.add(PATIENT_DEAD, *each.path, "nationalId")
    rest = [rest_of(each.stored, at) for each in moving]
    destination = await list_for(transaction, to_contract, span(rest) if rest else Period(at, at), "toContract")
    await check_room(transaction, destination, rest, "toContract")
    transaction.problems.refuse()
    writes = Writes()
    _move(writes, moving, to_contract, at, code)
    await transaction.apply(writes)
    return moving


def _begin(
    writes: Writes,
    person_id: int,
    contract_id: GpContractId,
    start: datetime,
    end: datetime | None,
    code: CodeKey | None,
) -> int:
    """A new place under an entry of its own."""
    own_id = Unnumbered(OWN_IDS)
    under = writes.entry(Register.GP_LISTS, partial(association_key, own_id), "PatientOnContractCreated")
    row = {"id": own_id, "contract_id": contract_id, "person_id": person_id, "begin_code": code, "end_code": None}
    writes.insert(ASSOCIATIONS, row | {"valid_from": start, "valid_to": end}, under=under)
    return under


def _move(
    writes: Writes, moving: Iterable[AffectedAssociation], to_contract: GpContractId, at: datetime, code: CodeKey | None
) -> None:
    """One entry for each patient; the end of the former place is kept, should it have one."""
    for each in moving:
        under = _begin(writes, each.stored["person_id"], to_contract, at, each.stored["valid_to"], code)
        _compare(writes, each.stored, None if each.stored["valid_from"] == at else {"valid_to": at}, under)


def _end(writes: Writes, leaving: AffectedAssociation, at: datetime, code: CodeKey | None) -> None:
    starts_then = leaving.stored["valid_from"] == at
    changes = None if starts_then else {"valid_to": at, "end_code": code}
    under = _change(writes, leaving.stored, changes, "PatientOnContractCanceled")
    for row in leaving.later:
        _compare(writes, row, None, under)


def _change(writes: Writes, row: Row, changes: Row | None, action: str) -> int:
    under = writes.entry(Register.GP_LISTS, association_key(row["id"]), action)
    _compare(writes, row, changes, under)
    return under


def _compare(writes: Writes, row: Row, changes: Row | None, under: int) -> None:
    """`changes` None = the row goes."""
    key, stored = (row["id"],), without_version(row)
    target = {} if changes is None else {key: stored | changes}
    writes.compare(Record({ASSOCIATIONS: {key: stored}}, {ASSOCIATIONS: target}), under=under)

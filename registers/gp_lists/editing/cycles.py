"""Doctors' cycles on lists: add, change, end and remove. The database as well keeps a list to one GP at a time.

Each function returns the key of the contract in the log, and raises Refused with all that is wrong.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from registers.changelog.append import Change, Register
from registers.code_systems.editing.codes import usable
from registers.core.code_systems import DOCTOR_RELATIONSHIPS
from registers.core.codes import CodeKey, code_key
from registers.core.identifiers import EntryNumber, FlrId, GpContractId, HprNumber
from registers.core.validity import Period
from registers.editing.periods import validated_end, validated_period
from registers.editing.rules import NOTHING_TO_CHANGE
from registers.editing.transaction import EditTransaction
from registers.gp_lists.editing.contracts import contract_to_change
from registers.gp_lists.editing.references import check_once, check_professional, number_parts
from registers.gp_lists.editing.rules import (
    CYCLE_UNKNOWN,
    DAY_NAMED_TWICE,
    ENDED_ALREADY,
    NOT_A_SUBSTITUTE,
    OWN_SUBSTITUTE,
    PERCENTAGE,
    RELATIONSHIP_INVALID,
)
from registers.gp_lists.editing.staffing import Cycle, check_staffing
from registers.gp_lists.models import RELATIONSHIPS, SUBSTITUTE, DoctorCycle
from registers.gp_lists.repository import current


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleTerms:
    """A doctor's cycle as the input gives it."""

    cycle_id: FlrId | None  # FLO's number of a new one
    hpr_number: HprNumber
    relationship: str  # 7750
    substitute_for: HprNumber | None
    working_percentage: int | None
    working_on_days: Sequence[int]  # 0 = Sunday … 6 = Saturday
    start: datetime
    end: datetime | None


async def add(
    transaction: EditTransaction, contract_id: GpContractId, expected_entry: EntryNumber, terms: CycleTerms
) -> str:
    """Puts a doctor on the list."""
    contract = await contract_to_change(transaction, contract_id, expected_entry)
    [cycle] = await new_cycles(transaction, contract_id, [(terms, ("input",))], common_list=contract.common_list)
    await transaction.write(Change(Register.GP_LISTS, str(contract_id), "GpOnContractCreated"))
    transaction.session.add(cycle)
    return str(contract_id)


async def change(
    transaction: EditTransaction,
    contract_id: GpContractId,
    cycle_id: FlrId,
    expected_entry: EntryNumber,
    terms: CycleTerms,
) -> str:
    """Replaces the whole cycle with `terms`."""
    stored = await _cycle_to_change(transaction, contract_id, cycle_id, expected_entry)
    cycle = await _validated(transaction, terms, "input")
    if cycle == stored.cycles[cycle_id]:
        transaction.problems.add(NOTHING_TO_CHANGE, "input")
    after = stored.cycles | {cycle_id: cycle}
    check_staffing(
        transaction.problems, stored.cycles, after, common_list=stored.common_list, paths={cycle_id: ("input",)}
    )
    await transaction.write(Change(Register.GP_LISTS, str(contract_id), "GpOnContractUpdated"))
    cycle.write_to(stored.row)
    return str(contract_id)


async def end(
    transaction: EditTransaction,
    contract_id: GpContractId,
    cycle_id: FlrId,
    expected_entry: EntryNumber,
    *,
    at: datetime,
) -> str:
    """Ends the cycle earlier than it would have ended."""
    stored = await _cycle_to_change(transaction, contract_id, cycle_id, expected_entry)
    cycle = stored.cycles[cycle_id]
    validated_end(transaction.problems, cycle.period.start, at, "at")
    if cycle.period.end is not None and cycle.period.end <= at:
        transaction.problems.add(ENDED_ALREADY, "at", value=cycle.period.end.isoformat())
    transaction.problems.refuse()
    after = stored.cycles | {cycle_id: replace(cycle, period=Period(cycle.period.start, at))}
    check_staffing(transaction.problems, stored.cycles, after, common_list=stored.common_list, paths={})
    await transaction.write(Change(Register.GP_LISTS, str(contract_id), "GpOnContractUpdated"))
    stored.row.valid_to = at
    return str(contract_id)


async def remove(
    transaction: EditTransaction, contract_id: GpContractId, cycle_id: FlrId, expected_entry: EntryNumber
) -> str:
    """Removes the cycle as if it had never been. What was known before stays in the log."""
    stored = await _cycle_to_change(transaction, contract_id, cycle_id, expected_entry)
    after = {other_id: cycle for other_id, cycle in stored.cycles.items() if other_id != cycle_id}
    check_staffing(transaction.problems, stored.cycles, after, common_list=stored.common_list, paths={})
    await transaction.write(Change(Register.GP_LISTS, str(contract_id), "GpOnContractDeleted"))
    await transaction.session.delete(stored.row)
    return str(contract_id)


async def end_with_contract(transaction: EditTransaction, contract_id: GpContractId, at: datetime) -> None:
    """No doctor is on a list that has ended: cycles end with it, and those that would begin later are deleted."""
    for row in (await current.cycles_of(transaction.session, contract_id)).values():
        if row.valid_from >= at:
            await transaction.session.delete(row)
        elif row.valid_to is None or row.valid_to > at:
            row.valid_to = at


async def new_cycles(
    transaction: EditTransaction,
    contract_id: GpContractId,
    terms_and_paths: Sequence[tuple[CycleTerms, tuple[str, ...]]],
    *,
    common_list: bool,
) -> list[DoctorCycle]:
    """Rows to be added to the list, in the order of the input. What is wrong with any is added at its path."""
    stored = await current.cycles_of(transaction.session, contract_id)
    paths = [path for _, path in terms_and_paths]
    numbers = await number_parts(
        transaction,
        DoctorCycle,
        [terms.cycle_id for terms, _ in terms_and_paths],
        [(*path, "cycleId") for path in paths],
    )
    new = [await _validated(transaction, terms, *path) for terms, path in terms_and_paths]
    before = _by_id(stored)
    after = before | dict(zip(numbers, new, strict=True))
    paths_by_id: dict[int, Sequence[str]] = dict(zip(numbers, paths, strict=True))
    check_staffing(transaction.problems, before, after, common_list=common_list, paths=paths_by_id)
    rows = []
    for cycle_id, cycle in zip(numbers, new, strict=True):
        row = DoctorCycle(id=cycle_id, contract_id=contract_id)
        cycle.write_to(row)
        rows.append(row)
    return rows


class _StoredCycle(NamedTuple):
    """The cycle to change, among all the cycles of its list."""

    row: DoctorCycle
    cycles: dict[int, Cycle]
    common_list: bool


async def _cycle_to_change(
    transaction: EditTransaction, contract_id: GpContractId, cycle_id: FlrId, expected_entry: EntryNumber
) -> _StoredCycle:
    contract = await contract_to_change(transaction, contract_id, expected_entry)
    rows = await current.cycles_of(transaction.session, contract_id)
    if cycle_id not in rows:
        transaction.problems.add(CYCLE_UNKNOWN, "cycleId", value=cycle_id)
        raise transaction.problems.refusal()
    return _StoredCycle(rows[cycle_id], _by_id(rows), contract.common_list)


def _by_id(rows: Mapping[int, DoctorCycle]) -> dict[int, Cycle]:
    return {cycle_id: Cycle.of(row) for cycle_id, row in rows.items()}


async def _validated(transaction: EditTransaction, terms: CycleTerms, *path: str) -> Cycle:
    """The cycle checked by itself, without regard to the others of its list."""
    problems = transaction.problems
    period = validated_period(problems, terms.start, terms.end, *path, "period")
    relationship = await _validated_relationship(transaction, terms.relationship, *path, "relationship")
    await check_professional(transaction, terms.hpr_number, *path, "hprNumber")
    if terms.substitute_for is not None:
        if relationship != SUBSTITUTE:
            problems.add(NOT_A_SUBSTITUTE, *path, "substituteFor", value=terms.substitute_for)
        if terms.substitute_for == terms.hpr_number:
            problems.add(OWN_SUBSTITUTE, *path, "substituteFor", value=terms.substitute_for)
    if terms.working_percentage is not None and not 1 <= terms.working_percentage <= 100:
        problems.add(PERCENTAGE, *path, "workingPercentage", value=terms.working_percentage)
    check_once(transaction, terms.working_on_days, *path, "workingOnDays", rule=DAY_NAMED_TWICE)
    return Cycle(
        hpr_number=terms.hpr_number,
        relationship=relationship,
        substitute_for=terms.substitute_for,
        working_percentage=terms.working_percentage,
        working_on_days=tuple(sorted(terms.working_on_days)),
        period=period,
    )


async def _validated_relationship(transaction: EditTransaction, value: str, *path: str) -> CodeKey:
    if code_key(DOCTOR_RELATIONSHIPS, value) not in RELATIONSHIPS:
        transaction.problems.add(RELATIONSHIP_INVALID, *path, value=value)
        return code_key(DOCTOR_RELATIONSHIPS, "")
    return await usable(transaction, DOCTOR_RELATIONSHIPS, value, *path)

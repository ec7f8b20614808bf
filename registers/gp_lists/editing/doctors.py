"""Every change of doctors' periods on lists. That a list has one GP at a time is held by the database as well."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

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
    RELATIONSHIP_IS_NONE,
)
from registers.gp_lists.editing.staffing import Service, check_staffing
from registers.gp_lists.models import RELATIONSHIPS, SUBSTITUTE, DoctorCycle, GpContract


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleTerms:
    """What a doctor's period is to say."""

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
    """Raises Refused."""
    contract = await contract_to_change(transaction, contract_id, expected_entry)
    stored = await cycles_of(transaction, contract_id)
    [cycle] = await new_cycles(
        transaction, contract_id, stored, [(terms, ("input",))], common_list=contract.common_list
    )
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
    """The period says all that it is told, and nothing of what it said before. Raises Refused."""
    contract, cycles = await _cycles_to_change(transaction, contract_id, cycle_id, expected_entry)
    before = services_of(cycles)
    values = await _validated(transaction, terms, "input")
    if all(getattr(cycles[cycle_id], name) == value for name, value in values.items()):
        transaction.problems.add(NOTHING_TO_CHANGE, "input")
    after = before | {cycle_id: _service(values)}
    check_staffing(transaction.problems, before, after, common_list=contract.common_list, paths={cycle_id: ("input",)})
    await transaction.write(Change(Register.GP_LISTS, str(contract_id), "GpOnContractUpdated"))
    for name, value in values.items():
        setattr(cycles[cycle_id], name, value)
    return str(contract_id)


async def end(
    transaction: EditTransaction,
    contract_id: GpContractId,
    cycle_id: FlrId,
    expected_entry: EntryNumber,
    *,
    at: datetime,
) -> str:
    """Earlier than it ends so far. Raises Refused."""
    contract, cycles = await _cycles_to_change(transaction, contract_id, cycle_id, expected_entry)
    before, cycle = services_of(cycles), cycles[cycle_id]
    validated_end(transaction.problems, cycle.valid_from, at, "at")
    if cycle.valid_to is not None and cycle.valid_to <= at:
        transaction.problems.add(ENDED_ALREADY, "at", value=cycle.valid_to.isoformat())
    transaction.problems.refuse()
    after = before | {cycle_id: replace(before[cycle_id], period=Period(cycle.valid_from, at))}
    check_staffing(transaction.problems, before, after, common_list=contract.common_list, paths={})
    await transaction.write(Change(Register.GP_LISTS, str(contract_id), "GpOnContractUpdated"))
    cycle.valid_to = at
    return str(contract_id)


async def remove(
    transaction: EditTransaction, contract_id: GpContractId, cycle_id: FlrId, expected_entry: EntryNumber
) -> str:
    """As if it had never been; what was known before stays in the log. Raises Refused."""
    contract, cycles = await _cycles_to_change(transaction, contract_id, cycle_id, expected_entry)
    before = services_of(cycles)
    after = {own_id: service for own_id, service in before.items() if own_id != cycle_id}
    check_staffing(transaction.problems, before, after, common_list=contract.common_list, paths={})
    await transaction.write(Change(Register.GP_LISTS, str(contract_id), "GpOnContractDeleted"))
    await transaction.session.delete(cycles[cycle_id])
    return str(contract_id)


async def end_with_contract(transaction: EditTransaction, contract_id: GpContractId, at: datetime) -> None:
    """No doctor is on a list that has ended: periods end with it, those planned for later fall away."""
    for cycle in (await cycles_of(transaction, contract_id)).values():
        if cycle.valid_from >= at:
            await transaction.session.delete(cycle)
        elif cycle.valid_to is None or cycle.valid_to > at:
            cycle.valid_to = at


async def cycles_of(transaction: EditTransaction, contract_id: GpContractId) -> dict[int, DoctorCycle]:
    rows = await transaction.session.scalars(select(DoctorCycle).where(DoctorCycle.contract_id == contract_id))
    return {row.id: row for row in rows}


async def new_cycles(
    transaction: EditTransaction,
    contract_id: GpContractId,
    stored: dict[int, DoctorCycle],
    terms_and_paths: Sequence[tuple[CycleTerms, tuple[str, ...]]],
    *,
    common_list: bool,
) -> list[DoctorCycle]:
    """Rows for a list that has those `stored`; what is wrong with them is added at the paths told with them."""
    paths = [path for _, path in terms_and_paths]
    numbers = await number_parts(
        transaction,
        DoctorCycle,
        [terms.cycle_id for terms, _ in terms_and_paths],
        [(*path, "cycleId") for path in paths],
    )
    values = [await _validated(transaction, terms, *path) for terms, path in terms_and_paths]
    before = services_of(stored)
    after = before | {own_id: _service(each) for own_id, each in zip(numbers, values, strict=True)}
    paths_by_cycle: dict[int, Sequence[str]] = dict(zip(numbers, paths, strict=True))
    check_staffing(transaction.problems, before, after, common_list=common_list, paths=paths_by_cycle)
    return [
        DoctorCycle(id=own_id, contract_id=contract_id, **each) for own_id, each in zip(numbers, values, strict=True)
    ]


def services_of(cycles: dict[int, DoctorCycle]) -> dict[int, Service]:
    return {own_id: Service.of(row) for own_id, row in cycles.items()}


def _service(values: dict[str, Any]) -> Service:
    period = Period(values["valid_from"], values["valid_to"])
    return Service(values["hpr_number"], values["relationship"], values["substitute_for"], period)


async def _cycles_to_change(
    transaction: EditTransaction, contract_id: GpContractId, cycle_id: FlrId, expected_entry: EntryNumber
) -> tuple[GpContract, dict[int, DoctorCycle]]:
    contract = await contract_to_change(transaction, contract_id, expected_entry)
    cycles = await cycles_of(transaction, contract_id)
    if cycle_id not in cycles:
        transaction.problems.add(CYCLE_UNKNOWN, "cycleId", value=cycle_id)
        raise transaction.problems.refusal()
    return contract, cycles


async def _validated(transaction: EditTransaction, terms: CycleTerms, *path: str) -> dict[str, Any]:
    """The columns of one period, itself checked."""
    problems = transaction.problems
    period = validated_period(problems, terms.start, terms.end, *path, "period")
    relationship = await _relationship(transaction, terms.relationship, *path, "relationship")
    await check_professional(transaction, terms.hpr_number, *path, "hprNumber")
    if terms.substitute_for is not None:
        if relationship != SUBSTITUTE:
            problems.add(NOT_A_SUBSTITUTE, *path, "substituteFor", value=terms.substitute_for)
        if terms.substitute_for == terms.hpr_number:
            problems.add(OWN_SUBSTITUTE, *path, "substituteFor", value=terms.substitute_for)
    if terms.working_percentage is not None and not 1 <= terms.working_percentage <= 100:
        problems.add(PERCENTAGE, *path, "workingPercentage", value=terms.working_percentage)
    check_once(transaction, terms.working_on_days, *path, "workingOnDays", rule=DAY_NAMED_TWICE)
    return {
        "hpr_number": terms.hpr_number,
        "relationship": relationship,
        "substitute_for": terms.substitute_for,
        "working_percentage": terms.working_percentage,
        "working_on_days": sorted(terms.working_on_days),
        "valid_from": period.start,
        "valid_to": period.end,
    }


async def _relationship(transaction: EditTransaction, value: str, *path: str) -> CodeKey:
    if code_key(DOCTOR_RELATIONSHIPS, value) not in RELATIONSHIPS:
        transaction.problems.add(RELATIONSHIP_IS_NONE, *path, value=value)
        return code_key(DOCTOR_RELATIONSHIPS, "")
    return await usable(transaction, DOCTOR_RELATIONSHIPS, value, *path)

"""Patients' associations with lists: begin, end and move them. The database as well keeps a person to one list at a
time, and a list to its ceiling.

Each change raises Refused with all that is wrong; of many patients it changes all or none.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from registers.code_systems.editing.codes import usable_or_none
from registers.core.code_systems import BEGIN_REASONS, END_REASONS
from registers.core.identifiers import GpContractId, NationalId
from registers.core.validity import OSLO, Period
from registers.editing.periods import validated_period, validated_time
from registers.editing.transaction import EditTransaction
from registers.gp_lists.editing.association_writes import AssociationWrites
from registers.gp_lists.editing.associations import (
    AffectedAssociation,
    PatientRef,
    affected_associations,
    person_ids,
    rest_of,
)
from registers.gp_lists.editing.receiving_list import check_room, existing_list, receiving_list, span
from registers.gp_lists.editing.rules_patients import ON_A_LIST, PATIENT_DEAD, PERSON_UNKNOWN, SAME_LIST
from registers.gp_lists.log_keys import person_key
from registers.gp_lists.repository import current_patients


@dataclass(frozen=True, slots=True, kw_only=True)
class AssociationTerms:
    """An association as the input gives it."""

    contract_id: GpContractId
    start: datetime
    end: datetime | None
    begin_code: str | None  # 7754
    by_exception: bool  # the list takes the patient even if it is not open


@dataclass(frozen=True, slots=True, kw_only=True)
class EndTerms:
    """When associations with a list end, and why."""

    contract_id: GpContractId
    at: datetime
    end_code: str | None  # 7753


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveTerms:
    """When patients move from one list to another, and why."""

    from_contract: GpContractId
    to_contract: GpContractId
    at: datetime
    begin_code: str | None  # 7754


async def assign(transaction: EditTransaction, national_id: NationalId, terms: AssociationTerms) -> str:
    """Puts a person on a list who is on none in that period. Returns the person's key."""
    period = validated_period(transaction.problems, terms.start, terms.end, "input", "period")
    code = await usable_or_none(transaction, BEGIN_REASONS, terms.begin_code, "input", "beginCode")
    contract = await receiving_list(transaction, terms.contract_id, period, "input", "contractId")
    person_id = (await person_ids(transaction, [national_id])).get(national_id)
    if person_id is None:
        transaction.problems.add(PERSON_UNKNOWN, "nationalId")
        raise transaction.problems.refusal()
    if await _dead_by(transaction, [person_id], period.start):
        transaction.problems.add(PATIENT_DEAD, "input", "period", "from")
    others = await current_patients.associations_of_persons(transaction.session, [person_id], since=period.start)
    if any(period.end is None or each.valid_from < period.end for each in others.get(person_id, ())):
        transaction.problems.add(ON_A_LIST, "input", "period")
    await check_room(transaction, contract, [period], "input", "contractId", by_exception=terms.by_exception)
    writes = AssociationWrites()
    writes.begin(person_id, terms.contract_id, period, code)
    await writes.apply(transaction)
    return person_key(person_id)


async def end_one(transaction: EditTransaction, patient: PatientRef, terms: EndTerms) -> str:
    """As `end_many`. Returns the person's key."""
    [ended] = await _end(transaction, [patient], terms)
    return person_key(ended.stored.person_id)


async def end_many(transaction: EditTransaction, patients: Sequence[PatientRef], terms: EndTerms) -> str:
    """Ends the patients' associations with the list, and deletes those planned for later. Returns the list's key."""
    await _end(transaction, patients, terms)
    return str(terms.contract_id)


async def move_one(transaction: EditTransaction, patient: PatientRef, terms: MoveTerms) -> str:
    """As `move_many`. Returns the person's key."""
    [moved] = await _move(transaction, [patient], terms)
    return person_key(moved.stored.person_id)


async def move_many(transaction: EditTransaction, patients: Sequence[PatientRef], terms: MoveTerms) -> str:
    """Ends each association with the one list where one with the other begins. Returns the key of the other list."""
    await _move(transaction, patients, terms)
    return str(terms.to_contract)


async def _end(
    transaction: EditTransaction, patients: Sequence[PatientRef], terms: EndTerms
) -> list[AffectedAssociation]:
    validated_time(transaction.problems, terms.at, "input", "at")
    code = await usable_or_none(transaction, END_REASONS, terms.end_code, "input", "endCode")
    await existing_list(transaction, terms.contract_id, "contractId")
    leaving = await affected_associations(transaction, terms.contract_id, patients, terms.at, with_later=True)
    transaction.problems.refuse()
    writes = AssociationWrites()
    for each in leaving:
        writes.end(each, terms.at, code)
    await writes.apply(transaction)
    return leaving


async def _move(
    transaction: EditTransaction, patients: Sequence[PatientRef], terms: MoveTerms
) -> list[AffectedAssociation]:
    validated_time(transaction.problems, terms.at, "input", "at")
    code = await usable_or_none(transaction, BEGIN_REASONS, terms.begin_code, "input", "beginCode")
    if terms.from_contract == terms.to_contract:
        transaction.problems.add(SAME_LIST, "toContract", value=terms.to_contract)
    await existing_list(transaction, terms.from_contract, "fromContract")
    moving = await affected_associations(transaction, terms.from_contract, patients, terms.at)
    dead = await _dead_by(transaction, [each.stored.person_id for each in moving], terms.at)
    for each in moving:
        if each.stored.person_id in dead:
            transaction.problems.add(PATIENT_DEAD, *each.path, "nationalId")
    rest = [rest_of(each.stored, terms.at) for each in moving]
    in_all = span(rest) if rest else Period(terms.at, terms.at)
    destination = await receiving_list(transaction, terms.to_contract, in_all, "toContract")
    await check_room(transaction, destination, rest, "toContract")
    transaction.problems.refuse()
    writes = AssociationWrites()
    for each in moving:
        writes.move(each.stored, terms.to_contract, terms.at, code)
    await writes.apply(transaction)
    return moving


async def _dead_by(transaction: EditTransaction, persons: Collection[int], moment: datetime) -> set[int]:
    """Those of the persons whose day of death was over by then, in Norway."""
    days = await current_patients.days_of_death(transaction.session, persons)
    return {person_id for person_id, day in days.items() if datetime.combine(day, time.max, OSLO) < moment}

"""Cancelling a GP contract: its patients go to one list or to several, and none is left behind."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from registers.changelog.append import Change, Register
from registers.code_systems.editing.codes import usable_or_none
from registers.core.code_systems import END_REASONS
from registers.core.identifiers import EntryNumber, GpContractId, NationalId
from registers.core.validity import Period
from registers.editing.periods import validated_time
from registers.editing.rules import PERIOD_EMPTY
from registers.editing.transaction import EditTransaction
from registers.gp_lists.editing import cycles, locations
from registers.gp_lists.editing.association_writes import AssociationWrites
from registers.gp_lists.editing.associations import PATIENTS_MAX, person_ids, rest_of
from registers.gp_lists.editing.contracts import contract_to_change
from registers.gp_lists.editing.receiving_list import check_room, receiving_list, span
from registers.gp_lists.editing.rules_patients import (
    NOT_ON_LIST,
    NUMBER_OF_PATIENTS,
    PATIENT_TWICE,
    PATIENTS_REMAIN,
    PERSON_UNKNOWN,
    SAME_LIST,
)
from registers.gp_lists.models import PatientAssociation
from registers.gp_lists.repository import current_patients

Path = tuple[str, ...]
FOR_ALL_OTHERS: Path = ("input", "toContract")


class Portion(NamedTuple):
    """Patients who go to a list of their own."""

    contract_id: GpContractId
    patients: Sequence[NationalId]


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelTerms:
    """The end of a contract as the input gives it."""

    at: datetime
    portions: Sequence[Portion]
    for_all_others: GpContractId | None  # None = there must be no others
    end_reason: str | None  # 7753


async def cancel_contract(
    transaction: EditTransaction, contract_id: GpContractId, expected_entry: EntryNumber, terms: CancelTerms
) -> str:
    """Ends the contract, and moves whoever is on its list then or later to another one. Returns the key of the contract
    in the log. Raises Refused with all that is wrong."""
    at = validated_time(transaction.problems, terms.at, "input", "at")
    contract = await contract_to_change(transaction, contract_id, expected_entry)
    await receiving_list(transaction, contract_id, Period(at, at), "contractId")  # it must be in force then
    if at == contract.valid_from:
        transaction.problems.add(PERIOD_EMPTY, "input", "at", value=at.isoformat())
    reason = await usable_or_none(transaction, END_REASONS, terms.end_reason, "input", "endReason")
    destinations = await _destinations(transaction, contract_id, terms)
    [entry] = await transaction.write(Change(Register.GP_LISTS, str(contract_id), "GpContractCanceled"))
    contract.valid_to, contract.end_reason, contract.since_entry = at, reason, entry
    await cycles.end_with_contract(transaction, contract_id, at)
    await locations.end_with_contract(transaction, contract_id, at)
    await transaction.session.flush()
    writes = AssociationWrites()
    for destination, associations in destinations.items():
        for each in associations:
            if each.valid_from < at:
                writes.move(each, destination, at, None)
        for each in associations:
            if each.valid_from >= at:
                writes.give_to(each, destination)
    await writes.apply(transaction)
    return str(contract_id)


async def _destinations(
    transaction: EditTransaction, contract_id: GpContractId, terms: CancelTerms
) -> dict[GpContractId, list[PatientAssociation]]:
    """The associations that last beyond the end of the contract, by the list each goes to. Adds what is wrong with the
    lists. Raises Refused at once for one that there is not."""
    lasting = await current_patients.associations_of_contract(transaction.session, contract_id, since=terms.at)
    transaction.persons_read.update(each.person_id for each in lasting)
    chosen, paths = await _chosen(transaction, terms.portions, {each.person_id for each in lasting})
    if terms.for_all_others is not None:
        paths.setdefault(terms.for_all_others, FOR_ALL_OTHERS)
    going_to: dict[GpContractId, list[PatientAssociation]] = defaultdict(list)
    remaining = 0
    for association in lasting:
        destination = chosen.get(association.person_id, terms.for_all_others)
        if destination is None:
            remaining += 1
        else:
            going_to[destination].append(association)
    if remaining:
        transaction.problems.add(PATIENTS_REMAIN, *FOR_ALL_OTHERS, value=remaining)
    for destination, path in paths.items():
        rest = [rest_of(association, terms.at) for association in going_to[destination]]
        if destination == contract_id:
            transaction.problems.add(SAME_LIST, *path, value=destination)
        elif rest:
            contract = await receiving_list(transaction, destination, span(rest), *path)
            await check_room(transaction, contract, rest, *path, by_exception=True)
    return going_to


async def _chosen(
    transaction: EditTransaction, portions: Sequence[Portion], listed: set[int]
) -> tuple[dict[int, GpContractId], dict[GpContractId, Path]]:
    """The list of each person that the input names, and where the input names each list. `listed` are the persons on
    the list that ends."""
    chosen: dict[int, GpContractId] = {}
    paths: dict[GpContractId, Path] = {}
    persons: Mapping[NationalId, int] = await person_ids(
        transaction, [each for portion in portions for each in portion.patients]
    )
    for index, portion in enumerate(portions):
        path = ("input", "moves", str(index))
        paths.setdefault(portion.contract_id, (*path, "contractId"))
        if not 1 <= len(portion.patients) <= PATIENTS_MAX:
            transaction.problems.add(NUMBER_OF_PATIENTS, *path, "patients", value=len(portion.patients))
        for patient_index, national_id in enumerate(portion.patients):
            person_id = persons.get(national_id)
            if person_id is None:
                rule = PERSON_UNKNOWN
            elif person_id in chosen:
                rule = PATIENT_TWICE
            elif person_id not in listed:
                rule = NOT_ON_LIST
            else:
                chosen[person_id] = portion.contract_id
                continue
            transaction.problems.add(rule, *path, "patients", str(patient_index))
    return chosen, paths

"""Where the patients of a contract that ends go: to one list or to several, and nobody stays behind."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from registers.core.identifiers import GpContractId, NationalId
from registers.editing.transaction import EditTransaction
from registers.gp_lists.editing.patient_places import (
    ASSOCIATIONS,
    PATIENTS_MAX,
    check_room,
    list_for,
    person_ids,
    rest_of,
    span,
)
from registers.gp_lists.editing.rules_patients import (
    NOT_ON_LIST,
    NUMBER_OF_PATIENTS,
    PATIENT_TWICE,
    PATIENTS_REMAIN,
    PERSON_UNKNOWN,
    SAME_LIST,
)
from registers.intake.record_set import Row

Path = tuple[str, ...]
FOR_ALL_OTHERS: Path = ("input", "toContract")


class Portion(NamedTuple):
    """Patients who go to a list of their own."""

    contract_id: GpContractId
    patients: Sequence[NationalId]


async def destinations(
    transaction: EditTransaction,
    contract_id: GpContractId,
    moment: datetime,
    for_all_others: GpContractId | None,
    portions: Sequence[Portion],
) -> dict[GpContractId, list[Row]]:
    """Places on the list that hold at `moment` or later, by the list each goes to. Adds what is wrong; raises Refused
    for a list that there is not."""
    staying = await _on_list_from(transaction, contract_id, moment)
    chosen, paths = await _chosen(transaction, portions, {row["person_id"] for row in staying})
    if for_all_others is not None:
        paths.setdefault(for_all_others, FOR_ALL_OTHERS)
    goes_to: dict[GpContractId, list[Row]] = defaultdict(list)
    remaining = 0
    for row in staying:
        destination = chosen.get(row["person_id"], for_all_others)
        if destination is None:
            remaining += 1
        else:
            goes_to[destination].append(row)
    if remaining:
        transaction.problems.add(PATIENTS_REMAIN, *FOR_ALL_OTHERS, value=remaining)
    for destination, path in paths.items():
        rest = [rest_of(row, moment) for row in goes_to[destination]]
        if destination == contract_id:
            transaction.problems.add(SAME_LIST, *path, value=destination)
        elif rest:
            contract = await list_for(transaction, destination, span(rest), *path)
            await check_room(transaction, contract, rest, *path, by_exception=True)
    return goes_to


async def _chosen(
    transaction: EditTransaction, portions: Sequence[Portion], listed: set[int]
) -> tuple[dict[int, GpContractId], dict[GpContractId, Path]]:
    """The list of each person who is named, and where the input names each list."""
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


async def _on_list_from(transaction: EditTransaction, contract_id: GpContractId, moment: datetime) -> list[Row]:
    association = ASSOCIATIONS.c
    rows = await transaction.session.execute(
        ASSOCIATIONS.select()
        .where(association.contract_id == contract_id)
        .where(association.valid_to.is_(None) | (association.valid_to > moment))
        .order_by(association.id)
    )
    found = [dict(row) for row in rows.mappings()]
    transaction.persons_read.update(row["person_id"] for row in found)
    return found

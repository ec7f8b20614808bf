"""Patients that an edit names, with their places on lists: read for all of them at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import func, select

from registers.changelog.edits import Turn
from registers.core.codes import split_code_key
from registers.core.identifiers import EntryNumber, GpContractId, NationalId
from registers.core.intake import Row, any_of, table_of
from registers.gp_lists.models import GpContract, PatientAssociation, PersonNationalId
from registers.gp_lists.responsible import OPEN
from registers.gp_lists.rules import CONTRACT_UNKNOWN, REFERENCE_ONLY
from registers.gp_lists.rules_patients import (
    LIST_FULL,
    LIST_NOT_OPEN,
    NOT_ON_LIST,
    NUMBER_OF_PATIENTS,
    OUTSIDE_CONTRACT,
    PATIENT_TWICE,
    PERSON_UNKNOWN,
)

PATIENTS_MAX = 1000  # of one edit
ASSOCIATIONS = table_of(PatientAssociation)


class Named(NamedTuple):
    """A patient, and the newest entry of the place on a list that the caller has seen."""

    national_id: NationalId
    expected_entry: EntryNumber


@dataclass(slots=True)
class Placed:
    """A patient on the list asked about: the place there, and places that begin later."""

    held: Row
    later: list[Row]


async def person_ids(turn: Turn, national_ids: Sequence[NationalId]) -> Mapping[NationalId, int]:
    """Our own number of each person, by any national id. Unknown ones are absent."""
    number = PersonNationalId
    rows = await turn.session.execute(
        select(number.national_id, number.person_id).where(any_of(number.national_id, national_ids))
    )
    return {row.national_id: row.person_id for row in rows}


async def places_of(turn: Turn, persons: Sequence[int], since: datetime) -> dict[int, list[Row]]:
    """Places of each person that hold at `since` or later, by start; with the entry that made each."""
    association = ASSOCIATIONS.c
    rows = await turn.session.execute(
        select(ASSOCIATIONS)
        .where(any_of(association.person_id, persons))
        .where(association.valid_to.is_(None) | (association.valid_to > since))
        .order_by(association.valid_from)
    )
    found: dict[int, list[Row]] = {}
    for row in rows.mappings():
        found.setdefault(row["person_id"], []).append(dict(row))
    return found


async def placed(turn: Turn, contract_id: GpContractId, patients: Sequence[Named], moment: datetime) -> list[Placed]:
    """The patients on the list at `moment`, in their order; adds what is wrong with any, by its place in the input."""
    if not 1 <= len(patients) <= PATIENTS_MAX:
        turn.problems.add(NUMBER_OF_PATIENTS, "input", "patients", value=len(patients))
        raise turn.problems.refusal()
    persons = await person_ids(turn, [each.national_id for each in patients])
    places = await places_of(turn, list(persons.values()), moment)
    found, seen = [], set()
    for index, patient in enumerate(patients):
        path = ("input", "patients", str(index))
        person_id = persons.get(patient.national_id)
        if person_id is None:
            turn.problems.add(PERSON_UNKNOWN, *path, "nationalId")
            continue
        if person_id in seen:
            turn.problems.add(PATIENT_TWICE, *path, "nationalId")
            continue
        seen.add(person_id)
        own = places.get(person_id, [])
        held = next((row for row in own if row["valid_from"] <= moment), None)
        if held is None or held["contract_id"] != contract_id:
            turn.problems.add(NOT_ON_LIST, *path, "nationalId")
            continue
        turn.expect_version(patient.expected_entry, held["since_entry"], *path, "expectedEntry")
        found.append(Placed(held, [row for row in own if row["valid_from"] > moment]))
    return found


async def list_for(
    turn: Turn, contract_id: GpContractId, start: datetime, end: datetime | None, *path: str
) -> GpContract:
    """The contract, which must hold for all of [start, end). Raises Refused when there is none."""
    contract = await turn.session.get(GpContract, contract_id)
    if contract is None or contract.reference_only:
        turn.problems.add(REFERENCE_ONLY if contract else CONTRACT_UNKNOWN, *path, value=contract_id)
        raise turn.problems.refusal()
    ends_before = contract.valid_to is not None and (end is None or end > contract.valid_to)
    if start < contract.valid_from or ends_before:
        turn.problems.add(OUTSIDE_CONTRACT, *path, value=contract_id)
    return contract


async def check_room(
    turn: Turn,
    contract: GpContract,
    start: datetime,
    end: datetime | None,
    *path: str,
    more: int = 1,
    by_exception: bool = False,
) -> None:
    """`more` patients find a place on the list for all of [start, end); the database holds the ceiling too."""
    if contract.status != OPEN and not by_exception:
        turn.problems.add(LIST_NOT_OPEN, *path, value=split_code_key(contract.status)[1] if contract.status else "-")
    longest = select(func.longest_of_list(contract.id, start, func.coalesce(end, func.to_timestamp(float("inf")))))
    if (await turn.session.scalar(longest) or 0) + more > contract.max_patients:
        turn.problems.add(LIST_FULL, *path)


def without_version(row: Row) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "since_entry"}

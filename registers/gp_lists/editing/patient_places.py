"""Patients that an edit names, with their places on lists: read for all of them at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, NamedTuple

from sqlalchemy import ARRAY, TIMESTAMP, bindparam, select, text

from registers.core.codes import split_code_key
from registers.core.identifiers import EntryNumber, GpContractId, NationalId
from registers.core.validity import OSLO, Period
from registers.editing.transaction import EditTransaction
from registers.gp_lists.editing.rules import CONTRACT_UNKNOWN, REFERENCE_ONLY
from registers.gp_lists.editing.rules_patients import (
    LIST_FULL,
    LIST_NOT_OPEN,
    NOT_ON_LIST,
    NUMBER_OF_PATIENTS,
    OUTSIDE_CONTRACT,
    PATIENT_TWICE,
    PERSON_UNKNOWN,
)
from registers.gp_lists.models import OPEN, GpContract, PatientAssociation, Person, PersonNationalId
from registers.intake.record_set import Row, any_of, table_of

PATIENTS_MAX = 1000  # of one edit
ASSOCIATIONS = table_of(PatientAssociation)


LONGEST_WITH = text("""
    WITH places AS (
      SELECT valid_from, valid_to FROM patient_associations
      WHERE contract_id = :contract AND (valid_to IS NULL OR valid_to > :since)
      UNION ALL SELECT * FROM unnest(:starts, :ends)),
    steps AS (
      SELECT greatest(valid_from, :since) AS moment, 1 AS step FROM places
      UNION ALL SELECT valid_to, -1 FROM places WHERE valid_to IS NOT NULL)
    SELECT max(patients) FROM (
      SELECT moment, sum(sum(step)) OVER (ORDER BY moment) AS patients FROM steps GROUP BY moment) AS lengths
    WHERE CAST(:until AS timestamptz) IS NULL OR moment < :until
""").bindparams(*(bindparam(name, type_=ARRAY(TIMESTAMP(timezone=True))) for name in ("starts", "ends")))


class PatientRef(NamedTuple):
    """A patient, the newest entry of the place on a list that the caller has seen, and where the input says so."""

    national_id: NationalId
    expected_entry: EntryNumber
    path: tuple[str, ...] = ()


@dataclass(slots=True)
class AffectedAssociation:
    """A patient on the list asked about: the place there, places that begin later, and where the input says so."""

    stored: Row
    later: list[Row]
    path: tuple[str, ...] = ()


async def person_ids(transaction: EditTransaction, national_ids: Sequence[NationalId]) -> Mapping[NationalId, int]:
    """Our own number of each person, by any national id. Unknown ones are absent."""
    number = PersonNationalId
    rows = await transaction.session.execute(
        select(number.national_id, number.person_id).where(any_of(number.national_id, national_ids))
    )
    found = {row.national_id: row.person_id for row in rows}
    transaction.persons_read.update(found.values())
    return found


async def associations_of(
    transaction: EditTransaction, persons: Sequence[int], since: datetime
) -> dict[int, list[Row]]:
    """Places of each person that hold at `since` or later, by start; with the entry that made each."""
    association = ASSOCIATIONS.c
    rows = await transaction.session.execute(
        select(ASSOCIATIONS)
        .where(any_of(association.person_id, persons))
        .where(association.valid_to.is_(None) | (association.valid_to > since))
        .order_by(association.valid_from)
    )
    found: dict[int, list[Row]] = {}
    for row in rows.mappings():
        found.setdefault(row["person_id"], []).append(dict(row))
    return found


async def affected_associations(
    transaction: EditTransaction,
    contract_id: GpContractId,
    patients: Sequence[PatientRef],
    moment: datetime,
    *,
    with_later: bool = False,
) -> list[AffectedAssociation]:
    """The patients on the list at `moment`, in their order; adds what is wrong with any, by its place in the input.

    `with_later` = their later places are to change too: the caller must have seen them.
    """
    if not 1 <= len(patients) <= PATIENTS_MAX:
        transaction.problems.add(NUMBER_OF_PATIENTS, "input", "patients", value=len(patients))
        raise transaction.problems.refusal()
    persons = await person_ids(transaction, [each.national_id for each in patients])
    associations = await associations_of(transaction, list(persons.values()), moment)
    found, seen = [], set()
    for patient in patients:
        path = patient.path
        person_id = persons.get(patient.national_id)
        if person_id is None:
            transaction.problems.add(PERSON_UNKNOWN, *path, "nationalId")
            continue
        if person_id in seen:
            transaction.problems.add(PATIENT_TWICE, *path, "nationalId")
            continue
        seen.add(person_id)
        own = associations.get(person_id, [])
        stored = next((row for row in own if row["valid_from"] <= moment), None)
        if stored is None or stored["contract_id"] != contract_id:
            transaction.problems.add(NOT_ON_LIST, *path, "nationalId")
            continue
        later = [row for row in own if row["valid_from"] > moment]
        changed = [stored, *later] if with_later else [stored]
        newest = max(row["since_entry"] for row in changed)
        transaction.expect_version(patient.expected_entry, newest, *path, "expectedEntry")
        found.append(AffectedAssociation(stored, later, path))
    return found


async def dead_by(transaction: EditTransaction, persons: Sequence[int], moment: datetime) -> set[int]:
    """Those whose day of death was over by then, in Norway."""
    rows = await transaction.session.execute(
        select(Person.person_id, Person.died_on).where(any_of(Person.person_id, persons), Person.died_on.is_not(None))
    )
    return {person_id for person_id, died_on in rows if died_on and datetime.combine(died_on, time.max, OSLO) < moment}


async def known_list(transaction: EditTransaction, contract_id: GpContractId, *path: str) -> GpContract:
    """The contract, ended or only pointed at though it be: patients may be on it. Raises Refused when there is none."""
    contract = await transaction.session.get(GpContract, contract_id)
    if contract is None:
        transaction.problems.add(CONTRACT_UNKNOWN, *path, value=contract_id)
        raise transaction.problems.refusal()
    return contract


async def list_for(transaction: EditTransaction, contract_id: GpContractId, time: Period, *path: str) -> GpContract:
    """The contract, which must hold for all of `time`. Raises Refused when there is none of its own record."""
    contract = await known_list(transaction, contract_id, *path)
    if contract.reference_only:
        transaction.problems.add(REFERENCE_ONLY, *path, value=contract_id)
        raise transaction.problems.refusal()
    ends_before = contract.valid_to is not None and (time.end is None or time.end > contract.valid_to)
    if time.start < contract.valid_from or ends_before:
        transaction.problems.add(OUTSIDE_CONTRACT, *path, value=contract_id)
    return contract


async def check_room(
    transaction: EditTransaction,
    contract: GpContract,
    associations: Sequence[Period],
    *path: str,
    by_exception: bool = False,
) -> None:
    """The list takes new patients, and these find room all the time; the database holds the ceiling too."""
    if contract.status != OPEN and not by_exception:
        transaction.problems.add(
            LIST_NOT_OPEN, *path, value=split_code_key(contract.status)[1] if contract.status else "-"
        )
    if not associations:
        return
    time = span(associations)
    longest = await transaction.session.scalar(  # None for a time that ends as it begins, which is refused elsewhere
        LONGEST_WITH,
        {
            "contract": contract.id,
            "since": time.start,
            "until": time.end,
            "starts": [each.start for each in associations],
            "ends": [each.end for each in associations],
        },
    )
    if (longest or 0) > contract.max_patients:
        transaction.problems.add(LIST_FULL, *path, value=longest)


def span(associations: Sequence[Period]) -> Period:
    """From the first start to the last end of one or more places."""
    ends = [each.end for each in associations]
    return Period(
        min(each.start for each in associations), None if None in ends else max(end for end in ends if end is not None)
    )


def rest_of(row: Row, moment: datetime) -> Period:
    """What is left of a place from `moment` on."""
    return Period(max(row["valid_from"], moment), row["valid_to"])


def without_version(row: Row) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "since_entry"}

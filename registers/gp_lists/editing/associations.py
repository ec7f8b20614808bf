"""The associations that an edit of patients changes: found for all patients that the input names at once."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from registers.core.identifiers import EntryNumber, GpContractId, NationalId
from registers.core.validity import Period
from registers.editing.transaction import EditTransaction
from registers.gp_lists.editing.rules_patients import (
    NOT_ON_LIST,
    NUMBER_OF_PATIENTS,
    PATIENT_TWICE,
    PERSON_UNKNOWN,
)
from registers.gp_lists.models import PatientAssociation
from registers.gp_lists.repository import current_patients

PATIENTS_MAX = 1000  # of one edit


class PatientRef(NamedTuple):
    """A patient as the input names one. `expected_entry` is the newest entry of the association that the caller has
    seen, and `path` the patient's position in the input."""

    national_id: NationalId
    expected_entry: EntryNumber
    path: tuple[str, ...] = ()


class AffectedAssociation(NamedTuple):
    """The association that a patient has with the list at the moment of the edit. `later` are those of the same person
    that begin after it, with any list. `path` is the patient's position in the input."""

    stored: PatientAssociation
    later: Sequence[PatientAssociation]
    path: tuple[str, ...]


async def person_ids(transaction: EditTransaction, national_ids: Sequence[NationalId]) -> Mapping[NationalId, int]:
    """Our own number of each person, by any national id; the access log will name them. Unknown ones are absent."""
    found = await current_patients.person_ids(transaction.session, national_ids)
    transaction.persons_read.update(found.values())
    return found


async def affected_associations(
    transaction: EditTransaction,
    contract_id: GpContractId,
    patients: Sequence[PatientRef],
    moment: datetime,
    *,
    with_later: bool = False,
) -> list[AffectedAssociation]:
    """The associations with the list at `moment`, in the order of the input. What is wrong with a patient is added at
    the patient's path, and the patient is left out.

    `with_later`: the edit changes later associations too, so the caller must have seen them as well.
    """
    if not 1 <= len(patients) <= PATIENTS_MAX:
        transaction.problems.add(NUMBER_OF_PATIENTS, "input", "patients", value=len(patients))
        raise transaction.problems.refusal()
    persons = await person_ids(transaction, [each.national_id for each in patients])
    associations = await current_patients.associations_of_persons(transaction.session, persons.values(), since=moment)
    affected: list[AffectedAssociation] = []
    seen: set[int] = set()
    for patient in patients:
        person_id = persons.get(patient.national_id)
        if person_id is None:
            transaction.problems.add(PERSON_UNKNOWN, *patient.path, "nationalId")
            continue
        if person_id in seen:
            transaction.problems.add(PATIENT_TWICE, *patient.path, "nationalId")
            continue
        seen.add(person_id)
        own = associations.get(person_id, [])
        stored = next((each for each in own if each.valid_from <= moment), None)
        if stored is None or stored.contract_id != contract_id:
            transaction.problems.add(NOT_ON_LIST, *patient.path, "nationalId")
            continue
        later = [each for each in own if each.valid_from > moment]
        newest = max(each.since_entry for each in ([stored, *later] if with_later else [stored]))
        transaction.expect_version(patient.expected_entry, newest, *patient.path, "expectedEntry")
        affected.append(AffectedAssociation(stored, later, patient.path))
    return affected


def rest_of(association: PatientAssociation, moment: datetime) -> Period:
    """The period of the association from `moment` on."""
    return Period(max(association.valid_from, moment), association.valid_to)

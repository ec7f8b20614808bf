"""Inputs of the mutations of patients."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from enum import Enum
from typing import cast

import strawberry

from registers.api.graph.inputs import given_fields
from registers.api.graph.period import PeriodInput
from registers.core.identifiers import EntryNumber, GpContractId, NationalId
from registers.gp_lists import models
from registers.gp_lists.editing.associations import PatientRef
from registers.gp_lists.editing.persons import PersonTerms


@strawberry.enum(description="Why a closed or locked list takes a patient all the same.")
class ListException(Enum):
    CHILD_OF_LISTED = strawberry.enum_value("CHILD_OF_LISTED", description="A child of somebody on the list.")
    RETURNING = strawberry.enum_value("RETURNING", description="Moved away and came back within three years.")


@strawberry.input(description="A place on a list.")
class PatientAssignInput:
    contract_id: GpContractId = strawberry.field(description="The list.")
    period: PeriodInput = strawberry.field(description="Time on the list.")
    begin_code: str | None = strawberry.field(default=None, description="Why it begins, a value of 7754.")
    exception: ListException | None = strawberry.field(
        default=None,
        description="Why a list that is not open takes the patient; the editor answers for it, the ceiling holds.",
    )


@strawberry.input(description="A patient on a list.")
class PatientOnListInput:
    national_id: NationalId = strawberry.field(description="National id, the one in use or a former one.")
    expected_entry: EntryNumber = strawberry.field(
        description="`lastEntry` of the place on the list, as it was seen; where places planned after it fall away "
        "with it, the newest of them all."
    )


def patient_refs(patients: Sequence[PatientOnListInput]) -> list[PatientRef]:
    return [
        PatientRef(each.national_id, each.expected_entry, ("input", "patients", str(index)))
        for index, each in enumerate(patients)
    ]


@strawberry.input(description="The end of a place on a list.")
class PatientEndInput:
    at: datetime = strawberry.field(description="First moment off the list; places planned later fall away.")
    end_code: str | None = strawberry.field(default=None, description="Why it ends, a value of 7753.")


@strawberry.input(description="A move to another list.")
class PatientMoveInput:
    at: datetime = strawberry.field(description="First moment on the new list, and first off the old one.")
    begin_code: str | None = strawberry.field(default=None, description="Why it begins, a value of 7754.")


@strawberry.input(description="Patients who leave a list, all or none.")
class PatientsEndInput:
    patients: list[PatientOnListInput] = strawberry.field(description="1 to 1,000 patients.")
    at: datetime = strawberry.field(description="First moment off the list; places planned later fall away.")
    end_code: str | None = strawberry.field(default=None, description="Why it ends, a value of 7753.")


@strawberry.input(description="Patients who move to another list, all or none.")
class PatientsMoveInput:
    patients: list[PatientOnListInput] = strawberry.field(description="1 to 1,000 patients.")
    at: datetime = strawberry.field(description="First moment on the new list, and first off the old one.")
    begin_code: str | None = strawberry.field(default=None, description="Why it begins, a value of 7754.")


@strawberry.input(description="Patients of a contract that ends who go to a list of their own.")
class PatientsToListInput:
    contract_id: GpContractId = strawberry.field(description="The list, open or not.")
    patients: list[NationalId] = strawberry.field(description="1 to 1,000 national ids.")


@strawberry.input(description="The end of a contract.")
class GpContractCancelInput:
    at: datetime = strawberry.field(description="First moment without the contract.")
    moves: list[PatientsToListInput] = strawberry.field(
        default_factory=list, description="Patients by the list they move to; default: all go to `toContract`."
    )
    to_contract: GpContractId | None = strawberry.field(
        default=None, description="List that all others move to, open or not; default: there must be none."
    )
    end_reason: str | None = strawberry.field(default=None, description="Why it ends, a value of 7753.")


@strawberry.input(description="A person to register.")
class PatientRegisterInput:
    first_name: str = strawberry.field(description="First name.")
    last_name: str = strawberry.field(description="Last name.")
    middle_name: str | None = strawberry.field(default=None, description="Middle name.")
    born_on: date | None = strawberry.field(default=None, description="Day of birth; never taken from the number.")
    sex: str | None = strawberry.field(default=None, description="A value of 3101.")
    address_protection: models.Protection = strawberry.field(
        default=models.Protection.NONE, description="How the address is protected."
    )


@strawberry.input(description="What is to be registered of a person. What is left out stays; null = there is none.")
class PatientChangePersonInput:
    first_name: str | None = strawberry.field(default=strawberry.UNSET, description="First name.")
    middle_name: str | None = strawberry.field(default=strawberry.UNSET, description="Middle name.")
    last_name: str | None = strawberry.field(default=strawberry.UNSET, description="Last name.")
    born_on: date | None = strawberry.field(
        default=strawberry.UNSET, description="Day of birth; never taken from the number."
    )
    died_on: date | None = strawberry.field(default=strawberry.UNSET, description="Day of death.")
    sex: str | None = strawberry.field(default=strawberry.UNSET, description="A value of 3101.")

    def to_terms(self) -> PersonTerms:
        return cast(PersonTerms, given_fields(self))

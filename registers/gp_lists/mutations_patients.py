"""Mutations of patients and of their places on lists. National ids travel in variables, never in what is logged."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum
from typing import Annotated

import strawberry

from registers.api.context import Info
from registers.api.period import PeriodInput
from registers.changelog.mutations import ExpectedEntry, Payload, edit, edited
from registers.core.identifiers import EntryNumber, GpContractId, NationalId
from registers.gp_lists import models, service_patients, service_persons
from registers.gp_lists.mutations import ContractId, GpContractPayload
from registers.gp_lists.patient_places import Named
from registers.gp_lists.patients import Patient
from registers.gp_lists.service_persons import NewPerson

PatientArgument = Annotated[
    NationalId, strawberry.argument(name="nationalId", description="National id, the one in use or a former one.")
]
FromContract = Annotated[GpContractId, strawberry.argument(name="fromContract", description="List they leave.")]
ToContract = Annotated[GpContractId, strawberry.argument(name="toContract", description="List they come to.")]


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
    expected_entry: EntryNumber = strawberry.field(description="`lastEntry` of the place on the list, as it was seen.")

    def named(self) -> Named:
        return Named(self.national_id, self.expected_entry)


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


@strawberry.input(description="The end of a contract.")
class GpContractCancelInput:
    at: datetime = strawberry.field(description="First moment without the contract.")
    to_contract: GpContractId | None = strawberry.field(
        default=None, description="List that its patients move to, open or not; default: it must be empty."
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


@strawberry.type(description="What a change of one person answers; for keeping the register.")
class PatientPayload(Payload):
    @strawberry.field(description="The person; null when the edit was refused, unless as STALE.")
    async def patient(self, info: Info) -> Patient | None:
        key = self.outcome.key
        if key is None:
            return None
        person_id = int(key.partition(":")[2])
        found = await info.context.loaders.person.load((self.outcome.instant, person_id))
        return Patient.of(found[0], self.outcome.instant) if found else None


Assign = Annotated[PatientAssignInput, strawberry.argument(description="The place.")]
End = Annotated[PatientsEndInput, strawberry.argument(description="Who leaves, and when.")]
Move = Annotated[PatientsMoveInput, strawberry.argument(description="Who moves, and when.")]
Cancel = Annotated[GpContractCancelInput, strawberry.argument(description="When, and where the patients go.")]
Register = Annotated[PatientRegisterInput, strawberry.argument(description="The person.")]
NewNationalId = Annotated[
    NationalId, strawberry.argument(name="newNationalId", description="The number in use from now on.")
]
ProtectionArgument = Annotated[models.Protection, strawberry.argument(description="How the address is protected.")]


@strawberry.type
class PatientMutation:
    @edit("Register a person whom the lists do not know yet.")
    async def patient_register(self, info: Info, national_id: PatientArgument, input: Register) -> PatientPayload:
        person = NewPerson(
            input.first_name, input.middle_name, input.last_name, input.born_on, input.sex, input.address_protection
        )
        outcome = await edited(
            info, lambda turn: service_persons.register(turn, national_id=national_id, person=person)
        )
        return PatientPayload(outcome=outcome)

    @edit("Give a person who is on no list a place on one.")
    async def patient_assign(self, info: Info, national_id: PatientArgument, input: Assign) -> PatientPayload:
        outcome = await edited(
            info,
            lambda turn: service_patients.assign(
                turn,
                national_id=national_id,
                contract_id=input.contract_id,
                start=input.period.from_,
                end=input.period.to,
                begin_code=input.begin_code,
                by_exception=input.exception is not None,
            ),
        )
        return PatientPayload(outcome=outcome)

    @edit("End the places of patients on a list, with what is planned for them later: all of them or none.")
    async def patients_end(self, info: Info, contract_id: ContractId, input: End) -> GpContractPayload:
        outcome = await edited(
            info,
            lambda turn: service_patients.end_places(
                turn,
                contract_id=contract_id,
                patients=[each.named() for each in input.patients],
                at=input.at,
                end_code=input.end_code,
            ),
        )
        return GpContractPayload(outcome=outcome)

    @edit("Move patients from one list to another: all of them or none.")
    async def patients_move(
        self, info: Info, from_contract: FromContract, to_contract: ToContract, input: Move
    ) -> GpContractPayload:
        outcome = await edited(
            info,
            lambda turn: service_patients.move(
                turn,
                from_contract=from_contract,
                to_contract=to_contract,
                patients=[each.named() for each in input.patients],
                at=input.at,
                begin_code=input.begin_code,
            ),
        )
        return GpContractPayload(outcome=outcome)

    @edit("End a contract and move its patients to another list.")
    async def gp_contract_cancel(
        self, info: Info, contract_id: ContractId, expected_entry: ExpectedEntry, input: Cancel
    ) -> GpContractPayload:
        outcome = await edited(
            info,
            lambda turn: service_patients.cancel_contract(
                turn,
                contract_id=contract_id,
                expected_entry=expected_entry,
                to_contract=input.to_contract,
                at=input.at,
                end_reason=input.end_reason,
            ),
            record=str(contract_id),
        )
        return GpContractPayload(outcome=outcome)

    @edit("Give a person another national id; both lead to the person from then on.")
    async def patient_change_national_id(
        self, info: Info, national_id: PatientArgument, expected_entry: ExpectedEntry, new_national_id: NewNationalId
    ) -> PatientPayload:
        outcome = await edited(
            info,
            lambda turn: service_persons.change_national_id(
                turn, national_id=national_id, expected_entry=expected_entry, new=new_national_id
            ),
        )
        return PatientPayload(outcome=outcome)

    @edit("Change how a person's address is protected.")
    async def patient_change_protection(
        self,
        info: Info,
        national_id: PatientArgument,
        expected_entry: ExpectedEntry,
        protection: ProtectionArgument,
    ) -> PatientPayload:
        outcome = await edited(
            info,
            lambda turn: service_persons.change_protection(
                turn, national_id=national_id, expected_entry=expected_entry, protection=protection
            ),
        )
        return PatientPayload(outcome=outcome)

"""Mutations of patients and their associations. National ids travel in variables, never in what is logged."""

from __future__ import annotations

from typing import Annotated

import strawberry

from registers.api.graph.context import Info
from registers.core.identifiers import EntryNumber, GpContractId, NationalId
from registers.editing.mutation_field import ExpectedEntry, edit
from registers.gp_lists import models
from registers.gp_lists.editing import patients, persons
from registers.gp_lists.editing.associations import PatientRef
from registers.gp_lists.editing.cancelling import CancelTerms, Portion, cancel_contract
from registers.gp_lists.editing.patients import AssociationTerms, EndTerms, MoveTerms
from registers.gp_lists.editing.persons import NewPerson
from registers.gp_lists.graph.inputs_patients import (
    GpContractCancelInput,
    PatientAssignInput,
    PatientChangePersonInput,
    PatientEndInput,
    PatientMoveInput,
    PatientRegisterInput,
    PatientsEndInput,
    PatientsMoveInput,
    patient_refs,
)
from registers.gp_lists.graph.mutations_contracts import ContractId, GpContractPayload
from registers.gp_lists.graph.payloads import PatientPayload

PatientArgument = Annotated[
    NationalId, strawberry.argument(name="nationalId", description="National id, the one in use or a former one.")
]
FromContract = Annotated[GpContractId, strawberry.argument(name="fromContract", description="List they leave.")]
ToContract = Annotated[GpContractId, strawberry.argument(name="toContract", description="List they come to.")]
SeenAssociations = Annotated[
    EntryNumber,
    strawberry.argument(
        name="expectedEntry",
        description="Newest `lastEntry` of the place on the list and of those planned after it, which fall away with "
        "it; a newer one refuses the edit with STALE.",
    ),
]
SeenAssociation = Annotated[
    EntryNumber,
    strawberry.argument(
        name="expectedEntry",
        description="`lastEntry` of the place on the list, as it was seen; a newer one refuses the edit with STALE.",
    ),
]

Assign = Annotated[PatientAssignInput, strawberry.argument(description="The place.")]
End = Annotated[PatientEndInput, strawberry.argument(description="When, and why.")]
EndMany = Annotated[PatientsEndInput, strawberry.argument(description="Who leaves, and when.")]
Move = Annotated[PatientMoveInput, strawberry.argument(description="When, and why.")]
MoveMany = Annotated[PatientsMoveInput, strawberry.argument(description="Who moves, and when.")]
Cancel = Annotated[GpContractCancelInput, strawberry.argument(description="When, and where the patients go.")]
Register = Annotated[PatientRegisterInput, strawberry.argument(description="The person.")]
ChangePerson = Annotated[PatientChangePersonInput, strawberry.argument(description="What is registered of the person.")]
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
        return await PatientPayload.edited_by_national_id(
            info, national_id, lambda transaction: persons.register(transaction, national_id=national_id, person=person)
        )

    @edit("Change who a person is: names, days of birth and death, sex.")
    async def patient_change_person(
        self, info: Info, national_id: PatientArgument, expected_entry: ExpectedEntry, input: ChangePerson
    ) -> PatientPayload:
        return await PatientPayload.edited_by_national_id(
            info,
            national_id,
            lambda transaction: persons.change_person(
                transaction, national_id=national_id, expected_entry=expected_entry, terms=input.to_terms()
            ),
        )

    @edit("Give a person who is on no list a place on one.")
    async def patient_assign(self, info: Info, national_id: PatientArgument, input: Assign) -> PatientPayload:
        terms = AssociationTerms(
            contract_id=input.contract_id,
            start=input.period.from_,
            end=input.period.to,
            begin_code=input.begin_code,
            by_exception=input.exception is not None,
        )
        return await PatientPayload.edited_by_national_id(
            info, national_id, lambda transaction: patients.assign(transaction, national_id, terms)
        )

    @edit("End a patient's place on a list, with what is planned for later. One that begins then falls away.")
    async def patient_end(
        self,
        info: Info,
        national_id: PatientArgument,
        contract_id: ContractId,
        expected_entry: SeenAssociations,
        input: End,
    ) -> PatientPayload:
        patient = PatientRef(national_id, expected_entry)
        terms = EndTerms(contract_id=contract_id, at=input.at, end_code=input.end_code)
        return await PatientPayload.edited_by_national_id(
            info, national_id, lambda transaction: patients.end_one(transaction, patient, terms)
        )

    @edit(
        "Move a patient to another list for the rest of the place on the old one. A place that begins then moves as a "
        "whole."
    )
    async def patient_move(
        self,
        info: Info,
        national_id: PatientArgument,
        from_contract: FromContract,
        to_contract: ToContract,
        expected_entry: SeenAssociation,
        input: Move,
    ) -> PatientPayload:
        patient = PatientRef(national_id, expected_entry)
        terms = MoveTerms(
            from_contract=from_contract, to_contract=to_contract, at=input.at, begin_code=input.begin_code
        )
        return await PatientPayload.edited_by_national_id(
            info, national_id, lambda transaction: patients.move_one(transaction, patient, terms)
        )

    @edit("End the places of patients on a list, with what is planned for them later: all of them or none.")
    async def patients_end(self, info: Info, contract_id: ContractId, input: EndMany) -> GpContractPayload:
        leaving = patient_refs(input.patients)
        terms = EndTerms(contract_id=contract_id, at=input.at, end_code=input.end_code)
        return await GpContractPayload.edited(
            info, contract_id, lambda transaction: patients.end_many(transaction, leaving, terms)
        )

    @edit("Move patients from one list to another: all of them or none.")
    async def patients_move(
        self, info: Info, from_contract: FromContract, to_contract: ToContract, input: MoveMany
    ) -> GpContractPayload:
        moving = patient_refs(input.patients)
        terms = MoveTerms(
            from_contract=from_contract, to_contract=to_contract, at=input.at, begin_code=input.begin_code
        )
        return await GpContractPayload.edited(
            info, to_contract, lambda transaction: patients.move_many(transaction, moving, terms)
        )

    @edit("End a contract and move its patients to another list or to several. Nobody stays behind.")
    async def gp_contract_cancel(
        self, info: Info, contract_id: ContractId, expected_entry: ExpectedEntry, input: Cancel
    ) -> GpContractPayload:
        terms = CancelTerms(
            at=input.at,
            portions=[Portion(each.contract_id, each.patients) for each in input.moves],
            for_all_others=input.to_contract,
            end_reason=input.end_reason,
        )
        return await GpContractPayload.edited(
            info, contract_id, lambda transaction: cancel_contract(transaction, contract_id, expected_entry, terms)
        )

    @edit("Give a person another national id; both lead to the person from then on.")
    async def patient_change_national_id(
        self, info: Info, national_id: PatientArgument, expected_entry: ExpectedEntry, new_national_id: NewNationalId
    ) -> PatientPayload:
        return await PatientPayload.edited_by_national_id(
            info,
            national_id,
            lambda transaction: persons.change_national_id(
                transaction, national_id=national_id, expected_entry=expected_entry, new=new_national_id
            ),
        )

    @edit("Change how a person's address is protected.")
    async def patient_change_protection(
        self,
        info: Info,
        national_id: PatientArgument,
        expected_entry: ExpectedEntry,
        protection: ProtectionArgument,
    ) -> PatientPayload:
        return await PatientPayload.edited_by_national_id(
            info,
            national_id,
            lambda transaction: persons.change_protection(
                transaction, national_id=national_id, expected_entry=expected_entry, protection=protection
            ),
        )

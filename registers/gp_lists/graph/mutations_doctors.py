"""Mutations of doctors' periods on lists, and of the other places where they see patients."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import strawberry

from registers.api.graph.context import Info
from registers.core.identifiers import FlrId
from registers.editing.mutation_field import ExpectedEntry, edit
from registers.gp_lists.editing import cycles, locations
from registers.gp_lists.graph.inputs import (
    DoctorCycleAddInput,
    DoctorCycleInput,
    OutOfOfficeLocationAddInput,
    OutOfOfficeLocationInput,
)
from registers.gp_lists.graph.mutations_contracts import ContractId, GpContractPayload

CycleId = Annotated[FlrId, strawberry.argument(description="The period.")]
LocationId = Annotated[FlrId, strawberry.argument(description="The place.")]
NewLocation = Annotated[OutOfOfficeLocationAddInput, strawberry.argument(description="The place.")]
Location = Annotated[OutOfOfficeLocationInput, strawberry.argument(description="All that the place is to say.")]
Cycle = Annotated[DoctorCycleInput, strawberry.argument(description="All that the period is to say.")]
NewCycle = Annotated[DoctorCycleAddInput, strawberry.argument(description="The period.")]


@strawberry.type
class DoctorMutation:
    @edit(
        "Put a doctor on a list. A list that is not common has one GP at a time; a substitute stands in for a GP of "
        "the list, or on a list that is vacant in all of the period."
    )
    async def doctor_cycle_add(
        self, info: Info, contract_id: ContractId, expected_entry: ExpectedEntry, input: NewCycle
    ) -> GpContractPayload:
        return await GpContractPayload.edited(
            info,
            contract_id,
            lambda transaction: cycles.add(transaction, contract_id, expected_entry, input.new_terms()),
        )

    @edit("Change a doctor's period on a list: what is left out falls away.")
    async def doctor_cycle_change(
        self, info: Info, contract_id: ContractId, cycle_id: CycleId, expected_entry: ExpectedEntry, input: Cycle
    ) -> GpContractPayload:
        return await GpContractPayload.edited(
            info,
            contract_id,
            lambda transaction: cycles.change(transaction, contract_id, cycle_id, expected_entry, input.terms()),
        )

    @edit("End a doctor's period on a list, earlier than it ends so far.")
    async def doctor_cycle_end(
        self,
        info: Info,
        contract_id: ContractId,
        cycle_id: CycleId,
        expected_entry: ExpectedEntry,
        at: Annotated[datetime, strawberry.argument(description="First moment without the doctor.")],
    ) -> GpContractPayload:
        return await GpContractPayload.edited(
            info, contract_id, lambda transaction: cycles.end(transaction, contract_id, cycle_id, expected_entry, at=at)
        )

    @edit("Remove a doctor's period that should never have been on the list; the log keeps its content.")
    async def doctor_cycle_remove(
        self, info: Info, contract_id: ContractId, cycle_id: CycleId, expected_entry: ExpectedEntry
    ) -> GpContractPayload:
        return await GpContractPayload.edited(
            info, contract_id, lambda transaction: cycles.remove(transaction, contract_id, cycle_id, expected_entry)
        )

    @edit("Add another place where the GP of a list sees patients.")
    async def out_of_office_location_add(
        self, info: Info, contract_id: ContractId, expected_entry: ExpectedEntry, input: NewLocation
    ) -> GpContractPayload:
        return await GpContractPayload.edited(
            info,
            contract_id,
            lambda transaction: locations.add(transaction, contract_id, expected_entry, input.new_terms()),
        )

    @edit("Change another place where the GP sees patients: what is left out falls away.")
    async def out_of_office_location_change(
        self,
        info: Info,
        contract_id: ContractId,
        location_id: LocationId,
        expected_entry: ExpectedEntry,
        input: Location,
    ) -> GpContractPayload:
        return await GpContractPayload.edited(
            info,
            contract_id,
            lambda transaction: locations.change(transaction, contract_id, location_id, expected_entry, input.terms()),
        )

    @edit("Give up another place where the GP sees patients: it expires, and stays readable at earlier times.")
    async def out_of_office_location_remove(
        self,
        info: Info,
        contract_id: ContractId,
        location_id: LocationId,
        expected_entry: ExpectedEntry,
        at: Annotated[
            datetime | None, strawberry.argument(description="First moment without the place; default: now.")
        ] = None,
    ) -> GpContractPayload:
        return await GpContractPayload.edited(
            info,
            contract_id,
            lambda transaction: locations.remove(transaction, contract_id, location_id, expected_entry, at=at),
        )

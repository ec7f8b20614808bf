"""Mutations of GP contracts."""

from __future__ import annotations

from typing import Annotated

import strawberry

from registers.api.graph.context import Info
from registers.core.identifiers import FlrId, GpContractId, MunicipalityNumber, OrganisationNumber
from registers.editing.mutation_field import ExpectedEntry, Payload, edit
from registers.gp_lists.editing import contracts
from registers.gp_lists.editing.opening import open_contract
from registers.gp_lists.graph.contracts import GpContract, gp_contract_of
from registers.gp_lists.graph.inputs import GpContractOpenInput

ContractId = Annotated[GpContractId, strawberry.argument(description="The contract.")]


@strawberry.type(description="What a change of a GP contract answers.")
class GpContractPayload(Payload):
    @strawberry.field(description="The contract; null when the edit was refused, unless as STALE.")
    async def gp_contract(self, info: Info) -> GpContract | None:
        key = self.outcome.key
        return await gp_contract_of(info, GpContractId(int(key)) if key is not None else None, self.outcome.instant)


@strawberry.type
class GpListMutation:
    @edit(
        "Open a GP contract, with its first doctors or vacant. One that other records have only pointed at so far gets "
        "its own record."
    )
    async def gp_contract_open(
        self,
        info: Info,
        input: Annotated[GpContractOpenInput, strawberry.argument(description="The contract.")],
        contract_id: Annotated[
            GpContractId | None,
            strawberry.argument(
                description="Number issued by FLO, at most ten digits; default: the one after the highest."
            ),
        ] = None,
    ) -> GpContractPayload:
        return await GpContractPayload.edited(
            info, None, lambda transaction: open_contract(transaction, contract_id, input.terms(), input.doctors())
        )

    @edit("Change the ceiling of a list. It may lie below the length of the list, which is then full.")
    async def gp_contract_change_ceiling(
        self,
        info: Info,
        contract_id: ContractId,
        expected_entry: ExpectedEntry,
        max_patients: Annotated[int, strawberry.argument(description="The new ceiling, 0 or more.")],
    ) -> GpContractPayload:
        return await GpContractPayload.edited(
            info,
            contract_id,
            lambda transaction: contracts.change_ceiling(
                transaction, contract_id, expected_entry, max_patients=max_patients
            ),
        )

    @edit("Open, close or lock a list.")
    async def gp_contract_change_status(
        self,
        info: Info,
        contract_id: ContractId,
        expected_entry: ExpectedEntry,
        status: Annotated[
            str, strawberry.argument(description="Open (FAAA), closed (LUKKET) or locked (LAAST): a value of 7751.")
        ],
    ) -> GpContractPayload:
        return await GpContractPayload.edited(
            info,
            contract_id,
            lambda transaction: contracts.change_status(transaction, contract_id, expected_entry, status=status),
        )

    @edit("Change the number of persons waiting for a place on a list.")
    async def gp_contract_change_waiting_list(
        self,
        info: Info,
        contract_id: ContractId,
        expected_entry: ExpectedEntry,
        patients_on_waiting_list: Annotated[int, strawberry.argument(description="How many are waiting, 0 or more.")],
    ) -> GpContractPayload:
        return await GpContractPayload.edited(
            info,
            contract_id,
            lambda transaction: contracts.change_waiting_list(
                transaction, contract_id, expected_entry, patients_on_waiting_list=patients_on_waiting_list
            ),
        )

    @edit("Give a contract to another municipality, which is none of those that co-operate on it.")
    async def gp_contract_change_municipality(
        self,
        info: Info,
        contract_id: ContractId,
        expected_entry: ExpectedEntry,
        municipality: Annotated[
            MunicipalityNumber, strawberry.argument(description="The municipality whose contract it becomes.")
        ],
    ) -> GpContractPayload:
        return await GpContractPayload.edited(
            info,
            contract_id,
            lambda transaction: contracts.change_municipality(
                transaction, contract_id, expected_entry, municipality=municipality
            ),
        )

    @edit("Change which municipalities co-operate on a list: these and no others.")
    async def gp_contract_change_coop_municipalities(
        self,
        info: Info,
        contract_id: ContractId,
        expected_entry: ExpectedEntry,
        municipalities: Annotated[
            list[MunicipalityNumber],
            strawberry.argument(description="Each once, never the contract's own; none clears them."),
        ],
    ) -> GpContractPayload:
        return await GpContractPayload.edited(
            info,
            contract_id,
            lambda transaction: contracts.change_coop_municipalities(
                transaction, contract_id, expected_entry, municipalities=municipalities
            ),
        )

    @edit("Move one contract to another GP office.")
    async def gp_contract_change_office(
        self,
        info: Info,
        contract_id: ContractId,
        expected_entry: ExpectedEntry,
        office_number: Annotated[
            OrganisationNumber, strawberry.argument(description="Organisation number of the new office.")
        ],
    ) -> GpContractPayload:
        return await GpContractPayload.edited(
            info,
            contract_id,
            lambda transaction: contracts.change_office(
                transaction, contract_id, expected_entry, office_number=office_number
            ),
        )

    @edit("Attach a list to a primary health care team, or detach it.")
    async def gp_contract_change_team(
        self,
        info: Info,
        contract_id: ContractId,
        expected_entry: ExpectedEntry,
        team_id: Annotated[FlrId | None, strawberry.argument(description="The team; null = none.")] = None,
    ) -> GpContractPayload:
        return await GpContractPayload.edited(
            info,
            contract_id,
            lambda transaction: contracts.change_team(transaction, contract_id, expected_entry, team_id=team_id),
        )

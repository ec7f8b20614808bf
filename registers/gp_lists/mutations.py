"""Mutations of GP contracts."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import strawberry

from registers.api.context import Info
from registers.api.period import PeriodInput
from registers.changelog.mutations import ExpectedEntry, Payload, edit, edited
from registers.core.identifiers import FlrId, GpContractId, MunicipalityNumber, OrganisationNumber
from registers.gp_lists import service
from registers.gp_lists.doctors import gp_contract_of
from registers.gp_lists.types import GpContract

ContractId = Annotated[GpContractId, strawberry.argument(description="The contract.")]


@strawberry.input(description="A GP contract to open.")
class GpContractOpenInput:
    status: str = strawberry.field(description="Open (FAAA), closed (LUKKET) or locked (LAAST): a value of 7751.")
    municipality: MunicipalityNumber = strawberry.field(description="The municipality whose contract it is.")
    office_number: OrganisationNumber = strawberry.field(description="Organisation number of the GP office.")
    max_patients: int = strawberry.field(description="Ceiling of the list, 0 or more.")
    period: PeriodInput = strawberry.field(description="Validity of the contract.")
    name: str | None = strawberry.field(default=None, description="Name of a common list.")
    agreed_on: date | None = strawberry.field(default=None, description="Day of the agreement.")
    coop_municipalities: list[MunicipalityNumber] = strawberry.field(
        default_factory=list, description="Municipalities that co-operate on the list, each once, never its own."
    )
    patients_on_waiting_list: int = strawberry.field(default=0, description="Persons waiting for a place, 0 or more.")
    common_list: bool = strawberry.field(default=False, description="Whether several GPs share the responsibility.")
    fixed_salary: bool = strawberry.field(default=False, description="Whether the GP is employed by the municipality.")
    requires_membership: str | None = strawberry.field(
        default=None, description="Who may be on the list: a value of 7755; default: it is open to all."
    )
    team_id: FlrId | None = strawberry.field(default=None, description="The team attached to the list.")

    def terms(self) -> service.ContractTerms:
        return service.ContractTerms(
            name=self.name,
            status=self.status,
            agreed_on=self.agreed_on,
            municipality=self.municipality,
            coop_municipalities=self.coop_municipalities,
            office_number=self.office_number,
            max_patients=self.max_patients,
            patients_on_waiting_list=self.patients_on_waiting_list,
            common_list=self.common_list,
            fixed_salary=self.fixed_salary,
            requires_membership=self.requires_membership,
            team_id=self.team_id,
            start=self.period.from_,
            end=self.period.to,
        )


@strawberry.type(description="What a change of a GP contract answers.")
class GpContractPayload(Payload):
    @strawberry.field(description="The contract; null when the edit was refused, unless as STALE.")
    async def gp_contract(self, info: Info) -> GpContract | None:
        key = self.outcome.key
        return await gp_contract_of(info, int(key) if key is not None else None, self.outcome.instant)


@strawberry.type
class GpListMutation:
    @edit("Open a GP contract. One that other records have only pointed at so far gets its own record.")
    async def gp_contract_open(
        self,
        info: Info,
        input: Annotated[GpContractOpenInput, strawberry.argument(description="The contract.")],
        contract_id: Annotated[
            GpContractId | None,
            strawberry.argument(description="Number issued by FLO, at most ten digits; default: the next free one."),
        ] = None,
    ) -> GpContractPayload:
        outcome = await edited(info, lambda turn: service.open_contract(turn, contract_id, input.terms()))
        return GpContractPayload(outcome=outcome)

    @edit("Change the ceiling of a list. It may lie below the length of the list, which is then full.")
    async def gp_contract_change_ceiling(
        self,
        info: Info,
        contract_id: ContractId,
        expected_entry: ExpectedEntry,
        max_patients: Annotated[int, strawberry.argument(description="The new ceiling, 0 or more.")],
    ) -> GpContractPayload:
        outcome = await edited(
            info,
            lambda turn: service.change_ceiling(turn, contract_id, expected_entry, max_patients=max_patients),
            record=str(contract_id),
        )
        return GpContractPayload(outcome=outcome)

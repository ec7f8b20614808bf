"""Root fields of the GP lists."""

import asyncio
from datetime import datetime
from typing import Annotated

import strawberry

from registers.access.graph.purpose import PurposeArgument
from registers.api.graph.context import Info
from registers.api.graph.pagination import PAGE_DEFAULT, After, Connection, First, search_page
from registers.api.graph.slots import batch, require_batch
from registers.changelog.as_of import AsOfArgument, instant_of
from registers.core.code_systems import LIST_STATUSES, MUNICIPALITIES
from registers.core.codes import code_key
from registers.core.identifiers import (
    FlrId,
    GpContractId,
    HprNumber,
    MunicipalityNumber,
    NationalId,
    OrganisationNumber,
)
from registers.core.text import plain_text
from registers.core.validity import Instant
from registers.gp_lists import edges, search
from registers.gp_lists.graph.contracts import GpContract, gp_contract_of
from registers.gp_lists.graph.patient_gp import (
    GpConfirmation,
    PatientGp,
    associations_of,
    confirmation_of,
    gp_of_patient,
)
from registers.gp_lists.graph.patients import PatientOnContract, associations_page
from registers.gp_lists.graph.slots import GpContractSlot
from registers.gp_lists.graph.teams import PrimaryHealthCareTeam, team_of

NationalIdArgument = Annotated[
    NationalId, strawberry.argument(description="National id of the patient, the one in use or a former one.")
]


@strawberry.input(description="A patient at an instant.")
class PatientAtInput:
    national_id: NationalId = strawberry.field(description="National id, the one in use or a former one.")
    at: datetime | None = strawberry.field(default=None, description="The instant; default: that of `asOf`.")


@strawberry.input(description="What to look for. Fields left out do not count; the others must all hold.")
class GpContractFilter:
    municipality: MunicipalityNumber | None = strawberry.field(
        default=None, description="Contracts of this municipality, and those it co-operates on."
    )
    office_number: OrganisationNumber | None = strawberry.field(
        default=None, description="Contracts at this GP office."
    )
    hpr_number: HprNumber | None = strawberry.field(
        default=None, description="Lists on which this doctor is active, as GP, substitute or part-list doctor."
    )
    status: str | None = strawberry.field(default=None, description="Open, closed or locked: a value of 7751.")
    has_free_places: bool | None = strawberry.field(default=None, description="Open with free places, or not.")
    vacant: bool | None = strawberry.field(default=None, description="Without GP, or with one.")
    common_list: bool | None = strawberry.field(default=None, description="Shared by several GPs, or not.")

    def asked(self) -> search.ContractSearch:
        return search.ContractSearch(
            municipality=code_key(MUNICIPALITIES, self.municipality) if self.municipality else None,
            office_number=self.office_number,
            hpr_number=self.hpr_number,
            status=code_key(LIST_STATUSES, plain_text(self.status, "filter.status")) if self.status else None,
            has_free_places=self.has_free_places,
            vacant=self.vacant,
            common_list=self.common_list,
        )


@strawberry.type
class GpListQuery:
    @strawberry.field(description="GP contract with the id, ended or not; null when there is none.")
    async def gp_contract(
        self,
        info: Info,
        id: Annotated[GpContractId, strawberry.argument(description="The contract's id.")],
        as_of: AsOfArgument = None,
    ) -> GpContract | None:
        return await gp_contract_of(info, id, await instant_of(info, as_of))

    @strawberry.field(description="Many GP contracts: a slot for each id, in the order asked. At most 500.")
    async def gp_contracts(
        self,
        info: Info,
        ids: Annotated[list[GpContractId], strawberry.argument(description="1 to 500 contract ids.")],
        as_of: AsOfArgument = None,
    ) -> list[GpContractSlot]:
        return await batch(
            info,
            edges.GP_CONTRACT,
            ids,
            GpContractSlot.of,
            argument="ids",
            instant=lambda: instant_of(info, as_of),
        )

    @strawberry.field(description="GP contracts in force at `asOf` by filter, by id.")
    async def search_gp_contracts(
        self,
        info: Info,
        filter: Annotated[GpContractFilter, strawberry.argument(description="What to look for.")],
        first: First = PAGE_DEFAULT,
        after: After = None,
        as_of: AsOfArgument = None,
    ) -> Connection[GpContract]:
        return await search_page(
            info,
            search,
            GpContract.of,
            asked=filter.asked,
            instant=lambda: instant_of(info, as_of),
            first=first,
            after=after,
        )

    @strawberry.field(description="Primary health care team with the number; null when there is none.")
    async def primary_health_care_team(
        self,
        info: Info,
        id: Annotated[FlrId, strawberry.argument(description="The team's number.")],
        as_of: AsOfArgument = None,
    ) -> PrimaryHealthCareTeam | None:
        return await team_of(info, id, await instant_of(info, as_of))

    @strawberry.field(
        description="The GP of a patient: list, responsible doctors, the party to write to. Always an answer; "
        "`outcome` says what came of it."
    )
    async def patient_gp(
        self, info: Info, national_id: NationalIdArgument, purpose: PurposeArgument, as_of: AsOfArgument = None
    ) -> PatientGp:
        return await gp_of_patient(info, national_id, purpose, await instant_of(info, as_of))

    @strawberry.field(
        description="The GPs of many patients, each at its own instant: an answer for each, in the order asked. "
        "At most 500."
    )
    async def patient_gps(
        self,
        info: Info,
        patients: Annotated[list[PatientAtInput], strawberry.argument(description="1 to 500 patients.")],
        purpose: PurposeArgument,
        as_of: AsOfArgument = None,
    ) -> list[PatientGp]:
        require_batch("patients", patients)
        instant = await instant_of(info, as_of)
        return await asyncio.gather(
            *(
                gp_of_patient(info, each.national_id, purpose, Instant(each.at or instant.valid_at, instant.entry))
                for each in patients
            )
        )

    @strawberry.field(description="Whether a doctor is active on the list of a patient.")
    async def confirm_gp(
        self,
        info: Info,
        national_id: NationalIdArgument,
        hpr_number: Annotated[HprNumber, strawberry.argument(description="The doctor.")],
        purpose: PurposeArgument,
        include_substitutes: Annotated[
            bool, strawberry.argument(description="Whether a substitute counts; `relationship` says so.")
        ] = True,
        as_of: AsOfArgument = None,
    ) -> GpConfirmation:
        instant = await instant_of(info, as_of)
        return await confirmation_of(
            info, national_id, hpr_number, purpose, instant, include_substitutes=include_substitutes
        )

    @strawberry.field(
        description="Lists a patient has been, is and will be on, newest first. Empty for an unknown person. To a GP "
        "office, its own lists only."
    )
    async def patient_history(
        self,
        info: Info,
        national_id: NationalIdArgument,
        purpose: PurposeArgument,
        first: First = PAGE_DEFAULT,
        after: After = None,
        as_of: AsOfArgument = None,
    ) -> Connection[PatientOnContract]:
        instant = await instant_of(info, as_of)
        rows = await associations_of(info, national_id, purpose, instant)
        return associations_page(rows, instant, first=first, after=after)

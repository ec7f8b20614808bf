"""GP contracts in the graph."""

from __future__ import annotations

from datetime import date
from enum import Enum

import strawberry

from registers.access.graph.purpose import PurposeArgument
from registers.access.policy import lists_patients_of, shows_protected
from registers.api.graph import links
from registers.api.graph.context import Info
from registers.api.graph.links import LinkedOrganisation
from registers.api.graph.node import Node, node_id
from registers.api.graph.pagination import PAGE_DEFAULT, After, Connection, First
from registers.api.graph.period import Period
from registers.changelog.append import Register
from registers.changelog.graph.entries import LAST_ENTRY, Change, last_entry_of, trail_of
from registers.code_systems.graph.codes import Code, code_of, codes_of
from registers.core.errors import AccessDenied
from registers.core.identifiers import EntryNumber, GpContractId
from registers.core.validity import Instant
from registers.gp_lists import edges, models
from registers.gp_lists.graph.doctors import (
    GpHerIdResolution,
    GpOnContract,
    ResponsibleDoctors,
    gp_her_id_of,
    responsible_of,
)
from registers.gp_lists.graph.locations import OutOfOfficeLocation
from registers.gp_lists.graph.offices import GpOffice
from registers.gp_lists.graph.patients import PatientOnContract, patients_of
from registers.gp_lists.graph.teams import PrimaryHealthCareTeam, team_of
from registers.gp_lists.repository.patients import PatientCount
from registers.gp_lists.responsible import places_available


async def gp_contract_of(info: Info, id: GpContractId | None, instant: Instant) -> GpContract | None:
    """The contract with an id that another record names."""
    if id is None:
        return None
    row = await info.context.load(edges.GP_CONTRACT, instant, id)
    return GpContract.of(row, instant) if row else None


@strawberry.enum(description="Whether a contract is in force at the instant asked for.")
class GpContractState(Enum):
    IN_FORCE = strawberry.enum_value("IN_FORCE", description="In force.")
    ENDED = strawberry.enum_value("ENDED", description="Has ended.")
    PLANNED = strawberry.enum_value("PLANNED", description="Has not begun.")


def state_of(row: models.GpContract, instant: Instant) -> GpContractState:
    if row.period.holds(instant.valid_at):
        return GpContractState.IN_FORCE
    return GpContractState.PLANNED if row.valid_from > instant.valid_at else GpContractState.ENDED


@strawberry.type(
    description="A GP contract, which is a list of patients: between a municipality and a doctor, at an office. "
    "Source: Fastlegeregisteret (FLR)."
)
class GpContract(Node):
    contract_id: GpContractId = strawberry.field(description="Number of the contract, issued by FLO.")
    name: str | None = strawberry.field(description="Name of a common list; null = none.")
    valid: Period = strawberry.field(description="Validity of the contract.")
    state: GpContractState = strawberry.field(description="Whether it is in force.")
    reference_only: bool = strawberry.field(
        description="True = known only because another record points at it; its own record has not arrived."
    )
    agreed_on: date | None = strawberry.field(description="Day of the agreement; null = not given.")
    max_patients: int = strawberry.field(description="Ceiling of the list; may be exceeded.")
    patients_on_waiting_list: int = strawberry.field(
        description="Persons waiting for a place, as the source counts them."
    )
    common_list: bool = strawberry.field(description="True = several GPs share the responsibility (fellesliste).")
    fixed_salary: bool = strawberry.field(description="True = the GP is employed by the municipality.")
    row: strawberry.Private[models.GpContract]
    instant: strawberry.Private[Instant]

    @classmethod
    def of(cls, row: models.GpContract, instant: Instant) -> GpContract:
        return cls(
            id=node_id("GpContract", row.id),
            contract_id=row.id,
            name=row.name,
            valid=Period.of(row.period),
            state=state_of(row, instant),
            reference_only=row.reference_only,
            agreed_on=row.agreement_date,
            max_patients=row.max_patients,
            patients_on_waiting_list=row.patients_on_waiting_list,
            common_list=row.common_list,
            fixed_salary=row.fixed_salary,
            row=row,
            instant=instant,
        )

    @strawberry.field(description="Open, closed or locked (7751); null while only referred to.")
    async def status(self, info: Info) -> Code | None:
        return await code_of(info, self.row.status, self.instant)

    @strawberry.field(description="The municipality whose contract it is (3402); null = not given.")
    async def municipality(self, info: Info) -> Code | None:
        return await code_of(info, self.row.municipality, self.instant)

    @strawberry.field(description="Municipalities that co-operate on the list (3402), by number.")
    async def coop_municipalities(self, info: Info) -> list[Code]:
        keys = await info.context.load(edges.COOP_MUNICIPALITIES, self.instant, self.contract_id) or []
        return await codes_of(info, keys, self.instant)

    @strawberry.field(description="The GP office; null = not given.")
    async def office(self, info: Info) -> LinkedOrganisation | None:
        return await info.context.objects.load(info, links.ORGANISATION, self.row.office_number, self.instant)

    @strawberry.field(description="The GP office as FLR knows it; null = not given.")
    async def gp_office(self) -> GpOffice | None:
        number = self.row.office_number
        return None if number is None else GpOffice(number=number, instant=self.instant)

    @strawberry.field(description="True = FLR calls the office a group office; null = FLR says nothing of it.")
    async def group_office(self, info: Info) -> bool | None:
        row = await self._office_row(info)
        return row.group_office if row else None

    @strawberry.field(description="District of the office within its city (3403); null = not given.")
    async def district(self, info: Info) -> Code | None:
        row = await self._office_row(info)
        return await code_of(info, row.district if row else None, self.instant)

    async def _office_row(self, info: Info) -> models.GpOffice | None:
        if self.row.office_number is None:
            return None
        return await info.context.load(edges.GP_OFFICE, self.instant, self.row.office_number)

    @strawberry.field(description="Who may be on the list (7755); null = it is open to all.")
    async def requires_membership(self, info: Info) -> Code | None:
        return await code_of(info, self.row.requires_membership, self.instant)

    @strawberry.field(description="Why it ended (7753); null = not given.")
    async def end_reason(self, info: Info) -> Code | None:
        return await code_of(info, self.row.end_reason, self.instant)

    @strawberry.field(description="Doctors' periods on the list, past and coming ones too, latest start first.")
    async def doctor_cycles(self, info: Info) -> list[GpOnContract]:
        rows = await info.context.load(edges.DOCTOR_CYCLES_OF_CONTRACT, self.instant, self.contract_id) or []
        return [GpOnContract.of(row, self.instant) for row in rows]

    @strawberry.field(description="The doctors active on the list.")
    async def responsible(self, info: Info) -> ResponsibleDoctors:
        return ResponsibleDoctors.of(await responsible_of(info, self.row, self.instant), self.instant)

    @strawberry.field(description="The party of the address register to write to about its patients.")
    async def gp_her_id(self, info: Info) -> GpHerIdResolution:
        return await gp_her_id_of(info, self.row, self.instant)

    @strawberry.field(description="Other places where the GP sees patients, in use at the instant asked for, by start.")
    async def out_of_office_locations(self, info: Info) -> list[OutOfOfficeLocation]:
        rows = await info.context.load(edges.LOCATIONS_OF_CONTRACT, self.instant, self.contract_id) or []
        return [OutOfOfficeLocation.of(row, self.instant) for row in rows if row.period.holds(self.instant.valid_at)]

    @strawberry.field(description="The team attached to the list; null = none.")
    async def team(self, info: Info) -> PrimaryHealthCareTeam | None:
        return await team_of(info, self.row.team_id, self.instant)

    @strawberry.field(description="Length of the list: all patients on it.")
    async def patient_count(self, info: Info) -> int:
        key = PatientCount(self.contract_id, self.instant.valid_at, with_protected=True)
        return await info.context.load(edges.PATIENT_COUNT, self.instant, key) or 0

    @strawberry.field(description="Free places: the ceiling less the length while the list is open, else 0.")
    async def places_available(self, info: Info) -> int:
        return places_available(self.row.status, self.max_patients, await self.patient_count(info))

    @strawberry.field(
        description="Patients on the list, longest on it first. A GP office and its EHR list their own office's only; "
        "null with an error otherwise. Without a purpose for them, persons with a protected address are left out."
    )
    async def patients(
        self, info: Info, purpose: PurposeArgument, first: First = PAGE_DEFAULT, after: After = None
    ) -> Connection[PatientOnContract] | None:
        today = await info.context.load(edges.GP_CONTRACT, self.instant.known_today, self.contract_id)
        if not lists_patients_of(info.context.caller, today.office_number if today else None):
            raise AccessDenied("patients: the list is of another office")
        with_protected = shows_protected(purpose)
        return await patients_of(info, self.row, self.instant, with_protected=with_protected, first=first, after=after)

    @strawberry.field(description=LAST_ENTRY)
    async def last_entry(self, info: Info) -> EntryNumber:
        key, row = str(self.contract_id), self.row
        return await last_entry_of(info, Register.GP_LISTS, key, self.instant, row.since_entry)

    @strawberry.field(description="Entries of the log about the contract, newest first.")
    async def history(self, info: Info, first: First = PAGE_DEFAULT, after: After = None) -> Connection[Change]:
        key = str(self.contract_id)
        return await trail_of(info, Register.GP_LISTS, key, self.instant, first=first, after=after)

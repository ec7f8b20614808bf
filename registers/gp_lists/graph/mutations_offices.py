"""Mutations of GP offices and of primary health care teams."""

from __future__ import annotations

from typing import Annotated

import strawberry

from registers.api.graph.context import Info
from registers.api.graph.period import PeriodInput
from registers.core.identifiers import EntryNumber, FlrId, GpContractId, HprNumber, OrganisationNumber
from registers.editing.mutation_field import ExpectedEntry, Payload, edit
from registers.gp_lists.editing import offices, teams
from registers.gp_lists.editing.offices import ContractRef
from registers.gp_lists.editing.teams import MemberTerms, TeamTerms
from registers.gp_lists.graph.offices import GpOffice
from registers.gp_lists.graph.teams import PrimaryHealthCareTeam, team_of
from registers.gp_lists.log_keys import office_key, office_of, team_key, team_number_of

TeamId = Annotated[FlrId, strawberry.argument(description="The team.")]


@strawberry.input(description="A contract that moves with its office.")
class GpContractAtOfficeInput:
    contract_id: GpContractId = strawberry.field(description="The contract.")
    expected_entry: EntryNumber = strawberry.field(description="Its `lastEntry`, as it was seen.")


@strawberry.input(description="A member of a team.")
class TeamMemberInput:
    hpr_number: HprNumber = strawberry.field(description="HPR number.")
    period: PeriodInput = strawberry.field(description="Period in the team.")
    role: str | None = strawberry.field(default=None, description="Role in the team, a value of 9060.")
    substitute: bool = strawberry.field(default=False, description="Whether the member stands in for somebody.")
    working_percentage: int | None = strawberry.field(
        default=None, description="1 to 100 per cent of a full position; default: not given."
    )
    member_id: FlrId | None = strawberry.field(
        default=None, description="Number of a membership held, or issued by FLO; default: one of our own, below 0."
    )

    def terms(self) -> MemberTerms:
        return MemberTerms(
            member_id=self.member_id,
            hpr_number=self.hpr_number,
            role=self.role,
            substitute=self.substitute,
            working_percentage=self.working_percentage,
            start=self.period.from_,
            end=self.period.to,
        )


@strawberry.input(description="All that a team is to say.")
class PrimaryHealthCareTeamInput:
    organisation_number: OrganisationNumber | None = strawberry.field(
        default=None, description="The organisation it belongs to."
    )
    leader_hpr_number: HprNumber | None = strawberry.field(default=None, description="HPR number of its leader.")
    members: list[TeamMemberInput] = strawberry.field(
        default_factory=list, description="All its members, former and coming ones too; others are removed."
    )

    def terms(self) -> TeamTerms:
        return TeamTerms(
            organisation_number=self.organisation_number,
            leader_hpr_number=self.leader_hpr_number,
            members=[each.terms() for each in self.members],
        )


@strawberry.type(description="What a change of a GP office answers.")
class GpOfficePayload(Payload):
    @strawberry.field(description="The office, after a move the new one; null when refused, unless as STALE.")
    def gp_office(self) -> GpOffice | None:
        key = self.outcome.key
        return None if key is None else GpOffice(number=office_of(key), instant=self.outcome.instant)


@strawberry.type(description="What a change of a primary health care team answers.")
class PrimaryHealthCareTeamPayload(Payload):
    @strawberry.field(description="The team; null when it is removed, or the edit was refused unless as STALE.")
    async def primary_health_care_team(self, info: Info) -> PrimaryHealthCareTeam | None:
        key = self.outcome.key
        return await team_of(info, team_number_of(key) if key is not None else None, self.outcome.instant)


@strawberry.type
class OfficeMutation:
    @edit(
        "Move all contracts of a GP office that are in force or to come to another office, each under an entry of its "
        "own. Ended ones stay where they were."
    )
    async def gp_office_move_contracts(
        self,
        info: Info,
        old_office_number: Annotated[OrganisationNumber, strawberry.argument(description="The office they are at.")],
        new_office_number: Annotated[OrganisationNumber, strawberry.argument(description="The office they come to.")],
        contracts: Annotated[
            list[GpContractAtOfficeInput], strawberry.argument(description="All of them, as they were seen.")
        ],
    ) -> GpOfficePayload:
        seen = [ContractRef(each.contract_id, each.expected_entry) for each in contracts]
        return await GpOfficePayload.edited(
            info,
            office_key(old_office_number),
            lambda transaction: offices.move_contracts(transaction, old_office_number, new_office_number, seen),
        )

    @edit("Change the district of a GP office, and whether it is a group office.")
    async def gp_office_change_district(
        self,
        info: Info,
        office_number: Annotated[OrganisationNumber, strawberry.argument(description="The office.")],
        expected_entry: ExpectedEntry,
        group_office: Annotated[bool, strawberry.argument(description="Whether it is a group office.")],
        district: Annotated[
            str | None, strawberry.argument(description="District, a value of 3403; null = none.")
        ] = None,
    ) -> GpOfficePayload:
        return await GpOfficePayload.edited(
            info,
            office_key(office_number),
            lambda transaction: offices.change_district(
                transaction, office_number, expected_entry, district=district, group_office=group_office
            ),
        )

    @edit("Set up a primary health care team, or change one: what is left out falls away.")
    async def primary_health_care_team_set(
        self,
        info: Info,
        input: Annotated[PrimaryHealthCareTeamInput, strawberry.argument(description="The team.")],
        expected_entry: ExpectedEntry,
        team_id: Annotated[
            FlrId | None,
            strawberry.argument(
                description="The team, or FLO's number of a new one; default: one of our own, below 0."
            ),
        ] = None,
    ) -> PrimaryHealthCareTeamPayload:
        return await PrimaryHealthCareTeamPayload.edited(
            info,
            None if team_id is None else team_key(team_id),
            lambda transaction: teams.set_team(transaction, team_id, expected_entry, input.terms()),
        )

    @edit("Remove a primary health care team that no list is attached to; the log keeps its content.")
    async def primary_health_care_team_remove(
        self, info: Info, team_id: TeamId, expected_entry: ExpectedEntry
    ) -> PrimaryHealthCareTeamPayload:
        return await PrimaryHealthCareTeamPayload.edited(
            info, team_key(team_id), lambda transaction: teams.remove_team(transaction, team_id, expected_entry)
        )

"""Primary health care teams in the graph."""

from __future__ import annotations

import strawberry

from registers.api.graph import links
from registers.api.graph.context import Info
from registers.api.graph.links import LinkedOrganisation, LinkedProfessional
from registers.api.graph.period import Period
from registers.changelog.append import Register
from registers.changelog.graph.entries import LAST_ENTRY, last_entry_of
from registers.code_systems.graph.codes import Code, code_of
from registers.core.identifiers import EntryNumber, FlrId, HprNumber
from registers.core.validity import Instant
from registers.gp_lists import edges, models
from registers.gp_lists.log_keys import team_key


@strawberry.type(description="A member of a primary health care team.")
class TeamMember:
    member_id: FlrId = strawberry.field(description="Number of the membership: FLO's, or one of our own.")
    hpr_number: HprNumber = strawberry.field(description="HPR number.")
    substitute: bool = strawberry.field(description="Stands in for somebody.")
    working_percentage: int | None = strawberry.field(
        description="1 to 100 per cent of a full position; null = not given."
    )
    valid: Period = strawberry.field(description="Period in the team.")
    row: strawberry.Private[models.TeamMember]
    instant: strawberry.Private[Instant]

    @strawberry.field(description="The member; null when HPR's own record is unknown.")
    async def health_professional(self, info: Info) -> LinkedProfessional | None:
        return await info.context.objects.load(info, links.PROFESSIONAL, self.hpr_number, self.instant)

    @strawberry.field(description="Role in the team (9060); null = not given.")
    async def role(self, info: Info) -> Code | None:
        return await code_of(info, self.row.role, self.instant)


@strawberry.type(description="A team of health personnel attached to GP lists. Source: FLR.")
class PrimaryHealthCareTeam:
    team_id: FlrId = strawberry.field(description="Number of the team: FLO's, or one of our own.")
    reference_only: bool = strawberry.field(
        description="True = known only because a contract points at it; its own record has not arrived."
    )
    row: strawberry.Private[models.PrimaryHealthCareTeam]
    instant: strawberry.Private[Instant]

    @classmethod
    def of(cls, row: models.PrimaryHealthCareTeam, instant: Instant) -> PrimaryHealthCareTeam:
        return cls(team_id=FlrId(row.id), reference_only=row.reference_only, row=row, instant=instant)

    @strawberry.field(description=LAST_ENTRY)
    async def last_entry(self, info: Info) -> EntryNumber:
        return await last_entry_of(info, Register.GP_LISTS, team_key(self.row.id), self.instant, self.row.since_entry)

    @strawberry.field(description="The organisation it belongs to; null = not given.")
    async def organisation(self, info: Info) -> LinkedOrganisation | None:
        return await info.context.objects.load(info, links.ORGANISATION, self.row.organisation_number, self.instant)

    @strawberry.field(description="Who leads it; null = not given.")
    async def leader(self, info: Info) -> LinkedProfessional | None:
        return await info.context.objects.load(info, links.PROFESSIONAL, self.row.leader_hpr_number, self.instant)

    @strawberry.field(description="Members at the instant asked for, by start.")
    async def members(self, info: Info) -> list[TeamMember]:
        rows = await info.context.load(edges.TEAM_MEMBERS, self.instant, self.row.id) or []
        return [
            TeamMember(
                member_id=FlrId(row.id),
                hpr_number=row.hpr_number,
                substitute=row.substitute,
                working_percentage=row.working_percentage,
                valid=Period.of(row.period),
                row=row,
                instant=self.instant,
            )
            for row in rows
            if row.period.holds(self.instant.valid_at)
        ]


async def team_of(info: Info, team_id: int | None, instant: Instant) -> PrimaryHealthCareTeam | None:
    """The team with a number that another record names."""
    if team_id is None:
        return None
    row = await info.context.load(edges.TEAM, instant, team_id)
    return PrimaryHealthCareTeam.of(row, instant) if row else None

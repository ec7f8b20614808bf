"""GP offices in the graph: what FLR adds to an organisation."""

from __future__ import annotations

import strawberry

from registers.api.graph import links
from registers.api.graph.context import Info
from registers.api.graph.links import LinkedGpContract, LinkedOrganisation
from registers.changelog.append import Register
from registers.changelog.graph.entries import last_entry_of
from registers.code_systems.graph.codes import Code, code_of
from registers.core.identifiers import EntryNumber, OrganisationNumber
from registers.core.validity import Instant
from registers.gp_lists import edges, models
from registers.gp_lists.log_keys import office_key


@strawberry.type(description="An organisation as a GP office. Source: FLR.")
class GpOffice:
    number: strawberry.Private[OrganisationNumber]
    instant: strawberry.Private[Instant]

    @strawberry.field(description="The organisation.")
    async def organisation(self, info: Info) -> LinkedOrganisation | None:
        return await info.context.objects.load(info, links.ORGANISATION, self.number, self.instant)

    @strawberry.field(description="True = FLR calls it a group office; null = FLR says nothing of it.")
    async def group_office(self, info: Info) -> bool | None:
        row = await self._row(info)
        return row.group_office if row else None

    @strawberry.field(description="District within its city (3403); null = not given.")
    async def district(self, info: Info) -> Code | None:
        row = await self._row(info)
        return await code_of(info, row.district if row else None, self.instant)

    @strawberry.field(description="Contracts at the office, ended and coming ones too, by id.")
    async def gp_contracts(self, info: Info) -> list[LinkedGpContract]:
        return await info.context.objects.load(info, links.GP_CONTRACTS_OF_OFFICE, self.number, self.instant)

    @strawberry.field(
        description="Newest entry about what FLR adds to it, its contracts not included: what `expectedEntry` of a "
        "change of the district asks for; 0 = none."
    )
    async def last_entry(self, info: Info) -> EntryNumber:
        row = await self._row(info)
        since = row.since_entry if row else EntryNumber(0)
        return await last_entry_of(info, Register.GP_LISTS, office_key(self.number), self.instant, since)

    async def _row(self, info: Info) -> models.GpOffice | None:
        return await info.context.load(edges.GP_OFFICE, self.instant, self.number)

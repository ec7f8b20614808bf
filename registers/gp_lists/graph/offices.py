"""GP offices in the graph: what FLR adds to an organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import strawberry

from registers.api.graph.context import Info
from registers.changelog.append import Register
from registers.changelog.graph.entries import last_entry_of
from registers.code_systems.graph.codes import Code, code_of
from registers.core.identifiers import EntryNumber, OrganisationNumber
from registers.core.validity import Instant
from registers.gp_lists import models
from registers.gp_lists.log_keys import office_key

if TYPE_CHECKING:
    from registers.gp_lists.graph.contracts import GpContract
    from registers.organisations.graph.organisations import Organisation

Contract = Annotated["GpContract", strawberry.lazy("registers.gp_lists.graph.contracts")]
Office = Annotated["Organisation", strawberry.lazy("registers.organisations.graph.organisations")]


@strawberry.type(description="An organisation as a GP office. Source: FLR.")
class GpOffice:
    number: strawberry.Private[OrganisationNumber]
    instant: strawberry.Private[Instant]

    @strawberry.field(description="The organisation.")
    async def organisation(self, info: Info) -> Office | None:
        return await info.context.loaders.organisation_object(info, self.number, self.instant)

    @strawberry.field(description="True = FLR calls it a group office; null = FLR says nothing of it.")
    async def group_office(self, info: Info) -> bool | None:
        row = await self._row(info)
        return row.group_office if row else None

    @strawberry.field(description="District within its city (3403); null = not given.")
    async def district(self, info: Info) -> Code | None:
        row = await self._row(info)
        return await code_of(info, row.district if row else None, self.instant)

    @strawberry.field(description="Contracts at the office, ended and coming ones too, by id.")
    async def gp_contracts(self, info: Info) -> list[Contract]:
        loaders = info.context.loaders
        rows = await loaders.gp_contracts_of_office.load((self.instant, self.number)) or []
        return [loaders.gp_contract_of_row(row, self.instant) for row in rows]

    @strawberry.field(
        description="Newest entry about what FLR adds to it, its contracts not included: what `expectedEntry` of a "
        "change of the district asks for; 0 = none."
    )
    async def last_entry(self, info: Info) -> EntryNumber:
        row = await self._row(info)
        since = row.since_entry if row else EntryNumber(0)
        return await last_entry_of(info, Register.GP_LISTS, office_key(self.number), self.instant, since)

    async def _row(self, info: Info) -> models.GpOffice | None:
        return await info.context.loaders.gp_office.load((self.instant, self.number))

"""RESH units in the graph."""

from __future__ import annotations

import asyncio

import strawberry

from registers.api.graph.context import Info
from registers.api.graph.node import Node, node_id
from registers.api.graph.pagination import PAGE_DEFAULT, After, Connection, First
from registers.api.graph.period import Period
from registers.api.graph.succession import Succession
from registers.changelog.append import Register
from registers.changelog.graph.entries import LAST_ENTRY, Change, last_entry_of, trail_of
from registers.code_systems.graph.codes import Code, code_of
from registers.core.identifiers import EntryNumber, ReshId
from registers.core.succession import Step, surviving
from registers.core.validity import Instant
from registers.organisations import edges, models
from registers.organisations.graph.organisations import Organisation, organisation_of
from registers.organisations.graph.succession import PATH, PATH_HERE, chain_from, chain_to
from registers.organisations.log_keys import log_key
from registers.organisations.status import OrganisationStatus, status_of


async def resh_unit_of(info: Info, resh_id: ReshId | None, instant: Instant) -> ReshUnit | None:
    """The RESH unit with an id that another record names."""
    if resh_id is None:
        return None
    row = await info.context.load(edges.RESH_UNIT, instant, resh_id)
    return ReshUnit.of(row, instant) if row else None


@strawberry.type(description="A unit in the organisation chart of the specialist health service. Source: RESH.")
class ReshUnit(Node):
    resh_id: ReshId = strawberry.field(description="RESH-id; follows the unit wherever it moves.")
    name: str = strawberry.field(description="Name; the id itself while `referenceOnly`.")
    short_name: str | None = strawberry.field(description="Short name; null = none.")
    status: OrganisationStatus = strawberry.field(description="Whether it exists.")
    valid: Period = strawberry.field(description="Open from and to.")
    treatment_facility: bool = strawberry.field(description="A treatment place that is reported to NPR.")
    reference_only: bool = strawberry.field(
        description="True = known only because another record points at it; its own record has not arrived."
    )
    row: strawberry.Private[models.ReshUnit]
    instant: strawberry.Private[Instant]

    @classmethod
    def of(cls, row: models.ReshUnit, instant: Instant) -> ReshUnit:
        return cls(
            id=node_id("ReshUnit", row.resh_id),
            resh_id=row.resh_id,
            name=row.name,
            short_name=row.short_name,
            status=status_of(row, instant),
            valid=Period.of(row.period),
            treatment_facility=row.treatment_facility,
            reference_only=row.reference_only,
            row=row,
            instant=instant,
        )

    @strawberry.field(description="The unit above; null at the top.")
    async def parent(self, info: Info) -> ReshUnit | None:
        return await resh_unit_of(info, self.row.parent_resh_id, self.instant)

    @strawberry.field(description="Units directly below, by RESH-id.")
    async def children(self, info: Info) -> list[ReshUnit]:
        rows = await info.context.load(edges.RESH_UNITS_BELOW, self.instant, self.resh_id) or []
        return [ReshUnit.of(row, self.instant) for row in rows]

    @strawberry.field(description="What the unit is called in the organisation (8624); null = not given.")
    async def designation(self, info: Info) -> Code | None:
        return await code_of(info, self.row.designation, self.instant)

    @strawberry.field(description="Level in the organisation (8628); null = not given.")
    async def level(self, info: Info) -> Code | None:
        return await code_of(info, self.row.level, self.instant)

    @strawberry.field(description="The organisation it belongs to by number; null = given only further up.")
    async def organisation(self, info: Info) -> Organisation | None:
        return await organisation_of(info, self.row.organisation_number, self.instant)

    @strawberry.field(description="Units that have taken its place directly; empty = none has.")
    async def succeeded_by(self, info: Info) -> list[ReshUnit]:
        steps = await self._chain_from(info)
        return await self._load_all(info, [step.after for step in steps if step.before == self.resh_id])

    @strawberry.field(description="Units at the end of `path`; itself while none has taken its place.")
    async def surviving(self, info: Info) -> list[ReshUnit]:
        return await self._load_all(info, surviving(self.resh_id, await self._chain_from(info)))

    @strawberry.field(description=PATH)
    async def path(self, info: Info) -> list[Succession]:
        return [Succession.of(step) for step in await self._chain_from(info)]

    @strawberry.field(description="Units whose place it has taken directly.")
    async def predecessors(self, info: Info) -> list[ReshUnit]:
        steps = await self._chain_to(info)
        return await self._load_all(info, [step.before for step in steps if step.after == self.resh_id])

    @strawberry.field(description=PATH_HERE)
    async def path_here(self, info: Info) -> list[Succession]:
        return [Succession.of(step) for step in await self._chain_to(info)]

    @strawberry.field(description=LAST_ENTRY)
    async def last_entry(self, info: Info) -> EntryNumber:
        key = log_key(self.resh_id)
        return await last_entry_of(info, Register.ORGANISATIONS, key, self.instant, self.row.since_entry)

    @strawberry.field(description="Entries of the log about it, newest first.")
    async def history(self, info: Info, first: First = PAGE_DEFAULT, after: After = None) -> Connection[Change]:
        key = log_key(self.resh_id)
        return await trail_of(info, Register.ORGANISATIONS, key, self.instant, first=first, after=after)

    async def _chain_from(self, info: Info) -> list[Step[ReshId]]:
        return await chain_from(info, edges.RESH_SUCCESSIONS_FROM, self.resh_id, self.instant)

    async def _chain_to(self, info: Info) -> list[Step[ReshId]]:
        return await chain_to(info, edges.RESH_SUCCESSIONS_TO, self.resh_id, self.instant)

    async def _load_all(self, info: Info, ids: list[ReshId]) -> list[ReshUnit]:
        found = await asyncio.gather(*(resh_unit_of(info, resh_id, self.instant) for resh_id in ids))
        return [unit for unit in found if unit is not None]

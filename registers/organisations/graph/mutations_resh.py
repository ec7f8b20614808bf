"""Mutations of RESH units."""

from datetime import datetime
from typing import Annotated

import strawberry

from registers.api.graph.context import Info
from registers.core.identifiers import ReshId
from registers.editing.mutation_field import ExpectedEntry, Payload, edit
from registers.organisations.editing import resh_units, successions
from registers.organisations.graph import inputs
from registers.organisations.graph.resh_units import ReshUnit, resh_unit_of
from registers.organisations.log_keys import log_key, resh_id_of

Id = Annotated[ReshId, strawberry.argument(description="The unit.")]


@strawberry.type(description="What a change of a RESH unit answers.")
class ReshUnitPayload(Payload):
    @strawberry.field(description="The unit; null when the edit was refused, unless as STALE.")
    async def resh_unit(self, info: Info) -> ReshUnit | None:
        key = self.outcome.key
        return await resh_unit_of(info, None if key is None else resh_id_of(key), self.outcome.instant)


@strawberry.type
class ReshUnitMutation:
    @edit("Create a RESH unit. One that other records have only pointed at so far gets its own record.")
    async def resh_unit_create(
        self,
        info: Info,
        input: Annotated[inputs.ReshUnitCreateInput, strawberry.argument(description="The unit.")],
        resh_id: Annotated[
            ReshId | None,
            strawberry.argument(description="A free RESH-id; default: one above the highest ever issued."),
        ] = None,
    ) -> ReshUnitPayload:
        return await ReshUnitPayload.edited(
            info, None, lambda transaction: resh_units.create(transaction, resh_id, input.to_terms())
        )

    @edit("Put a RESH unit below another one, with everything below it. Its RESH-id stays.")
    async def resh_unit_move(
        self,
        info: Info,
        resh_id: Id,
        expected_entry: ExpectedEntry,
        parent_resh_id: Annotated[ReshId | None, strawberry.argument(description="The unit above; null = at the top.")],
    ) -> ReshUnitPayload:
        return await ReshUnitPayload.edited(
            info,
            log_key(resh_id),
            lambda transaction: resh_units.move(transaction, resh_id, expected_entry, parent_resh_id),
        )

    @edit("Change the names of a RESH unit.")
    async def resh_unit_rename(
        self,
        info: Info,
        resh_id: Id,
        expected_entry: ExpectedEntry,
        input: Annotated[inputs.ReshUnitRenameInput, strawberry.argument(description="Its names.")],
    ) -> ReshUnitPayload:
        return await ReshUnitPayload.edited(
            info,
            log_key(resh_id),
            lambda transaction: resh_units.rename(
                transaction, resh_id, expected_entry, name=input.name, short_name=input.short_name
            ),
        )

    @edit("Change what a RESH unit is, all at once.")
    async def resh_unit_change_details(
        self,
        info: Info,
        resh_id: Id,
        expected_entry: ExpectedEntry,
        input: Annotated[inputs.ReshUnitDetailsInput, strawberry.argument(description="What it is.")],
    ) -> ReshUnitPayload:
        return await ReshUnitPayload.edited(
            info,
            log_key(resh_id),
            lambda transaction: resh_units.change_details(transaction, resh_id, expected_entry, input.to_terms()),
        )

    @edit("Close a RESH unit, or change when it was. Refused while units below it are open then.")
    async def resh_unit_close(
        self,
        info: Info,
        resh_id: Id,
        expected_entry: ExpectedEntry,
        at: Annotated[datetime, strawberry.argument(description="First instant at which it is no more.")],
    ) -> ReshUnitPayload:
        return await ReshUnitPayload.edited(
            info, log_key(resh_id), lambda transaction: resh_units.close(transaction, resh_id, expected_entry, at)
        )

    @edit("Take back that a RESH unit was closed.")
    async def resh_unit_reopen(self, info: Info, resh_id: Id, expected_entry: ExpectedEntry) -> ReshUnitPayload:
        return await ReshUnitPayload.edited(
            info, log_key(resh_id), lambda transaction: resh_units.reopen(transaction, resh_id, expected_entry)
        )

    @edit(
        "Say who takes the place of a RESH unit, in place of what was registered before. A unit that only moves keeps "
        "its RESH-id and has no successor."
    )
    async def resh_unit_succeed(
        self,
        info: Info,
        resh_id: Id,
        expected_entry: ExpectedEntry,
        input: Annotated[inputs.ReshUnitSucceedInput, strawberry.argument(description="Who, how and when.")],
    ) -> ReshUnitPayload:
        return await ReshUnitPayload.edited(
            info,
            log_key(resh_id),
            lambda transaction: successions.succeed_resh_unit(transaction, resh_id, expected_entry, input.to_terms()),
        )

    @edit("Take back that others took the place of a RESH unit.")
    async def resh_unit_succession_revoke(
        self, info: Info, resh_id: Id, expected_entry: ExpectedEntry
    ) -> ReshUnitPayload:
        return await ReshUnitPayload.edited(
            info,
            log_key(resh_id),
            lambda transaction: successions.revoke_resh_unit(transaction, resh_id, expected_entry),
        )

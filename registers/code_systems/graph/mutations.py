"""Mutations of the code systems."""

from datetime import date
from typing import Annotated

import strawberry

from registers.api.graph.context import Info
from registers.code_systems.editing import codes
from registers.code_systems.graph.codes import Code, code_of, system_of
from registers.core.codes import CodeKey, code_key
from registers.editing.mutation_field import ExpectedEntry, Payload, edit

System = Annotated[str, strawberry.argument(description="OID, last arc (9060) or, outside Volven, name of the system.")]
Value = Annotated[str, strawberry.argument(description="The code, exactly: '05' and '5' are two values.")]


@strawberry.input(description="A value to add to a code system.")
class CodeAddInput:
    display: str = strawberry.field(description="Norwegian text, at most 200 characters.")
    description: str | None = strawberry.field(default=None, description="Longer text, at most 1,000 characters.")
    valid_from: date | None = strawberry.field(default=None, description="First day; default: as long as the system.")
    valid_to: date | None = strawberry.field(default=None, description="First day after; default: open.")


@strawberry.type(description="What a change of a code answers.")
class CodePayload(Payload):
    @strawberry.field(description="The code; null when the edit was refused, unless as STALE.")
    async def code(self, info: Info) -> Code | None:
        key = self.outcome.key
        return await code_of(info, CodeKey(key) if key is not None else None, self.outcome.instant)


@strawberry.type
class CodeSystemMutation:
    @edit("Add a value to a code system, as read in the national list.")
    async def code_add(
        self,
        info: Info,
        system: System,
        value: Value,
        input: Annotated[CodeAddInput, strawberry.argument(description="What the value means.")],
    ) -> CodePayload:
        return await CodePayload.edited(
            info,
            None,
            lambda transaction: codes.add(
                transaction,
                system=system_of(system),
                value=value,
                display=input.display,
                description=input.description,
                valid_from=input.valid_from,
                valid_to=input.valid_to,
            ),
        )

    @edit("Retire a value: it stays readable on old records and is refused on new ones.")
    async def code_retire(
        self,
        info: Info,
        system: System,
        value: Value,
        expected_entry: ExpectedEntry,
        valid_to: Annotated[
            date | None, strawberry.argument(description="First day after the code; default: as it was.")
        ] = None,
    ) -> CodePayload:
        return await CodePayload.edited(
            info,
            code_key(system_of(system), value),
            lambda transaction: codes.retire(
                transaction, system=system_of(system), value=value, expected_entry=expected_entry, valid_to=valid_to
            ),
        )

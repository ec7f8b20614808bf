"""Root fields of the code systems."""

from typing import Annotated

import strawberry

from registers.api.graph.context import Info
from registers.changelog.as_of import AsOfArgument, instant_of
from registers.code_systems import edges
from registers.code_systems.graph.codes import CodeSystem, system_name


@strawberry.type
class CodeSystemQuery:
    @strawberry.field(
        description="Code system by full OID, by its last arc (9060) or, outside Volven, by its name (SN2007); "
        "null when unknown."
    )
    async def code_system(
        self,
        info: Info,
        oid: Annotated[str, strawberry.argument(description="OID, last arc or name.")],
        as_of: AsOfArgument = None,
    ) -> CodeSystem | None:
        name = system_name(oid)
        instant = await instant_of(info, as_of)
        row = await info.context.load(edges.CODE_SYSTEM, instant, name)
        return CodeSystem.of(row, instant) if row else None

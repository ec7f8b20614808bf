"""Codes and code systems in the graph."""

from asyncio import gather
from collections.abc import Iterable
from datetime import date
from typing import Annotated

import strawberry

from registers.api.graph.context import Info
from registers.code_systems import edges, models
from registers.core.codes import CodeKey, code_key
from registers.core.errors import BadInput
from registers.core.identifiers import EntryNumber
from registers.core.text import plain_text
from registers.core.validity import Instant

OID_ROOT = "2.16.578.1.12.4.1.1."  # Volven's


@strawberry.type(description="A value of a national code system. A new value is no change of this schema.")
class Code:
    system: str = strawberry.field(description="Last arc of the Volven OID, e.g. 9060, or a name outside Volven.")
    value: str = strawberry.field(description="The code itself, opaque: '05' and '5' are two values.")
    display: str = strawberry.field(description="Norwegian text of the register, never the sender's.")
    description: str | None = strawberry.field(description="Longer text; null when none is given.")
    active: bool = strawberry.field(description="False = retired: readable on old records, refused on new ones.")
    confirmed: bool = strawberry.field(description="False = seen in a file or inferred, not read in the national list.")
    valid_from: date | None = strawberry.field(description="First day; null = as long as the system.")
    valid_to: date | None = strawberry.field(description="First day after; null = open.")
    last_entry: EntryNumber = strawberry.field(description="Entry that made this version of the code.")

    @classmethod
    def of(cls, row: models.Code) -> "Code":
        return cls(
            system=row.system,
            value=row.value,
            display=row.display,
            description=row.description,
            active=row.active,
            confirmed=row.confirmed,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            last_entry=row.since_entry,
        )


@strawberry.type(description="A national code system.")
class CodeSystem:
    system: str = strawberry.field(description="Last arc of the Volven OID, or a name outside Volven.")
    oid: str | None = strawberry.field(description="Full OID; null outside Volven.")
    name: str = strawberry.field(description="Norwegian name.")
    complete: bool = strawberry.field(
        description="True = every national value is held, an unknown one is refused everywhere; false = an import "
        "may bring further ones."
    )
    instant: strawberry.Private[Instant]

    @classmethod
    def of(cls, row: models.CodeSystem, instant: Instant) -> "CodeSystem":
        return cls(system=row.system, oid=row.oid, name=row.name, complete=row.complete, instant=instant)

    @strawberry.field(description="All values in order of value.")
    async def codes(
        self,
        info: Info,
        active: Annotated[
            bool | None, strawberry.argument(description="Only active or only retired ones; default: all.")
        ] = None,
    ) -> list[Code]:
        rows = await info.context.load(edges.CODES_OF_SYSTEM, self.instant, self.system) or []
        return [Code.of(row) for row in rows if active is None or row.active == active]

    @strawberry.field(description="One value; null when the system has none like it.")
    async def code(
        self, info: Info, value: Annotated[str, strawberry.argument(description="The value, exactly.")]
    ) -> Code | None:
        return await code_of(info, code_key(self.system, plain_text(value, "value")), self.instant)


@strawberry.input(description="A code.")
class CodeInput:
    system: str = strawberry.field(description="Last arc of the Volven OID, e.g. 8666, or a name.")
    value: str = strawberry.field(description="The code, exactly as in the register.")

    def key(self, path: str) -> CodeKey:
        return code_key(plain_text(self.system, f"{path}.system"), plain_text(self.value, f"{path}.value"))


async def code_of(info: Info, key: CodeKey | None, instant: Instant) -> Code | None:
    """The code a row points at."""
    if key is None:
        return None
    row = await info.context.load(edges.CODE, instant, key)
    return Code.of(row) if row else None


async def codes_of(info: Info, keys: Iterable[CodeKey], instant: Instant) -> list[Code]:
    """The codes in the order of `keys`; unknown ones are left out."""
    codes = await gather(*(code_of(info, key, instant) for key in keys))
    return [code for code in codes if code is not None]


def system_of(oid: str) -> str:
    """`9060` for `9060` and for the full OID; any other text as it is, trimmed."""
    return oid.strip().removeprefix("urn:oid:").removeprefix(OID_ROOT)


def system_name(oid: str) -> str:
    """As `system_of`. Raises BadInput for a text that names no system."""
    name = system_of(plain_text(oid, "oid"))
    if not name:
        raise BadInput("oid: names no code system")
    return name

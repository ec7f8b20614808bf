"""Root fields about the registers as a whole."""

from datetime import datetime

import strawberry

from registers.api.graph.context import Info, Link
from registers.changelog import repository
from registers.changelog.append import Register
from registers.changelog.as_of import AsOfArgument, instant_of
from registers.core.identifiers import EntryNumber

REGISTER_SIZE: Link[Register, int | None] = Link("how many records a register holds")


@strawberry.type(description="How far a register is: its newest change and its size.")
class RegisterStatus:
    register: Register = strawberry.field(description="The register.")
    entry: EntryNumber | None = strawberry.field(description="Its newest entry in the log; null = none yet.")
    recorded_at: datetime | None = strawberry.field(description="When that was recorded.")
    records: int = strawberry.field(description="Records held: of an address book, its parties.")


@strawberry.type
class ChangelogQuery:
    @strawberry.field(description="Each register with its newest change and its size at `asOf`.")
    async def register_status(self, info: Info, as_of: AsOfArgument = None) -> list[RegisterStatus]:
        instant = await instant_of(info, as_of)
        async with info.context.database.reading() as session:
            heads = await repository.heads(session, [register.value for register in Register], instant=instant)
        statuses = []
        for register in Register:
            size = await info.context.objects.load(info, REGISTER_SIZE, register, instant)
            if size is None:
                continue
            head = heads.get(register.value)
            statuses.append(
                RegisterStatus(
                    register=register,
                    entry=head.number if head else None,
                    recorded_at=head.recorded_at if head else None,
                    records=size,
                )
            )
        return statuses

"""Root fields about the registers as a whole."""

import strawberry

from registers.api.graph.context import Info, Link
from registers.changelog import repository
from registers.changelog.append import Register as LoggedRegister
from registers.changelog.as_of import AsOfArgument, instant_of
from registers.changelog.graph.entries import RegisterStatus

REGISTER_SIZE: Link[LoggedRegister, int | None] = Link("how many records a register holds")


@strawberry.type
class ChangelogQuery:
    @strawberry.field(description="Each register with its newest change and its size at `asOf`.")
    async def register_status(self, info: Info, as_of: AsOfArgument = None) -> list[RegisterStatus]:
        instant = await instant_of(info, as_of)
        async with info.context.database.reading() as session:
            heads = await repository.heads(session, [register.value for register in LoggedRegister], instant=instant)
        statuses = []
        for register in LoggedRegister:
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

"""`asOf`: the instant, in both times, at which a root field and all below it is answered."""

from datetime import datetime
from typing import Annotated

import strawberry

from registers.api.graph.context import Freshness, Info
from registers.changelog import repository
from registers.core.errors import BadInput
from registers.core.identifiers import EntryNumber
from registers.core.validity import Instant


@strawberry.input(
    description="A moment in both times. Left out: now, with all that is known now. `knownAt` and `entry` are two "
    "ways to say the same and exclude each other."
)
class AsOf:
    valid_at: datetime | None = strawberry.field(
        default=None, description="The state of the world at this instant; default: now."
    )
    known_at: datetime | None = strawberry.field(
        default=None, description="As the registers knew it at this instant; default: all that is known."
    )
    entry: EntryNumber | None = strawberry.field(
        default=None, description="As the registers knew it after this entry of the log."
    )


AsOfArgument = Annotated[
    AsOf | None, strawberry.argument(name="asOf", description="The instant of the answer; default: now, all known.")
]


async def instant_of(info: Info, as_of: AsOf | None) -> Instant:
    """The instant `as_of` names, and the freshness of the answer noted in the context.

    Raises BadInput for an entry that does not exist yet, or two ways of naming one.
    """
    context = info.context
    as_of = as_of or AsOf()
    if as_of.known_at is not None and as_of.entry is not None:
        raise BadInput("asOf: knownAt and entry exclude each other")
    async with context.database.reading() as session:
        if context.freshness is None:
            newest = await repository.head(session)
            context.freshness = Freshness(
                entry=newest.number if newest else EntryNumber(0),
                recorded_at=newest.recorded_at if newest else None,
            )
        entry = as_of.entry
        if as_of.known_at is not None and as_of.known_at < context.now:
            entry = await repository.entry_at(session, as_of.known_at)
    if entry is not None and entry > context.freshness.entry:
        raise BadInput(f"asOf.entry: {entry} does not exist yet; the newest is {context.freshness.entry}")
    return Instant(as_of.valid_at or context.now, entry)

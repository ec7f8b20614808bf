"""The log in the graph."""

from datetime import datetime

import strawberry

from registers.api.context import Info
from registers.api.enums import described
from registers.api.pagination import Connection, connection, page_size, read_cursor
from registers.changelog import models
from registers.changelog.service import Register as LoggedRegister
from registers.core.identifiers import EntryNumber
from registers.core.validity import Instant

Register = LoggedRegister
described(
    Register,
    "A register whose changes the log holds.",
    {
        LoggedRegister.CODE_SYSTEMS: "National code systems.",
        LoggedRegister.ORGANISATIONS: "Organisations (Enhetsregisteret, BEDREG) and RESH units.",
        LoggedRegister.COMMUNICATION_PARTIES: "Communication parties and certificates (AR).",
        LoggedRegister.PERSONNEL: "Health personnel (HPR).",
        LoggedRegister.GP_LISTS: "GP lists (FLR).",
    },
)


@strawberry.type(description="One entry of the log: a change of one record.")
class Change:
    entry: EntryNumber = strawberry.field(description="Number of the entry.")
    recorded_at: datetime = strawberry.field(description="When it was recorded.")
    register: Register = strawberry.field(description="Register of the changed record.")
    key: str = strawberry.field(description="Public key of the record in its register.")
    action: str = strawberry.field(description="What happened, e.g. CommunicationPartyUpdated.")
    caller: str | None = strawberry.field(description="Who answers for it; null without permission.")
    reason: str | None = strawberry.field(description="Why, in the caller's words; null when none was given.")

    @classmethod
    def of(cls, entry: models.Entry) -> "Change":
        return cls(
            entry=entry.number,
            recorded_at=entry.recorded_at,
            register=LoggedRegister(entry.register),
            key=entry.key,
            action=entry.action,
            caller=entry.caller,
            reason=entry.reason,
        )


async def trail_of(
    info: Info, register: LoggedRegister, key: str, instant: Instant, *, first: int, after: str | None
) -> Connection[Change]:
    """The trail of one record, newest first, as known at `instant`."""
    size = page_size(first)
    place = read_cursor(after, int)
    loaders = info.context.loaders
    entries = await loaders.trail.load((instant, (register.value, key, size + 1, int(place[0]) if place else None)))

    async def count() -> int:
        return await loaders.trail_length.load((instant, (register.value, key)))

    return connection([(Change.of(entry), (entry.number,)) for entry in entries], first=size, count=count)


@strawberry.type(description="How far a register is: its newest change and its size.")
class RegisterStatus:
    register: Register = strawberry.field(description="The register.")
    entry: EntryNumber | None = strawberry.field(description="Its newest entry in the log; null = none yet.")
    recorded_at: datetime | None = strawberry.field(description="When that was recorded.")
    records: int = strawberry.field(description="Records held: of an address book, its parties.")

"""The log in the graph."""

from datetime import datetime

import strawberry

from registers.api.graph.context import Info, Link
from registers.api.graph.enums import described
from registers.api.graph.pagination import Connection, connection, page_size, read_cursor
from registers.changelog import edges, models
from registers.changelog.append import Register
from registers.changelog.field_changes import Asked, FieldChanges
from registers.changelog.repository import TrailPage
from registers.core.identifiers import EntryNumber
from registers.core.validity import Instant

CHANGES_OF_ENTRY: Link[Asked, FieldChanges] = Link("what an entry changed, as shown to a caller")

described(
    Register,
    "A register whose changes the log holds.",
    {
        Register.CODE_SYSTEMS: "National code systems.",
        Register.ORGANISATIONS: "Organisations (Enhetsregisteret, BEDREG) and RESH units.",
        Register.COMMUNICATION_PARTIES: "Communication parties and certificates (AR).",
        Register.PERSONNEL: "Health personnel (HPR).",
        Register.GP_LISTS: "GP lists (FLR).",
    },
)


@strawberry.type(description="What an entry changed in one field of a record or of one of its parts.")
class FieldChange:
    part: str = strawberry.field(description="What the field belongs to, e.g. communicationParty, electronicAddress.")
    key: str | None = strawberry.field(
        description="Which part it is: its key, or the type of an address, right …; null = it has none, or is not "
        "shown."
    )
    field: str = strawberry.field(description="Name of the field, e.g. displayName.")
    old: str | None = strawberry.field(
        description="Value before: codes as <system>/<value>, lists with commas between, bytes as their number. Null = "
        "there was none, as in all of a new part. `(not shown)` = there was one that the caller is not shown."
    )
    new: str | None = strawberry.field(
        description="Value after, written as `old` is; null = there is none, as in all of a removed part."
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

    @strawberry.field(
        description="What it changed, field by field, the record before its parts; at most 200 (see `more`). Changes "
        "of patients are shown to those who keep the register, national ids to nobody."
    )
    async def changes(self, info: Info) -> list[FieldChange]:
        return [FieldChange(**change._asdict()) for change in (await self._field_changes(info)).changes]

    @strawberry.field(description="Whether it changed more fields than `changes` tells.")
    async def more(self, info: Info) -> bool:
        return (await self._field_changes(info)).more

    async def _field_changes(self, info: Info) -> FieldChanges:
        now = Instant(info.context.now, None)  # what an entry changed is the same at every later instant
        asked = (self.entry, self.register, info.context.caller)
        return await info.context.objects.load(info, CHANGES_OF_ENTRY, asked, now)

    @classmethod
    def of(cls, entry: models.Entry) -> "Change":
        return cls(
            entry=entry.number,
            recorded_at=entry.recorded_at,
            register=Register(entry.register),
            key=entry.key,
            action=entry.action,
            caller=entry.caller,
            reason=entry.reason,
        )


LAST_ENTRY = "Newest entry of the log about the record, its parts included: what `expectedEntry` of an edit asks for."


async def last_entry_of(
    info: Info, register: Register, key: str, instant: Instant, row_since: EntryNumber
) -> EntryNumber:
    """The newest entry of a record; that of its own row where the record came in under another one's entry.

    Never an entry that was made while the answer was read: the reader has seen part of the record without it, and an
    edit that expected it would undo it unseen.
    """
    freshness = info.context.freshness
    if instant.entry is None and freshness is not None:
        instant = Instant(instant.valid_at, freshness.entry)
    return await info.context.load(edges.NEWEST_ENTRY, instant, (register.value, key)) or row_since


async def trail_of(
    info: Info, register: Register, key: str, instant: Instant, *, first: int, after: str | None
) -> Connection[Change]:
    """The trail of one record, newest first, as known at `instant`."""
    size = page_size(first)
    position = read_cursor(after, int)
    page = TrailPage(register.value, key, size + 1, int(position[0]) if position else None)
    entries = await info.context.load(edges.TRAIL, instant, page) or []  # none: it came in under another record's entry

    async def count() -> int:
        return await info.context.load(edges.TRAIL_LENGTH, instant, (register.value, key)) or 0

    return connection([(Change.of(entry), (entry.number,)) for entry in entries], first=size, count=count)

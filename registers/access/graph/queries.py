"""Root field of the access log."""

from datetime import datetime
from typing import Annotated

import strawberry

from registers.access import log
from registers.access.graph.purpose import PurposeArgument
from registers.access.graph.records import AccessRecord
from registers.api.graph import links
from registers.api.graph.context import Info
from registers.api.graph.pagination import (
    PAGE_DEFAULT,
    After,
    Connection,
    First,
    connection,
    page_size,
    read_cursor,
)
from registers.core.identifiers import NationalId
from registers.core.text import plain_text
from registers.core.validity import Instant


@strawberry.input(description="Which records to look for. Fields left out do not count; the others must all hold.")
class AccessRecordFilter:
    national_id: NationalId | None = strawberry.field(
        default=None, description="Records about the patient with this national id, the one in use or a former one."
    )
    caller: str | None = strawberry.field(default=None, description="Records of this caller.")
    since: datetime | None = strawberry.field(default=None, description="Asked then or later.")
    until: datetime | None = strawberry.field(default=None, description="Asked before.")


@strawberry.type
class AccessLogQuery:
    @strawberry.field(
        description="The access log: operations that asked about patients, newest first. Reading it is recorded too."
    )
    async def access_records(
        self,
        info: Info,
        filter: Annotated[AccessRecordFilter, strawberry.argument(description="Which records.")],
        purpose: PurposeArgument,
        first: First = PAGE_DEFAULT,
        after: After = None,
    ) -> Connection[AccessRecord]:
        size = page_size(first)
        position = read_cursor(after, int)
        asked = await _asked(info, filter)
        if asked is None:
            return connection([], first=size, count=_none)
        database = info.context.database
        async with database.reading() as session:
            rows = await log.find(session, asked, before=int(position[0]) if position else None, limit=size + 1)

        async def count() -> int:
            async with database.reading() as session:
                return await log.count(session, asked)

        return connection([(AccessRecord.of(row), (row.number,)) for row in rows], first=size, count=count)


async def _asked(info: Info, filter: AccessRecordFilter) -> log.Asked | None:
    """None where the patient is not in the register: nothing was ever read of it."""
    person_id = None
    if filter.national_id is not None:
        now = Instant(info.context.now)
        person_id = await info.context.objects.load(info, links.PERSON_ID, filter.national_id, now)
        if person_id is None:
            return None
    caller = plain_text(filter.caller, "filter.caller") if filter.caller is not None else None
    return log.Asked(person_id, caller, filter.since, filter.until)


async def _none() -> int:
    return 0

"""Reading the log."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select, text, tuple_

from registers.changelog.models import DigestKey, Entry
from registers.core.identifiers import EntryNumber
from registers.core.validity import Instant
from registers.database.direct.prepared import prepared
from registers.database.sessions import ReadSession

RecordKey = tuple[str, str]
"""Register and key of a record, as they stand in the log."""

HEAD = prepared(select(Entry).order_by(Entry.number.desc()).limit(1))  # every question asks for it


async def head(session: ReadSession) -> Entry | None:
    """The newest entry; None while the log is empty."""
    return await session.scalar(HEAD)


async def newest_number(session: ReadSession) -> EntryNumber:
    """Number of the newest entry; 0 while the log is empty."""
    newest = await head(session)
    return newest.number if newest else EntryNumber(0)


async def newest_of(session: ReadSession, register: str, key: str) -> EntryNumber:
    """Number of the newest entry of one record; 0 when it has none."""
    newest = select(func.max(Entry.number)).where(Entry.register == register, Entry.key == key)
    return EntryNumber(await session.scalar(newest) or 0)


async def newest_of_records(
    session: ReadSession, records: Collection[RecordKey], *, instant: Instant
) -> dict[RecordKey, EntryNumber]:
    """Number of the newest entry of each record (register, key). Records without one are absent."""
    rows = await session.execute(
        select(Entry.register, Entry.key, func.max(Entry.number))
        .where(tuple_(Entry.register, Entry.key).in_(list(records)), *_known(instant))
        .group_by(Entry.register, Entry.key)
    )
    return {(register, key): EntryNumber(number) for register, key, number in rows}


async def between(session: ReadSession, first: EntryNumber, last: EntryNumber) -> list[Entry]:
    """Entries `first` to `last`, both included, in their order."""
    entries = select(Entry).where(Entry.number.between(first, last)).order_by(Entry.number)
    return list(await session.scalars(entries))


async def entry_at(session: ReadSession, moment: datetime) -> EntryNumber:
    """Number of the newest entry recorded at or before `moment`; 0 when there was none."""
    newest = select(Entry.number).where(Entry.recorded_at <= moment)
    newest = newest.order_by(Entry.recorded_at.desc(), Entry.number.desc()).limit(1)
    return EntryNumber(await session.scalar(newest) or 0)


class TrailPage(NamedTuple):
    """A page of a record's trail asked for: at most `limit` entries; only those before `before` unless it is None."""

    register: str
    key: str
    limit: int
    before: int | None


async def trails(
    session: ReadSession, asked: Collection[TrailPage], *, instant: Instant
) -> dict[TrailPage, list[Entry]]:
    """Entries of each record, newest first. Records without an entry are absent."""
    position = func.row_number().over(partition_by=(Entry.register, Entry.key), order_by=Entry.number.desc())
    found: dict[TrailPage, list[Entry]] = {}
    for limit, before in {(page.limit, page.before) for page in asked}:
        records = [(page.register, page.key) for page in asked if (page.limit, page.before) == (limit, before)]
        numbered = select(Entry.number, position.label("position"))
        numbered = numbered.where(tuple_(Entry.register, Entry.key).in_(records), *_known(instant))
        if before is not None:
            numbered = numbered.where(Entry.number < before)
        chosen = numbered.subquery()
        entries = await session.scalars(
            select(Entry)
            .join(chosen, chosen.c.number == Entry.number)
            .where(chosen.c.position <= limit)
            .order_by(Entry.number.desc())
        )
        for entry in entries:
            found.setdefault(TrailPage(entry.register, entry.key, limit, before), []).append(entry)
    return found


async def trail_lengths(
    session: ReadSession, records: Collection[RecordKey], *, instant: Instant
) -> dict[RecordKey, int]:
    """Number of entries of each record (register, key)."""
    rows = await session.execute(
        select(Entry.register, Entry.key, func.count())
        .where(tuple_(Entry.register, Entry.key).in_(list(records)), *_known(instant))
        .group_by(Entry.register, Entry.key)
    )
    return {(register, key): count for register, key, count in rows}


def _known(instant: Instant) -> list[ColumnElement[bool]]:
    return [] if instant.entry is None else [Entry.number <= instant.entry]


async def digest_key(session: ReadSession) -> bytes:
    """What no other database has in its digests: a national id cannot be found again by trying them all."""
    return (await session.scalars(select(DigestKey.key))).one()


async def broken_link(session: ReadSession) -> EntryNumber | None:
    """The first entry whose number or hash does not follow from its predecessor; None when all do."""
    return await session.scalar(text("SELECT broken_link_of_log()"))


async def heads(session: ReadSession, registers: Collection[str], *, instant: Instant) -> dict[str, Entry]:
    """The newest entry of each register; registers without one are absent."""
    newest = [
        select(Entry.number)
        .where(Entry.register == register, *_known(instant))
        .order_by(Entry.number.desc())
        .limit(1)
        .scalar_subquery()
        for register in registers
    ]
    entries = await session.scalars(select(Entry).where(Entry.number.in_(newest)))
    return {entry.register: entry for entry in entries}

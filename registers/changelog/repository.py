"""Reading the log."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func, select, text, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from registers.changelog.models import Entry
from registers.core.identifiers import EntryNumber


async def head(session: AsyncSession) -> Entry | None:
    """The newest entry; None while the log is empty."""
    return await session.scalar(select(Entry).order_by(Entry.number.desc()).limit(1))


async def entry_at(session: AsyncSession, moment: datetime) -> EntryNumber:
    """Number of the newest entry recorded at or before `moment`; 0 when there was none."""
    newest = select(Entry.number).where(Entry.recorded_at <= moment)
    newest = newest.order_by(Entry.recorded_at.desc(), Entry.number.desc()).limit(1)
    return EntryNumber(await session.scalar(newest) or 0)


async def trail(
    session: AsyncSession,
    records: Collection[tuple[str, str]],
    *,
    after: EntryNumber | None,
    until: EntryNumber | None,
    limit: int,
) -> dict[tuple[str, str], Sequence[Entry]]:
    """Entries of each record (register, key), newest first, at most `limit` of each.

    `after` is a place in that order: only older entries follow. Records without an entry are absent.
    """
    place = func.row_number().over(partition_by=(Entry.register, Entry.key), order_by=Entry.number.desc())
    numbered = select(Entry.number, place.label("place")).where(
        tuple_(Entry.register, Entry.key).in_(list(records))
    )
    if after is not None:
        numbered = numbered.where(Entry.number < after)
    if until is not None:
        numbered = numbered.where(Entry.number <= until)
    chosen = numbered.subquery()
    entries = await session.scalars(
        select(Entry)
        .join(chosen, chosen.c.number == Entry.number)
        .where(chosen.c.place <= limit)
        .order_by(Entry.number.desc())
    )
    found: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        found.setdefault((entry.register, entry.key), []).append(entry)
    return dict(found)


async def broken_link(session: AsyncSession) -> EntryNumber | None:
    """The first entry whose number or hash does not follow from its predecessor; None when all do."""
    return await session.scalar(text("SELECT broken_link_of_log()"))


async def heads_of_registers(
    session: AsyncSession, until: EntryNumber | None
) -> Sequence[tuple[str, EntryNumber, datetime]]:
    """(register, newest entry, when) of each register that has one, as known at `until`."""
    newest = select(Entry.register, func.max(Entry.number).label("number"))
    if until is not None:
        newest = newest.where(Entry.number <= until)
    newest = newest.group_by(Entry.register).subquery()
    rows = await session.execute(
        select(Entry.register, Entry.number, Entry.recorded_at).join(newest, newest.c.number == Entry.number)
    )
    return [(row.register, row.number, row.recorded_at) for row in rows]

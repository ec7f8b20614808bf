"""One own value at a time: a new one ends what holds before it, and lasts until the next that is planned."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession


class Spell(Protocol):
    """A row with a period."""

    valid_from: Any
    valid_to: Any


S = TypeVar("S", bound=Spell)


def stored_at(rows: Sequence[S], moment: datetime) -> S | None:
    return next(
        (row for row in rows if row.valid_from <= moment and (row.valid_to is None or moment < row.valid_to)), None
    )


def next_after(rows: Sequence[Spell], moment: datetime) -> datetime | None:
    """When the next planned value begins."""
    return min((row.valid_from for row in rows if row.valid_from > moment), default=None)


async def end_at(session: AsyncSession, row: Spell | None, moment: datetime) -> None:
    """What holds at `moment` ends there; what begins there never was."""
    if row is None:
        return
    if row.valid_from == moment:
        await session.delete(row)
    else:
        row.valid_to = moment
    await session.flush()  # the time is free before the next value takes it

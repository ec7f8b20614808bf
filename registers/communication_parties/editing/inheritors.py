"""Which parties below an organisation are affected when its own values or its transport change.

What they have in effect changes though nothing of their own does, so each gets an entry of its own in the log. A party
with an own value for all of the time that changes gets none. Pure functions, shared by edits and imports.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from registers.communication_parties.models import TransportStatus
from registers.core.validity import Dated, Period, current_at, next_start

DatedValue = Dated[tuple[object, ...] | None]
"""A value of an organisation's slot; None = the organisation states that it has none, so nothing is inherited."""


def replaced(before: Iterable[DatedValue], start: datetime, value: tuple[object, ...] | None) -> list[DatedValue]:
    """`before` with a value from `start` until the next that is planned."""
    before = list(before)
    return [*ended(before, start), Dated(value, start, next_start(before, start))]


def ended(before: Iterable[DatedValue], moment: datetime) -> list[DatedValue]:
    """`before` without what holds at `moment`, from then until it would have ended."""
    return [replace(each, end=moment) if each.period.holds(moment) else each for each in before]


def differs(before: Sequence[DatedValue], after: Sequence[DatedValue], own: Sequence[Period]) -> bool:
    """Whether what the organisation has becomes another at some time when the party has no own value."""
    periods = [*(each.period for each in (*before, *after)), *own]
    bounds = {moment for each in periods for moment in (each.start, each.end) if moment is not None}
    return any(
        _value_at(before, moment) != _value_at(after, moment)
        for moment in bounds
        if not any(period.holds(moment) for period in own)
    )


def transport_below(transport: str) -> str:
    """What parties inherit from an organisation with this setting: it has nobody to inherit from itself."""
    return TransportStatus.DISABLED.value if transport == TransportStatus.INHERITED.value else transport


def _value_at(values: Iterable[DatedValue], moment: datetime) -> tuple[object, ...] | None:
    current = current_at(values, moment)
    return current.value if current else None

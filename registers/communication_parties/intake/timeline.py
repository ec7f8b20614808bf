"""What a source's report does to the own values of one slot.

A slot is one type of address, or one usage of certificates, of one party. Its own values follow one another in time:
each holds for a period, no two overlap, and where there is none the party inherits what its parent has.

A source reports a slot as it is now: a value, or that the party inherits; often without the day from which that holds.
Some interfaces report values that are planned too. `merged` applies such a report to the stored values:

- the value of today is reported again: it stays, with the start that is stored;
- another value is reported: that of today ends on the day of the change, where the new one begins;
- the party inherits, or the slot is not in the report: the value of today ends on the day of the change;
- planned values replace those that are stored, when the interface reports planned values; else the stored ones stay.

Values that have ended stay as history. Two further changes do not come as a report of today: `inserted` puts a value of
the past in its place, `unless_repeated` removes one that the parent has as well.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from operator import eq
from typing import Final, Generic, TypeVar

from registers.core.validity import Dated, current_at

Value = TypeVar("Value")


class Inherits(Enum):
    """Marks that a party has no value of its own."""

    INHERITS = "inherits"


INHERITS: Final = Inherits.INHERITS


@dataclass(frozen=True, slots=True)
class Reported(Generic[Value]):
    """What a source reports of a slot. `start` None = the source does not state since when."""

    value: Value | Inherits
    start: datetime | None = None


@dataclass(frozen=True, slots=True)
class IntakeContext:
    """When a record is taken in, and what may date the changes it reports."""

    now: datetime
    valid_from: datetime  # of the party
    changed_at: datetime | None  # when the record changed, as the source states it
    first_report: bool  # the interface has not reported this party before
    reports_plans: bool  # the interface reports planned values
    replaces_placeholder: bool = False  # stored from records of other parties: this is the first of its own

    @property
    def at(self) -> datetime:
        """The moment that the report is about: now, or the beginning of a party that is still to begin."""
        return max(self.now, self.valid_from)


def merged(
    stored: Sequence[Dated[Value]], reported: Sequence[Reported[Value]], context: IntakeContext
) -> list[Dated[Value]]:
    """The slot's values after the report, in order of time.

    Of several reported values the undated one comes first, and each holds until the next one begins.
    """
    stored = [] if context.replaces_placeholder else stored
    due, planned = _due_and_planned(reported, context.at)
    past = sorted((each for each in stored if each.start <= context.at), key=lambda each: each.start)
    ahead = [each for each in stored if each.start > context.at]
    limits = [each.start for each in ahead]  # of the value of today
    if context.reports_plans:
        ahead = _plans(planned, ahead)
        limits = [each.start for each in planned if each.start is not None]
    limit = min(limits, default=None)
    if not past and context.first_report:
        return [*_from_the_start(due, limit, context), *ahead]
    return [*_changed(past, due[-1] if due else Reported(INHERITS), limit, context), *ahead]


def _due_and_planned(
    reported: Sequence[Reported[Value]], at: datetime
) -> tuple[list[Reported[Value]], list[Reported[Value]]]:
    """Values that have begun by `at`, and those that begin later; each in order of time. Of several with the same start
    the last one counts."""
    by_start = {each.start: each for each in reported}
    dated = sorted((each for each in by_start.values() if each.start), key=lambda each: each.start or at)
    due = [each for each in dated if each.start and each.start <= at]
    undated = [by_start[None]] if None in by_start else []
    return undated + due, [each for each in dated if each not in due]


def _plans(planned: Sequence[Reported[Value]], stored: Sequence[Dated[Value]]) -> list[Dated[Value]]:
    """Planned values; one that begins when a stored one does takes its row."""
    ids_by_start = {each.start: each.id for each in stored}
    ends = [*(each.start for each in planned[1:]), None]
    return [
        Dated(each.value, each.start, end, ids_by_start.get(each.start))
        for each, end in zip(planned, ends, strict=False)
        if each.start is not None and not isinstance(each.value, Inherits)
    ]


def _from_the_start(
    due: Sequence[Reported[Value]], limit: datetime | None, context: IntakeContext
) -> list[Dated[Value]]:
    """What an interface reports the first time is taken to hold since the party began, unless it is dated."""
    starts = [each.start or context.valid_from for each in due]
    return [
        Dated(each.value, start, end)
        for each, start, end in zip(due, starts, [*starts[1:], limit], strict=False)
        if not isinstance(each.value, Inherits) and (end is None or start < end)
    ]


def _changed(
    past: Sequence[Dated[Value]], reported: Reported[Value], limit: datetime | None, context: IntakeContext
) -> list[Dated[Value]]:
    """`past`, of which the last may be the value of today, with the one that is reported for today."""
    if not past or not past[-1].period.holds(context.at):
        return [*past, *_beginning(reported, _start_of_new(past, reported, context), limit)]
    *history, today = past
    if today.value == reported.value:
        return [*history, replace(today, end=limit)]
    candidates = (reported.start, context.changed_at, context.now)
    change = next((each for each in candidates if each and today.start < each <= context.at), None)
    if change is None:  # no period would be left to the value of today: it was never so
        return [*history, *(replace(each, id=today.id) for each in _beginning(reported, today.start, limit))]
    return [*history, replace(today, end=change), *_beginning(reported, change, limit)]


def _beginning(reported: Reported[Value], start: datetime, limit: datetime | None) -> list[Dated[Value]]:
    """The reported value as an own one, if it is one."""
    return [] if isinstance(reported.value, Inherits) else [Dated(reported.value, start, limit)]


def _start_of_new(past: Sequence[Dated[Value]], reported: Reported[Value], context: IntakeContext) -> datetime:
    """When a value begins that follows no other: the first day that is known for it and free."""
    free_since = max((each.end for each in past if each.end), default=context.valid_from)
    candidates = (
        reported.start,
        context.valid_from if context.first_report else None,
        context.changed_at,
        context.now,
    )
    return next((each for each in candidates if each and free_since <= each <= context.at), max(free_since, context.at))


def inserted(
    stored: Sequence[Dated[Value]],
    value: Value,
    *,
    start: datetime,
    until: datetime,
    is_current: bool | None,
) -> list[Dated[Value]] | None:
    """The slot with one more value, which begins at `start`; None when another begins just then, or has to stay.

    It ends where the next one begins. The newest stays open, unless it is known not to be current: then it ends at
    `until`. `is_current` None = not known.
    """
    values = sorted(stored, key=lambda each: each.start)
    if any(each.value == value for each in values):
        return values
    before = [each for each in values if each.start < start]
    after = [each for each in values if each.start >= start]
    if after and after[0].start == start:
        return None
    if before and before[-1].end is None and is_current is False:
        return None
    end = after[0].start if after else None
    if is_current is False:
        end = min(until, end) if end else until
    if before and (before[-1].end is None or before[-1].end > start):
        before[-1] = replace(before[-1], end=start)
    return [*before, Dated(value, start, end), *after]


def unless_repeated(
    own: Sequence[Dated[Value]],
    above: Sequence[Dated[Value]],
    at: datetime,
    *,
    wholly: bool,
    same: Callable[[Value, Value], bool] = eq,
) -> list[Dated[Value]]:
    """The own values without that of `at` when the parent has the same one: it ends where the parent's begins.

    `wholly` = it never was the party's own; the parent's was only unknown.
    """
    mine, theirs = current_at(own, at), current_at(above, at)
    if mine is None or theirs is None or not same(mine.value, theirs.value):
        return list(own)
    if wholly or theirs.start <= mine.start:
        return [each for each in own if each is not mine]
    return [replace(each, end=theirs.start) if each is mine else each for each in own]

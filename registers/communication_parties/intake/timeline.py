"""What is said today, laid into what has been held: periods of a value, none overlapping another.

One lane is one type of address, or one usage of certificates, of one party.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from operator import eq
from typing import Final, Generic, TypeVar

Value = TypeVar("Value")


class Inherits(Enum):
    """Marks that a party has no value of its own."""

    INHERITS = "inherits"


INHERITS: Final = Inherits.INHERITS


@dataclass(frozen=True, slots=True)
class Spell(Generic[Value]):
    """A value and when it holds: [start, end). `id` None = not stored yet."""

    value: Value
    start: datetime
    end: datetime | None = None
    id: int | None = None

    def holds(self, moment: datetime) -> bool:
        return self.start <= moment and (self.end is None or moment < self.end)


@dataclass(frozen=True, slots=True)
class Reported(Generic[Value]):
    """What a source says of a lane. `start` None = it does not tell since when."""

    value: Value | Inherits
    start: datetime | None = None


@dataclass(frozen=True, slots=True)
class IntakeContext:
    """When something is taken in, and what may date its changes."""

    now: datetime
    valid_from: datetime  # of the party
    changed_at: datetime | None  # by the source's word
    first_word: bool  # the interface has not spoken of this party before
    reports_plans: bool  # the interface tells planned values; if not, those held stay
    anew: bool = False  # what is held is what others told of it: the party itself had not spoken

    @property
    def at(self) -> datetime:
        """The instant at which what is said must hold: a party to come is seen as it begins."""
        return max(self.now, self.valid_from)


def current(spells: Iterable[Spell[Value]], moment: datetime) -> Spell[Value] | None:
    return next((spell for spell in spells if spell.holds(moment)), None)


def follow(
    stored: Sequence[Spell[Value]], reported: Sequence[Reported[Value]], moment: IntakeContext
) -> list[Spell[Value]]:
    """The lane after `reported`, in order of time. What was held before a change stays as history.

    Of what is said, values without a start come before those with one; a value ends where the next
    begins. Nothing said = nothing of its own from now on.
    """
    stored = [] if moment.anew else stored
    due, planned = _due_and_planned(reported, moment)
    past = sorted((each for each in stored if each.start <= moment.at), key=lambda each: each.start)
    ahead = [each for each in stored if each.start > moment.at]
    if moment.reports_plans:
        ahead = _plans(planned, ahead)
    limits = [each.start for each in ahead]
    limits += [each.start for each in planned if each.start is not None] if moment.reports_plans else []
    limit = min(limits, default=None)
    if not past and moment.first_word:
        return [*_from_the_start(due, limit, moment), *ahead]
    return [*_changed(past, due[-1] if due else Reported(INHERITS), limit, moment), *ahead]


def _due_and_planned(
    reported: Sequence[Reported[Value]], moment: IntakeContext
) -> tuple[list[Reported[Value]], list[Reported[Value]]]:
    """What holds or held by now, what is to come; each in order, the last said of one start counting."""
    by_start = {each.start: each for each in reported}
    dated = sorted((each for each in by_start.values() if each.start), key=lambda each: each.start or moment.at)
    due = [each for each in dated if each.start and each.start <= moment.at]
    undated = [by_start[None]] if None in by_start else []
    return undated + due, [each for each in dated if each not in due]


def _plans(planned: Sequence[Reported[Value]], stored: Sequence[Spell[Value]]) -> list[Spell[Value]]:
    """Planned values; one that begins when a held one does takes its place."""
    ids_by_start = {each.start: each.id for each in stored}
    followers = [each.start for each in planned[1:]]
    return [
        Spell(each.value, each.start, end, ids_by_start.get(each.start))
        for each, end in zip(planned, [*followers, None], strict=False)
        if each.start is not None and not isinstance(each.value, Inherits)
    ]


def _from_the_start(
    due: Sequence[Reported[Value]], limit: datetime | None, moment: IntakeContext
) -> list[Spell[Value]]:
    starts = [each.start or moment.valid_from for each in due]
    return [
        Spell(each.value, start, end)
        for each, start, end in zip(due, starts, [*starts[1:], limit], strict=False)
        if not isinstance(each.value, Inherits) and (end is None or start < end)
    ]


def _changed(
    past: Sequence[Spell[Value]], reported: Reported[Value], limit: datetime | None, moment: IntakeContext
) -> list[Spell[Value]]:
    former = past[-1] if past and past[-1].holds(moment.at) else None
    history = list(past[:-1]) if former else list(past)
    if former is None:
        if isinstance(reported.value, Inherits):
            return history
        return [*history, Spell(reported.value, _new_start(past, reported, moment), limit)]
    if former.value == reported.value:
        return [*history, replace(former, end=limit)]
    candidates = (reported.start, moment.changed_at, moment.now)
    change = next((each for each in candidates if each and former.start < each <= moment.at), None)
    if change is None:  # it would leave an empty period: it was never so
        return (
            history
            if isinstance(reported.value, Inherits)
            else [
                *history,
                replace(former, value=reported.value, end=limit),
            ]
        )
    ended = replace(former, end=change)
    if isinstance(reported.value, Inherits):
        return [*history, ended]
    return [*history, ended, Spell(reported.value, change, limit)]


def _new_start(past: Sequence[Spell[Value]], reported: Reported[Value], moment: IntakeContext) -> datetime:
    free = max((each.end for each in past if each.end), default=moment.valid_from)
    candidates = (reported.start, moment.valid_from if moment.first_word else None, moment.changed_at, moment.now)
    return next((each for each in candidates if each and free <= each <= moment.at), max(free, moment.at))


def inserted(
    stored: Sequence[Spell[Value]],
    value: Value,
    *,
    start: datetime,
    until: datetime,
    is_current: bool | None,
) -> list[Spell[Value]] | None:
    """The lane with one more value at its place in time; None when another holds that place.

    It ends where the next begins. The newest stays open, unless it is told not to be current: then it
    ends at `until`.
    """
    slot = sorted(stored, key=lambda each: each.start)
    if any(each.value == value for each in slot):
        return slot
    before = [each for each in slot if each.start < start]
    after = [each for each in slot if each.start >= start]
    if after and after[0].start == start:
        return None
    if before and before[-1].end is None and is_current is False:
        return None
    end = after[0].start if after else None
    if is_current is False:
        end = min(until, end) if end else until
    if before and (before[-1].end is None or before[-1].end > start):
        before[-1] = replace(before[-1], end=start)
    return [*before, Spell(value, start, end), *after]


def unless_repeated(
    own: Sequence[Spell[Value]],
    above: Sequence[Spell[Value]],
    at: datetime,
    *,
    wholly: bool,
    same: Callable[[Value, Value], bool] = eq,
) -> list[Spell[Value]]:
    """The own lane without a value that the parent has as well; it ends where the parent's begins.

    `wholly` = the value never was the party's own, the parent was only unknown.
    """
    mine, theirs = current(own, at), current(above, at)
    if mine is None or theirs is None or not same(mine.value, theirs.value):
        return list(own)
    if wholly or theirs.start <= mine.start:
        return [each for each in own if each is not mine]
    return [replace(each, end=theirs.start) if each is mine else each for each in own]

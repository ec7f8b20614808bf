"""Times and periods of the sources. They write Norwegian time, mostly without an offset."""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

from registers.core.validity import OSLO
from registers.exchange.errors import Unreadable
from registers.exchange.reading.node import Node
from registers.exchange.reading.parts import reported
from registers.intake.snapshot import NOT_REPORTED, NotReported

OPEN_FROM_YEAR = 9000  # an end in this year or later means that there is none
OPEN_AFTER_YEARS = 90  # and so does an end that lies this far behind the start

Day = date | NotReported | None

_MOMENT = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)"
    r"(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s?(Z|[+-]\d\d:?\d\d)?)?",
    re.ASCII,
)


@lru_cache(maxsize=4096)  # a file repeats the same moments again and again
def instant(text: str) -> datetime:
    """A moment in UTC. Without an offset it is Norwegian time; a date is the day's beginning.

    Digits behind the microsecond are dropped. Of an hour that occurs twice the first is meant; an hour
    that summer time skips is counted with the offset before it. Raises ValueError.
    """
    match = _MOMENT.fullmatch(text)
    if not match:
        raise ValueError("is no time")
    *numbers, fraction, offset = match.groups()
    microsecond = int((fraction or "").ljust(6, "0")[:6])
    year, month, day, hour, minute, second = (int(number or 0) for number in numbers)
    local = datetime(year, month, day, hour, minute, second, microsecond, tzinfo=_zone(offset))
    try:
        return local.astimezone(UTC)
    except OverflowError:  # the first and last hours that can be written
        return local.replace(tzinfo=UTC)


def _zone(offset: str | None) -> ZoneInfo | timezone:
    if offset is None:
        return OSLO
    if offset == "Z":
        return UTC
    ahead = timedelta(hours=int(offset[1:3]), minutes=int(offset[-2:]))
    return timezone(ahead if offset[0] == "+" else -ahead)


def optional_instant(node: Node, key: str) -> datetime | None:
    """None when it is absent; when it cannot be read, or is year 1 for "not set", with a flag."""
    if (text := node.text(key)) is None:
        return None
    try:
        moment = instant(text)
    except ValueError:
        node.flag("implausible-time", key, "is no time and was left out")
        return None
    if moment.year <= 1:
        node.flag("implausible-time", key, "is year 1 and was left out")
        return None
    return moment


def optional_date(node: Node, key: str) -> date | None:
    """A calendar date, Norwegian; None with a flag when it cannot be read."""
    moment = optional_instant(node, key)
    return moment.astimezone(OSLO).date() if moment else None


def birth_and_death(node: Node, born_key: str, died_key: str) -> tuple[Day, Day]:
    """The two dates of a person; a death before the birth is refused."""
    born_on = reported(node, born_key, optional_date)
    died_on = reported(node, died_key, optional_date)
    if isinstance(born_on, date) and isinstance(died_on, date) and died_on < born_on:
        node.refuse("died-before-birth", died_key, "lies before the date of birth")
        return born_on, NOT_REPORTED
    return born_on, died_on


def period(
    node: Node, start_key: str, end_key: str, *, year_1_is_unset: bool = False
) -> tuple[datetime, datetime | None]:
    """[start, end) in UTC, open when the end is absent or far away.

    `year_1_is_unset`: the source writes year 1 for a start that it does not know. Raises Unreadable.
    """
    start_text, end_text = node.text(start_key), node.text(end_key)
    if start_text is None:
        raise Unreadable("period-missing", "the record does not tell from when it is valid")
    try:
        start = instant(start_text)
        end = instant(end_text) if end_text else None
    except ValueError:
        raise Unreadable("period-unreadable", "the record's validity is no time") from None
    end = closed(start, end)
    if year_1_is_unset and start.year <= 1:
        raise Unreadable("period-implausible", "the record begins in year 1")
    return start, end


def closed(start: datetime, end: datetime | None) -> datetime | None:
    """The end of a period, None for one that means "for ever". Raises Unreadable when the period is empty."""
    if start.year >= OPEN_FROM_YEAR:
        raise Unreadable("period-implausible", f"the record begins in year {start.year}")
    if end is None or end.year >= OPEN_FROM_YEAR or _years_between(start, end) >= OPEN_AFTER_YEARS:
        return None
    if end <= start:
        raise Unreadable("period-empty", "the record ends no later than it begins")
    return end


def _years_between(start: datetime, end: datetime) -> int:
    # counted on the calendar of the sources: in UTC summer time would make 100 years an hour short
    first, last = _local(start), _local(end)
    reached = (last.month, last.day, last.time()) >= (first.month, first.day, first.time())
    return last.year - first.year - (not reached)


def _local(moment: datetime) -> datetime:
    try:
        return moment.astimezone(OSLO)
    except OverflowError:
        return moment

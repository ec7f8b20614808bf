"""Dates of the synthetic registers, written as the registers write them: Norwegian local time.

Summer time is computed here because not every machine has a time zone database.
"""

from datetime import UTC, date, datetime, timedelta, timezone

from registers.seed.sources.draw import share

REFERENCE_DATE = date(2026, 11, 23)  # "today" of every scale; no clock is read
WINTER = timezone(timedelta(hours=1))
SUMMER = timezone(timedelta(hours=2))
CHANGED_WITHIN_DAYS = 400  # before the reference date


def _last_sunday(year: int, month: int) -> date:
    last = date(year, month, 31)  # March and October
    return last - timedelta(days=(last.weekday() + 1) % 7)


def midnight(day: date) -> datetime:
    """The beginning of a Norwegian day. Right from 1996, when summer time got today's rule."""
    summer = _last_sunday(day.year, 3) < day <= _last_sunday(day.year, 10)
    return datetime(day.year, day.month, day.day, tzinfo=SUMMER if summer else WINTER)


def with_offset(day: date) -> str:
    """As the newer interfaces write it: `2026-01-01T00:00:00+01:00`."""
    return midnight(day).isoformat()


def local(day: date) -> str:
    """As the older interfaces write it, without offset: `2026-01-01T00:00:00`."""
    return f"{day.isoformat()}T00:00:00"


def utc(day: date) -> datetime:
    return midnight(day).astimezone(UTC)


def changed_at(what: str, index: int) -> str:
    """When a record changed last: local time without offset, one decimal."""
    day = REFERENCE_DATE - timedelta(days=1 + share(f"{what} changed", index, CHANGED_WITHIN_DAYS))
    second = share(f"{what} second", index, 86_400)
    return f"{day.isoformat()}T{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}.{index % 10}"

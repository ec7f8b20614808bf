"""Periods of an edit, checked as every register checks them."""

from datetime import datetime

from registers.core.rules import Problems
from registers.core.validity import Period
from registers.editing.rules import PERIOD_EMPTY, TIME_IMPLAUSIBLE

YEARS = range(1800, 9000)  # FLR's own bound above; below it nobody who is registered was born


def validated_time(problems: Problems, moment: datetime, *path: str) -> datetime:
    """`moment`; what is wrong with it is added to `problems`."""
    if moment.year not in YEARS:
        problems.add(TIME_IMPLAUSIBLE, *path, value=moment.isoformat())
    return moment


def validated_period(problems: Problems, start: datetime, end: datetime | None, *path: str) -> Period:
    """[start, end); what is wrong with it is added to `problems` at the input object `path`."""
    validated_time(problems, start, *path, "from")
    if end is not None:
        validated_time(problems, end, *path, "to")
        if end <= start:
            problems.add(PERIOD_EMPTY, *path, "to", value=end.isoformat())
    return Period(start, end)


def validated_end(problems: Problems, start: datetime, end: datetime, *path: str) -> datetime:
    """The end of what began at `start`; what is wrong with it is added to `problems`."""
    validated_time(problems, end, *path)
    if end <= start:
        problems.add(PERIOD_EMPTY, *path, value=end.isoformat())
    return end

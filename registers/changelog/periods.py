"""Periods of an edit, checked as every register checks them."""

from datetime import datetime

from registers.changelog.rules import PERIOD_EMPTY, TIME_IMPLAUSIBLE
from registers.core.rules import Problems
from registers.core.validity import Period

YEARS = range(1800, 9000)  # FLR's own bound above; below it nobody who is registered was born


def told_period(problems: Problems, start: datetime, end: datetime | None, *path: str) -> Period:
    """[start, end); what is wrong with it is added to `problems` at the input object `path`."""
    for name, moment in (("from", start), ("to", end)):
        if moment is not None and moment.year not in YEARS:
            problems.add(TIME_IMPLAUSIBLE, *path, name, value=moment.isoformat())
    if end is not None and end <= start:
        problems.add(PERIOD_EMPTY, *path, "to", value=end.isoformat())
    return Period(start, end)

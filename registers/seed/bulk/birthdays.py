"""Dates of birth of the persons of a bulk load, spread over the ages as in a population."""

from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from registers.seed.bulk import copy
from registers.seed.bulk.national_ids import endings, first_six
from registers.seed.bulk.size import month_of

YOUNGEST = date(2026, 10, 31)  # on a list from the first of the next month
DAYS_IN_TEN_YEARS = 3_653
OFTEN_BY_DECADE = (6, 7, 8, 8, 8, 8, 7, 6, 3, 1)  # persons per day of birth, youngest decade first
STRIDE = 1_000_003  # prime and longer than the calendar: persons with neighbouring indices are of all ages
NATIONAL_ID_LENGTH = b"\0\0\0\x0b"


class Birthday(NamedTuple):
    """A date of birth and what depends on it, as bytes to COPY."""

    field: bytes
    first_month: int  # in which somebody born then can be on a list
    numbers: bytes  # how the national ids of the day begin, with their length
    endings: tuple[tuple[bytes, ...], tuple[bytes, ...]]  # women's, men's
    d_numbers: bytes
    d_endings: tuple[tuple[bytes, ...], tuple[bytes, ...]]


class Born(NamedTuple):
    """Who a person is by birth; no two persons are the same."""

    day: Birthday
    man: int  # 0 or 1
    ordinal: int  # among those of the same day and sex

    @property
    def national_id(self) -> bytes:
        return self.day.numbers + self.day.endings[self.man][self.ordinal]

    @property
    def d_number(self) -> bytes:
        return self.day.d_numbers + self.day.d_endings[self.man][self.ordinal]


def born(index: int) -> Born:
    """The person with this index. Raises IndexError where the numbers of a day do not suffice."""
    slots = _calendar()
    rounds, position = divmod(index, len(slots))
    age_days, often, occurrence = slots[position * STRIDE % len(slots)]
    ordinal, man = divmod(rounds * often + occurrence, 2)
    return Born(_birthday(age_days), man, ordinal)


@cache
def _calendar() -> list[tuple[int, int, int]]:
    """Each day as often as persons are born on it: (days before the youngest, how often, index among these)."""
    return [
        (decade * DAYS_IN_TEN_YEARS + day, often, occurrence)
        for decade, often in enumerate(OFTEN_BY_DECADE)
        for day in range(DAYS_IN_TEN_YEARS)
        for occurrence in range(often)
    ]


@cache
def _birthday(age_days: int) -> Birthday:
    day = YOUNGEST - timedelta(days=age_days)
    return Birthday(
        field=copy.day(day),
        first_month=max(0, month_of(day) + 1),
        numbers=NATIONAL_ID_LENGTH + first_six(day).encode(),
        endings=(endings(day, man=False), endings(day, man=True)),
        d_numbers=NATIONAL_ID_LENGTH + first_six(day, d_number=True).encode(),
        d_endings=(endings(day, man=False, d_number=True), endings(day, man=True, d_number=True)),
    )

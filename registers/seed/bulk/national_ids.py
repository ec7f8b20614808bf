"""Synthetic national ids by the hundred thousand: the n-th of a sex on a date of birth.

Synthetic means the Tenor series, month + 80: nobody has such a number. Which five digits may follow the six of a
date depends only on the date's two weighted sums modulo 11 and on its century, so all dates share a few hundred
lists.
"""

from datetime import date
from enum import Enum
from functools import cache

from registers.core.identifiers import weighted_sum
from registers.core.national_id import Synthetic

D_NUMBER_DAYS = 40  # added to the day
FIRST_WEIGHTS = (3, 7, 6, 1, 8, 9, 4, 5, 2)  # of the first nine digits, for the first check digit
SECOND_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3)  # of the same, for the second
WEIGHT_OF_FIRST = 2  # of the first check digit, for the second


class Series(Enum):
    """Individual numbers by years of birth. Source: Skatteetaten."""

    FROM_1900 = (range(500),)
    FROM_1940 = (range(500), range(900, 1000))
    FROM_2000 = (range(500, 1000),)


def series_of(year: int) -> Series:
    """Raises ValueError outside 1900 to 2039."""
    if not 1900 <= year < 2040:
        raise ValueError(f"no series of individual numbers for {year} here")
    return Series.FROM_2000 if year >= 2000 else Series.FROM_1940 if year >= 1940 else Series.FROM_1900


def first_six(born_on: date, *, d_number: bool = False) -> str:
    """The digits of the date, in the synthetic series."""
    number_day = born_on.day + (D_NUMBER_DAYS if d_number else 0)
    return f"{number_day:02}{born_on.month + Synthetic.TENOR.value}{born_on.year % 100:02}"


def endings(born_on: date, *, man: bool, d_number: bool = False) -> tuple[bytes, ...]:
    """The last five digits, in ASCII, of all numbers of a date and a sex: 200 or more.

    Individual numbers are odd for men, as in all numbers issued before 2032.
    """
    digits = first_six(born_on, d_number=d_number)
    first = weighted_sum(FIRST_WEIGHTS[:6], digits) % 11
    second = weighted_sum(SECOND_WEIGHTS[:6], digits) % 11
    return _endings(first, second, series_of(born_on.year), man)


@cache
def _endings(first_sum: int, second_sum: int, series: Series, man: bool) -> tuple[bytes, ...]:
    found: list[bytes] = []
    for numbers in series.value:
        for number in numbers[int(man) :: 2]:
            digits = f"{number:03}"
            first = -(first_sum + weighted_sum(FIRST_WEIGHTS[6:], digits)) % 11
            second = -(second_sum + weighted_sum(SECOND_WEIGHTS[6:], digits) + WEIGHT_OF_FIRST * first) % 11
            if first < 10 and second < 10:
                found.append(b"%b%d%d" % (digits.encode(), first, second))
    return tuple(found)

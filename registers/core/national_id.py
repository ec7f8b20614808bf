"""National ids: fødselsnummer, D-numbers and common help numbers.

Sex, century and date of birth are never read from a number: from 2032 it no longer contains them.
No message here repeats a digit of the number it refuses.
"""

import calendar
from enum import Enum
from typing import NamedTuple

from registers.core.identifiers import (
    InvalidIdentifier,
    NationalId,
    broken_digit_rule,
    weighted_sum,
)

_FIRST_WEIGHTS = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)  # the last is the check digit's own
_SECOND_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_REMAINDERS = range(4)  # 0 before 2032, 0 to 3 from then on; both are in use side by side
_D_NUMBER_OFFSET = 40  # added to the day


class NationalIdKind(Enum):
    FODSELSNUMMER = "fødselsnummer"
    D_NUMBER = "D-number"
    COMMON_HELP_NUMBER = "common help number"


class Synthetic(Enum):
    """Series set apart by their months; the value is what is added to the month."""

    TENOR = 80
    NHN = 65
    NAV_OR_LOCAL = 40  # NAV's test persons, and help numbers local to one enterprise: look the same


class NationalIdDescription(NamedTuple):
    """What a number reveals about itself; `synthetic` is None for the ordinary series."""

    kind: NationalIdKind
    synthetic: Synthetic | None


def parse_national_id(text: str, *, production: bool = False) -> NationalId:
    """National id from exactly eleven digits, old or issued under the rule of 2032.

    In `production` the synthetic series and help numbers local to one enterprise are refused.
    Source: Skatteetaten on numbers from 2032. Raises InvalidIdentifier.
    """
    if rule := broken_digit_rule(text, 11):
        raise InvalidIdentifier("national id", rule)
    first = weighted_sum(_FIRST_WEIGHTS, text[:10]) % 11
    second = weighted_sum(_SECOND_WEIGHTS, text) % 11
    if first not in _REMAINDERS or second != 0:
        raise InvalidIdentifier("national id", "check digit")
    description = describe_national_id(NationalId(text))
    if not _date_exists(text, description):
        raise InvalidIdentifier("national id", "date")
    if production and description.synthetic:
        rule = "local help number" if description.synthetic is Synthetic.NAV_OR_LOCAL else "synthetic"
        raise InvalidIdentifier("national id", rule)
    return NationalId(text)


def describe_national_id(number: NationalId) -> NationalIdDescription:
    """Kind and series of a number that has been parsed."""
    if number[0] in "89":
        return NationalIdDescription(NationalIdKind.COMMON_HELP_NUMBER, None)
    kind = NationalIdKind.D_NUMBER if number[0] in "4567" else NationalIdKind.FODSELSNUMMER
    month = int(number[2:4])
    series = (series for series in Synthetic if 1 <= month - series.value <= 12)
    return NationalIdDescription(kind, next(series, None))


def check_digits_of_national_id(first_nine: str, *, remainder: int = 0) -> str | None:
    """The two digits that complete a number; None when no number begins with these nine digits.

    `remainder`: 0, or 1 to 3 for numbers only issued from 2032. Raises ValueError.
    """
    if rule := broken_digit_rule(first_nine, 9):
        raise InvalidIdentifier("first nine digits of a national id", rule)
    if remainder not in _REMAINDERS:
        raise ValueError(f"remainder is 0 to 3, not {remainder}")
    first = (remainder - weighted_sum(_FIRST_WEIGHTS, f"{first_nine}0")) % 11
    if first == 10:
        return None
    second = -weighted_sum(_SECOND_WEIGHTS, f"{first_nine}{first}0") % 11
    return None if second == 10 else f"{first}{second}"


def _date_exists(digits: str, description: NationalIdDescription) -> bool:
    """Whether the first six digits are a date in the century their individual number belongs to."""
    if description.kind is NationalIdKind.COMMON_HELP_NUMBER:
        return True  # holds no date
    day, month = int(digits[:2]), int(digits[2:4])
    if description.kind is NationalIdKind.D_NUMBER:
        day -= _D_NUMBER_OFFSET
    if description.synthetic:
        month -= description.synthetic.value
    year = _year_of_series(int(digits[4:6]), individual_number=int(digits[6:9]))
    if year is None or not 1 <= month <= 12:
        return False
    return 1 <= day <= calendar.monthrange(year, month)[1]


def _year_of_series(year_of_century: int, *, individual_number: int) -> int | None:
    """Year of the series; None when there is none. Never leaves this file."""
    if individual_number < 500:
        return 1900 + year_of_century
    if individual_number < 750 and year_of_century >= 54:
        return 1800 + year_of_century
    if year_of_century < 40:
        return 2000 + year_of_century
    if individual_number >= 900:
        return 1900 + year_of_century
    return None

"""National ids of the synthetic persons, all of the Tenor series (month + 80): nobody has such a number."""

from datetime import date

from registers.core.identifiers import NationalId
from registers.core.national_id import Synthetic, check_digits_of_national_id

SLOTS_EACH = 50  # of the 150 slots of a day, each a third of ten individual numbers
PATIENTS, FORMER, PROFESSIONALS = 0, 50, 100  # first slots
D_NUMBER_DAY = 40  # added to the day


def national_id(born_on: date, slot: int, *, d_number: bool = False) -> NationalId:
    """The number of the day's `slot`, 0 to 149; no two slots have the same.

    Of ten individual numbers at most one lacks each check digit, so one of any three has both.
    """
    tens, third = divmod(slot, 3)
    series = 500 if born_on.year >= 2000 else 0
    day = born_on.day + (D_NUMBER_DAY if d_number else 0)
    date_part = f"{day:02}{born_on.month + Synthetic.TENOR.value}{born_on.year % 100:02}"
    for last in range(3 * third, 3 * third + 3):
        first_nine = f"{date_part}{series + 10 * tens + last:03}"
        if check_digits := check_digits_of_national_id(first_nine):
            return NationalId(first_nine + check_digits)
    raise AssertionError("three individual numbers in a row without check digits")

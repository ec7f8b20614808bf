"""How many of everything a bulk load makes, and the months in which patients change lists."""

from dataclasses import dataclass
from datetime import date

from registers.seed.sources.dates import REFERENCE_DATE
from registers.seed.sources.scale import Scale

FIRST_MONTH = date(2001, 6, 1)  # the scheme's first: month 0


@dataclass(frozen=True, slots=True)
class Size:
    """Counts of a bulk load beside the organisations and parties of `scale`."""

    scale: Scale
    professionals: int  # the persons of the parties first
    lists: int  # in force
    vacant_lists: int  # of these, those without a GP
    ended_lists: int  # in addition to those in force
    patients: int  # on a list now
    departed: int  # persons who once were: dead or emigrated


NORWAY = Size(
    scale=Scale.NORWAY,
    professionals=800_000,
    lists=5_700,
    vacant_lists=322,
    ended_lists=90,
    patients=5_600_000,
    departed=150_000,
)


@dataclass(frozen=True, slots=True)
class CoreNumbers:
    """Numbers that the database has given to the core, and which a load must not give again."""

    hpr_numbers: frozenset[int] = frozenset()
    national_ids: frozenset[str] = frozenset()
    offices: frozenset[str] = frozenset()  # organisation numbers
    last_person: int = 0
    last_authorisation: int = 0


def month_of(day: date) -> int:
    """Months from the scheme's first to that of `day`; negative before it."""
    return (day.year - FIRST_MONTH.year) * 12 + day.month - FIRST_MONTH.month


def first_day(month: int) -> date:
    years, month_of_year = divmod(FIRST_MONTH.month - 1 + month, 12)
    return date(FIRST_MONTH.year + years, month_of_year + 1, 1)


THIS_MONTH = month_of(REFERENCE_DATE)
NEXT_MONTH = THIS_MONTH + 1

"""Valid time: half-open periods, and the instant a question is asked for."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import BindParameter, CheckConstraint, ColumnElement, and_, or_
from sqlalchemy.orm import Mapped, mapped_column

from registers.core.identifiers import EntryNumber

OSLO = ZoneInfo("Europe/Oslo")
"""The time zone in which days of the registers begin and end."""


@dataclass(frozen=True, slots=True)
class Instant:
    """A point in both times. `entry` = None means all that is known now."""

    valid_at: datetime
    entry: EntryNumber | None = None

    @property
    def known_today(self) -> "Instant":
        """The same moment by all that is known now: it decides who may see the record."""
        return Instant(self.valid_at)


@dataclass(frozen=True, slots=True)
class Period:
    """[start, end), UTC; open when `end` is None."""

    start: datetime
    end: datetime | None = None

    def holds(self, moment: datetime) -> bool:
        return self.start <= moment and (self.end is None or moment < self.end)

    def overlaps(self, other: "Period") -> bool:
        return (self.end is None or other.start < self.end) and (other.end is None or self.start < other.end)

    def contains(self, other: "Period") -> bool:
        return self.start <= other.start and (self.end is None or (other.end is not None and other.end <= self.end))


class Valid:
    """Validity period [valid_from, valid_to), UTC; open when valid_to is null."""

    valid_from: Mapped[datetime] = mapped_column(comment="First instant of validity (inclusive).")
    valid_to: Mapped[datetime | None] = mapped_column(comment="First instant after validity (exclusive); null = open.")

    @property
    def period(self) -> Period:
        return Period(self.valid_from, self.valid_to)


def not_empty_period() -> CheckConstraint:
    """An empty or backward period would slip through every exclusion constraint."""
    return CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name="period_not_empty")


def valid_at(rows: type[Valid], moment: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    """Rows (a model, or an alias of one that `known_at` made) whose period contains `moment`."""
    return and_(rows.valid_from <= moment, or_(rows.valid_to.is_(None), rows.valid_to > moment))

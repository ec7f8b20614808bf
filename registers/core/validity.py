"""Valid time: half-open periods, values with the period in which they hold, and the instant a question is asked for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import BindParameter, CheckConstraint, ColumnElement, and_, or_
from sqlalchemy.orm import Mapped, mapped_column

from registers.core.identifiers import EntryNumber

Value = TypeVar("Value")

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


@dataclass(frozen=True, slots=True)
class Dated(Generic[Value]):
    """A value and when it holds: [start, end), UTC, open when `end` is None. `id` is that of its row; None = not stored
    yet."""

    value: Value
    start: datetime
    end: datetime | None = None
    id: int | None = None

    @property
    def period(self) -> Period:
        return Period(self.start, self.end)


class HasPeriod(Protocol):
    """A dated value, or a row that is valid for a period."""

    @property
    def period(self) -> Period: ...


D = TypeVar("D", bound=HasPeriod)


def current_at(dated: Iterable[D], moment: datetime) -> D | None:
    """The one that holds at `moment`, of values or rows that do not overlap; None = none does."""
    return next((each for each in dated if each.period.holds(moment)), None)


def next_start(dated: Iterable[HasPeriod], moment: datetime) -> datetime | None:
    """When the first one begins that is planned after `moment`; None = none is planned."""
    return min((each.period.start for each in dated if each.period.start > moment), default=None)


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

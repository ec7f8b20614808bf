"""The access log: one record of every operation that asks about patients."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, insert, select, text

from registers.access import models
from registers.database.database import Database
from registers.database.direct.prepared import prepared
from registers.database.sessions import ReadSession

APPEND = prepared(insert(models.AccessRecord).inline())


@dataclass(frozen=True, slots=True)
class Access:
    """What is recorded of one operation; the columns of `access_records` that the database does not fill itself."""

    asked_at: datetime
    duration_us: int
    caller: str
    role: str
    organisation_number: str | None
    purposes: list[str]
    operation: str | None
    fields: list[str]
    persons: list[int]
    outcome: str
    request_id: str | None


async def append(database: Database, access: Access) -> None:
    """The record is committed when this returns. Raises DatabaseUnavailable."""
    async with database.appending() as session:
        await session.execute(APPEND, {name: getattr(access, name) for name in Access.__slots__})


@dataclass(frozen=True, slots=True)
class Asked:
    """What to search for; None = anything. `person_id` is our own number of a person."""

    person_id: int | None = None
    caller: str | None = None
    since: datetime | None = None
    until: datetime | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        record = models.AccessRecord
        conditions: list[ColumnElement[bool]] = []
        if self.person_id is not None:
            conditions.append(record.persons.contains([self.person_id]))
        if self.caller is not None:
            conditions.append(record.caller == self.caller)
        if self.since is not None:
            conditions.append(record.asked_at >= self.since)
        if self.until is not None:
            conditions.append(record.asked_at < self.until)
        return conditions


async def find(session: ReadSession, asked: Asked, *, before: int | None, limit: int) -> Sequence[models.AccessRecord]:
    """Records, newest first, with a number below `before`; None = all."""
    statement = select(models.AccessRecord).where(*asked.conditions())
    if before is not None:
        statement = statement.where(models.AccessRecord.number < before)
    return (await session.scalars(statement.order_by(models.AccessRecord.number.desc()).limit(limit))).all()


async def count(session: ReadSession, asked: Asked) -> int:
    found = select(func.count()).select_from(models.AccessRecord).where(*asked.conditions())
    return await session.scalar(found) or 0


async def broken_link(session: ReadSession) -> int | None:
    """The first record whose number or hash does not follow from its predecessor; None when all do."""
    return await session.scalar(text("SELECT broken_link_of_access_log()"))

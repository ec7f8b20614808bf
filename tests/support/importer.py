"""Files imported, and what the registers contain afterwards."""

import itertools
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Table, select, text

from registers.communication_parties.models import (
    CommunicationParty,
    CoverageArea,
    ElectronicAddress,
    PartyCertificate,
    PartyProperty,
    PhysicalAddress,
)
from registers.database.database import Database
from registers.database.versions import Versioned
from registers.exchange.run.import_run import import_files
from registers.exchange.run.report import Report
from registers.intake.record_set import table_of
from registers.organisations.models import Organisation, OrganisationIndustryCode
from tests.support.files import written

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
names = itertools.count(1)

PARTY_TABLES = (CommunicationParty, ElectronicAddress, PhysicalAddress, CoverageArea, PartyProperty, PartyCertificate)
ORGANISATION_TABLES = (Organisation, OrganisationIndustryCode)


class Importer:
    """Imports into one database, each import an hour after the one before."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database = database
        self._folder = folder
        self._now = NOW

    async def files(self, *paths: Path, **options: Any) -> Report:
        now, self._now = self._now, self._now + timedelta(hours=1)
        return await import_files(self.database, paths, caller="test", now=lambda: now, **options)

    async def __call__(self, *records: object, **options: Any) -> Report:
        """The records as one file: a JSON array."""
        return await self.files(self.file(*records), **options)

    def file(self, *records: object) -> Path:
        return written(self._folder, list(records), name=f"{next(names)}.json")

    async def entries(self) -> int:
        async with self.database.reading() as session:
            return await session.scalar(text("SELECT count(*) FROM entries")) or 0

    async def actions(self) -> list[tuple[str, str]]:
        """(key, action) of each entry made by an import, in order."""
        async with self.database.reading() as session:
            rows = await session.execute(text("SELECT key, action FROM entries WHERE caller = 'test' ORDER BY number"))
            return [(row.key, row.action) for row in rows]

    async def rows(self, model: type[Versioned], **where: Any) -> list[dict[str, Any]]:
        """Today's rows, without what the database counts and computes."""
        table = table_of(model)
        reported = [each for each in table.columns if not each.computed and each.name not in ("id", "since_entry")]
        statement = select(*reported).where(*(table.c[name] == value for name, value in where.items()))
        async with self.database.reading() as session:
            rows = (await session.execute(statement)).mappings()
            return sorted((dict(row) for row in rows), key=lambda row: _order(table, row))

    async def row(self, model: type[Versioned], **where: Any) -> dict[str, Any]:
        (row,) = await self.rows(model, **where)
        return row

    async def addresses(self, her_id: int, type_: str) -> list[tuple[str | None, datetime, datetime | None]]:
        """Own electronic addresses of a type: (address, from, to) in order of time."""
        rows = await self.rows(ElectronicAddress, her_id=her_id, type=f"9044/{type_}")
        return [(row["address"], row["valid_from"], row["valid_to"]) for row in rows]

    async def state(self, models: Iterable[type[Versioned]] = PARTY_TABLES) -> dict[str, Any]:
        return {table_of(model).name: await self.rows(model) for model in models}


def _order(table: Table, row: dict[str, Any]) -> list[str]:
    names = ["her_id", "type", "usage", "valid_from", *(column.name for column in table.columns)]
    return [str(row.get(name)) for name in names]


def rules(report: Report) -> list[str]:
    """Rules of all flags, in order."""
    return [finding.rule for finding in report.flags]


def counts(report: Report) -> dict[str, int]:
    """What was counted, without the zeros."""
    names = ("read", "new", "changed", "unchanged", "announced", "refused", "refused_parts")
    return {name: report.total(name) for name in names if report.total(name)}


def utc(*numbers: int) -> datetime:
    return datetime(*numbers, tzinfo=UTC)  # pyright: ignore[reportArgumentType]

"""Records whose parts have parts: rows below others, found by the columns that point at these."""

from collections.abc import Collection, Mapping
from copy import copy
from typing import Any

from sqlalchemy import Table
from sqlalchemy.ext.asyncio import AsyncSession

from registers.database.database import Versioned
from registers.intake.record_set import K, RecordSet, Row, key_of, rows_where, table_of


class Aggregate(RecordSet[K]):
    """A holding that loads rows below its parts too, each with the record it belongs to.

    `below`: parts in order from above, with the columns that point at rows above them. Rows are held
    by `id`; one may point at rows of several parts, with one column filled.
    """

    def __init__(
        self,
        key: str,
        main: type[Versioned],
        *parts: type[Versioned],
        below: Mapping[type[Versioned], Mapping[str, type[Versioned]]],
    ) -> None:
        super().__init__(key, main, *parts)
        self.below = {
            table_of(part): {column: table_of(above) for column, above in columns.items()}
            for part, columns in below.items()
        }

    async def load(self, session: AsyncSession, keys: Collection[K]) -> None:
        missing = [key for key in dict.fromkeys(keys) if key not in self.records]
        await super().load(session, missing)
        for table, columns in self.below.items():
            for key in missing:
                self.records[key].stored.setdefault(table, {})
            for column, above in columns.items():
                owners = {row["id"]: key for key in missing for row in self.records[key].stored[above].values()}
                for row in await rows_where(session, table, column, list(owners)) if owners else []:
                    self.records[owners[row[column]]].stored[table][key_of(table, row)] = row
            for key in missing:
                record = self.records[key]
                record.target[table] = copy(record.stored[table])

    def add(self, key: K, part: type[Versioned], row: Row) -> None:
        table = table_of(part)
        target = self.records[key].target
        target[table] = {**target[table], key_of(table, row): row}

    def remove(self, key: K, part: type[Versioned] | Table, row: Row) -> None:
        """Takes a row out with all that is below it."""
        table = part if isinstance(part, Table) else table_of(part)
        target = self.records[key].target
        for lower, columns in self.below.items():
            for column in (column for column, above in columns.items() if above is table):
                for each in [each for each in target[lower].values() if each[column] == row["id"]]:
                    self.remove(key, lower, each)
        target[table] = {name: each for name, each in target[table].items() if name != key_of(table, row)}


def empty_row(model: type[Versioned]) -> Row:
    """A row that tells nothing, computed columns and its version aside."""
    empty: dict[str, Any] = dict.fromkeys(
        column.name for column in table_of(model).columns if not column.computed and column.name != "since_entry"
    )
    return empty

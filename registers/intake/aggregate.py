"""Records whose parts have parts: rows that point at other rows of the record, not at its key.

A health professional has authorisations, an authorisation has rights, a right has suspensions. All of them are loaded,
compared and written as one record (see `record_set`).
"""

from collections.abc import Collection, Mapping
from copy import copy

from sqlalchemy import Table
from sqlalchemy.ext.asyncio import AsyncSession

from registers.database.versions import Versioned, table_of
from registers.intake.record_set import K, RecordSet, Row, key_of, row_columns, rows_where


class Aggregate(RecordSet[K]):
    """A record set that also loads the rows below its parts, each with the record it belongs to.

    `below`: further parts from the top down, each with its columns that point at a part above it. Their rows have an
    `id`; a row may point at several parts, but only one of the columns is filled.
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
        """Adds a target row, or replaces the one with the same `id`."""
        table = table_of(part)
        target = self.records[key].target
        target[table] = {**target[table], key_of(table, row): row}

    def remove(self, key: K, part: type[Versioned] | Table, row: Row) -> None:
        """Removes a target row with all rows below it."""
        table = part if isinstance(part, Table) else table_of(part)
        target = self.records[key].target
        for lower, columns in self.below.items():
            for column in (column for column, above in columns.items() if above is table):
                for each in [each for each in target[lower].values() if each[column] == row["id"]]:
                    self.remove(key, lower, each)
        target[table] = {name: each for name, each in target[table].items() if name != key_of(table, row)}


def empty_row(model: type[Versioned]) -> Row:
    """A row with every column null."""
    return dict.fromkeys(row_columns(table_of(model)))

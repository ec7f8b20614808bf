"""A session over rows in memory: as much of one as record sets ask."""

from collections.abc import Mapping
from typing import Any, cast

from sqlalchemy import Select
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncSession

from registers.database.versions import Versioned
from registers.intake.record_set import Row, table_of


class StoredRows:
    """Rows by table. Answers a SELECT of one table by one column, and remembers what was asked."""

    def __init__(self, rows: Mapping[type[Versioned], list[Row]]) -> None:
        self._rows = {table_of(model): of_model for model, of_model in rows.items()}
        self.reads: list[str] = []
        """Tables read, a locked one with " (locked)"."""

    @property
    def session(self) -> AsyncSession:
        return cast(AsyncSession, self)

    async def execute(self, statement: Select[Any]) -> "Answer":
        [table] = statement.get_final_froms()
        compiled = statement.compile(dialect=postgresql.dialect())
        [keys] = compiled.params.values()
        column = cast(Any, statement.whereclause).left.name
        locked = " (locked)" if "FOR NO KEY UPDATE" in str(compiled) else ""
        self.reads.append(f"{cast(Any, table).name}{locked}")
        names = [each.name for each in statement.selected_columns]
        found = [row for row in self._rows.get(cast(Any, table), ()) if row[column] in keys]
        return Answer([{name: row.get(name) for name in names} for row in found])


class Answer:
    def __init__(self, rows: list[Row]) -> None:
        self._rows = rows

    def mappings(self) -> list[Row]:
        return self._rows

"""Edits at random: rows of every versioned table changed, added and removed, each under an entry of its own.

What the database refuses is no edit: it is rolled back and another one is tried.
"""

from collections import Counter, defaultdict
from collections.abc import Collection
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import asyncpg
from sqlalchemy import Table

from registers.all_tables import LOGGED
from registers.changelog.append import Register
from registers.changelog.versions import tables_of

ENTRY = "INSERT INTO entries (register, key, action, caller) VALUES ($1, $2, 'Edited', 'random') RETURNING number"
OF_ONE_TRANSACTION = 250  # edits
NEARBY = 0.5  # of the edits are of rows that tell something of the records asked about
KEYS = (
    *("her_id", "organisation_number", "hpr_number", "contract_id", "resh_id", "system"),
    *("parent_her_id", "parent_number", "parent_resh_id", "office_number", "replaced_by", "predecessor", "successor"),
)
"""Columns that name a record, the record's own first."""

Row = dict[str, Any]


class Changes:
    """Knows all rows, so that it finds values that fit. `about`: keys of the records that are asked about."""

    def __init__(self, connection: asyncpg.Connection, random: Random, about: Collection[object]) -> None:
        self.made: Counter[tuple[str, str]] = Counter()
        self._connection = connection
        self._random = random
        self._about = set(about)
        self._registers = {table: register for register in Register for table in tables_of(LOGGED[register])}
        self._rows: dict[Table, list[Row]] = defaultdict(list)

    async def make(self, count: int) -> None:
        for table in self._registers:
            self._rows[table] = [dict(row) for row in await self._connection.fetch(f"SELECT * FROM {table.name}")]
        while count > 0:
            async with self._connection.transaction():
                await self._connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
                target = min(count, OF_ONE_TRANSACTION)
                made = 0
                while made < target:
                    made += await self._try()
            count -= target

    async def _try(self) -> bool:
        table = self._random.choice([table for table, rows in self._rows.items() if rows])
        row = self._any_row(table)
        edit = self._random.choices([self._change, self._add, self._remove], [7, 2, 1])[0]
        try:
            async with self._connection.transaction():
                await self._connection.execute(ENTRY, self._registers[table].value, _key(row))
                if not await edit(table, row):
                    raise _Nothing
        except (asyncpg.PostgresError, asyncpg.DataError, _Nothing):
            return False
        self.made[table.name, edit.__name__] += 1
        return True

    def _any_row(self, table: Table) -> Row:
        rows = self._rows[table]
        if self._random.random() < NEARBY:
            rows = [row for row in rows if not self._about.isdisjoint(row.get(key) for key in (*KEYS, "id"))] or rows
        return self._random.choice(rows)

    async def _change(self, table: Table, row: Row) -> bool:
        column = self._random.choice([each for each in _reported(table) if not each.primary_key] or _reported(table))
        value = self._other_value(table, column.name, row)
        if value == row[column.name]:
            return False
        where, keys = _where(table, row, start=2)
        statement = f"UPDATE {table.name} SET {column.name} = $1 WHERE {where} RETURNING *"
        changed = await self._connection.fetchrow(statement, value, *keys)
        if changed is None:
            return False
        row.update(changed)
        return True

    async def _add(self, table: Table, row: Row) -> bool:
        """A row like another one, with a key of its own."""
        added = {column.name: row[column.name] for column in _reported(table)}
        for column in table.primary_key:
            if column.identity is not None:
                added.pop(column.name)
            elif len(table.primary_key) > 1:
                added[column.name] = self._any_row(table)[column.name]
            elif isinstance(row[column.name], int):
                added[column.name] = max(each[column.name] for each in self._rows[table]) + 1
            else:
                added[column.name] = self._like(row[column.name])
        places = ", ".join(f"${position}" for position in range(1, len(added) + 1))
        statement = f"INSERT INTO {table.name} ({', '.join(added)}) VALUES ({places}) RETURNING *"
        new = await self._connection.fetchrow(statement, *added.values())
        self._rows[table].append(dict(new or {}))
        return True

    async def _remove(self, table: Table, row: Row) -> bool:
        where, keys = _where(table, row)
        await self._connection.execute(f"DELETE FROM {table.name} WHERE {where}", *keys)
        self._rows[table].remove(row)
        return True

    def _other_value(self, table: Table, column: str, row: Row) -> Any:
        value = row[column]
        if self._random.random() < 0.5:  # another row's stands in the right code system and points at something
            return self._random.choice(self._rows[table])[column]
        match value:
            case bool():
                return not value
            case int():
                return value + self._random.choice([-1, 1])
            case datetime() | date():
                return value + timedelta(days=self._random.choice([-400, -30, 30, 400]))
            case str():
                return self._like(value)
            case _:
                return None

    def _like(self, text: str) -> str:
        """`text` with one digit another one, or with a letter more."""
        digits = [position for position, character in enumerate(text) if character.isdigit()]
        if not digits:
            return text + self._random.choice("aeiouy")
        position = self._random.choice(digits)
        return text[:position] + self._random.choice("0123456789") + text[position + 1 :]


class _Nothing(Exception):
    """An edit that would change nothing."""


def _reported(table: Table) -> list[Any]:
    return [column for column in table.columns if not column.computed and column.name != "since_entry"]


def _where(table: Table, row: Row, *, start: int = 1) -> tuple[str, list[Any]]:
    names = [column.name for column in table.primary_key]
    text = " AND ".join(f"{name} = ${position}" for position, name in enumerate(names, start=start))
    return text, [row[name] for name in names]


def _key(row: Row) -> str:
    """Key in the log of the record that a row tells something of; a national id is none."""
    return next((str(row[key]) for key in (*KEYS, "id") if row.get(key) is not None), "unnamed")

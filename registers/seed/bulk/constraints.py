"""Constraints and indexes of large tables, dropped while the tables are filled and then restored.

Built at once over all rows, an exclusion constraint takes a third of the time it takes row by row, and an
index far less. Definitions are read from the database and restored unchanged; every constraint is then checked
against every row. All in one transaction: if it fails, nothing was ever dropped.

Only constraint triggers, which check at the commit, do not see the rows: while they are pending, no table can be
altered. They refuse circles of merged numbers, and the load only merges a number into one made before it.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import asyncpg

CONSTRAINTS = """
    SELECT conrelid::regclass::text AS owner, quote_ident(conname) AS name, contype::text AS kind,
           pg_get_constraintdef(oid) AS definition
    FROM pg_constraint
    WHERE contype IN ('p', 'u', 'x') AND conrelid = ANY ($1::text[]::regclass[])
       OR contype = 'f' AND (conrelid = ANY ($1::text[]::regclass[]) OR confrelid = ANY ($1::text[]::regclass[]))
    ORDER BY contype, conrelid::regclass::text, conname
"""
INDEXES = """
    SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition
    FROM pg_index
    WHERE indrelid = ANY ($1::text[]::regclass[])
      AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u', 'x'))
    ORDER BY 1
"""

CONSTRAINT_TRIGGERS = """
    SELECT tgrelid::regclass::text AS owner, quote_ident(tgname) AS name
    FROM pg_trigger
    WHERE tgdeferrable AND NOT tgisinternal AND tgrelid = ANY ($1::text[]::regclass[])
    ORDER BY 1, 2
"""


class Dropped(NamedTuple):
    """What was dropped: its name, and the statement that restores it."""

    name: str
    statement: str


async def drop_constraints(connection: asyncpg.Connection, tables: Sequence[str]) -> list[Dropped]:
    """Drops every index and every key, exclusion and foreign key constraint of these tables, and the foreign
    keys that point at them; disables their constraint triggers. The answer is in the order in which to restore
    them: keys before the foreign keys that need them."""
    constraints = await connection.fetch(CONSTRAINTS, tables)
    indexes = await connection.fetch(INDEXES, tables)
    triggers = await connection.fetch(CONSTRAINT_TRIGGERS, tables)
    foreign = [each for each in constraints if each["kind"] == "f"]
    own = [each for each in constraints if each["kind"] != "f"]
    for each in (*foreign, *own):
        await connection.execute(f"ALTER TABLE {each['owner']} DROP CONSTRAINT {each['name']}")
    for each in indexes:
        await connection.execute(f"DROP INDEX {each['name']}")
    for each in triggers:
        await connection.execute(f"ALTER TABLE {each['owner']} DISABLE TRIGGER {each['name']}")
    return [
        *(_constraint(each) for each in own),
        *(Dropped(each["name"], each["definition"]) for each in indexes),
        *(_constraint(each) for each in foreign),
        *(Dropped(each["name"], f"ALTER TABLE {each['owner']} ENABLE TRIGGER {each['name']}") for each in triggers),
    ]


async def restore(connection: asyncpg.Connection, dropped: Sequence[Dropped], done: Callable[[int], None]) -> None:
    """Calls `done` with the number restored so far. Raises what PostgreSQL raises for rows that break a constraint."""
    for count, each in enumerate(dropped, start=1):
        await connection.execute(each.statement)
        done(count)


def _constraint(row: asyncpg.Record) -> Dropped:
    statement = f"ALTER TABLE {row['owner']} ADD CONSTRAINT {row['name']} {row['definition']}"
    return Dropped(row["name"], statement)

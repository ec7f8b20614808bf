"""Rules of the tables, asked of PostgreSQL's own catalogue. Each answers with the names of what breaks it."""

from collections.abc import Awaitable, Callable

import asyncpg

TableRule = Callable[[asyncpg.Connection], Awaitable[set[str]]]

NEVER_DELETED = {"codes": "a code is retired, never deleted, and its key stays as it is"}
"""Tables whose rows stay: nothing looks for the rows that point at them when one goes."""

TABLES = "pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"

WITHOUT_VERSIONS = f"""
SELECT relname FROM {TABLES} AND NOT EXISTS (
  SELECT FROM pg_attribute WHERE attrelid = pg_class.oid AND attname = 'since_entry' AND NOT attisdropped)
"""

WITH_PERIOD = """
SELECT t.relname AS name FROM pg_class t JOIN pg_attribute a ON a.attrelid = t.oid AND NOT a.attisdropped
WHERE t.relnamespace = 'public'::regnamespace AND t.relkind IN ('r', 'p')
GROUP BY t.oid, t.relname
HAVING 'valid_from' = ANY (array_agg(a.attname)) AND NOT 'until_entry' = ANY (array_agg(a.attname))
"""

CHECKS_OF_PERIODS = """
SELECT c.conrelid::regclass::text AS name, pg_get_expr(c.conbin, c.conrelid) AS condition
FROM pg_constraint c WHERE c.contype = 'c' AND c.convalidated AND ARRAY['valid_from', 'valid_to']::name[] @> (
  SELECT array_agg(attname) FROM pg_attribute WHERE attrelid = c.conrelid AND attnum = ANY (c.conkey))
"""

REFUSES_EMPTY = """
SELECT coalesce(bool_and(({condition}) IS FALSE = refused), false) FROM (VALUES
  (timestamptz '2026-03-01', timestamptz '2026-03-01', true),
  (timestamptz '2026-03-01', timestamptz '2026-02-28', true),
  (timestamptz '2026-03-01', timestamptz '2026-03-02', false),
  (timestamptz '2026-03-01', null, false)) AS period (valid_from, valid_to, refused)
"""

EXCLUSIONS_OF_PERIODS = """
SELECT conrelid::regclass::text AS name FROM pg_constraint
WHERE contype = 'x' AND pg_get_constraintdef(oid) ~ '(tstz|date)range\\(valid_from, valid_to\\) WITH &&\\)$'
"""

POINTERS_WITHOUT_INDEX = """
SELECT c.conname FROM pg_constraint c WHERE c.contype = 'f' AND c.confrelid <> ALL ($1::regclass[]) AND NOT EXISTS (
  SELECT FROM pg_index i WHERE i.indrelid = c.conrelid AND i.indisvalid AND i.indpred IS NULL
    AND (SELECT array_agg(k ORDER BY k) FROM unnest((i.indkey::int2[])[0:cardinality(c.conkey) - 1]) k)
      = (SELECT array_agg(k ORDER BY k) FROM unnest(c.conkey) k))
"""

WITHOUT_COMMENT = f"SELECT relname FROM {TABLES} AND obj_description(oid, 'pg_class') IS NULL"

NAMED_IN_DATABASE = """
SELECT name FROM unnest($1::text[]) name
WHERE EXISTS (SELECT FROM pg_constraint WHERE conname = name)
   OR EXISTS (SELECT FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosrc LIKE '%''' || name || '''%')
"""


async def tables_without_versions(connection: asyncpg.Connection) -> set[str]:
    """Tables without `since_entry`: changes of their rows leave nothing behind."""
    return {row["relname"] for row in await connection.fetch(WITHOUT_VERSIONS)}


async def tables_without_period_check(connection: asyncpg.Connection) -> set[str]:
    """Tables with `valid_from` in which a period may end where it begins, or before. What a check refuses is tried."""
    refusing = {
        row["name"]
        for row in await connection.fetch(CHECKS_OF_PERIODS)
        if await connection.fetchval(REFUSES_EMPTY.format(condition=row["condition"]))
    }
    return {row["name"] for row in await connection.fetch(WITH_PERIOD)} - refusing


async def tables_without_exclusion(connection: asyncpg.Connection) -> set[str]:
    """Tables with `valid_from` in which nothing keeps two periods of one record apart, all rows included."""
    excluding = {row["name"] for row in await connection.fetch(EXCLUSIONS_OF_PERIODS)}
    return {row["name"] for row in await connection.fetch(WITH_PERIOD)} - excluding


async def pointers_without_index(connection: asyncpg.Connection) -> set[str]:
    """Foreign keys whose columns lead no index of all rows."""
    return {row["conname"] for row in await connection.fetch(POINTERS_WITHOUT_INDEX, list(NEVER_DELETED))}


async def tables_without_comment(connection: asyncpg.Connection) -> set[str]:
    return {row["relname"] for row in await connection.fetch(WITHOUT_COMMENT)}


async def known_to_database(connection: asyncpg.Connection, constraints: list[str]) -> set[str]:
    """Of these names, those of constraints, and those that a function of the database raises."""
    return {row["name"] for row in await connection.fetch(NAMED_IN_DATABASE, constraints)}

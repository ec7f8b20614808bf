"""What a table that keeps its versions needs, asked of PostgreSQL's catalogue: a twin, triggers and indexes."""

from collections import defaultdict
from collections.abc import Iterable

import asyncpg

OF_TABLE = {
    "change_has_entry": "BEFORE INSERT OR DELETE OR UPDATE OR TRUNCATE ON {table}"
    " FOR EACH STATEMENT EXECUTE FUNCTION require_entry()",
    "insert_has_own_entry": "AFTER INSERT ON {table} REFERENCING NEW TABLE AS changed"
    " FOR EACH STATEMENT EXECUTE FUNCTION require_own_entries()",
    "update_has_own_entry": "AFTER UPDATE ON {table} REFERENCING NEW TABLE AS changed"
    " FOR EACH STATEMENT EXECUTE FUNCTION require_own_entries()",
    "version_is_kept": "BEFORE DELETE OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION keep_version()",
}
OF_TWIN = {
    "history_is_immutable": "BEFORE INSERT OR DELETE OR UPDATE OR TRUNCATE ON {table}"
    " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_history()",
}
UNTIL_ENTRY = ("until_entry", "bigint")

COLUMNS = """
SELECT t.relname, a.attname, format_type(a.atttypid, a.atttypmod) AS type
FROM pg_class t JOIN pg_attribute a ON a.attrelid = t.oid
WHERE t.relnamespace = 'public'::regnamespace AND t.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY t.oid, a.attnum
"""

PRIMARY_KEYS = """
SELECT conrelid::regclass::text AS name, array_agg(attname::text ORDER BY array_position(conkey, attnum)) AS key
FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = ANY (conkey)
WHERE contype = 'p' GROUP BY conrelid
"""

TRIGGERS = """
SELECT tgrelid::regclass::text AS name, tgname, pg_get_triggerdef(oid, true) AS definition FROM pg_trigger
WHERE NOT tgisinternal AND tgenabled = 'O'
"""

FIRST_OF_INDEXES = """
SELECT DISTINCT indrelid::regclass::text AS name, attname FROM pg_index
JOIN pg_attribute ON attrelid = indrelid AND attnum = indkey[0] WHERE indisvalid AND indpred IS NULL
"""


async def incomplete_versions(connection: asyncpg.Connection) -> set[str]:
    """What tables with `since_entry` lack, each as "<table>: <what>"."""
    columns = defaultdict[str, list[tuple[str, str]]](list)
    for row in await connection.fetch(COLUMNS):
        columns[row["relname"]].append((row["attname"], row["type"]))
    keys = {row["name"]: row["key"] for row in await connection.fetch(PRIMARY_KEYS)}
    triggers = {(row["name"], row["tgname"]): row["definition"] for row in await connection.fetch(TRIGGERS)}
    indexed = {(row["name"], row["attname"]) for row in await connection.fetch(FIRST_OF_INDEXES)}
    versioned = [
        table for table, of_it in columns.items() if ("since_entry", "bigint") in of_it and UNTIL_ENTRY not in of_it
    ]
    lacking: set[str] = set()
    for table in versioned:
        twin = f"{table}_history"
        if columns.get(twin) != [UNTIL_ENTRY, *columns[table]]:
            lacking.add(f"{table}: a twin with the same columns, until_entry first")
        if keys.get(twin) != [UNTIL_ENTRY[0], *keys[table]]:
            lacking.add(f"{table}: the twin's key, until_entry first")
        for name, expected in (*triggers_of(table, OF_TABLE), *triggers_of(twin, OF_TWIN)):
            if triggers.get(name) != expected:
                lacking.add(f"{table}: {name[1]} as the others have it, in force")
        lacking |= {f"{table}: an index of {each}" for each in (table, twin) if (each, "since_entry") not in indexed}
    return lacking


def triggers_of(table: str, definitions: dict[str, str]) -> Iterable[tuple[tuple[str, str], str]]:
    for name, definition in definitions.items():
        yield (table, name), f"CREATE TRIGGER {name} {definition.format(table=table)}"

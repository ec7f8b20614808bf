"""Writing many records at once: all entries first, new rows by COPY, each row under its own entry."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, cast

import asyncpg
from sqlalchemy import Table, bindparam, delete, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from registers.changelog.append import Change, Register, append_all, write_under
from registers.core.identifiers import EntryNumber
from registers.database.base import Base
from registers.intake.record_set import Record, Row, Rows, Unnumbered, key_of

RECORD_AT_FAULT = ("22", "23", "54")  # SQLSTATE classes: data, integrity constraint, limit exceeded
SERIALIZATION_FAILED = ("40001", "40P01", "55P03")  # SQLSTATEs: serialization, deadlock, lock timeout
NEXT_NUMBERS = text("SELECT nextval(CAST(CAST(:sequence AS text) AS regclass)) FROM generate_series(1, :count)")


class Unstorable(ValueError):
    """A record that the database refuses. The message names the constraint, never a value."""

    def __init__(self, message: str, *, constraint: str | None = None) -> None:
        super().__init__(message)
        self.constraint = constraint


class SerializationFailed(Exception):
    """Another transaction was in conflict with this one; the same writes may succeed when tried again."""


class Writes:
    """Changes of rows, gathered under entries that do not exist yet. `apply` writes both, once."""

    def __init__(self) -> None:
        self._changes: list[tuple[Register, Callable[[], str], str]] = []
        self._inserted: dict[Table, list[tuple[int, Row]]] = defaultdict(list)
        self._updated: list[tuple[Table, Row, Row, int]] = []
        self._deleted: dict[int, list[tuple[Table, Row]]] = defaultdict(list)

    def entry(self, register: Register, key: str | Callable[[], str], action: str) -> int:
        """Announces an entry, and returns what stands for it until its number is known.

        A key that contains the number of a new row is a function, called when the row has its number.
        """
        self._changes.append((register, (lambda: key) if isinstance(key, str) else key, action))
        return len(self._changes) - 1

    def insert(self, table: Table, row: Row, *, under: int) -> None:
        self._inserted[table].append((under, row))

    def compare(self, record: Record, *, under: int) -> None:
        """The changes that turn the record's stored rows into its target rows."""
        for table, target in record.target.items():
            self._compare(table, record.stored[table], target, under)

    def _compare(self, table: Table, stored: Rows, target: Rows, under: int) -> None:
        for key, row in target.items():
            former = stored.get(key)
            if former is None:
                self.insert(table, row, under=under)
            elif former != row:
                changed = {name: value for name, value in row.items() if value != former[name]}
                self._updated.append((table, former, changed, under))
        self._deleted[under].extend((table, row) for key, row in stored.items() if key not in target)

    async def apply(self, session: AsyncSession, *, caller: str, reason: str | None = None) -> None:
        """Inserts rows that others point at first, and rows that point at others last.

        Between these two steps rows are deleted and periods shortened before others are lengthened, so that no two
        overlap at any time. Raises Unstorable, SerializationFailed.
        """
        if not self._changes:
            return
        with refusals_named():
            await self._number(session)
            changes = [Change(register, key(), action) for register, key, action in self._changes]
            entries = await append_all(session, changes, caller=caller, reason=reason)
            pointed_at = {key.column.table for table in Base.metadata.tables.values() for key in table.foreign_keys}
            await self._copy(session, entries, [t for t in Base.metadata.sorted_tables if t in pointed_at])
            await self._delete(session, entries)
            await self._update(session, entries, [each for each in self._updated if not _lengthens(each)])
            await self._update(session, entries, [each for each in self._updated if _lengthens(each)])
            await self._copy(session, entries, [t for t in Base.metadata.sorted_tables if t not in pointed_at])

    async def _number(self, session: AsyncSession) -> None:
        unnumbered: dict[str, dict[Unnumbered, None]] = defaultdict(dict)
        for rows in self._inserted.values():
            for _, row in rows:
                for value in row.values():
                    if isinstance(value, Unnumbered):
                        unnumbered[value.sequence][value] = None
        for sequence, ids in unnumbered.items():
            numbers = await session.scalars(NEXT_NUMBERS, {"sequence": sequence, "count": len(ids)})
            for each, number in zip(ids, numbers, strict=True):
                each.number = number

    async def _copy(self, session: AsyncSession, entries: Sequence[EntryNumber], tables: Iterable[Table]) -> None:
        connection = await (await session.connection()).get_raw_connection()
        driver = cast(asyncpg.Connection, connection.driver_connection)
        for table in tables:
            if rows := self._inserted.get(table):
                names = [
                    column.name
                    for column in table.columns
                    if not column.computed
                    and column.name != "since_entry"
                    and not (column.identity and any(row.get(column.name) is None for _, row in rows))
                ]
                await driver.copy_records_to_table(
                    table.name,
                    columns=[*names, "since_entry"],
                    records=[(*(_stored(row.get(name)) for name in names), entries[under]) for under, row in rows],
                )

    async def _delete(self, session: AsyncSession, entries: Sequence[EntryNumber]) -> None:
        positions = {table: index for index, table in enumerate(Base.metadata.sorted_tables)}
        for under, rows in self._deleted.items():
            if rows:
                await write_under(session, entries[under])  # a deletion carries no entry of its own
            for table, row in sorted(rows, key=lambda each: positions[each[0]], reverse=True):
                keys = zip(table.primary_key, key_of(table, row), strict=True)
                await session.execute(delete(table).where(*(column == value for column, value in keys)))

    async def _update(
        self,
        session: AsyncSession,
        entries: Sequence[EntryNumber],
        updates: Iterable[tuple[Table, Row, Row, int]],
    ) -> None:
        alike: dict[tuple[Table, tuple[str, ...]], list[Row]] = defaultdict(list)
        for table, former, changed, under in updates:
            keys = {f"key_{column.name}": former[column.name] for column in table.primary_key}
            alike[table, tuple(changed)].append({**changed, **keys, "since_entry": entries[under]})
        connection = await session.connection()
        for (table, names), rows in alike.items():
            statement = (
                update(table)
                .where(*(column == bindparam(f"key_{column.name}") for column in table.primary_key))
                .values({name: bindparam(name) for name in (*names, "since_entry")})
            )
            await connection.execute(statement, rows)


def _stored(value: Any) -> Any:
    return value.number if isinstance(value, Unnumbered) else value


def _lengthens(update: tuple[Table, Row, Row, int]) -> bool:
    _, former, changed, _ = update
    end: Any = changed.get("valid_to", former.get("valid_to"))
    start: Any = changed.get("valid_from", former.get("valid_from"))
    return start is not None and (
        start < former["valid_from"] or (former["valid_to"] is not None and (end is None or end > former["valid_to"]))
    )


@contextmanager
def refusals_named() -> Iterator[None]:
    """Turns the database's refusals of data into Unstorable, of the transaction into SerializationFailed."""
    try:
        yield
    except (UnicodeError, OverflowError) as error:
        raise Unstorable(f"cannot be stored ({type(error).__name__})") from None
    except (asyncpg.PostgresError, asyncpg.InterfaceError, DBAPIError) as error:
        cause = (error.orig.__cause__ if error.orig else None) if isinstance(error, DBAPIError) else error
        sqlstate = str(getattr(cause, "sqlstate", None) or "")
        if sqlstate in SERIALIZATION_FAILED:
            raise SerializationFailed(sqlstate) from error
        if not sqlstate.startswith(RECORD_AT_FAULT) and not isinstance(cause, ValueError):
            raise
        constraint = getattr(cause, "constraint_name", None)
        broken = f"breaks the rule {constraint}" if constraint else f"cannot be stored ({sqlstate or 'type'})"
        raise Unstorable(broken, constraint=constraint) from None

"""Taking records in from sources: their stored rows, their target rows, and what became of each.

A record set loads the stored rows of many records, and an intake changes a copy of them, the target rows, into what
the source reports. What differs is written (`editing/bulk_writes.py`); a record that does not differ writes nothing.
"""

from collections.abc import Collection, Hashable
from copy import copy
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Generic, TypeVar

from sqlalchemy import Table, select
from sqlalchemy.ext.asyncio import AsyncSession

from registers.database.rows_by_key import among
from registers.database.versions import Versioned, table_of
from registers.intake.snapshot import Remark, Snapshot

S = TypeVar("S", bound=Snapshot)
K = TypeVar("K", bound=Hashable)
ANNOUNCED = "reference-announced"  # rule of a flag: the record points at one that no source has reported
Row = dict[str, Any]
"""Values by column, without `since_entry` and computed columns."""
Rows = dict[tuple[Any, ...], Row]
"""Rows of one table by primary key."""


@dataclass(eq=False, slots=True)
class Unnumbered:
    """The id of a row that is not stored yet; rows that point at it share this object.

    It gets its `number` from `sequence` when its row is written.
    """

    sequence: str
    number: int | None = None


class Result(Enum):
    """What became of a record."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
    WAITING = (
        "waiting"  # an earlier import took the same record and undid it; whether to take it again is not decided yet
    )


@dataclass(slots=True)
class Outcome(Generic[S]):
    """What becomes of a record. Its snapshot stays as it was read, so that it can be taken in once more."""

    snapshot: S
    result: Result = Result.UNCHANGED
    reason: Remark | None = None  # why the whole record was refused
    announced: int = 0  # records it refers to that no source has reported yet
    remembered: bool = True  # False = the next import looks at it again, even if it is the same
    flags: list[Remark] = field(default_factory=list)
    refused: list[Remark] = field(default_factory=list)  # parts that were left out

    def __post_init__(self) -> None:
        self.flags.extend(self.snapshot.flags)
        self.refused.extend(self.snapshot.refused)

    def flag(self, rule: str, path: str, text: str) -> None:
        self.flags.append(Remark(rule, path, text))

    def refuse_part(self, rule: str, path: str, text: str) -> None:
        self.refused.append(Remark(rule, path, text))

    def add_earlier(self, former: "Outcome[S]") -> None:
        """Adds what became of the record when the same import took it before."""
        if former.result in (Result.NEW, Result.CHANGED):
            self.result = former.result
        self.announced += former.announced
        self.flags[:0] = [flag for flag in former.flags if flag.rule == ANNOUNCED]

    def refuse(self, rule: str, path: str, text: str) -> None:
        """Refuses the record as a whole: nothing of it is written."""
        self.result, self.reason = Result.REFUSED, Remark(rule, path, text)


@dataclass(slots=True)
class Record:
    """The rows of one record, by table: as the database has them and as they are to be."""

    stored: dict[Table, Rows]
    target: dict[Table, Rows]

    @property
    def differs(self) -> bool:
        return self.stored != self.target


class RecordSet(Generic[K]):
    """Records of one kind, each one row of `main` with rows of `parts`, loaded as they are needed.

    `key` is the column by which the parts name their record. The main table has it too, or is found by `id`.
    """

    def __init__(self, key: str, main: type[Versioned], *parts: type[Versioned]) -> None:
        self.key = key
        self.main = table_of(main)
        self.main_key = key if key in self.main.columns else "id"
        self.tables = [self.main, *(table_of(part) for part in parts)]
        self.records: dict[K, Record] = {}

    async def load(self, session: AsyncSession, keys: Collection[K]) -> None:
        """Reads what is not loaded yet, and locks the main rows until the transaction ends. A key without a record is
        loaded as one without rows."""
        missing = sorted({key for key in keys if key not in self.records})  # pyright: ignore
        if not missing:
            return
        stored = {key: {table: {} for table in self.tables} for key in missing}
        found = missing
        for table in self.tables:
            name = self.main_key if table is self.main else self.key
            rows = await rows_where(session, table, name, found, locked=table is self.main)
            for row in rows:
                stored[row[name]][table][key_of(table, row)] = row
            if table is self.main:
                found = [row[name] for row in rows]
            if not found:
                break
        for key, tables in stored.items():
            self.records[key] = Record(tables, {table: copy(rows) for table, rows in tables.items()})

    def row(self, key: K | None) -> Row | None:
        """The record's target main row; None for no key, for one that is not loaded and where there is no record."""
        record = self.records.get(key) if key is not None else None
        return next(iter(record.target[self.main].values()), None) if record else None

    def stored_row(self, key: K) -> Row | None:
        """The record's stored main row; None for a new record."""
        return next(iter(self.records[key].stored[self.main].values()), None)

    def rows(self, key: K, part: type[Versioned]) -> Rows:
        """The target rows of a part. Not to be changed in place: `set_rows` replaces them."""
        return self.records[key].target[table_of(part)]

    def set_row(self, key: K, row: Row) -> None:
        """Replaces the target main row."""
        self.records[key].target[self.main] = {key_of(self.main, row): row}

    def set_rows(self, key: K, part: type[Versioned], rows: Collection[Row]) -> None:
        """Replaces the target rows of a part. Rows with `id` None are new ones."""
        table = table_of(part)
        target = self.records[key].target
        target[table] = {
            key_of(table, row) if row.get("id", 0) is not None else (None, index): row for index, row in enumerate(rows)
        }

    def action(self, key: K, noun: str) -> str:
        """The action of the record's entry in the log: `noun` with Referenced (known only because another record
        points at it), Created (reported by a source for the first time) or Updated."""
        target, stored = self.row(key), self.stored_row(key)
        reference_only = target is not None and target["reference_only"]
        if stored is None:
            return f"{noun}Referenced" if reference_only else f"{noun}Created"
        return f"{noun}Created" if stored["reference_only"] and not reference_only else f"{noun}Updated"

    def copy_of(self, key: K) -> dict[Table, Rows]:
        """The record's target rows, to find out later whether something has changed them."""
        return dict(self.records[key].target)


def new_id(model: type[Versioned]) -> Unnumbered:
    """The id of a new row whose table numbers its rows itself."""
    table = table_of(model)
    return Unnumbered(f"{table.name}_{table.primary_key.columns[0].name}_seq")


def row_columns(table: Table) -> list[str]:
    """The columns of a `Row`: what an intake decides, not what the database fills in."""
    return [column.name for column in table.columns if not column.computed and column.name != "since_entry"]


def key_of(table: Table, row: Row) -> tuple[Any, ...]:
    return tuple(row[column.name] for column in table.primary_key)


async def rows_where(
    session: AsyncSession, table: Table, column: str, keys: Collection[Any], *, locked: bool = False
) -> list[Row]:
    """Stored rows, in their present versions. `locked`: in the order of their keys, until the transaction ends."""
    columns = [table.c[name] for name in row_columns(table)]
    statement = select(*columns).where(among(table.c[column], keys))
    if locked:
        statement = statement.order_by(table.c[column]).with_for_update(key_share=True)
    return [dict(row) for row in (await session.execute(statement)).mappings()]

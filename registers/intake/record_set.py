"""Taking records in from sources: what became of each, and its rows as held and as wanted."""

from collections.abc import Collection, Hashable
from copy import copy
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Generic, TypeVar

from sqlalchemy import ARRAY, ColumnElement, Table, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from registers.database.database import Versioned
from registers.intake.snapshot import Remark, Snapshot

S = TypeVar("S", bound=Snapshot)
K = TypeVar("K", bound=Hashable)
ANNOUNCED = "reference-announced"  # rule of a flag: the record points at one that nobody has given
Row = dict[str, Any]
Rows = dict[tuple[Any, ...], Row]


@dataclass(eq=False, slots=True)
class Unnumbered:
    """The id of a row that is not stored yet: rows that point at it hold the same object.

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
    WAITING = "waiting"  # said before and taken back then; to be seen whether that follows again


@dataclass(slots=True)
class Outcome(Generic[S]):
    """A record on its way in. The snapshot stays as it was read, so that it can be tried again."""

    snapshot: S
    result: Result = Result.UNCHANGED
    reason: Remark | None = None  # why the whole record was refused
    announced: int = 0  # records it refers to that nobody has given yet
    remembered: bool = True  # False = to be looked at again at the next import, though it be the same
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
        """What became of the record when it was taken before in the same import."""
        if former.result in (Result.NEW, Result.CHANGED):
            self.result = former.result
        self.announced += former.announced
        self.flags[:0] = [flag for flag in former.flags if flag.rule == ANNOUNCED]

    def refuse(self, rule: str, path: str, text: str) -> None:
        """The record as a whole: nothing of it goes in."""
        self.result, self.reason = Result.REFUSED, Remark(rule, path, text)


@dataclass(slots=True)
class Record:
    """The rows of one record, by table and primary key."""

    stored: dict[Table, Rows]
    target: dict[Table, Rows]

    @property
    def differs(self) -> bool:
        return self.stored != self.target


class RecordSet(Generic[K]):
    """Records of one kind as held by the database and as they are to be; loaded as they are needed."""

    def __init__(self, key: str, main: type[Versioned], *parts: type[Versioned]) -> None:
        self.key = key  # column that names the record in every one of its tables
        self.main = table_of(main)
        self.main_key = key if key in self.main.columns else "id"
        self.tables = [self.main, *(table_of(part) for part in parts)]
        self.records: dict[K, Record] = {}

    async def load(self, session: AsyncSession, keys: Collection[K]) -> None:
        """Reads what is not loaded yet and keeps others from changing it until the transaction ends."""
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
        """The record's main row as wanted; None when there is none."""
        record = self.records.get(key) if key is not None else None
        return next(iter(record.target[self.main].values()), None) if record else None

    def stored_row(self, key: K) -> Row | None:
        return next(iter(self.records[key].stored[self.main].values()), None)

    def rows(self, key: K, part: type[Versioned]) -> Rows:
        """Rows of a part as wanted, to be read."""
        return self.records[key].target[table_of(part)]

    def set_row(self, key: K, row: Row) -> None:
        self.records[key].target[self.main] = {key_of(self.main, row): row}

    def set_rows(self, key: K, part: type[Versioned], rows: Collection[Row]) -> None:
        """Replaces the rows of a part. Rows without an `id` are new ones."""
        table = table_of(part)
        target = self.records[key].target
        target[table] = {
            key_of(table, row) if row.get("id", 0) is not None else (None, index): row for index, row in enumerate(rows)
        }

    def action(self, key: K, noun: str) -> str:
        """What happens to the record, as its entry in the log says it: `noun` with Referenced (it is known only because
        another record points at it), Created (a source reports it for the first time) or Updated."""
        target, stored = self.row(key), self.stored_row(key)
        reference_only = target is not None and target["reference_only"]
        if stored is None:
            return f"{noun}Referenced" if reference_only else f"{noun}Created"
        return f"{noun}Created" if stored["reference_only"] and not reference_only else f"{noun}Updated"

    def copy_of(self, key: K) -> dict[Table, Rows]:
        """The record as wanted, to tell later whether something has changed it."""
        return dict(self.records[key].target)


def table_of(model: type[Versioned]) -> Table:
    return model.__table__  # pyright: ignore[reportAttributeAccessIssue] - every model has one


def new_id(model: type[Versioned]) -> Unnumbered:
    """Of a row whose table counts its rows itself."""
    table = table_of(model)
    return Unnumbered(f"{table.name}_{table.primary_key.columns[0].name}_seq")


def key_of(table: Table, row: Row) -> tuple[Any, ...]:
    return tuple(row[column.name] for column in table.primary_key)


def any_of(column: ColumnElement[Any] | InstrumentedAttribute[Any], keys: Collection[Any]) -> ColumnElement[bool]:
    """`column` is one of `keys`, sent as one array whatever their number."""
    return column == func.any(bindparam(None, list(keys), type_=ARRAY(column.type), unique=True))


async def rows_where(
    session: AsyncSession, table: Table, column: str, keys: Collection[Any], *, locked: bool = False
) -> list[Row]:
    """Rows of today's versions with all they say, `since_entry` and computed columns aside."""
    columns = [each for each in table.columns if not each.computed and each.name != "since_entry"]
    statement = select(*columns).where(any_of(table.c[column], keys))
    if locked:
        statement = statement.order_by(table.c[column]).with_for_update(key_share=True)
    return [dict(row) for row in (await session.execute(statement)).mappings()]

"""What entries changed: the versions of rows they made and ended, side by side.

A version made by an entry stands in its table while it is today's, afterwards in the history twin; one that was ended
stands in the twin. A row that was made and ended by the same entry leaves no trace.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Integer,
    LargeBinary,
    Select,
    Table,
    Text,
    and_,
    any_,
    bindparam,
    cast,
    func,
    literal_column,
    null,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from registers.access.policy import NEVER_SHOWN, PatientsShown
from registers.core.identifiers import EntryNumber
from registers.database.base import Base
from registers.database.sessions import ReadSession
from registers.database.versions import Versioned, history_of

Values = dict[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class Patients:
    """How rows of a register concern patients: by a column `key`, which holds our own number of the person.
    `unprotected` is the condition that a person with a number is not protected."""

    key: str
    unprotected: Callable[[ColumnElement[int]], ColumnElement[bool]]


@dataclass(frozen=True, slots=True, eq=False)
class LoggedTables:
    """What the log shows of one register: versions of the rows of these models. `names` are those that the graph gives
    a column in place of its own, by table and column. `patients` None = no row concerns a patient."""

    models: tuple[type[Versioned], ...]
    names: Mapping[tuple[str, str], str] = field(default_factory=dict)
    patients: Patients | None = None


class RowChange(NamedTuple):
    """One row before and after an entry, as JSON values by column; None where it did not exist. `person` = the patient
    it is about, by our own number."""

    table: Table
    old: Values | None
    new: Values | None
    person: int | None


async def of_entries(
    session: ReadSession,
    logged: LoggedTables,
    entries: Collection[EntryNumber],
    *,
    patients: PatientsShown,
    limit: int,
) -> dict[EntryNumber, list[RowChange]]:
    """The first `limit` changes of rows of each entry of the register, tables that others point at first. Entries
    without any are absent. National ids come as digests, bytes as their number."""
    tables = tables_of(logged)
    found: dict[EntryNumber, list[RowChange]] = {}
    rows = await session.execute(_statement(logged, patients), {"entries": list(entries), "row_limit": limit})
    for row in rows:
        found.setdefault(row.entry, []).append(RowChange(tables[row.position], row.old, row.new, row.person))
    return found


@cache
def tables_of(logged: LoggedTables) -> list[Table]:
    """Those that others point at first."""
    own = {mapper.local_table for mapper in Base.registry.mappers if mapper.class_ in logged.models}
    return [table for table in Base.metadata.sorted_tables if table in own]


@cache
def disclosed_columns(table: Table) -> list[Column[Any]]:
    """Columns with content of the record: none that is computed, or a number of the database's own."""
    return [
        column
        for column in table.columns
        if not column.computed and column.name != "since_entry" and not _is_our_number(column)
    ]


def _is_our_number(column: Column[Any]) -> bool:
    return column.identity is not None or any(key.column.identity is not None for key in column.foreign_keys)


@cache
def _statement(logged: LoggedTables, patients: PatientsShown) -> Select[*tuple[Any, ...]]:
    changes = [
        _changes_of(position, table, logged.patients if _tells_of_patients(table, logged) else None, patients)
        for position, table in enumerate(tables_of(logged))
        if patients is not PatientsShown.NONE or not _tells_of_patients(table, logged)
    ]
    found = union_all(*changes).subquery()
    number = func.row_number().over(partition_by=found.c.entry, order_by=(found.c.position, found.c.key))
    numbered = select(found, number.label("number")).subquery()
    columns = (numbered.c.entry, numbered.c.position, numbered.c.old, numbered.c.new, numbered.c.person)
    return (
        select(*columns)
        .where(numbered.c.number <= bindparam("row_limit"))
        .order_by(numbered.c.entry, numbered.c.number)
    )


def _tells_of_patients(table: Table, logged: LoggedTables) -> bool:
    return logged.patients is not None and logged.patients.key in table.columns


def _changes_of(
    position: int, table: Table, about: Patients | None, patients: PatientsShown
) -> Select[*tuple[Any, ...]]:
    history = history_of(table)
    made = union_all(
        _versions(table, table, table.c.since_entry, about, patients),
        _versions(table, history, history.c.since_entry, about, patients),
    )
    after = made.subquery()
    before = _versions(table, history, history.c.until_entry, about, patients).subquery()
    same_row = and_(after.c.entry == before.c.entry, after.c.key == before.c.key)
    return select(
        func.coalesce(after.c.entry, before.c.entry).label("entry"),
        literal_column(str(position), Integer).label("position"),
        func.coalesce(after.c.key, before.c.key).label("key"),
        before.c.row.label("old"),
        after.c.row.label("new"),
        func.coalesce(after.c.person, before.c.person).label("person"),
    ).select_from(after.join(before, same_row, full=True))


def _versions(
    table: Table, versions: Table, entry: ColumnElement[Any], about: Patients | None, patients: PatientsShown
) -> Select[*tuple[Any, ...]]:
    """Versions in `versions`, which is the table or its twin, that `entry` names one of the asked for."""
    key = func.jsonb_build_array(*(versions.c[column.name] for column in table.primary_key))
    values = [
        part
        for column in disclosed_columns(table)
        for part in (literal_column(f"'{column.name}'"), _value(versions.c[column.name]))
    ]
    person = cast(null(), Integer) if about is None else versions.c[about.key]
    statement = select(
        entry.label("entry"),
        key.label("key"),
        func.jsonb_build_object(*values, type_=JSONB).label("row"),
        person.label("person"),
    ).where(entry == any_(bindparam("entries", type_=ARRAY(BigInteger))))
    if patients is PatientsShown.UNPROTECTED and about is not None:
        statement = statement.where(about.unprotected(person))
    return statement


def _value(column: Column[Any]) -> ColumnElement[Any]:
    if column.name in NEVER_SHOWN:
        return func.md5(column)
    if isinstance(column.type, LargeBinary):
        return cast(func.octet_length(column), Text) + " bytes"
    return column

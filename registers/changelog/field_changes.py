"""What entries changed, field by field, as far as one caller may see it."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import DateTime, Table

from registers.access.policy import patients_shown, shows_value
from registers.changelog import versions
from registers.changelog.append import Register
from registers.changelog.versions import LoggedTables, RowChange, Values, disclosed_columns
from registers.core.caller import Caller
from registers.core.identifiers import EntryNumber, without_national_ids
from registers.database.base import Base
from registers.database.sessions import ReadSession

FIELD_CHANGES_MAX = 200  # of one entry: a list of patients brings thousands
NOT_SHOWN = "(not shown)"

DISTINGUISHING_COLUMNS = ("type", "usage", "profession")
"""Columns that distinguish parts of a record where the key is a number of our own."""


class FieldChange(NamedTuple):
    """One field before and after; None where there was or is nothing."""

    part: str
    key: str | None
    field: str
    old: str | None
    new: str | None


class FieldChanges(NamedTuple):
    """The first changes of an entry; `more` = there are others. `persons` = the patients that any of them is about."""

    changes: list[FieldChange]
    more: bool
    persons: frozenset[int]


Asked = tuple[EntryNumber, Register, Caller]
"""An entry, its register, and who asks."""


async def of_entries(
    session: ReadSession, asked: Collection[Asked], tables: Mapping[Register, LoggedTables]
) -> dict[Asked, FieldChanges]:
    """What each entry changed in its register, as far as the caller may see it; the same at every instant."""
    groups: dict[tuple[Register, Caller], list[EntryNumber]] = defaultdict(list)
    for entry, register, caller in asked:
        groups[register, caller].append(entry)
    answers: dict[Asked, FieldChanges] = {}
    for (register, caller), entries in groups.items():
        found = await versions.of_entries(
            session, tables[register], entries, patients=patients_shown(caller), limit=FIELD_CHANGES_MAX + 1
        )
        for entry in entries:
            rows = found.get(entry, ())
            changes = [change for row in rows for change in _fields(row, tables[register].names, caller)]
            persons = frozenset(row.person for row in rows if row.person is not None)
            answers[entry, register, caller] = FieldChanges(
                changes[:FIELD_CHANGES_MAX], len(changes) > FIELD_CHANGES_MAX, persons
            )
    return answers


def _fields(change: RowChange, names: Mapping[tuple[str, str], str], caller: Caller) -> Iterator[FieldChange]:
    table = change.table
    old, new = change.old or {}, change.new or {}
    part, key = _part_of(table), _key(table, new or old, caller)
    for column in disclosed_columns(table):
        before, after = old.get(column.name), new.get(column.name)
        if before == after:
            continue
        shown = shows_value(caller, table.name, column.name)
        texts = [
            None if value is None else _text(column.type, value) if shown else NOT_SHOWN for value in (before, after)
        ]
        name = names.get((table.name, column.name)) or _camel_case(column.name)
        yield FieldChange(part, key, name, *texts)


def _key(table: Table, values: Values, caller: Caller) -> str | None:
    names = [column.name for column in table.primary_key if column.name in values]
    names = names or [name for name in DISTINGUISHING_COLUMNS if values.get(name) is not None][:1]
    if not names or not all(shows_value(caller, table.name, name) for name in names):
        return None
    return "/".join(str(values[name]) for name in names)


@cache
def _part_of(table: Table) -> str:
    model = next(mapper.class_ for mapper in Base.registry.mappers if mapper.local_table is table)
    return model.__name__[0].lower() + model.__name__[1:]


def _camel_case(column: str) -> str:
    first, *others = column.split("_")
    return first + "".join(word.capitalize() for word in others)


def _text(type_: Any, value: Any) -> str | None:
    """A JSON value as the graph writes it."""
    if isinstance(type_, DateTime):
        return datetime.fromisoformat(value).isoformat()
    if isinstance(value, list):
        return ", ".join(str(each) for each in value) or None
    if isinstance(value, bool):
        return str(value).lower()
    return without_national_ids(value) if isinstance(value, str) else str(value)

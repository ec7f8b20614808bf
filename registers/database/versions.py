"""Versions of rows: today's in the table, earlier ones in its twin `<table>_history`, and the table as of an entry."""

from typing import Any, TypeVar, cast

from sqlalchemy import BigInteger, FromClause, Index, Table, select, text, union_all
from sqlalchemy import Column as TableColumn
from sqlalchemy.orm import Mapped, aliased, mapped_column

from registers.core.identifiers import EntryNumber
from registers.core.validity import Instant
from registers.database.base import Base


class Versioned:
    """A row that knows the entry that made it; earlier versions are kept in `<table>_history`.

    The database fills both (migration `create the log`): a change without an entry is refused there. What one entry
    changed is found by the index on `since_entry` of both, and by the first column of the twin's key.
    """

    since_entry: Mapped[EntryNumber] = mapped_column(
        server_default=text("current_entry()"),
        comment="Entry of the log that made this version of the row.",
    )

    def __init_subclass__(cls, **arguments: Any) -> None:
        super().__init_subclass__(**arguments)
        if "__tablename__" in vars(cls):
            Index(None, table_of(cls).c.since_entry)
            history_of(table_of(cls))


V = TypeVar("V", bound=Versioned)


def table_of(model: type[Versioned]) -> Table:
    return cast(Table, cast(Any, model).__table__)


def history_of(table: Table) -> Table:
    """The twin of `table`: `until_entry` first, so that a column added to both lands at the same place."""
    name = f"{table.name}_history"
    if name not in table.metadata.tables:
        key = [column.name for column in table.primary_key]
        Table(
            name,
            table.metadata,
            TableColumn("until_entry", BigInteger, primary_key=True, autoincrement=False),
            *(
                TableColumn(
                    column.name,
                    column.type,
                    primary_key=column.name in key,
                    nullable=column.nullable,
                    autoincrement=False,
                    comment=column.comment,
                )
                for column in table.columns
            ),
            Index(None, "since_entry"),
            comment=f"Earlier versions of {table.name}: known from since_entry until until_entry.",
        )
    return table.metadata.tables[name]


def known_at(model: type[V], instant: Instant, *, again: bool = False) -> type[V]:
    """`model` as the log knew it at `instant.entry`; today's table itself when that is None.

    `again` gives a second, independent reference for a statement that needs two.
    """
    if instant.entry is None:
        return aliased(model) if again else model
    return cast(type[V], aliased(model, known_table_at(table_of(model).name, instant)))


def known_table_at(name: str, instant: Instant) -> FromClause:
    """The table `name` as the log knew it: how one register's SELECT reaches into another's rows."""
    now = Base.metadata.tables[name]
    if instant.entry is None:
        return now
    then = history_of(now)
    return union_all(
        select(now).where(now.c.since_entry <= instant.entry),
        select(*(then.c[column.name] for column in now.columns)).where(
            then.c.since_entry <= instant.entry, then.c.until_entry > instant.entry
        ),
    ).subquery()

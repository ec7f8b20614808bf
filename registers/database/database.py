"""Tables' common ground, versions of rows, and the two ways to a session."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from datetime import date, datetime
from typing import Any, TypeVar, cast

from sqlalchemy import (
    TIMESTAMP,
    BigInteger,
    Date,
    FromClause,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    event,
    text,
    union_all,
)
from sqlalchemy import Column as TableColumn
from sqlalchemy import select as sql_select
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, aliased, mapped_column

from registers.core.codes import CodeKey
from registers.core.identifiers import (
    EntryNumber,
    GpContractId,
    HerId,
    HprNumber,
    MunicipalityNumber,
    NationalId,
    OrganisationNumber,
    PostalCode,
    ReshId,
    Thumbprint,
)
from registers.core.validity import Instant
from registers.database.direct.read_session import DirectPool, ReadSession
from registers.database.unavailable import raises_unavailable

CONNECT_TIMEOUT_SECONDS = 5
STATEMENT_TIMEOUT_SECONDS = 15
LOCK_TIMEOUT_SECONDS = 4
POOL_SIZE = 10  # connections, of sessions; as many again, and the overflow, serve the short way (`reading.py`)
POOL_OVERFLOW = 10  # connections beyond the pool under load
POOL_WAIT_SECONDS = 5
WORD_SIMILARITY_LEAST = 0.45  # of 1, for the operator %>: finds one wrong letter in a word of five


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "pk": "%(table_name)s_pkey",
            "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
            "uq": "%(table_name)s_%(column_0_N_name)s_key",
            "ck": "%(table_name)s_%(constraint_name)s_check",
            "ix": "%(table_name)s_%(column_0_N_name)s_idx",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it from the class
        datetime: TIMESTAMP(timezone=True),
        date: Date,
        str: Text,
        CodeKey: Text,
        EntryNumber: BigInteger,
        GpContractId: BigInteger,
        HerId: Integer,
        HprNumber: Integer,
        ReshId: Integer,
        MunicipalityNumber: Text,
        NationalId: Text,
        OrganisationNumber: Text,
        PostalCode: Text,
        Thumbprint: Text,
    }


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
Key = TypeVar("Key")
Item = TypeVar("Item")


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
        sql_select(now).where(now.c.since_entry <= instant.entry),
        sql_select(*(then.c[column.name] for column in now.columns)).where(
            then.c.since_entry <= instant.entry, then.c.until_entry > instant.entry
        ),
    ).subquery()


def grouped(rows: Iterable[Item], key: Callable[[Item], Key | None]) -> dict[Key, list[Item]]:
    """Rows by a key, in the order they came; rows without a key are left out."""
    groups: dict[Key, list[Item]] = {}
    for row in rows:
        name = key(row)
        if name is not None:
            groups.setdefault(name, []).append(row)
    return groups


class Database:
    """One PostgreSQL database. A session belongs to one task and is never shared."""

    def __init__(self, url: str, *, statement_timeout_seconds: int = STATEMENT_TIMEOUT_SECONDS) -> None:
        connect_arguments = {
            "timeout": CONNECT_TIMEOUT_SECONDS,
            "server_settings": {
                "application_name": "registers",
                "timezone": "UTC",
                "statement_timeout": str(statement_timeout_seconds * 1000),
                "lock_timeout": str(LOCK_TIMEOUT_SECONDS * 1000),
                "pg_trgm.word_similarity_threshold": str(WORD_SIMILARITY_LEAST),
            },
        }
        self.engine = create_async_engine(
            url,
            pool_size=POOL_SIZE,
            max_overflow=POOL_OVERFLOW,
            pool_timeout=POOL_WAIT_SECONDS,
            connect_args=connect_arguments,
        )
        event.listen(self.engine.sync_engine, "checkout", _refuse_closed)
        self._sessions = async_sessionmaker(self.engine, expire_on_commit=False)
        self._at_once = self.engine.execution_options(isolation_level="AUTOCOMMIT")
        self._direct_pool = DirectPool(self.engine, connect_arguments, POOL_SIZE + POOL_OVERFLOW, POOL_WAIT_SECONDS)

    def reading(self) -> AbstractAsyncContextManager[AsyncSession]:
        """A session for one batch of reads, each statement for itself. Raises DatabaseUnavailable."""
        return ReadSession(self._direct_pool, self._at_once)

    def appending(self) -> AbstractAsyncContextManager[AsyncSession]:
        """A session for a write that is one statement: committed when the statement is done. Raises
        DatabaseUnavailable."""
        return self.reading()

    @asynccontextmanager
    async def rehearsing(self) -> AsyncIterator[AsyncSession]:
        """One transaction that is rolled back on leaving, whatever happened in it."""
        with raises_unavailable():
            async with self._sessions() as session:
                yield session

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncSession]:
        """One transaction: committed on leaving, rolled back on any exception."""
        with raises_unavailable():
            async with self._sessions.begin() as session:
                yield session

    async def close(self) -> None:
        await self._direct_pool.close()
        await self.engine.dispose()


def _refuse_closed(connection: Any, *_: object) -> None:
    """A connection that the server has closed meanwhile is replaced; seen without a round trip."""
    if connection.driver_connection.is_closed():
        raise DisconnectionError


class Rehearsal:
    """A transaction that will never be committed. Until it ends it can be read as if it had been.

    Its one session serves one reader at a time.
    """

    def __init__(self, session: AsyncSession, ending: AsyncExitStack) -> None:
        self._session = session
        self._ending = ending
        self._lock = asyncio.Lock()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        async with self._lock:
            yield self._session

    async def end(self) -> None:
        """Rolls back. Leaves no trace."""
        await self._ending.aclose()

"""Sessions that read. What is asked all day takes the short way to the database, past SQLAlchemy's session.

A row by its key costs 0.66 ms of CPU through a session and 0.14 by asyncpg's own pool; the question for a patient's GP
sends ten such statements.
"""

from asyncio import timeout
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import asyncpg
from asyncpg.pool import PoolConnectionProxy
from sqlalchemy import Executable, Result
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from registers.core.errors import DatabaseUnavailable
from registers.database.direct.prepared import PreparedStatement, prepared_statement_of
from registers.database.unavailable import is_unavailable, raises_unavailable

CLOSE_TIMEOUT_SECONDS = 5
INDEXES_ONLY = dict.fromkeys(("enable_seqscan", "enable_hashjoin", "enable_mergejoin", "enable_material"), "off")
GENERIC_PLANS = {"plan_cache_mode": "force_generic_plan", **INDEXES_ONLY}
"""To plan `= ANY` anew for each array costs thrice what the look-up does. A plan that is kept goes from index to index:
one that reads an empty table through would still be there when the table has grown."""


class DirectPool:
    """Connections for the short way, made when they are needed."""

    def __init__(self, engine: AsyncEngine, arguments: Mapping[str, Any], size: int, wait_seconds: float) -> None:
        _, where = engine.dialect.create_connect_args(engine.url)
        where.pop("prepared_statement_name_func", None)
        if "prepared_statement_cache_size" in where:  # SQLAlchemy's word, for databases behind a PgBouncer
            where["statement_cache_size"] = where.pop("prepared_statement_cache_size")
        self._arguments = {**where, **arguments, "server_settings": arguments["server_settings"] | GENERIC_PLANS}
        self._size, self._wait_seconds = size, wait_seconds
        self._pool: asyncpg.Pool | None = None

    async def acquire(self) -> PoolConnectionProxy:
        """A connection of one's own until it is released. Raises DatabaseUnavailable, or a driver error."""
        if self._pool is None:  # a pool belongs to the event loop it is made in
            self._pool = asyncpg.create_pool(min_size=0, max_size=self._size, reset=_nothing, **self._arguments)
            await self._pool
        try:
            return await self._pool.acquire(timeout=self._wait_seconds)
        except asyncpg.PostgresError as refused:  # whatever it is that the server has against a new connection
            raise DatabaseUnavailable from refused

    async def release(self, connection: PoolConnectionProxy) -> None:
        if self._pool is not None:  # else it has been closed, with every connection
            await self._pool.release(connection)

    @staticmethod
    def discard(connection: PoolConnectionProxy) -> None:
        """Nobody else is to get it."""
        with suppress(asyncpg.InterfaceError):  # it has found out by itself that it is no more
            connection.terminate()

    async def close(self) -> None:
        """Waits for those in use, but not for ever; nobody gets one any more."""
        if self._pool is not None:
            with suppress(TimeoutError):  # it has ended them all then
                async with timeout(CLOSE_TIMEOUT_SECONDS):
                    await self._pool.close()
            self._pool = None


async def _nothing(connection: object) -> None:
    """A statement without a transaction leaves nothing on its connection to be reset."""


class ReadSession(AsyncSession):
    """A session for one batch of reads: each statement for itself, without BEGIN and ROLLBACK around it. Raises
    DatabaseUnavailable on leaving.

    Statements that are `kept` (`plans.py`) go straight to asyncpg. The session behind is begun by the first other
    one: most batches have none.
    """

    def __init__(self, pool: DirectPool, engine: AsyncEngine) -> None:
        self._direct_pool, self._engine = pool, engine
        self._connection: PoolConnectionProxy | None = None

    async def execute(self, statement: Executable, params: Any = None, **options: Any) -> Result[Any]:  # pyright: ignore
        values: Mapping[str, Any] = params or {}
        prepared_statement = prepared_statement_of(statement, values)
        if prepared_statement:
            return await self.send(prepared_statement, values)
        await self._release()  # who waits for a connection of the one kind holds none of the other
        return await super().execute(statement, params, **options)

    async def scalar(self, statement: Executable, params: Any = None, **options: Any) -> Any:  # pyright: ignore
        return (await self.execute(statement, params, **options)).scalar()

    async def close(self) -> None:
        try:
            await self._release()
        finally:
            if "sync_session" in vars(self):
                await super().close()

    async def _release(self) -> None:
        if self._connection is not None:
            connection, self._connection = self._connection, None
            await self._direct_pool.release(connection)

    async def __aexit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        """Closes here, not in a task of its own lest a ROLLBACK be cancelled: there is none to wait for."""
        unavailable = is_unavailable(error)
        if unavailable and self._connection is not None:
            self._direct_pool.discard(self._connection)
        try:
            with raises_unavailable():
                await self.close()
        except DatabaseUnavailable:
            if error is None:  # else that comes first: it may be the reader who has given up
                raise
        if unavailable:
            raise DatabaseUnavailable from error

    async def send(self, prepared_statement: PreparedStatement, values: Mapping[str, Any]) -> Result[Any]:
        """The short way."""
        if self._connection is None:
            self._connection = await self._direct_pool.acquire()
        return prepared_statement.result(
            await self._connection.fetch(prepared_statement.sql, *prepared_statement.arguments(values))
        )

    def __getattr__(self, name: str) -> Any:
        if name not in ("sync_session", "_proxied"):
            raise AttributeError(name)
        super().__init__(self._engine, expire_on_commit=False)  # only now does a statement need the session behind
        return vars(self)[name]

"""Sessions that read. What is asked all day takes the short way to the database, past SQLAlchemy's session.

Of the CPU that a look-up costs, a session takes 0.6 ms a statement and asyncpg by itself 0.15; the question for a
patient's GP sends ten.
"""

from asyncio import timeout
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import asyncpg
from asyncpg.pool import PoolConnectionProxy
from sqlalchemy import Executable, Result
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from registers.core.away import is_away, unavailable_when_away
from registers.core.errors import DatabaseUnavailable
from registers.core.plans import Plan, plan_of

CLOSE_TIMEOUT_SECONDS = 5
QUERIES_MAX = 10_000_000  # of one connection; a new one has to prepare its statements again
PLANNED_ONCE = {"plan_cache_mode": "force_generic_plan"}  # to plan `= ANY` for each array costs thrice the look-up


class Readers:
    """Connections for the short way, made when they are needed."""

    def __init__(self, engine: AsyncEngine, arguments: Mapping[str, Any], size: int, wait_seconds: float) -> None:
        _, where = engine.dialect.create_connect_args(engine.url)
        self._arguments = {**where, **arguments, "server_settings": arguments["server_settings"] | PLANNED_ONCE}
        self._size, self._wait_seconds = size, wait_seconds
        self._pool: asyncpg.Pool | None = None

    async def acquire(self) -> PoolConnectionProxy:
        """A connection of one's own until it is released. Raises DatabaseUnavailable, or what `away.py` knows."""
        if self._pool is None:  # a pool belongs to the event loop it is made in
            self._pool = asyncpg.create_pool(
                min_size=0, max_size=self._size, max_queries=QUERIES_MAX, reset=_nothing, **self._arguments
            )
            await self._pool
        try:
            return await self._pool.acquire(timeout=self._wait_seconds)
        except asyncpg.PostgresError as refused:  # whatever it is that the server has against a new connection
            raise DatabaseUnavailable from refused

    async def release(self, connection: PoolConnectionProxy) -> None:
        assert self._pool is not None
        await self._pool.release(connection)

    @staticmethod
    def give_up(connection: PoolConnectionProxy) -> None:
        """Nobody else is to get it."""
        with suppress(asyncpg.InterfaceError):  # it has found out by itself that it is no more
            connection.terminate()

    async def close(self) -> None:
        """Waits for those in use, but not for ever."""
        pool, self._pool = self._pool, None
        if pool is not None:
            try:
                async with timeout(CLOSE_TIMEOUT_SECONDS):
                    await pool.close()
            except TimeoutError:
                pool.terminate()


async def _nothing(connection: object) -> None:
    """A statement without a transaction leaves nothing on its connection to be reset."""


class Reading(AsyncSession):
    """A session for one batch of reads: each statement for itself, without BEGIN and ROLLBACK around it. Raises
    DatabaseUnavailable on leaving.

    Statements that are `kept` (`plans.py`) go straight to asyncpg. The session behind is begun by the first other
    one: most batches have none.
    """

    def __init__(self, readers: Readers, engine: AsyncEngine) -> None:
        self._readers, self._engine = readers, engine
        self._connection: PoolConnectionProxy | None = None

    async def execute(self, statement: Executable, params: Any = None, **options: Any) -> Result[Any]:  # pyright: ignore
        values: Mapping[str, Any] = params or {}
        plan = plan_of(statement, values)
        return await (self.send(plan, values) if plan else super().execute(statement, params, **options))

    async def scalar(self, statement: Executable, params: Any = None, **options: Any) -> Any:  # pyright: ignore
        return (await self.execute(statement, params, **options)).scalar()

    async def close(self) -> None:
        if self._connection is not None:
            connection, self._connection = self._connection, None
            await self._readers.release(connection)
        if "sync_session" in vars(self):
            await super().close()

    async def __aexit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        """Closes here, not in a task of its own lest a ROLLBACK be cancelled: there is none to wait for."""
        away = is_away(error)
        if away and self._connection is not None:
            self._readers.give_up(self._connection)
        with unavailable_when_away():
            await self.close()
        if away:
            raise DatabaseUnavailable from error

    async def send(self, plan: Plan, values: Mapping[str, Any]) -> Result[Any]:
        """The short way."""
        if self._connection is None:
            self._connection = await self._readers.acquire()
        return plan.result(await self._connection.fetch(plan.sql, *plan.arguments(values)))

    def __getattr__(self, name: str) -> Any:
        if name not in ("sync_session", "_proxied"):
            raise AttributeError(name)
        super().__init__(self._engine, expire_on_commit=False)  # only now does a statement need the session behind
        return vars(self)[name]

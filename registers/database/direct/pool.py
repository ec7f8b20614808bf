"""A pool of asyncpg connections for prepared statements, beside the one that SQLAlchemy's sessions use."""

from asyncio import timeout
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import asyncpg
from asyncpg.pool import PoolConnectionProxy
from sqlalchemy.ext.asyncio import AsyncEngine

from registers.core.errors import DatabaseUnavailable

CLOSE_TIMEOUT_SECONDS = 5
INDEXES_ONLY = dict.fromkeys(("enable_seqscan", "enable_hashjoin", "enable_mergejoin", "enable_material"), "off")
GENERIC_PLANS = {"plan_cache_mode": "force_generic_plan", **INDEXES_ONLY}
"""To plan `= ANY` anew for each array costs three times what the look-up does. A generic plan lives as long as its
connection, so it has to go by indexes: one that scans an empty table would still do so when the table has grown."""


class DirectPool:
    """Connections of asyncpg's own pool, made when they are needed."""

    def __init__(self, engine: AsyncEngine, arguments: Mapping[str, Any], size: int, wait_seconds: float) -> None:
        _, where = engine.dialect.create_connect_args(engine.url)
        where.pop("prepared_statement_name_func", None)
        if "prepared_statement_cache_size" in where:  # so called by SQLAlchemy; for databases behind a PgBouncer
            where["statement_cache_size"] = where.pop("prepared_statement_cache_size")
        self._arguments = {**where, **arguments, "server_settings": arguments["server_settings"] | GENERIC_PLANS}
        self._size, self._wait_seconds = size, wait_seconds
        self._pool: asyncpg.Pool | None = None

    async def acquire(self) -> PoolConnectionProxy:
        """A connection for one reader until it is released. Raises DatabaseUnavailable, or a driver error."""
        if self._pool is None:  # a pool belongs to the event loop it is made in
            self._pool = asyncpg.create_pool(min_size=0, max_size=self._size, reset=_no_reset, **self._arguments)
            await self._pool
        try:
            return await self._pool.acquire(timeout=self._wait_seconds)
        except asyncpg.PostgresError as refused:  # whatever reason the server has to refuse one
            raise DatabaseUnavailable from refused

    async def release(self, connection: PoolConnectionProxy) -> None:
        if self._pool is not None:  # else close() has ended every connection
            await self._pool.release(connection)

    @staticmethod
    def discard(connection: PoolConnectionProxy) -> None:
        """Ends a connection whose state is not known."""
        with suppress(asyncpg.InterfaceError):  # it is closed already
            connection.terminate()

    async def close(self) -> None:
        """Waits some seconds for those in use, then ends them. No further one is given out."""
        if self._pool is not None:
            with suppress(TimeoutError):  # asyncpg has terminated them by then
                async with timeout(CLOSE_TIMEOUT_SECONDS):
                    await self._pool.close()
            self._pool = None


async def _no_reset(connection: object) -> None:
    """A statement outside a transaction leaves nothing on its connection to be reset."""

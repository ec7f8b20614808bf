"""One PostgreSQL database: its two pools of connections, and the sessions that read and write."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from sqlalchemy import event
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from registers.database.direct.pool import DirectPool
from registers.database.direct.session import DirectSession
from registers.database.sessions import ReadSession
from registers.database.unavailable import raises_unavailable

CONNECT_TIMEOUT_SECONDS = 5
STATEMENT_TIMEOUT_SECONDS = 15
LOCK_TIMEOUT_SECONDS = 4
POOL_SIZE = 10  # connections, of sessions; as many again, and the overflow, are in the direct pool
POOL_OVERFLOW = 10  # connections beyond the pool under load
POOL_WAIT_SECONDS = 5
WORD_SIMILARITY_LEAST = 0.45  # of 1, for the operator %>: finds one wrong letter in a word of five


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

    def reading(self) -> AbstractAsyncContextManager[ReadSession]:
        """A session for one batch of reads, each statement for itself. Raises DatabaseUnavailable."""
        return DirectSession(self._direct_pool, self._at_once)

    def appending(self) -> AbstractAsyncContextManager[ReadSession]:
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

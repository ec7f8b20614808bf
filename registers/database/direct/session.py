"""A session for one batch of reads: prepared statements go straight to the driver, past SQLAlchemy's session.

A row by its key costs 0.66 ms of CPU through an AsyncSession and 0.14 through asyncpg's own pool; the question for a
patient's GP sends ten such statements.
"""

from typing import Any, cast

from asyncpg.pool import PoolConnectionProxy
from sqlalchemy import Executable, ScalarResult
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from registers.core.errors import DatabaseUnavailable
from registers.database.direct.pool import DirectPool
from registers.database.direct.prepared import PreparedStatement, prepared_statement_of
from registers.database.sessions import ReadSession, Rows
from registers.database.unavailable import is_unavailable, raises_unavailable


class DirectSession:
    """A ReadSession whose statements each stand for themselves, without BEGIN and ROLLBACK. Raises
    DatabaseUnavailable on leaving.

    A prepared statement takes a connection of `pool`; any other one an AsyncSession over `engine`, begun when the first
    of them comes: most batches have none. Only one of the two connections is ever held, so that readers of both kinds
    never wait for each other.
    """

    def __init__(self, pool: DirectPool, engine: AsyncEngine) -> None:
        self._pool, self._engine = pool, engine
        self._connection: PoolConnectionProxy | None = None
        self._session: AsyncSession | None = None

    async def execute(self, statement: Executable, params: Any = None) -> Rows:
        prepared = prepared_statement_of(statement, params or {})
        if prepared:
            return await self.send(prepared, params or {})
        await self._release()
        if self._session is None:
            self._session = AsyncSession(self._engine, expire_on_commit=False)
        return await self._session.execute(statement, params)

    async def scalars(self, statement: Executable, params: Any = None) -> ScalarResult[Any]:
        return (await self.execute(statement, params)).scalars()

    async def scalar(self, statement: Executable, params: Any = None) -> Any:
        return (await self.execute(statement, params)).scalar()

    async def send(self, prepared: PreparedStatement, values: Any) -> Rows:
        """Sends a prepared statement by asyncpg."""
        if self._connection is None:
            self._connection = await self._pool.acquire()
        return prepared.result(await self._connection.fetch(prepared.sql, *prepared.arguments(values)))

    async def close(self) -> None:
        try:
            await self._release()
        finally:
            if self._session is not None:
                session, self._session = self._session, None
                await session.close()

    async def _release(self) -> None:
        if self._connection is not None:
            connection, self._connection = self._connection, None
            await self._pool.release(connection)

    async def __aenter__(self) -> ReadSession:
        return cast(ReadSession, self)  # whose overloads give each statement's rows their types

    async def __aexit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        """Closes in this task: AsyncSession closes in one of its own to save its ROLLBACK from a cancelled reader, and
        here is none to save."""
        unavailable = is_unavailable(error)
        if unavailable and self._connection is not None:
            self._pool.discard(self._connection)
        try:
            with raises_unavailable():
                await self.close()
        except DatabaseUnavailable:
            if error is None:  # else the first error is the one to raise, a cancelled reader's for one
                raise
        if unavailable:
            raise DatabaseUnavailable from error

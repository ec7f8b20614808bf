"""A transaction that is read as if it had been committed, and then rolled back."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncSession


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

"""Rows made in other processes while PostgreSQL stores those before them."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context

from registers.seed.bulk.copy import Rows

PROCESSES = 2
AHEAD = 3  # blocks begun before they are needed, about 20 MB each

Call = Callable[[], list[Rows]]


@contextmanager
def processes() -> Iterator[Executor]:
    """New processes: forked ones would inherit open connections."""
    pool = ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn"))
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


async def prefetched(pool: Executor, calls: Iterable[Call]) -> AsyncIterator[list[Rows]]:
    """The result of each call, in their order."""
    loop = asyncio.get_running_loop()
    begun: deque[asyncio.Future[list[Rows]]] = deque()
    for call in calls:
        begun.append(loop.run_in_executor(pool, call))
        if len(begun) > AHEAD:
            yield await begun.popleft()
    while begun:
        yield await begun.popleft()

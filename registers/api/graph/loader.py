"""Keys of one edge gathered in one tick of the event loop and read together."""

from asyncio import shield
from collections.abc import Awaitable
from itertools import chain
from typing import Generic, TypeVar

from strawberry.dataloader import DataLoader

from registers.api.graph.edges import Edge
from registers.core.identifiers import EntryNumber
from registers.core.validity import Instant
from registers.database.database import Database
from registers.database.rehearsal import Rehearsal

K = TypeVar("K")
V = TypeVar("V")


class Loader(DataLoader[tuple[Instant, K], V | None], Generic[K, V]):
    """Lives as long as one request, so that nothing one caller may see is ever served to another.

    Many fields may await one row. When one of them is cancelled, since a field beside it has failed, the others still
    get the row.
    """

    def load(self, key: tuple[Instant, K]) -> Awaitable[V | None]:
        return shield(super().load(key))


def loader_of(edge: Edge[K, V], source: Database | Rehearsal, persons_read: set[int]) -> Loader[K, V]:
    """Reads from `source`, and adds the patients whose rows it has read to `persons_read`."""

    async def load(keys: list[tuple[Instant, K]]) -> list[V | None]:
        found = await _read(edge, source, keys)
        if edge.persons_of is not None:
            persons_read.update(chain.from_iterable(edge.persons_of(row) for row in found if row is not None))
        return found

    return Loader(load)


async def _read(edge: Edge[K, V], source: Database | Rehearsal, keys: list[tuple[Instant, K]]) -> list[V | None]:
    """Rows in the order of `keys`, by one reading session: a read for each entry that is asked for."""
    asked: dict[EntryNumber | None, dict[K, Instant]] = {}
    for instant, key in keys:
        asked.setdefault(instant.entry, {})[key] = instant
    found: dict[tuple[EntryNumber | None, K], V] = {}
    async with source.reading() as session:
        for entry, group in asked.items():
            rows = await edge.read(session, list(group), instant=next(iter(group.values())))
            found.update({(entry, key): row for key, row in rows.items()})
    return [found.get((instant.entry, key)) for instant, key in keys]

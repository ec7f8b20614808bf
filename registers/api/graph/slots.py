"""Batch look-ups: many keys in one field, and a slot for each of them, in the order asked."""

from collections.abc import Awaitable, Callable, Sequence, Sized
from typing import TypeVar

from registers.api.graph.context import Info
from registers.api.graph.edges import Edge
from registers.core.errors import BadInput
from registers.core.validity import Instant

BATCH_MAX = 500  # keys of one batch look-up

K = TypeVar("K")
V = TypeVar("V")
S = TypeVar("S")


def require_batch(argument: str, keys: Sized) -> None:
    """Raises BadInput for no keys, and for more than BATCH_MAX; `argument` holds them."""
    if not 1 <= len(keys) <= BATCH_MAX:
        raise BadInput(f"{argument}: {len(keys)} keys lie outside 1 to {BATCH_MAX}")


async def batch(
    info: Info,
    edge: Edge[K, V],
    keys: Sequence[K],
    slot: Callable[[K, V | None, Instant], S],
    *,
    argument: str,
    instant: Callable[[], Awaitable[Instant]],
) -> list[S]:
    """A slot for each of `keys`, made of the key and its row; None = there is no row. Raises BadInput.

    `instant` reads from the database, and so is called when the number of keys is accepted.
    """
    require_batch(argument, keys)
    at = await instant()
    rows = await info.context.load_many(edge, at, keys)
    return [slot(key, row, at) for key, row in zip(keys, rows, strict=True)]

"""An edge of the graph: rows by their keys, many keys in one read. Each register lists its own in its `edges.py`.

Knows no GraphQL: `Context.load` is what follows an edge from a resolver.
"""

from collections.abc import Awaitable, Callable, Collection, Iterable
from typing import Generic, Protocol, TypeVar

from registers.core.validity import Instant
from registers.database.sessions import ReadSession

K = TypeVar("K")
V = TypeVar("V")


class Read(Protocol[K, V]):
    """Rows by key, as known at `instant.entry`; keys without a row are absent.

    A function of a repository. It reads rows of all valid times, and one that depends on the valid time has it in its
    key: five hundred moments then cost the statements of one.
    """

    def __call__(self, session: ReadSession, keys: Collection[K], /, *, instant: Instant) -> Awaitable[dict[K, V]]: ...


class Edge(Generic[K, V]):
    """`persons_of` names the patients whose rows were read, by our own number: the access log records them. None = the
    edge leads to no patient."""

    __slots__ = ("persons_of", "read")

    def __init__(self, read: Read[K, V], *, persons_of: Callable[[V], Iterable[int]] | None = None) -> None:
        self.read = read
        self.persons_of = persons_of

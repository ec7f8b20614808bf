"""What one request carries."""

from __future__ import annotations

from asyncio import gather
from collections.abc import Awaitable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar
from uuid import UUID

from strawberry.types.info import Info as _Info

from registers.api.graph.edges import Edge
from registers.api.graph.loader import Loader, loader_of
from registers.core.identifiers import EntryNumber
from registers.core.rules import Language, Rule
from registers.core.validity import Instant
from registers.database.database import Database
from registers.database.rehearsal import Rehearsal

if TYPE_CHECKING:
    from registers.core.caller import Caller

K = TypeVar("K")
V = TypeVar("V")


@dataclass(slots=True)
class Freshness:
    """Position of the log that the answer is at least as new as."""

    entry: EntryNumber
    recorded_at: datetime | None


@dataclass(frozen=True, slots=True)
class EditOptions:
    """Arguments of every mutation field, beside those of its own change."""

    idempotency_key: UUID | None
    dry_run: bool
    reason: str | None


@dataclass(frozen=True, slots=True, eq=False)
class Link(Generic[K, V]):
    """Leads from one register into another: from a key `K` to what the other register shows for it, `V`.

    `links.py` lists those between registers; the functions behind them stand in `registers/objects.py`.
    """

    name: str


class Objects(Protocol):
    """What the registers show of each other. No register knows another one; `objects.py`, which has them all, fulfils
    this."""

    def load(self, info: Info, link: Link[K, V], key: K, instant: Instant) -> Awaitable[V]: ...


@dataclass(slots=True, weakref_slot=True)  # a test sees by a weak reference that nothing keeps it alive
class Context:
    """`now` is the request's only clock. Each batch of reads opens a session of its own: of `database`, during a
    `rehearsal` of the transaction of the dry run.
    """

    caller: Caller
    now: datetime
    database: Database
    objects: Objects
    language: Language = "en"
    freshness: Freshness | None = None
    rehearsal: Rehearsal | None = None
    edit_options: EditOptions | None = None
    """Of the mutation field that runs: an operation runs its mutation fields one after the other."""
    persons_read: set[int] = field(default_factory=set[int])
    """Patients of whom any row was read: what the access log says an operation was about."""
    rule_of_constraint: Mapping[str, Rule] = field(default_factory=dict[str, Rule])
    """By which rule an edit reports what a constraint of the database refuses; needed by mutations alone."""
    _loaders: dict[Edge[Any, Any], Loader[Any, Any]] = field(default_factory=dict, init=False, repr=False)

    def load(self, edge: Edge[K, V], instant: Instant, key: K) -> Awaitable[V | None]:
        """The row of `key`; None where there is none. Keys of one edge that are asked for in one tick are read
        together, and none is read twice in a request."""
        loader: Loader[K, V] = self._loaders.get(edge) or self._loader_of(edge)
        return loader.load((instant, key))

    def load_many(self, edge: Edge[K, V], instant: Instant, keys: Iterable[K]) -> Awaitable[list[V | None]]:
        """Rows in the order of `keys`, as `load` gives them."""
        return gather(*(self.load(edge, instant, key) for key in keys))

    def _loader_of(self, edge: Edge[K, V]) -> Loader[K, V]:
        """A loader is made when a request first follows the edge: most requests follow a handful."""
        loader = self._loaders[edge] = loader_of(edge, self.source, self.persons_read)
        return loader

    @property
    def source(self) -> Database | Rehearsal:
        """Where rows are read: during a rehearsal, as the dry run would have written them."""
        return self.rehearsal or self.database

    def rehearse(self, rehearsal: Rehearsal) -> None:
        """Reads from now on run inside `rehearsal`, until `start_afresh`."""
        self.rehearsal = rehearsal
        self._loaders = {}

    async def start_afresh(self) -> None:
        """Ends a rehearsal, and forgets the rows that were read before a change."""
        rehearsal, self.rehearsal = self.rehearsal, None
        self._loaders = {}
        if rehearsal is not None:
            await rehearsal.end()

    def response_extensions(self) -> dict[str, object]:
        """How fresh the answer is; absent when nothing was read."""
        if self.freshness is None:
            return {}
        return {
            "registers": {
                "entry": self.freshness.entry,
                "asOf": self.now.isoformat(),
                "lagMs": 0,  # read from the database itself, not from a copy that follows it
            }
        }


Info = _Info[Context, None]

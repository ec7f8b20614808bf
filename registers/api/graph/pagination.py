"""Relay connections, forward only, over keysets: a page starts after the key of a row, not at a number of rows."""

import base64
import binascii
from collections.abc import Awaitable, Callable, Sequence
from typing import Annotated, Generic, Protocol, TypeVar

import msgspec
import strawberry

from registers.api.graph.context import Info
from registers.core.errors import BadInput
from registers.core.validity import Instant
from registers.database.search import Key
from registers.database.sessions import ReadSession

PAGE_DEFAULT = 50  # edges
PAGE_MAX = 200  # edges

T = TypeVar("T")

First = Annotated[int, strawberry.argument(description="Length of the page, 1 to 200.")]
After = Annotated[
    str | None, strawberry.argument(description="Cursor that the page starts after; null = from the beginning.")
]


@strawberry.type(description="Where a page lies in its list.")
class PageInfo:
    has_next_page: bool = strawberry.field(description="Whether more follows.")
    end_cursor: str | None = strawberry.field(
        description="Cursor of the last edge, for `after`; null when the page is empty."
    )


@strawberry.type(description="One place in a list.")
class Edge(Generic[T]):
    cursor: str = strawberry.field(description="Opaque place of this edge, for `after`.")
    node: T = strawberry.field(description="The object at this place.")


@strawberry.type(description="A page of a list.")
class Connection(Generic[T]):
    edges: list[Edge[T]] = strawberry.field(description="The objects of this page with their cursors.")
    nodes: list[T] = strawberry.field(description="The objects of this page.")
    page_info: PageInfo = strawberry.field(description="Where the page lies.")
    count: strawberry.Private[Callable[[], Awaitable[int]]]

    @strawberry.field(description="How many objects the whole list holds; counted only when asked for.")
    async def total_count(self) -> int:
        return await self.count()


def page_size(first: int) -> int:
    """`first` when it is allowed. Raises BadInput: a page is refused, never clipped."""
    if not 1 <= first <= PAGE_MAX:
        raise BadInput(f"first: {first} lies outside 1 to {PAGE_MAX}")
    return first


def cursor_of(key: Key) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(key)).decode().rstrip("=")


def read_cursor(cursor: str | None, *shape: type) -> Key | None:
    """The key in a cursor; its parts have the types `shape`. None for no cursor. Raises BadInput."""
    if cursor is None:
        return None
    try:
        text = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        key: Key = msgspec.json.decode(text, type=tuple.__class_getitem__(shape))
    except (binascii.Error, ValueError, msgspec.DecodeError):
        raise BadInput("after: not a cursor of this list") from None
    if any(isinstance(part, int) and abs(part) > 2**62 for part in key):
        raise BadInput("after: not a cursor of this list")
    if any(isinstance(part, str) and "\0" in part for part in key):
        raise BadInput("after: not a cursor of this list")
    return key


def connection(found: Sequence[tuple[T, Key]], *, first: int, count: Callable[[], Awaitable[int]]) -> Connection[T]:
    """A page of `found`, which holds one object more than `first` when there is a next page."""
    page = [Edge(cursor=cursor_of(key), node=node) for node, key in found[:first]]
    return Connection(
        edges=page,
        nodes=[edge.node for edge in page],
        page_info=PageInfo(has_next_page=len(found) > first, end_cursor=page[-1].cursor if page else None),
        count=count,
    )


class Asked(Protocol):
    """What a search looks for."""

    @property
    def key_types(self) -> tuple[type, ...]:
        """Types of the parts of a row's key, in the order that the search puts its rows in."""
        ...


A = TypeVar("A", bound=Asked, contravariant=True)
R = TypeVar("R", covariant=True)


class Search(Protocol[A, R]):
    """What a register's module `search` has."""

    async def find(
        self, session: ReadSession, asked: A, *, instant: Instant, after: Key | None, limit: int
    ) -> Sequence[tuple[R, Key]]: ...

    async def count(self, session: ReadSession, asked: A, *, instant: Instant) -> int: ...


async def search_page(
    info: Info,
    search: Search[A, R],
    node: Callable[[R, Instant], T],
    *,
    asked: Callable[[], A],
    instant: Callable[[], Awaitable[Instant]],
    first: int,
    after: str | None,
) -> Connection[T]:
    """A page of what `search` finds, each row turned into a `node`.

    Refuses with BadInput in this order, before anything is read: the page size, what `asked` finds wrong, the cursor.
    Only then `instant`, which reads from the database, is called.
    """
    size, terms = page_size(first), asked()
    position = read_cursor(after, *terms.key_types)
    at = await instant()
    database = info.context.database
    async with database.reading() as session:
        found = await search.find(session, terms, instant=at, after=position, limit=size + 1)

    async def count() -> int:
        async with database.reading() as session:
            return await search.count(session, terms, instant=at)

    return connection([(node(row, at), key) for row, key in found], first=size, count=count)

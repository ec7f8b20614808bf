"""What following an edge guarantees, whatever it leads to."""

import asyncio
from collections.abc import Collection
from datetime import timedelta

import pytest
from sqlalchemy import text

from registers.api.graph.context import Context
from registers.api.graph.edges import Edge
from registers.core.identifiers import EntryNumber
from registers.core.validity import Instant
from registers.database.sessions import ReadSession
from registers.objects import RegisterObjects
from tests.conftest import EDITOR, NOW
from tests.support.statements import statements_of

pytestmark = pytest.mark.anyio

TODAY = Instant(NOW)
PERSON = 7


class Squares:
    """A repository of the squares of 0 to 9. Remembers what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[list[int], Instant]] = []

    async def by_root(self, session: ReadSession, roots: Collection[int], *, instant: Instant) -> dict[int, int]:
        self.asked.append((list(roots), instant))
        await session.execute(text("SELECT 1"))
        return {root: root * root for root in roots if 0 <= root <= 9}


@pytest.fixture
def squares() -> Squares:
    return Squares()


@pytest.fixture
def square(squares: Squares) -> Edge[int, int]:
    return Edge(squares.by_root)


@pytest.fixture
def context(database) -> Context:
    return Context(caller=EDITOR, now=NOW, database=database, objects=RegisterObjects())


async def test_keys_asked_for_in_one_tick_cost_one_statement(context, database, square):
    with statements_of(database) as sent:
        found = await asyncio.gather(*(context.load(square, TODAY, root) for root in (3, 1, 2, 3)))

    assert (found, len(sent)) == ([9, 1, 4, 9], 1)


async def test_many_keys_come_in_their_order_those_without_a_row_as_none(context, squares, square):
    assert await context.load_many(square, TODAY, [4, 12, 2]) == [16, None, 4]
    assert squares.asked == [([4, 12, 2], TODAY)]


async def test_no_key_is_read_twice_in_a_request(context, squares, square):
    await context.load(square, TODAY, 12)

    assert await context.load_many(square, TODAY, [12, 5]) == [None, 25]
    assert [roots for roots, _ in squares.asked] == [[12], [5]]


async def test_instants_known_by_the_same_entry_are_read_together_others_apart(context, squares, square):
    tomorrow, before = Instant(NOW + timedelta(days=1)), Instant(NOW, EntryNumber(1))

    found = await asyncio.gather(
        context.load(square, TODAY, 1), context.load(square, tomorrow, 2), context.load(square, before, 3)
    )

    assert found == [1, 4, 9]
    assert [(roots, instant.entry) for roots, instant in squares.asked] == [([1, 2], None), ([3], 1)]


async def test_a_field_that_is_given_up_takes_the_row_from_nobody_else(context, square):
    given_up = asyncio.ensure_future(context.load(square, TODAY, 3))
    other = asyncio.ensure_future(context.load(square, TODAY, 3))
    await asyncio.sleep(0)

    given_up.cancel()

    assert await other == 9


async def test_a_read_that_fails_fails_for_every_key_of_its_tick_and_for_no_other_edge(context, square):
    async def unreadable(session: ReadSession, keys: Collection[int], *, instant: Instant) -> dict[int, int]:
        raise LookupError("unreadable")

    edge = Edge(unreadable)
    found = await asyncio.gather(
        context.load(edge, TODAY, 1),
        context.load(edge, TODAY, 2),
        context.load(square, TODAY, 2),
        return_exceptions=True,
    )

    assert [type(each) for each in found] == [LookupError, LookupError, int]


async def test_an_edge_to_patients_leaves_whose_rows_were_read(context, squares):
    edge = Edge(squares.by_root, persons_of=lambda square: [PERSON + square])

    await context.load_many(edge, TODAY, [1, 12])
    await context.load(edge, TODAY, 2)

    assert context.persons_read == {PERSON + 1, PERSON + 4}


async def test_after_a_change_rows_are_read_anew_and_the_persons_stay(context, squares):
    edge = Edge(squares.by_root, persons_of=lambda square: [square])
    await context.load(edge, TODAY, 1)

    await context.start_afresh()
    await context.load_many(edge, TODAY, [1, 3])

    assert [roots for roots, _ in squares.asked] == [[1], [1, 3]]
    assert context.persons_read == {1, 9}

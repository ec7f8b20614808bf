"""What holds for an operation on every transport: admission before execution, and safe errors."""

from collections.abc import AsyncIterator

import pytest
import strawberry
from structlog.testing import capture_logs

from registers.api.engine.admission import RegistersSchema
from registers.api.engine.errors import format_error
from registers.api.engine.limits import Limits

pytestmark = pytest.mark.anyio

SECRET = "12345678901"


class Seen:
    """A context that remembers which resolvers ran."""

    def __init__(self) -> None:
        self.fields: list[str] = []


@strawberry.type
class Item:
    name: str


@strawberry.type
class Query:
    @strawberry.field
    def items(self, info: strawberry.Info[Seen], first: int = 1) -> list[Item]:
        info.context.fields.append("items")
        return [Item(name="a")] * first


@strawberry.type
class Subscription:
    @strawberry.subscription
    async def items(self, info: strawberry.Info[Seen], first: int = 1) -> AsyncIterator[list[Item]]:
        info.context.fields.append("items")
        yield [Item(name="a")]
        raise RuntimeError(SECRET)


@pytest.fixture
def schema() -> RegistersSchema:
    return RegistersSchema(Query, None, Subscription, limits=Limits(cost=5))


async def test_a_refused_query_runs_no_resolver(schema):
    seen = Seen()
    result = await schema.execute("{ items(first: 6) { name } }", context_value=seen)

    assert result.errors is not None
    assert [format_error(error) for error in result.errors] == [
        {
            "message": "Too complex: cost 6, allowed 5.",
            "extensions": {"code": "TOO_COMPLEX", "limit": "cost", "found": 6, "allowed": 5},
        }
    ]
    assert seen.fields == []


async def test_a_refused_subscription_runs_no_resolver(schema):
    seen = Seen()
    stream = await schema.subscribe("subscription { items(first: 6) { name } }", context_value=seen)
    results = [result async for result in stream]

    assert [[error.message for error in result.errors or ()] for result in results] == [
        ["Too complex: cost 6, allowed 5."]
    ]
    assert seen.fields == []


async def test_a_defect_in_a_subscription_is_masked_and_logged(schema):
    with capture_logs() as lines:
        stream = await schema.subscribe("subscription { items { name } }", context_value=Seen())
        first, last = [result async for result in stream]

    assert (first.data, first.errors, first.extensions) == ({"items": [{"name": "a"}]}, None, {})
    assert [error.message for error in last.errors or ()] == ["Internal error"]
    assert [line["exception"] for line in lines] == ["builtins.RuntimeError"]
    assert SECRET not in repr(lines)


async def test_an_error_is_logged_once_however_often_it_is_formatted(schema):
    with capture_logs() as lines:
        result = await schema.execute("{ items { name } }", context_value=None)
        shown = [[format_error(error) for error in result.errors or ()] for _ in range(2)]

    assert shown[0] == shown[1]
    assert [error.get("extensions") for error in shown[0]] == [
        {"code": "INTERNAL", "reference": line["reference"]} for line in lines
    ]
    assert len(lines) == 1


async def test_a_valid_document_is_read_once_and_a_wrong_one_is_not_kept(schema):
    for document in ("{ items { name } }", "{ items { name } }", "{ nothing }", "{", "{ nothing }"):
        await schema.execute(document, context_value=Seen())

    remaining = schema.valid_document.cache_info()
    assert (remaining.currsize, remaining.hits, remaining.misses) == (1, 1, 4)

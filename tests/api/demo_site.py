"""A small schema behind a real uvicorn on 127.0.0.1, for tests of the plumbing."""

import asyncio
import socket
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Any

import strawberry
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Route
from starlette.types import ASGIApp

from registers.api.engine.admission import RegistersSchema
from registers.api.transport.http import GraphQLEndpoint, HttpSettings
from registers.api.transport.request_id import RequestId
from registers.core.errors import AccessDenied, DatabaseUnavailable, NotAuthenticated

CANARY = "canary-8f14e45f"  # in an exception's text; must reach neither an answer nor a log line


HELLO = {"query": "{ greeting }"}
HELLO_ANSWER = {
    "data": {"greeting": "Hei, Åse"},
    "extensions": {"cost": {"requested": 0, "limit": 50_000}, "registers": {"entry": 7}},
}


def bad_input(message: str) -> dict[str, Any]:
    """The whole answer to a request refused with `message`."""
    return {"errors": [{"message": message, "extensions": {"code": "BAD_USER_INPUT"}}]}


@strawberry.type
class PageInfo:
    has_next_page: bool = False


@strawberry.type
class UnitConnection:
    page_info: PageInfo
    nodes: list["Unit"]


@strawberry.type
class Unit:
    id: strawberry.ID

    @strawberry.field
    def children(self, first: int = 2) -> list["Unit"]:
        return [Unit(id=strawberry.ID(f"{self.id}.{n}")) for n in range(first)]

    @strawberry.field
    def page(self, first: int = 50) -> UnitConnection:
        return UnitConnection(page_info=PageInfo(), nodes=[self] * first)

    @strawberry.field
    def parents(self) -> list["Unit"]:
        return [self]


@strawberry.type
class Query:
    @strawberry.field
    def greeting(self, name: str = "Åse") -> str:
        return f"Hei, {name}"

    @strawberry.field
    def unit(self) -> Unit:
        return Unit(id=strawberry.ID("1"))

    @strawberry.field
    def units(self, ids: list[strawberry.ID]) -> list[Unit]:
        return [Unit(id=id) for id in ids]

    @strawberry.field
    def number(self, of: int = 0) -> int:
        return of

    @strawberry.field
    def broken(self) -> str | None:
        raise RuntimeError(CANARY)

    @strawberry.field
    def unavailable(self) -> str | None:
        raise DatabaseUnavailable

    @strawberry.field
    def secret(self) -> str | None:
        raise AccessDenied("Unit 1 is not yours to read.")

    @strawberry.field
    def too_large(self) -> int | None:
        return 2**40


@strawberry.type
class Mutation:
    @strawberry.mutation
    def rename(self, name: str) -> str:
        return name


@strawberry.type
class Subscription:
    @strawberry.subscription
    async def ticks(self) -> AsyncIterator[int]:
        yield 1


class DemoContext:
    def response_extensions(self) -> dict[str, Any]:
        return {"registers": {"entry": 7}}


async def make_context(request: Request) -> DemoContext:
    authorization = request.headers.get("authorization")
    if authorization == "Bearer expired":
        raise NotAuthenticated("The token has expired.")
    if authorization == "Bearer broken":
        raise RuntimeError(CANARY)
    return DemoContext()


def demo_app(*, settings: HttpSettings | None = None) -> ASGIApp:
    endpoint = GraphQLEndpoint(
        RegistersSchema(Query, Mutation, Subscription),
        make_context=make_context,
        settings=settings or HttpSettings(),
    )
    return RequestId(Starlette(routes=[Route("/graphql", endpoint)]))


@contextmanager
def served(app: ASGIApp) -> Iterator[str]:
    """The base URL of `app` while a uvicorn of its own answers for it in another thread."""
    # Protocol named: asyncio turns Nagle's delay (40 ms an answer) off only where it is TCP by name.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="auto", ws="none"))
    thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[listener])))
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive(), "uvicorn did not start"
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        listener.close()

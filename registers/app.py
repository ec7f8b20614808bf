"""Composition root: the only file that knows everything, and the only one that reads the clock."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from registers import graphiql
from registers.access.authentication.development import DevelopmentTokens
from registers.api.graph.context import Context
from registers.api.transport.accept import best_language
from registers.api.transport.http import GraphQLEndpoint, HttpSettings
from registers.api.transport.request_id import RequestId
from registers.changelog import repository as changelog
from registers.core.caller import ANONYMOUS, Caller, Role
from registers.core.errors import DatabaseUnavailable, NotAuthenticated
from registers.core.folders import packaged_folder
from registers.database.database import Database
from registers.objects import RegisterObjects
from registers.published_rules import RULE_OF_CONSTRAINT
from registers.schema import build_schema
from registers.settings import Settings


def utc_now() -> datetime:
    return datetime.now(UTC)


def build_app(settings: Settings, database: Database, *, now: Callable[[], datetime] = utc_now) -> Starlette:
    """The service over `database`, which it closes when the server stops."""
    tokens = DevelopmentTokens(settings.folder) if settings.environment == "development" else None
    endpoint = GraphQLEndpoint(
        build_schema(production=settings.environment == "production"),
        make_context=context_maker(settings, database, tokens, now),
        settings=HttpSettings(queries_by_get=settings.queries_by_get, body_bytes_max=settings.body_bytes_max),
    )
    headers = {"Authorization": f"Bearer {tokens.issue(Role.EDITOR, now=now())}"} if tokens else None
    return Starlette(
        routes=[
            Route("/", home),
            Route("/graphql", endpoint),
            Route("/schema.graphql", sdl),
            Route("/health/live", live),
            Route("/health/ready", readiness(database)),
            *graphiql.routes(contract=packaged_folder("graphql"), headers=headers),
        ],
        middleware=[Middleware(RequestId)],
        lifespan=closing(database),
    )


def context_maker(
    settings: Settings, database: Database, tokens: DevelopmentTokens | None, now: Callable[[], datetime]
) -> Callable[[Request], Awaitable[Context]]:
    """What makes the context of a request; all requests share the objects that registers give each other."""
    objects = RegisterObjects()

    async def make_context(request: Request) -> Context:
        moment = now()
        return Context(
            caller=caller_of(request, tokens, settings, moment),
            now=moment,
            database=database,
            objects=objects,
            language=best_language(request.headers.get("accept-language")),
            rule_of_constraint=RULE_OF_CONSTRAINT,
        )

    return make_context


def caller_of(request: Request, tokens: DevelopmentTokens | None, settings: Settings, now: datetime) -> Caller:
    """Who sent the request. Raises NotAuthenticated for a token that is not valid, or none where one is required."""
    header = request.headers.get("authorization")
    if header is None:
        if settings.anonymous == "nothing":
            raise NotAuthenticated("A token is needed")
        return ANONYMOUS
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "bearer" or tokens is None:
        raise NotAuthenticated("The token cannot be verified")
    return tokens.verify(token.strip(), now=now)


async def home(request: Request) -> Response:
    return RedirectResponse("/graphiql")


async def sdl(request: Request) -> Response:
    return PlainTextResponse((packaged_folder("graphql") / "schema.graphql").read_text(encoding="utf-8"))


async def live(request: Request) -> Response:
    return JSONResponse({"status": "live"})


def readiness(database: Database) -> Callable[[Request], Awaitable[Response]]:
    """The newest entry of the log, when the database answers; else 503 and when to try again."""

    async def ready(request: Request) -> Response:
        try:
            async with database.reading() as session:
                newest = await changelog.head(session)
        except DatabaseUnavailable as unavailable:
            headers = {"Retry-After": str(unavailable.RETRY_AFTER_SECONDS)}
            return JSONResponse({"status": "not ready", "reason": unavailable.message}, 503, headers=headers)
        return JSONResponse({"status": "ready", "entry": newest.number if newest else 0})

    return ready


def closing(database: Database) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    """A lifespan that ends with the database closed."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        yield
        await database.close()

    return lifespan

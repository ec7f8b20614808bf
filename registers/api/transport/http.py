"""GraphQL over HTTP: one ASGI endpoint. Source: GraphQL-over-HTTP specification, September 2026.

Queries and mutations by POST; queries by GET where the settings say so. What HTTP can refuse is
refused here in GraphQL's own shape; the rest is the schema's.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

import msgspec
import strawberry
from graphql import GraphQLError
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from strawberry.exceptions import MissingQueryError
from strawberry.schema.exceptions import InvalidOperationTypeError
from strawberry.types.graphql import OperationType

from registers.api.engine.errors import HTTP_STATUS, format_error, log_defect
from registers.api.transport.accept import GRAPHQL_RESPONSE, JSON, best_media_type
from registers.api.transport.body import GraphQLRequest, RequestRefused, parse_url_query, read_posted
from registers.core.errors import NotAuthenticated, RegisterError

PARTIAL_SUCCESS = 200  # data and errors together; the draft's own 294 is unknown to most clients
OFFERS = (JSON, GRAPHQL_RESPONSE)  # JSON first: who names neither may be an old client


@dataclass(frozen=True)
class HttpSettings:
    queries_by_get: bool = False  # off: URLs end in logs, and variables are in the URL
    body_bytes_max: int = 262_144  # bytes


class GraphQLEndpoint:
    """ASGI app for one path. `make_context` may raise RegisterError.

    No request gets a 5xx by its own contents. Every answer, refusals included, is JSON of the shape
    {data, errors, extensions}; every error has extensions.code.
    """

    def __init__(
        self,
        schema: strawberry.Schema,
        *,
        make_context: Callable[[Request], Awaitable[object]],
        settings: HttpSettings,
    ) -> None:
        self._schema = schema
        self._make_context = make_context
        self._settings = settings
        self._methods = ("GET", "POST") if settings.queries_by_get else ("POST",)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await self._respond(Request(scope, receive))
        await response(scope, receive, send)

    async def _respond(self, request: Request) -> Response:
        media_type = best_media_type(request.headers.get("accept"), OFFERS)
        try:
            if media_type is None:
                raise RequestRefused(f"Accept must allow {GRAPHQL_RESPONSE} or {JSON}.", status=406)
            asked = await self._read(request)
            context = await self._make_context(request)
            return await self._execute(request, asked, context, media_type)
        except RequestRefused as refused:
            return _refusal(refused, media_type, refused.status, refused.headers)
        except RegisterError as refused:
            headers = {"www-authenticate": "Bearer"} if isinstance(refused, NotAuthenticated) else {}
            return _refusal(refused, media_type, HTTP_STATUS.get(refused.code, 400), headers)
        except ClientDisconnect:
            return Response(status_code=400)  # nobody is there to read it
        except Exception as defect:
            extensions = {"code": "INTERNAL", "reference": log_defect(defect)}
            return _unexecuted(500, media_type, {"message": "Internal error", "extensions": extensions})

    async def _read(self, request: Request) -> GraphQLRequest:
        if request.method not in self._methods:
            raise RequestRefused(
                f"{request.method} is not allowed here.",
                status=405,
                headers={"allow": ", ".join(self._methods)},
            )
        if request.method == "GET":
            return parse_url_query(request.scope["query_string"])
        return await read_posted(request, bytes_max=self._settings.body_bytes_max)

    async def _execute(self, request: Request, asked: GraphQLRequest, context: object, media_type: str) -> Response:
        by_get = request.method == "GET"
        allowed = {OperationType.QUERY} if by_get else {OperationType.QUERY, OperationType.MUTATION}
        try:
            result = await self._schema.execute(
                asked.query,
                variable_values=asked.variables,
                context_value=context,
                operation_name=asked.operation_name,
                allowed_operation_types=allowed,
                operation_extensions=asked.extensions,
            )
        except MissingQueryError:
            error = GraphQLError("Syntax Error: The document is empty.")
            return _answer(None, [error], None, media_type)
        except InvalidOperationTypeError as wrong:
            raise _wrong_operation(wrong.operation_type, by_get=by_get) from wrong
        return _answer(result.data, result.errors or (), result.extensions, media_type)


def _wrong_operation(operation: OperationType, *, by_get: bool) -> RequestRefused:
    if operation is OperationType.SUBSCRIPTION:
        return RequestRefused("Subscriptions need a WebSocket; this is plain HTTP.")
    assert by_get
    return RequestRefused("Mutations need POST.", status=405, headers={"allow": "POST"})


def _answer(
    data: object,
    errors: Sequence[GraphQLError],
    extensions: Mapping[str, object] | None,
    media_type: str,
) -> Response:
    """Errors go first, where a reader sees them. `data` is absent when nothing was executed."""
    body: dict[str, object] = {}
    executed = data is not None or any(error.path for error in errors)
    if errors:
        body["errors"] = formatted = [format_error(error) for error in errors]
    else:
        formatted = []
    if executed:
        body["data"] = data
    if extensions:
        body["extensions"] = extensions
    error_extensions = [error.get("extensions", {}) for error in formatted]
    status = 200
    if media_type == GRAPHQL_RESPONSE and errors:
        codes = [extension["code"] for extension in error_extensions]
        status = PARTIAL_SUCCESS if executed else HTTP_STATUS.get(codes[0], 400)
    return _json(status, media_type, body, _retry_after(error_extensions))


def _refusal(refused: RegisterError, media_type: str | None, status: int, headers: Mapping[str, str]) -> Response:
    error = {"message": refused.message, "extensions": {"code": refused.code, **refused.extensions}}
    return _unexecuted(status, media_type, error, headers)


def _unexecuted(
    status: int, media_type: str | None, error: dict[str, Any], headers: Mapping[str, str] | None = None
) -> Response:
    headers = {**_retry_after([error["extensions"]]), **(headers or {})}
    return _json(status, media_type or JSON, {"errors": [error]}, headers)


def _retry_after(extensions: Sequence[Mapping[str, object]]) -> dict[str, str]:
    """HTTP's Retry-After in whole seconds, when an error says how long to wait."""
    waits = [wait for each in extensions if isinstance(wait := each.get("retryAfterSeconds"), int | float)]
    return {"retry-after": str(ceil(max(waits)))} if waits else {}


def _json(status: int, media_type: str, body: object, headers: Mapping[str, str]) -> Response:
    return Response(
        msgspec.json.encode(body),
        status_code=status,
        headers={
            "content-type": f"{media_type}; charset=utf-8",
            "cache-control": "no-store",  # answers depend on who asks
            **headers,
        },
    )

"""From the bytes of a request to a well-formed GraphQL-over-HTTP request, or a refusal.

Own parsing, because no body may end in a 5xx: scalars, broken UTF-8, integers of thousands of
digits and arrays nested a hundred thousand deep are all answered 400.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

import msgspec
from starlette.requests import Request

from registers.api.transport.accept import JSON, is_utf8, parse_media_type
from registers.core.errors import BadInput

SURROGATE_ESCAPE = re.compile(rb"\\u[dD][89a-fA-F]")
URL_PARAMETERS_MAX = 20


class RequestRefused(BadInput):
    """A request turned away before GraphQL sees it. `status` is the HTTP status code."""

    def __init__(self, message: str, *, status: int = 400, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.headers = dict(headers or {})


@dataclass(frozen=True, slots=True)
class GraphQLRequest:
    """The four parameters of a GraphQL-over-HTTP request; the optional ones None when absent."""

    query: str
    operation_name: str | None
    variables: dict[str, object] | None
    extensions: dict[str, object] | None


async def read_posted(request: Request, *, bytes_max: int) -> GraphQLRequest:
    """The request in the JSON body of a POST. Raises RequestRefused."""
    media_type, parameters = parse_media_type(request.headers.get("content-type", ""))
    if media_type != JSON or not is_utf8(parameters):
        raise RequestRefused(f"Content-Type must be {JSON}, in UTF-8.", status=415)
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise RequestRefused("The body must not be compressed.", status=415)
    return parse_body(await _read_bytes(request, bytes_max))


def parse_body(body: bytes) -> GraphQLRequest:
    """The request in a JSON body. Of duplicate keys the last counts. Raises RequestRefused."""
    parameters = _parse_json(body, "The body")
    if isinstance(parameters, list):
        raise RequestRefused("The body must be one request; batches are not supported.")
    if not isinstance(parameters, dict):
        raise RequestRefused("The body must be a JSON object.")
    return _well_formed(parameters)


def parse_url_query(url_query: bytes) -> GraphQLRequest:
    """The request in the query component of a URL, for GET. Raises RequestRefused."""
    try:
        parameters: dict[str, Any] = dict(
            parse_qsl(
                url_query.decode("ascii"),
                keep_blank_values=True,
                errors="strict",
                max_num_fields=URL_PARAMETERS_MAX,
            )
        )
    except ValueError as error:
        raise RequestRefused("The URL's query component cannot be read.") from error
    for name in ("variables", "extensions"):
        if name in parameters:
            parameters[name] = _parse_json(parameters[name].encode(), name)
    return _well_formed(parameters)


def _well_formed(parameters: dict[str, Any]) -> GraphQLRequest:
    """Checks names and types only; null stands for absent. Further names are ignored."""
    for name, kind, expected in (
        ("query", str, "a string"),
        ("operationName", str, "a string or null"),
        ("variables", dict, "an object or null"),
        ("extensions", dict, "an object or null"),
    ):
        if parameters.get(name) is not None and not isinstance(parameters[name], kind):
            raise RequestRefused(f"{name} must be {expected}.")
    if parameters.get("query") is None:
        raise RequestRefused("query is missing.")
    return GraphQLRequest(
        query=parameters["query"],
        operation_name=parameters.get("operationName") or None,  # "" means absent
        variables=parameters.get("variables"),
        extensions=parameters.get("extensions"),
    )


def _parse_json(text: bytes, what: str) -> Any:
    try:
        return msgspec.json.decode(text)
    except RecursionError as error:
        raise RequestRefused(f"{what} is nested too deeply.") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        # msgspec reports half a surrogate pair at the end of a string as truncated input.
        hint = " Surrogate escapes must come in pairs." if SURROGATE_ESCAPE.search(text) else ""
        reason = "it is not UTF-8" if isinstance(error, UnicodeDecodeError) else error
        raise RequestRefused(f"{what} is not valid JSON: {reason}.{hint}") from error


async def _read_bytes(request: Request, bytes_max: int) -> bytes:
    """Counts what really arrives: Content-Length may lie or be absent."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > bytes_max:
            raise RequestRefused(
                f"The body is larger than {bytes_max} bytes.",
                status=413,
                headers={"connection": "close"},  # the rest is not read
            )
    return bytes(body)

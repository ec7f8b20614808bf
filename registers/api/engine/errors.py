"""GraphQL errors as the caller sees them, and defects as the log sees them.

| what happened                                   | extensions.code                            |
|-------------------------------------------------|--------------------------------------------|
| the request is wrong: syntax, validation, input | BAD_USER_INPUT                             |
| a RegisterError, of a limit too                 | its own                                    |
| anything else: a defect                         | INTERNAL, masked, logged under a reference |

A log line never holds the document, variables, an alias or an exception's message: each of them can
carry a national identity number.
"""

import traceback
from collections.abc import Iterator
from uuid import uuid4

import structlog
from graphql import GraphQLError, GraphQLFormattedError

from registers.core.errors import RegisterError
from registers.core.identifiers import without_national_ids

log = structlog.get_logger()

HTTP_STATUS = {
    "UNAUTHENTICATED": 401,
    "FORBIDDEN": 403,
    "RATE_LIMITED": 429,
    "INTERNAL": 500,
    "STALE_REPLICA": 503,
    "UNAVAILABLE": 503,
}  # of a request that was not executed; any other code is 400


def format_error(error: GraphQLError) -> GraphQLFormattedError:
    """The error as it goes on the wire: message, locations, path, extensions with a code."""
    make_public(error)
    return error.formatted


def make_public(error: GraphQLError) -> None:
    """Gives `error` its code, and takes from it what the caller must not see. Logs a defect, once.

    Done in place, so that every transport that sends the error sends the same. An error that has a
    code is left as it is.
    """
    if "code" not in (error.extensions or {}):
        _give_code(error)
        _forget_frames(error)


def _give_code(error: GraphQLError) -> None:
    cause = _innermost(error)
    if isinstance(cause, RegisterError):
        error.extensions = {"code": cause.code, **cause.extensions}
    elif _is_of_the_request(error, cause):
        error.message = without_national_ids(error.message.partition(" Did you mean ")[0])
        error.extensions = {"code": "BAD_USER_INPUT"}
    else:
        field = error.nodes[0] if error.nodes else None
        name = getattr(getattr(field, "name", None), "value", None)  # the schema's, not an alias
        reference = log_defect(cause or error, field=name)
        error.message = "Internal error"
        error.extensions = {"code": "INTERNAL", "reference": reference}


def log_defect(defect: Exception, **known: object) -> str:
    """Logs where `defect` came from, without its message. Returns the reference for the caller."""
    bound = structlog.contextvars.get_contextvars()
    reference = str(bound.get("request_id") or uuid4())
    log.error(
        "internal error",
        reference=reference,
        exception=f"{type(defect).__module__}.{type(defect).__qualname__}",
        traceback=_frames(defect),
        **known,
    )
    return reference


def _innermost(error: GraphQLError) -> Exception | None:
    """What was raised under the layers of GraphQLError; None when GraphQL itself complained."""
    cause = error.original_error
    while isinstance(cause, GraphQLError):
        cause = cause.original_error
    return cause


def _is_of_the_request(error: GraphQLError, cause: Exception | None) -> bool:
    """Whether the caller's document or variables are at fault.

    An error without a path came before execution: a scalar that refuses a value raises ValueError
    or TypeError there. During execution only an argument can still turn out wrong; another
    GraphQLError of that phase is a value that our own scalars cannot send.
    """
    if error.path is None:
        return cause is None or (bool(error.nodes) and isinstance(cause, ValueError | TypeError))
    return cause is None and error.message.startswith("Argument ")


def _forget_frames(error: GraphQLError) -> None:
    """A frame refers to the error that passed through it: what the request has read would stay until the garbage
    collector runs."""
    for each in _chain(error):
        each.__traceback__ = None


def _frames(defect: BaseException) -> str:
    """The tracebacks of `defect` and what caused it, each under its class; no messages."""
    return "caused by ".join(
        f"{type(each).__qualname__}\n{''.join(traceback.format_tb(each.__traceback__))}" for each in _chain(defect)
    )


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error, and what each was made from or raised for."""
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield current
        current = getattr(current, "original_error", None) or current.__cause__ or current.__context__

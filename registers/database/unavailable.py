"""The many ways in which a database can be away: through SQLAlchemy, or through asyncpg by itself."""

import asyncio

import asyncpg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from registers.core.errors import DatabaseUnavailable

UNAVAILABLE = (
    OSError,
    asyncio.TimeoutError,
    PoolTimeoutError,
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # the server has closed, and the end of the connection is not yet read
)
UNAVAILABLE_SQLSTATES = ("08", "57P", "53")  # connection failure, operator intervention, no resources
STATEMENT_AT_FAULT = ("22", "23", "40", "P0")  # raised at COMMIT, which has no statement either


class raises_unavailable:
    """Turns them all into DatabaseUnavailable."""

    def __enter__(self) -> None: ...

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if is_unavailable(error):
            raise DatabaseUnavailable from error


def is_unavailable(error: BaseException | None) -> bool:
    """Whether `error` means that the database, or this connection to it, is no more."""
    if isinstance(error, DBAPIError):
        sqlstate = _sqlstate_of(error.orig)
        while_connecting = error.statement is None and not sqlstate.startswith(STATEMENT_AT_FAULT)
        return error.connection_invalidated or while_connecting or sqlstate.startswith(UNAVAILABLE_SQLSTATES)
    if isinstance(error, asyncpg.PostgresError) and _sqlstate_of(error).startswith(UNAVAILABLE_SQLSTATES):
        return True
    return isinstance(error, UNAVAILABLE)


def _sqlstate_of(error: BaseException | None) -> str:
    """PostgreSQL's own name for what went wrong; empty when the database did not answer."""
    return str(getattr(error, "sqlstate", None) or "")

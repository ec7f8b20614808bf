"""Rows in PostgreSQL's binary COPY format, as bytes, so that another process can make them.

A field is its length in bytes (int32, big-endian) and its value; -1 is NULL. A row is the number of its
fields (int16) and the fields. Source: PostgreSQL, documentation of COPY, "Binary Format".
"""

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, date, datetime
from struct import Struct

import asyncpg

SIGNATURE = b"PGCOPY\n\xff\r\n\0" + bytes(8)  # no flags, no extension
END = b"\xff\xff"
NULL = b"\xff\xff\xff\xff"
PIECE_BYTES = 1 << 20  # given to the driver at a time

FIRST_DAY = date(2000, 1, 1)  # days and instants are counted from here
FIRST_INSTANT = datetime(2000, 1, 1, tzinfo=UTC)

_count = Struct(">h")
_length = Struct(">i")
bigint = Struct(">iq").pack  # called with 8 and the value, so that fields in a row can share one Struct
_integer = Struct(">ii").pack


def row(columns: int) -> bytes:
    """The beginning of a row."""
    return _count.pack(columns)


def text(value: str | None) -> bytes:
    """A text field."""
    if value is None:
        return NULL
    encoded = value.encode()
    return _length.pack(len(encoded)) + encoded


def integer(value: int) -> bytes:
    """An int4 field."""
    return _integer(4, value)


def truth(value: bool) -> bytes:
    """A boolean field."""
    return b"\0\0\0\1\1" if value else b"\0\0\0\1\0"


def day(value: date | None) -> bytes:
    """A date field."""
    return NULL if value is None else _integer(4, (value - FIRST_DAY).days)


def instant(value: datetime | None) -> bytes:
    """A timestamptz field."""
    if value is None:
        return NULL
    since = value - FIRST_INSTANT
    return bigint(8, (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds)


class Rows:
    """Rows of a table, joined so that they are cheap to send from the process that made them."""

    def __init__(self, table: str, columns: Sequence[str], rows: Sequence[bytes]) -> None:
        self.table = table
        self.columns = columns
        self.count = len(rows)
        self._joined = b"".join(rows)

    async def copy(self, connection: asyncpg.Connection) -> None:
        await connection.copy_to_table(self.table, source=self._pieces(), columns=self.columns, format="binary")

    async def _pieces(self) -> AsyncIterator[bytes]:
        yield SIGNATURE
        for start in range(0, len(self._joined), PIECE_BYTES):
            yield self._joined[start : start + PIECE_BYTES]
        yield END

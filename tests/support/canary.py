"""A canary over the whole run: no national id in a log line, an error, a cursor, an id or the log of changes.

What leaves the service by one of these ways is looked at as it is made; a run in which a national id passed ends in
an error, whichever test let it through.
"""

import base64
import binascii
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import structlog
from graphql import GraphQLError

from registers.api.engine import admission, errors
from registers.api.graph import node, pagination
from registers.core.identifiers import InvalidIdentifier
from registers.core.national_id import parse_national_id

ELEVEN_DIGITS = re.compile(r"(?<![0-9A-Za-z.])(\d{6})[ .-]?(\d{5})(?![0-9A-Za-z])")


def national_ids_in(text: str) -> list[str]:
    """The positions of national ids in `text`; the numbers themselves are not repeated."""
    found = []
    for match in ELEVEN_DIGITS.finditer(text):
        try:
            parse_national_id("".join(match.groups()))
        except InvalidIdentifier:
            continue
        found.append(f"at character {match.start()} of {len(text)}")
    return found


def decoded(opaque: str) -> str:
    """What an opaque cursor or id is made of."""
    try:
        return base64.urlsafe_b64decode(opaque + "=" * (-len(opaque) % 4)).decode(errors="replace")
    except (binascii.Error, ValueError):
        return opaque


class Canary(logging.Handler):
    """Sings of every national id that passes it."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.reports: list[str] = []
        self.heard: dict[str, int] = dict.fromkeys(("log", "error", "cursor", "id"), 0)

    def listen(self, chain: str, text: str) -> None:
        self.heard[chain] += 1
        self.reports += [f"{chain}: {position}" for position in national_ids_in(text)]

    def emit(self, record: logging.LogRecord) -> None:
        self.listen("log", f"{record.getMessage()} {record.__dict__}")

    def event(self, _logger: object, _name: str, event: Any) -> Any:
        """A structlog processor: hears the event with all that is bound to it."""
        self.listen("log", repr(event))
        return event


@contextmanager
def listening() -> Iterator[Canary]:
    """Puts a canary at every way out."""
    canary = Canary()
    cursor_of, make_public = pagination.cursor_of, errors.make_public
    encode = node.base64.urlsafe_b64encode

    def heard_cursor(key: Any) -> str:
        cursor = cursor_of(key)
        canary.listen("cursor", decoded(cursor))
        return cursor

    def heard_id(made_of: bytes) -> bytes:
        canary.listen("id", made_of.decode(errors="replace"))
        return encode(made_of)

    def heard_error(error: GraphQLError) -> None:
        make_public(error)
        canary.listen("error", f"{error.message} {error.extensions}")

    structlog.configure(processors=[canary.event, *structlog.get_config()["processors"]])
    logging.getLogger().addHandler(canary)
    with (
        patch.object(pagination, "cursor_of", heard_cursor),
        patch.object(errors, "make_public", heard_error),
        patch.object(admission, "make_public", heard_error),
        patch.object(node.base64, "urlsafe_b64encode", heard_id),  # both ids and cursors are made with it
    ):
        yield canary
    logging.getLogger().removeHandler(canary)

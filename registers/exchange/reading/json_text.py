"""Finds the records in JSON text of any length, one at a time, without building what stands around them.

Only brackets and quotes are followed here; each record is returned as bytes to be decoded. A streaming
parser in C (ijson 3.6, yajl2_c) was tried: a number of 5,000 digits ended the process.
"""

import re
from collections.abc import Generator, Iterator
from typing import IO

from registers.exchange.errors import Malformed
from registers.exchange.reading.files import CHUNK

Path = tuple[str, ...]
"""Keys from the outermost value inwards; `ITEM` stands for any element of an array."""

ITEM = "item"
DEPTH_MAX = 64  # nested objects and arrays, of one record or around it
RECORD_MAX = 16_777_216  # bytes of one record

_QUOTE = ord('"')
_OPENING = b"{["
_OPENED_BY = {ord("}"): ord("{"), ord("]"): ord("[")}
_TEXT = rb'"[^"\\]*+(?:\\.[^"\\]*+)*+'  # up to its closing quote
_STEP = re.compile(rb"[{}\[\]]|" + _TEXT + rb'(")?', re.DOTALL)
_TOKEN = re.compile(rb"[{}\[\],:]|" + _TEXT + rb'"|([^\s{}\[\],:"]++)', re.DOTALL)
_BLANKS = re.compile(rb"\s*+")


class JsonText:
    """A position in JSON text: one value, or several one after another."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._data = b""
        self._at = 0
        self._dropped = 0

    @property
    def offset(self) -> int:
        """Bytes of text before the position."""
        return self._dropped + self._at

    @property
    def at_bracket(self) -> bool:
        """Whether an object or array begins at the position."""
        return self._data[self._at : self._at + 1] in (b"{", b"[")

    def walk(self) -> Iterator[Path]:
        """The path of each value, at an object or array before it is entered.

        The caller may then `take` the value whole, and the walk goes on behind it. Raises Malformed.
        """
        around: list[tuple[int, str]] = []  # brackets that are open, with the key of each
        path: Path = ()
        key = ITEM
        while token := self._token():
            first = token[0]
            if first in _OPENED_BY:
                if not around or around.pop()[0] != _OPENED_BY[first]:
                    raise Malformed("closes a bracket that is not open")
                path = tuple(each for _, each in around[1:])
            elif first in b",:":
                continue
            elif first == _QUOTE and around and around[-1][0] == ord("{") and self._colon_follows():
                key = token[1:-1].decode("utf-8", "replace")
            else:
                here = () if not around else (*path, key if around[-1][0] == ord("{") else ITEM)
                if first not in _OPENING:
                    yield here
                elif not (yield from self._offered(here)):
                    around.append((first, here[-1] if here else ITEM))
                    path = here
                    if len(around) > DEPTH_MAX:
                        raise Malformed(f"is nested more than {DEPTH_MAX} deep")
        if around:
            raise Malformed("ends too early")

    def _offered(self, path: Path) -> Generator[Path, None, bool]:
        """Yields `path` with the position at its bracket; returns whether the caller took the value."""
        self._at -= 1
        start = self.offset
        yield path
        taken = self.offset != start
        if not taken:
            self._at += 1
        return taken

    def take(self) -> bytes:
        """The object or array at the position, whole; the position moves behind it. Raises Malformed."""
        done = depth = 0
        while True:
            for step in _STEP.finditer(self._data, self._at + done):
                if step.lastindex:  # a whole text
                    continue
                if self._data[step.start()] == _QUOTE:
                    done = step.start() - self._at
                    break
                depth += 1 if self._data[step.start()] in _OPENING else -1
                if depth > DEPTH_MAX:
                    raise Malformed(f"is nested more than {DEPTH_MAX} deep")
                if depth == 0:
                    value = self._data[self._at : step.end()]
                    self._at = step.end()
                    return value
            else:
                done = len(self._data) - self._at
            if not self._read_on():
                raise Malformed("ends too early")

    def _token(self) -> bytes:
        """The next bracket, comma, colon, text or word; empty at the end."""
        while True:
            self._skip_blanks()
            match = _TOKEN.match(self._data, self._at)
            cut_off = match is None or (match.lastindex and match.end() == len(self._data))
            if not cut_off or not self._read_on():
                break
        if match is None and self._at < len(self._data):
            raise Malformed("ends in the middle of a text")
        token = match[0] if match else b""
        self._at += len(token)
        return token

    def _colon_follows(self) -> bool:
        self._skip_blanks()
        return self._data[self._at : self._at + 1] == b":"

    def _skip_blanks(self) -> None:
        while True:
            if blanks := _BLANKS.match(self._data, self._at):
                self._at = blanks.end()
            if self._at < len(self._data) or not self._read_on():
                return

    def _read_on(self) -> bool:
        """Reads on and drops the text before the position. False at the end."""
        unread = self._data[self._at :]
        if len(unread) > RECORD_MAX:
            raise Malformed(f"holds a record of more than {RECORD_MAX} bytes")
        chunk = self._stream.read(max(CHUNK, len(unread)))
        self._dropped += self._at
        self._at = 0
        self._data = unread + chunk
        return bool(chunk)

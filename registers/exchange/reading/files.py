"""A file of a register, whatever its packing and encoding. It is read in chunks, never as a whole."""

import codecs
import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import IO, cast

from registers.core.identifiers import HerId, InvalidIdentifier, parse_her_id

CHUNK = 65_536  # bytes read at a time
HEAD = 1_048_576  # bytes by which a format is recognised: one organisation may carry all its services

DAMAGED = (EOFError, gzip.BadGzipFile, zlib.error)
"""What reading a gzip file that is cut off or changed raises."""

_GZIP = b"\x1f\x8b"
_BEGINNINGS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
    b"<\x00": "utf-16-le",
    b"\x00<": "utf-16-be",
}


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("registers.windows-1252", _as_windows_1252)


class Source:
    """A file to read records from.

    `format` is the format's name where the caller knows it, `her_id` the party its certificates
    belong to. Raises OSError when there is no such file.
    """

    def __init__(self, path: Path, *, format: str | None = None, her_id: HerId | None = None) -> None:
        self.path = path
        self.name = path.name
        self.size = path.stat().st_size  # bytes, packed
        self.format = format
        self.her_id = her_id
        self._file: io.FileIO | None = None
        self._consumed = 0

    @property
    def consumed(self) -> int:
        """Bytes of the packed file read so far, for showing progress against `size`."""
        return self._consumed if self._file is None else self._file.tell()

    @cached_property
    def head(self) -> bytes:
        """The first `HEAD` bytes of the text in UTF-8; fewer of a damaged file."""
        return b"".join(self._beginning())

    def _beginning(self) -> Iterator[bytes]:
        missing = HEAD
        with self.text() as stream:
            while missing > 0:
                try:
                    chunk = stream.read(min(CHUNK, missing))
                except DAMAGED:
                    return
                if not chunk:
                    return
                missing -= len(chunk)
                yield chunk

    @cached_property
    def first_bytes(self) -> bytes:
        """The first 64 bytes of the unpacked file, in its own encoding; none of a damaged one."""
        with self.unpacked() as stream:
            try:
                return stream.read(64)
            except DAMAGED:
                return b""

    @contextmanager
    def unpacked(self) -> Iterator[IO[bytes]]:
        """The bytes of the file, unpacked when it is gzipped. Reading raises one of `DAMAGED`."""
        with io.FileIO(self.path) as file:
            buffered = io.BufferedReader(file, CHUNK)
            packed = buffered.peek(2)[:2] == _GZIP
            self._file = file
            try:
                yield cast(IO[bytes], gzip.GzipFile(fileobj=buffered) if packed else buffered)
            finally:
                self._consumed = file.tell()
                self._file = None

    @contextmanager
    def text(self) -> Iterator[io.BufferedReader]:
        """The text of the file in UTF-8 without a mark at its beginning.

        The encoding that a file declares is ignored: the registers declare ISO-8859-1 and send UTF-8. Text
        is read as UTF-8, and each byte that cannot be UTF-8 as Windows-1252.
        """
        with self.unpacked() as stream:
            yield io.BufferedReader(_Transcoded(stream), CHUNK)

    @property
    def her_id_in_name(self) -> HerId | None:
        """The HER-id the caller gave, else the digits that end the file's name: `…_93252.xml`."""
        if self.her_id is not None:
            return self.her_id
        stem = self.name.removesuffix(".gz").rpartition(".")[0] or self.name
        try:
            return parse_her_id(stem.rpartition("_")[2]) if "_" in stem else None
        except InvalidIdentifier:
            return None


class _Transcoded(io.RawIOBase):
    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._decoder: codecs.IncrementalDecoder | None = None
        self._ready = b""
        self._ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview, /) -> int:  # pyright: ignore[reportIncompatibleMethodOverride]
        while not self._ready and not self._ended:
            chunk = self._stream.read(CHUNK)
            self._ended = not chunk
            decoder = self._decoder = self._decoder or _decoder_for(chunk)
            # lone surrogates of UTF-16 have no form in UTF-8
            self._ready = decoder.decode(chunk, final=self._ended).encode("utf-8", "replace")
        size = min(len(buffer), len(self._ready))
        buffer[:size] = self._ready[:size]
        self._ready = self._ready[size:]
        return size


def _decoder_for(beginning: bytes) -> codecs.IncrementalDecoder:
    for mark, encoding in _BEGINNINGS.items():
        if beginning.startswith(mark):
            errors = "registers.windows-1252" if encoding == "utf-8-sig" else "replace"
            return codecs.getincrementaldecoder(encoding)(errors)
    return codecs.getincrementaldecoder("utf-8")("registers.windows-1252")


def open_source(path: Path, *, format: str | None = None, her_id: HerId | None = None) -> Source:
    """The file at `path`, ready to be recognised and read. Raises OSError."""
    return Source(path, format=format, her_id=her_id)

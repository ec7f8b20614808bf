"""Files packed in a ZIP, each read as a file of its own. Exports of FLR and HPR are ZIPs."""

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, cast

from registers.exchange.reading.documents import LIKE_NATIONAL_ID
from registers.exchange.reading.files import CHUNK, Source

MEMBERS_MAX = 100_000  # files of one ZIP
_BEGINNING = b"PK\x03\x04"


def is_zip(source: Source) -> bool:
    """Whether the file is a ZIP that is to be opened. A ZIP within a ZIP is not."""
    return not isinstance(source, Member) and source.first_bytes.startswith(_BEGINNING)


def members(source: Source) -> "list[Member]":
    """The files of a ZIP in its order; none when it is no ZIP or its table of contents is damaged."""
    if not is_zip(source):
        return []
    try:
        with zipfile.ZipFile(source.path) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
        return []
    return [Member(source, info) for info in infos[:MEMBERS_MAX]]


class Member(Source):
    """A file in a ZIP."""

    def __init__(self, archive: Source, info: zipfile.ZipInfo) -> None:
        super().__init__(archive.path, format=archive.format, her_id=archive.her_id)
        self.base_name = info.filename.replace("\\", "/").rpartition("/")[2].lower()
        self.name = f"{archive.name}/{LIKE_NATIONAL_ID.sub('(eleven digits)', info.filename)}"
        self._info = info

    @contextmanager
    def unpacked(self) -> Iterator[IO[bytes]]:
        """Reading raises EOFError where it is damaged."""
        with zipfile.ZipFile(self.path) as archive:
            try:
                stream = archive.open(self._info)
            except (zipfile.BadZipFile, RuntimeError):  # RuntimeError: packed with a password
                stream = cast(IO[bytes], _Damaged())
            with stream:
                yield cast(IO[bytes], io.BufferedReader(_Checked(stream), CHUNK))


class _Checked(io.RawIOBase):
    """Raises EOFError for damage, as reading a gzip file does."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview, /) -> int:  # pyright: ignore[reportIncompatibleMethodOverride]
        try:
            chunk = self._stream.read(len(buffer))
        except (zipfile.BadZipFile, OSError) as error:
            raise EOFError("the packed file is damaged") from error
        buffer[: len(chunk)] = chunk
        return len(chunk)


class _Damaged(io.RawIOBase):
    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview, /) -> int:  # pyright: ignore[reportIncompatibleMethodOverride]
        raise zipfile.BadZipFile("cannot be opened")

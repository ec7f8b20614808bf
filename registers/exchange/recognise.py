"""Which format a file has, and its records: told by its content, never by its name."""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from types import MappingProxyType

from registers.exchange.known_formats import KNOWN, Format, Record
from registers.exchange.reading import zip_files
from registers.exchange.reading.documents import Broken, Writing, json_keys, writing
from registers.exchange.reading.files import Source, open_source
from registers.exchange.reading.json_text import ITEM, Path
from registers.exchange.reading.xml_documents import xml_keys

__all__ = ["FORMATS", "Broken", "Format", "Record", "Source", "UnknownFormat", "open_source", "read", "recognise"]

SHOWN_NAMES = 8  # names of a file's outermost keys that a message repeats
SHOWN_LEVELS = 3  # of XML elements
NAME_MAX = 60  # characters
_VALUE = re.compile(r"\d{4}|\s")  # what no name of a key or element holds


class UnknownFormat(Exception):
    """A file of no known format. The message tells how it begins, by names of its keys alone."""

    def __init__(self, source: Source, keys: Mapping[Path, Set[str]]) -> None:
        looked_for = "; ".join(each.title for each in FORMATS.values())
        super().__init__(f"{source.name} {_beginning(source, keys)}. Looked for: {looked_for}")


def _read_zip(source: Source) -> Iterator[Record | Broken]:
    members = zip_files.members(source)
    if not members:
        yield Broken(source.name, "file-damaged", "the ZIP is empty, or its table of contents is damaged")
    for member in members:
        try:
            yield from read(member)
        except UnknownFormat as unknown:
            yield Broken(member.name, "unknown-format", str(unknown))


ZIP = Format(name="zip", title="a ZIP of files of the other formats", read=_read_zip, bare=zip_files.is_zip)
_ALL = (*KNOWN, ZIP)  # last: some formats are ZIPs of their own
FORMATS: Mapping[str, Format] = MappingProxyType({each.name: each for each in _ALL})


def recognise(source: Source) -> Format:
    """The format the caller named, else the one the file's content shows. Raises UnknownFormat.

    In a ZIP it is the files that are of the format named.
    """
    if source.format is not None:
        if source.format not in FORMATS:
            raise UnknownFormat(source, {})
        named = FORMATS[source.format]
        return ZIP if zip_files.is_zip(source) and not named.bare else named
    keys = _keys(source)
    found = _shown(source, keys, _ALL)
    if found is None:
        raise UnknownFormat(source, keys)
    return found


def read(source: Source) -> Iterator[Record | Broken]:
    """The records of a file, whatever its format. Raises UnknownFormat before the first."""
    found = recognise(source)
    expected = [found, FORMATS["soap-fault"]]
    if source.format is not None and not found.bare and not _shown(source, _keys(source), expected):
        yield Broken(source.name, "other-format", f"nothing at its beginning is of {found.title}")
    yield from found.read(source)


def _keys(source: Source) -> Mapping[Path, Set[str]]:
    match writing(source):
        case Writing.XML:
            return xml_keys(source)
        case Writing.OTHER:
            return {}
        case _:
            return json_keys(source)


def _shown(source: Source, keys: Mapping[Path, Set[str]], formats: Sequence[Format]) -> Format | None:
    """The format of the outermost records; those without records count only when there are none."""
    writing_of_source = writing(source)
    if writing_of_source is Writing.OTHER:
        return next((each for each in formats if each.bare and each.bare(source)), None)
    outermost_first = sorted(keys, key=len)
    for without_records in (False, True):
        for path in outermost_first:
            for each in formats:
                holds = each.xml if writing_of_source is Writing.XML else each.json
                if holds and bool(each.note) is without_records and holds(keys[path]):
                    return each
    for path in outermost_first:
        for each in formats:
            if each.lists & keys[path]:
                return each
    return None


def _beginning(source: Source, keys: Mapping[Path, Set[str]]) -> str:
    if source.format is not None:
        return f"cannot be read as {source.format!r}, which is no format"
    writing_of_source = writing(source)
    if writing_of_source is Writing.OTHER:
        return "is empty" if not source.first_bytes else "is neither JSON nor XML nor a certificate"
    if writing_of_source is Writing.XML:
        chain = max((path for path in keys if len(path) <= SHOWN_LEVELS), key=len, default=())
        names = " > ".join(filter(_plain, chain or keys.get((), ())))
        return f"is XML and begins with the elements {names or '(no names)'}"
    outermost = (keys.get((), set()) | keys.get((ITEM,), set())) - {ITEM}
    shown = sorted(filter(_plain, outermost))[:SHOWN_NAMES]
    return f"is {writing_of_source.value} and begins with the keys {', '.join(shown) or '(no names)'}"


def _plain(name: str) -> bool:
    """Whether it is a name and no value: keys of a map may be anything, a national id too."""
    return len(name) <= NAME_MAX and not _VALUE.search(name)

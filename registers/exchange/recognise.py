"""Which format a file has, by its content and never by its name, and its records."""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from types import MappingProxyType

from registers.exchange.errors import UnknownFormat
from registers.exchange.known_formats import KNOWN, Format, Record
from registers.exchange.reading import zip_files
from registers.exchange.reading.documents import Broken, Writing, json_keys, writing
from registers.exchange.reading.files import Source, open_source
from registers.exchange.reading.json_text import ITEM, Path
from registers.exchange.reading.xml_documents import xml_keys

__all__ = ["FORMATS", "Broken", "Format", "Record", "Source", "open_source", "read", "recognise"]

SHOWN_NAMES = 8  # names of a file's outermost keys that a message repeats
SHOWN_LEVELS = 3  # of XML elements
NAME_MAX = 60  # characters
_VALUE = re.compile(r"\d{4}|\s")  # what no name of a key or element contains


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
_ALL = (*KNOWN, ZIP)  # ZIP last: some formats are ZIPs themselves
FORMATS: Mapping[str, Format] = MappingProxyType({each.name: each for each in _ALL})


def recognise(source: Source) -> Format:
    """The format that the caller names, else the one that the content shows. Raises UnknownFormat.

    For a ZIP the caller names the format of the files in it.
    """
    if source.format is not None:
        if source.format not in FORMATS:
            raise _unknown(source, {})
        chosen = FORMATS[source.format]
        return ZIP if zip_files.is_zip(source) and not chosen.bare else chosen
    keys = _keys(source)
    found = _shown(source, keys, _ALL)
    if found is None:
        raise _unknown(source, keys)
    return found


def read(source: Source) -> Iterator[Record | Broken]:
    """The records of a file, whatever its format. Raises UnknownFormat before the first."""
    found = recognise(source)
    expected = [found, FORMATS["soap-fault"]]  # what the register answers when it refuses
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
    """The format of the outermost records; formats without records come last, then lists that are empty."""
    writing_of_source = writing(source)
    if writing_of_source is Writing.OTHER:
        return next((each for each in formats if each.bare and each.bare(source)), None)
    outermost_first = sorted(keys, key=len)
    for without_records in (False, True):
        for path in outermost_first:
            for each in formats:
                is_record = each.xml if writing_of_source is Writing.XML else each.json
                if is_record and bool(each.note) is without_records and is_record(keys[path]):
                    return each
    for path in outermost_first:
        for each in formats:
            if each.lists & keys[path]:
                return each
    return None


def _unknown(source: Source, keys: Mapping[Path, Set[str]]) -> UnknownFormat:
    looked_for = "; ".join(each.title for each in FORMATS.values())
    return UnknownFormat(f"{source.name} {_beginning(source, keys)}. Looked for: {looked_for}")


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
    """Whether it may be repeated: keys of a map may be values, even national ids."""
    return len(name) <= NAME_MAX and not _VALUE.search(name)

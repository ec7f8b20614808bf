"""Records of a JSON file as plain objects, and what they have in common with those of XML (`xml_documents`).

One object, an array, an array inside objects, or an object per line. What cannot be followed becomes a
`Broken`; what can be read beside it is read.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass
from enum import Enum
from io import BytesIO
from itertools import islice

import msgspec

from registers.exchange.errors import Malformed
from registers.exchange.reading.files import DAMAGED, Source
from registers.exchange.reading.json_text import ITEM, RECORD_MAX, JsonText, Path
from registers.exchange.reading.node import Node

OUTLINED_VALUES = 20_000  # values of a file's beginning that its format is recognised by
OUTLINED_LEVELS = 5  # around a record, as in {"_embedded": {"enheter": [ … ]}}

LIKE_NATIONAL_ID = re.compile(r"\d{11}")  # a map's keys may be persons' numbers

IsRecord = Callable[[Set[str]], bool]
"""Whether an object with these keys (in small letters) is a record."""


@dataclass(frozen=True)
class Broken:
    """A record that could not be read, or where a file could not be read on. `rule` is stable."""

    position: str
    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class Document:
    """A record as the file has it. `trail`: names of the XML elements down to its own; empty in JSON."""

    position: str
    node: Node
    trail: tuple[str, ...] = ()


class Writing(Enum):
    """How a file is written."""

    JSON = "JSON"
    LINES = "one JSON object per line"
    XML = "XML"
    OTHER = "neither JSON nor XML"


def writing(source: Source) -> Writing:
    """By the first characters alone: a file may be written otherwise further down."""
    head = source.head.lstrip()
    if head.startswith(b"<"):
        return Writing.XML
    if not head.startswith((b"{", b"[")):
        return Writing.OTHER
    first, _, rest = head.partition(b"\n")
    second = rest.lstrip().partition(b"\n")[0].strip()
    # one whole line of two is enough, since either may be damaged
    if first.startswith(b"{") and second and (_whole(first) or (second.startswith(b"{") and _whole(second))):
        return Writing.LINES
    return Writing.JSON


def _whole(line: bytes) -> bool:
    return not isinstance(_decoded(line, ""), Broken)


def json_keys(source: Source) -> dict[Path, set[str]]:
    """Keys of the objects on each path of the file's beginning, in small letters."""
    head = source.head
    texts = head.splitlines() if writing(source) is Writing.LINES else [head]
    keys: dict[Path, set[str]] = {}
    for path in islice(_walked(texts), OUTLINED_VALUES):
        if 0 < len(path) <= OUTLINED_LEVELS + 1:
            keys.setdefault(path[:-1], set()).add(path[-1].lower())
    return keys


def _walked(texts: list[bytes]) -> Iterator[Path]:
    for text in texts:
        try:
            yield from JsonText(BytesIO(text)).walk()
        except Malformed:  # the beginning of a file may be cut off anywhere
            continue


def record_paths(keys: Mapping[Path, Set[str]], is_record: IsRecord) -> set[Path]:
    """The outermost paths at which there are records."""
    found = [path for path in keys if is_record(keys[path])]
    return {path for path in found if len(path) == min(map(len, found))}


def json_documents(source: Source, is_record: IsRecord) -> Iterator[Document | Broken]:
    """The records of a file written as JSON or JSON lines."""
    paths = record_paths(json_keys(source), is_record)
    lines = writing(source) is Writing.LINES
    try:
        yield from _of_lines(source, paths) if lines else _of_text(source, paths)
    except DAMAGED:
        yield Broken(source.name, "file-damaged", "the packed file is cut off or damaged")


def _of_text(source: Source, paths: set[Path]) -> Iterator[Document | Broken]:
    with source.text() as stream:
        text, index = JsonText(stream), 0
        try:
            for path in text.walk():
                if path in paths:
                    position = _position(source.name, path, index)
                    index += 1
                    offset = text.offset
                    value = _decoded(text.take(), position, offset) if text.at_bracket else None
                    yield value if isinstance(value, Broken) else _document(position, value)
        except Malformed as malformed:
            position = f"{source.name}, byte {text.offset}"
            yield Broken(position, "json-malformed", f"the text {malformed}")


def _position(name: str, path: Path, index: int) -> str:
    inner = LIKE_NATIONAL_ID.sub("(eleven digits)", ".".join(key for key in path if key != ITEM))
    number = f"[{index}]" if index or path[-1:] == (ITEM,) else ""
    return f"{name}/{inner}{number}" if inner else f"{name}{number}"


def _of_lines(source: Source, paths: set[Path]) -> Iterator[Document | Broken]:
    with source.text() as stream:
        number = 0
        while line := stream.readline(RECORD_MAX + 1):
            number += 1
            position = f"{source.name}, line {number}"
            if len(line) > RECORD_MAX:
                yield Broken(position, "json-malformed", f"is longer than {RECORD_MAX} bytes")
                return
            if not line.strip():
                continue
            value = _decoded(line, position)
            if isinstance(value, Broken):
                yield value
                continue
            for path in paths:
                for inner in _on_path(value, path):
                    yield _document(position, inner)


def _on_path(value: object, path: Path) -> Iterator[object]:
    if not path:
        yield value
    elif path[0] == ITEM and isinstance(value, list):
        for element in value:
            yield from _on_path(element, path[1:])
    elif isinstance(value, Mapping) and path[0] in value:
        yield from _on_path(value[path[0]], path[1:])


def _decoded(text: bytes, position: str, offset: int = 0) -> object:
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        return Broken(position, "json-malformed", f"from byte {offset}: {error}")
    except RecursionError:
        return Broken(position, "json-malformed", "is nested too deep")


def _document(position: str, value: object) -> Document | Broken:
    if not isinstance(value, Mapping):
        return Broken(position, "not-an-object", "is no object where a record should be")
    return Document(position, Node(value))

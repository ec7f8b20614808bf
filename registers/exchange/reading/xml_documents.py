"""Records of XML files: SOAP 1.1 and 1.2 answers, bare documents, arrays, faults.

Elements are known by their local names, whatever prefix or namespace they carry. A document type is
refused: no register sends one, and entities are declared in it.
"""

import re
from collections.abc import Iterator, Set
from contextlib import suppress
from typing import Any

from lxml import etree

from registers.exchange.reading.documents import OUTLINED_LEVELS, OUTLINED_VALUES, Broken, Document, IsRecord
from registers.exchange.reading.files import DAMAGED, Source
from registers.exchange.reading.json_text import Path
from registers.exchange.reading.node import Node

ELEMENTS_MAX = 500_000  # of one record, or between two
TYPE = "@type"
"""Key of a node's `i:type`, whose value stands there without prefix."""

_SCHEMA_INSTANCE = "{http://www.w3.org/2001/XMLSchema-instance}"
_LIKE_NATIONAL_ID = re.compile(r"\d{6}\s?\d{5}")
_SAFE = {
    "encoding": "utf-8",  # of `Source.text`, whatever the document declares
    "resolve_entities": False,
    "load_dtd": False,
    "no_network": True,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


def xml_keys(source: Source) -> dict[Path, set[str]]:
    """Names of the elements on each path of the file's beginning, in small letters."""
    parser = etree.XMLPullParser(("start", "end"), **_SAFE)
    keys: dict[Path, set[str]] = {}
    path: list[str] = []
    with suppress(etree.XMLSyntaxError):  # what stands before the error is enough
        parser.feed(source.head)
        parser.close()
    for count, (event, element) in enumerate(_events(parser)):
        if event == "end":
            path.pop()
            continue
        if len(path) <= OUTLINED_LEVELS:
            keys.setdefault(tuple(path), set()).add(_name(element).lower())
        path.append(_name(element))
        if count > OUTLINED_VALUES:
            break
    return keys


def _events(parser: etree.XMLPullParser) -> Iterator[tuple[str, Any]]:
    with suppress(etree.XMLSyntaxError):
        yield from parser.read_events()


def xml_documents(
    source: Source, is_record: IsRecord, *, within: Set[str] = frozenset()
) -> Iterator[Document | Broken]:
    """The outermost records; a SOAP fault is a `Broken`.

    `within`: names (small letters) of elements whose content belongs to the record around them.
    """
    try:
        with source.text() as stream:
            events = etree.iterparse(stream, events=("start", "end"), **_SAFE)
            yield from _records(events, source.name, is_record, within)
    except DAMAGED:
        yield Broken(source.name, "file-damaged", "the packed file is cut off or damaged")
    except etree.XMLSyntaxError as error:
        position = f"{source.name}, line {error.lineno}"
        yield Broken(position, "xml-malformed", "the XML cannot be followed from here")


def _records(
    events: "etree.iterparse", name: str, is_record: IsRecord, within: Set[str]
) -> Iterator[Document | Broken]:
    trail: list[str] = []
    depth = elements = index = 0  # depth: open elements of `within`
    for event, element in events:
        own = _name(element)
        if event == "start":
            if not trail and element.getroottree().docinfo.doctype:
                yield Broken(name, "document-type", "declares a document type, which is refused")
                return
            depth += bool(trail) and own.lower() in within
            trail.append(own)
            elements += 1
            if elements > ELEMENTS_MAX:
                yield Broken(name, "record-too-large", f"has more than {ELEMENTS_MAX} elements")
                return
            continue
        if not depth:
            found: Document | Broken | None = None
            if own == "Fault" and len(trail) == 3:
                found = _fault(name, element)
            elif is_record({_name(child).lower() for child in element}):
                position = f"{name}[{index}]" if _is_listed(trail) else name
                found = Document(position, Node(plain(element)), tuple(trail))
                index += 1
            if found:
                yield found
                elements = 0
                _forget(element)
        trail.pop()
        depth -= bool(trail) and own.lower() in within


def _is_listed(trail: list[str]) -> bool:
    return len(trail) > 1 and trail[-2] != "Body" and not trail[-2].endswith("Response")


def _forget(element: etree._Element) -> None:
    """Frees the memory of a record and of all before it."""
    # from the innermost outwards: lxml takes time by the square of the namespaces declared within an element
    for each in reversed(list(element.iter(etree.Element))):
        each.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def plain(element: etree._Element) -> dict[str, object]:
    """The element's children by local name; repeated ones as a list, nil as None."""
    found: dict[str, object] = {}
    if stated := element.get(_SCHEMA_INSTANCE + "type"):
        found[TYPE] = stated.rpartition(":")[2]
    for child in element:
        name, value = _name(child), _value(child)
        if name not in found:
            found[name] = value
        elif isinstance(former := found[name], list):
            former.append(value)
        else:
            found[name] = [former, value]
    return found


def _value(element: etree._Element) -> object:
    if element.get(_SCHEMA_INSTANCE + "nil") in ("true", "1"):
        return None
    return plain(element) if len(element) else element.text or ""  # an empty list is not nil


def _name(element: etree._Element) -> str:
    # the tag of an entity that is not resolved is no text
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _fault(name: str, fault: etree._Element) -> Broken:
    texts = {_name(each): (each.text or "").strip() for each in fault.iter() if each.text}
    code = texts.get("ErrorCode") or texts.get("faultcode") or texts.get("Value") or "no code"
    text = texts.get("Message") or texts.get("faultstring") or texts.get("Text") or "no text"
    reason = _LIKE_NATIONAL_ID.sub("(eleven digits)", f"{code}: {text}")
    return Broken(name, "soap-fault", reason)

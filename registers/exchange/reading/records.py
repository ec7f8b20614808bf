"""Records of a file in JSON or XML, each made into what its format makes of it."""

from collections.abc import Callable, Iterable, Iterator, Set
from typing import TypeVar

from registers.exchange.errors import Unreadable
from registers.exchange.reading.documents import Broken, Document, IsRecord, Writing, json_documents, writing
from registers.exchange.reading.files import Source
from registers.exchange.reading.xml_documents import xml_documents

T = TypeVar("T")


def documents(
    source: Source, is_record: IsRecord, *, xml: IsRecord | None = None, within: Set[str] = frozenset()
) -> Iterator[Document | Broken]:
    """The records of a file in either language. `xml`: by which elements they are recognised in XML, if by others.

    `within`: names (small letters) of XML elements whose content belongs to the record around them.
    """
    if writing(source) is Writing.XML:
        return xml_documents(source, xml or is_record, within=within)
    return json_documents(source, is_record)


def records(found: Iterable[Document | Broken], make: Callable[[Document], T]) -> Iterator[T | Broken]:
    """What `make` makes of each document; what it finds unreadable is a `Broken`."""
    for document in found:
        yield document if isinstance(document, Broken) else attempt(document.position, make, document)


def records_within(
    found: Iterable[Document | Broken], make: Callable[[Document], Iterator[T | Broken]]
) -> Iterator[T | Broken]:
    """As `records`, of a format whose documents contain several records each."""
    for document in found:
        if isinstance(document, Broken):
            yield document
        else:
            yield from make(document)


def attempt(position: str, make: Callable[..., T], *arguments: object) -> T | Broken:
    """What `make` makes of the arguments, or what it finds unreadable in them."""
    try:
        return make(*arguments)
    except Unreadable as unreadable:
        return Broken(position, unreadable.rule, str(unreadable))

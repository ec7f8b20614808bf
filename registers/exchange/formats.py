"""The formats of the real registers, and how each is recognised: by content, never by its name."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from types import MappingProxyType

from registers.communication_parties.snapshot import CertificateSnapshot, PartySnapshot
from registers.exchange import ar_legacy, ar_rest, brreg, certificates, resh
from registers.exchange.documents import Broken, Holds, Writing, json_keys, writing
from registers.exchange.files import Source, open_source
from registers.exchange.json_text import ITEM, Path
from registers.exchange.xml_documents import xml_documents, xml_keys
from registers.organisations.snapshot import OrganisationSnapshot, ReshUnitSnapshot

__all__ = ["FORMATS", "Broken", "Format", "Record", "Source", "UnknownFormat", "open_source", "read", "recognise"]

Record = PartySnapshot | CertificateSnapshot | OrganisationSnapshot | ReshUnitSnapshot

SHOWN_NAMES = 8  # names of a file's outermost keys that a message repeats
SHOWN_LEVELS = 3  # of XML elements
NAME_MAX = 60  # characters
_VALUE = re.compile(r"\d{4}|\s")  # what no name of a key or element holds


@dataclass(frozen=True, kw_only=True, slots=True)
class Format:
    """One way in which a register is written to a file."""

    name: str
    title: str
    read: Callable[[Source], Iterator[Record | Broken]]
    json: Holds | None = None  # keys of a record in JSON
    xml: Holds | None = None  # names of a record's elements in XML
    lists: Set[str] = frozenset()  # keys or elements around records, should there be none
    bare: Callable[[Source], bool] | None = None  # of a file that is neither
    note: str | None = None  # why a file of this format yields no records


class UnknownFormat(Exception):
    """A file of no known format. The message tells how it begins, by names of its keys alone."""

    def __init__(self, source: Source, keys: Mapping[Path, Set[str]]) -> None:
        looked_for = "; ".join(each.title for each in FORMATS.values())
        super().__init__(f"{source.name} {_beginning(source, keys)}. Looked for: {looked_for}")


def _read_nothing(source: Source) -> Iterator[Broken]:
    yield from ()


def _read_fault(source: Source) -> Iterator[Broken]:
    for found in xml_documents(source, lambda keys: False):
        if isinstance(found, Broken):
            yield found


def _is_export(keys: Set[str]) -> bool:
    return {"lastsequencenumber", "communicationparties"} <= keys


def _is_event(keys: Set[str]) -> bool:
    return {"sequencenumber", "eventtype"} <= keys or keys == {"results", "count"}


_ALL = (
    Format(
        name="ar-rest",
        title="Adresseregisteret, CommunicationParty Api v1 (JSON)",
        read=ar_rest.read,
        json=ar_rest.is_party,
        lists=frozenset({"communicationparties"}),
    ),
    Format(
        name="ar-legacy",
        title="Adresseregisteret, old model (SOAP or DataContract XML, JSON)",
        read=ar_legacy.read,
        json=ar_legacy.is_wrapped_party,
        xml=ar_legacy.is_party,
        lists=frozenset(
            {"arrayofcommunicationparty", "arrayoforganization", "arrayofservice"}
            | {"arrayoforganizationperson", "getcommunicationpartydetailsresponse"}
            | {"getorganizationdetailsresponse", "getservicedetailsresponse"}
            | {"getorganizationpersondetailsresponse", "searchbyidresponse", "searchresponse"}
        ),
    ),
    Format(
        name="ar-certificates",
        title="Adresseregisteret, certificates (JSON or XML)",
        read=certificates.read,
        json=certificates.is_certificate,
        xml=certificates.is_certificate,
        lists=frozenset({"certificatedetails", "arrayofcertificatedetails"}),
    ),
    Format(
        name="brreg",
        title="Enhetsregisteret, enheter or underenheter (JSON)",
        read=brreg.read,
        json=brreg.is_unit,
        lists=frozenset({"enheter", "underenheter"}),
    ),
    Format(
        name="resh-json",
        title="RESH units in the shape of this service (JSON)",
        read=resh.read,
        json=resh.is_unit,
    ),
    Format(
        name="certificate",
        title="X.509 certificates (DER, PEM or base64)",
        read=certificates.read_bare,
        bare=certificates.is_bare,
    ),
    Format(
        name="ar-rest-export",
        title="Adresseregisteret, CommunicationParty Api v1, list of HER-ids",
        read=_read_nothing,
        json=_is_export,
        note="is a list of HER-ids and holds no parties: fetch them a hundred at a time",
    ),
    Format(
        name="ar-rest-events",
        title="Adresseregisteret, CommunicationParty Api v1, events",
        read=_read_nothing,
        json=_is_event,
        note="is a page of events and holds no parties: fetch those it names",
    ),
    Format(
        name="soap-fault",
        title="a SOAP fault",
        read=_read_fault,
        xml=lambda keys: keys == {"fault"},
        note="is a refusal by the register and holds no records",
    ),
)

FORMATS: Mapping[str, Format] = MappingProxyType({each.name: each for each in _ALL})


def recognise(source: Source) -> Format:
    """The format the caller named, else the one the file's content shows. Raises UnknownFormat."""
    if source.format is not None:
        if source.format in FORMATS:
            return FORMATS[source.format]
        raise UnknownFormat(source, {})
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
    way = writing(source)
    if way is Writing.OTHER:
        return next((each for each in formats if each.bare and each.bare(source)), None)
    outermost_first = sorted(keys, key=len)
    for without_records in (False, True):
        for path in outermost_first:
            for each in formats:
                holds = each.xml if way is Writing.XML else each.json
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
    way = writing(source)
    if way is Writing.OTHER:
        return "is empty" if not source.first_bytes else "is neither JSON nor XML nor a certificate"
    if way is Writing.XML:
        chain = max((path for path in keys if len(path) <= SHOWN_LEVELS), key=len, default=())
        names = " > ".join(filter(_plain, chain or keys.get((), ())))
        return f"is XML and begins with the elements {names or '(no names)'}"
    outermost = (keys.get((), set()) | keys.get((ITEM,), set())) - {ITEM}
    shown = sorted(filter(_plain, outermost))[:SHOWN_NAMES]
    return f"is {way.value} and begins with the keys {', '.join(shown) or '(no names)'}"


def _plain(name: str) -> bool:
    """Whether it is a name and no value: keys of a map may be anything, a national id too."""
    return len(name) <= NAME_MAX and not _VALUE.search(name)

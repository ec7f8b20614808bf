"""The formats of the real registers, and how each is recognised: by content, never by its name."""

import re
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass
from types import MappingProxyType

from registers.communication_parties.snapshot import CertificateSnapshot, PartySnapshot
from registers.exchange import ar_legacy, ar_rest, brreg, certificates, resh
from registers.exchange.documents import Broken, Holds, Writing, json_keys, writing
from registers.exchange.files import Source, open_source
from registers.exchange.json_text import ITEM, Path
from registers.exchange.xml_documents import xml_documents, xml_keys
from registers.organisations.snapshot import OrganisationSnapshot, ReshUnitSnapshot

__all__ = ["FORMATS", "Broken", "Format", "Record", "Source", "UnknownFormat", "open_source", "read"]

Record = PartySnapshot | CertificateSnapshot | OrganisationSnapshot | ReshUnitSnapshot

SHOWN_NAMES = 8  # names of a file's outermost keys that a message repeats
_NAME = re.compile(r"[A-Za-zÆØÅæøå@$_][A-Za-zÆØÅæøå_.:-]{0,39}\d{0,2}")  # too short for a number


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
    way = writing(source)
    if way is Writing.OTHER:
        keys: Mapping[Path, Set[str]] = {}
        found = next((each for each in _ALL if each.bare and each.bare(source)), None)
    else:
        keys = xml_keys(source) if way is Writing.XML else json_keys(source)
        found = _shown(keys, xml=way is Writing.XML)
    if found is None:
        raise UnknownFormat(source, keys)
    return found


def _shown(keys: Mapping[Path, Set[str]], *, xml: bool) -> Format | None:
    """The format of the outermost records; of formats without records only when there are none."""
    outermost_first = sorted(keys, key=len)
    for formats in ([each for each in _ALL if not each.note], [each for each in _ALL if each.note]):
        for path in outermost_first:
            for each in formats:
                holds = each.xml if xml else each.json
                if holds and holds(keys[path]):
                    return each
    for path in outermost_first:
        for each in _ALL:
            if each.lists & keys[path]:
                return each
    return None


def read(source: Source) -> Iterator[Record | Broken]:
    """The records of a file, whatever its format. Raises UnknownFormat before the first."""
    yield from recognise(source).read(source)


def _beginning(source: Source, keys: Mapping[Path, Set[str]]) -> str:
    if source.format is not None:
        return f"cannot be read as {source.format!r}, which is no format"
    way = writing(source)
    if way is Writing.OTHER:
        return "is empty" if not source.first_bytes else "is neither JSON nor XML nor a certificate"
    outermost = keys.get((), set()) | keys.get((ITEM,), set()) - {ITEM}
    names = sorted(name for name in outermost - {ITEM} if _NAME.fullmatch(name))[:SHOWN_NAMES]
    kind = "the element" if way is Writing.XML else "the keys"
    return f"is {way.value} and begins with {kind} {', '.join(names) or '(none)'}"

"""Reads persons as HPR's SOAP service gives them: XML answers, and the same objects as JSON.

`HentPerson` and its like tell what holds at a moment; `HentPersonMedHistorikk` tells all, and so, as far
as can be known, does a person that stands in no answer.
"""

from collections.abc import Iterator, Set

from registers.exchange.formats.hpr.person import person
from registers.exchange.reading.documents import Broken, Writing, attempt, json_documents, writing
from registers.exchange.reading.files import Source
from registers.exchange.reading.node import Node
from registers.exchange.reading.xml_documents import xml_documents
from registers.personnel.intake.snapshot import HealthProfessionalSnapshot

_MARKS = {"etag", "fysiskeadresser", "alternativeider", "utdannelser", "kjønn", "statsborgerskap"}
_AT_A_MOMENT = ("HentPerson", "Søk")  # beginnings of operations' names
_HISTORY = "MedHistorikk"


def is_person(keys: Set[str]) -> bool:
    """A person; one whose approvals come first may not have shown the HPR number yet."""
    is_rest = "gjelderfordato" in keys
    return not is_rest and not keys.isdisjoint({"hprnummer", "manglernin"}) and not keys.isdisjoint(_MARKS)


def read(source: Source) -> Iterator[HealthProfessionalSnapshot | Broken]:
    is_xml = writing(source) is Writing.XML
    for document in (xml_documents if is_xml else json_documents)(source, is_person):
        if isinstance(document, Broken):
            yield document
        else:
            yield attempt(document.position, _person, document.node, document.position, document.trail)


def _person(node: Node, position: str, trail: tuple[str, ...]) -> HealthProfessionalSnapshot:
    at_a_moment = any(name.startswith(_AT_A_MOMENT) and _HISTORY not in name for name in trail)
    return person(node, position, interface="hpr-soap", history_reported=not at_a_moment)

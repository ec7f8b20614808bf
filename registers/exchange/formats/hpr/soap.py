"""Reads persons from HPR's SOAP service: XML answers, and the same objects as JSON.

`HentPerson` and its like carry what is valid at a moment; `HentPersonMedHistorikk` carries the whole history, and so,
as far as can be known, does a person outside any answer.
"""

from collections.abc import Iterator, Set

from registers.exchange.formats.hpr.person import person
from registers.exchange.reading.documents import Broken, Document
from registers.exchange.reading.files import Source
from registers.exchange.reading.records import documents, records
from registers.personnel.intake.snapshot import HealthProfessionalSnapshot

_MARKS = {"etag", "fysiskeadresser", "alternativeider", "utdannelser", "kjønn", "statsborgerskap"}
_AT_A_MOMENT = ("HentPerson", "Søk")  # beginnings of operations' names
_HISTORY = "MedHistorikk"


def is_person(keys: Set[str]) -> bool:
    """A person, whose HPR number may stand behind the approvals and beyond the keys seen so far."""
    is_rest = "gjelderfordato" in keys
    return not is_rest and not keys.isdisjoint({"hprnummer", "manglernin"}) and not keys.isdisjoint(_MARKS)


def read(source: Source) -> Iterator[HealthProfessionalSnapshot | Broken]:
    return records(documents(source, is_person), _person)


def _person(document: Document) -> HealthProfessionalSnapshot:
    at_a_moment = any(name.startswith(_AT_A_MOMENT) and _HISTORY not in name for name in document.trail)
    return person(document.node, document.position, interface="hpr-soap", history_reported=not at_a_moment)

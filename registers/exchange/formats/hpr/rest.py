"""Reads persons from HPR's open and extended interfaces (JSON).

`/v1/personer` and `/v1/personerutvidet`: one person, an array, one a line, or the array within an
object, as in the export. The open interface carries neither national id nor reactions; neither interface carries
sex, citizenship, addresses, educations, suspensions or rights that have ended.
"""

from collections.abc import Iterator, Set

from registers.exchange.formats.hpr.person import person
from registers.exchange.reading.documents import Broken, Document, json_documents
from registers.exchange.reading.files import Source
from registers.exchange.reading.records import records
from registers.personnel.intake.snapshot import HealthProfessionalSnapshot

_MARKS = {"fornavn", "etternavn", "godkjenninger", "gjelderfordato", "manglernin"}


def is_person(keys: Set[str]) -> bool:
    return "hprnummer" in keys and not _MARKS.isdisjoint(keys)


def read(source: Source) -> Iterator[HealthProfessionalSnapshot | Broken]:
    return records(json_documents(source, is_person), _person)


def _person(document: Document) -> HealthProfessionalSnapshot:
    return person(document.node, document.position, interface="hpr-rest", history_reported=False)

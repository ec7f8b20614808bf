"""Reads persons as HPR's open and extended interfaces give them (JSON).

`/v1/personer` and `/v1/personerutvidet`: one person, an array, one a line, or the array within an
object, as in the export. The open one carries neither national id nor reactions; none of them carries
sex, citizenship, addresses, educations or suspensions, nor rights that have ended.
"""

from collections.abc import Iterator, Set

from registers.exchange.formats.hpr.person import person
from registers.exchange.reading.documents import Broken, attempt, json_documents
from registers.exchange.reading.files import Source
from registers.exchange.reading.node import Node
from registers.personnel.intake.snapshot import HealthProfessionalSnapshot

_MARKS = {"fornavn", "etternavn", "godkjenninger", "gjelderfordato", "manglernin"}


def is_person(keys: Set[str]) -> bool:
    return "hprnummer" in keys and not _MARKS.isdisjoint(keys)


def read(source: Source) -> Iterator[HealthProfessionalSnapshot | Broken]:
    for document in json_documents(source, is_person):
        if isinstance(document, Broken):
            yield document
        else:
            yield attempt(document.position, _person, document.node, document.position)


def _person(node: Node, position: str) -> HealthProfessionalSnapshot:
    return person(node, position, interface="hpr-rest", history_reported=False)

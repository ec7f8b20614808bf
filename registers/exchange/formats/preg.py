"""Reads persons of PREG, the health service's copy of the population register.

    {"NIN": "15835090008", "FirstName": "…", "MiddleName": null, "LastName": "…",
     "DateOfBirth": "1950-03-15", "DateOfDeath": null,
     "Sex": "2",                           3101, alone or as a code object
     "RegStatus": 1,                       1 resident … 5 dead; ignored
     "PostalType": 0,                      4 client address, 6 strictly confidential, 7 confidential
     "FormerNINs": ["…"]}                  numbers that NIN has replaced

One object per line, an array, or an array within an object. No remark repeats a national id or a name.
"""

from collections.abc import Iterator, Mapping, Set

from registers.core.code_systems import SEXES
from registers.core.identifiers import NationalId
from registers.exchange.errors import Unreadable
from registers.exchange.reading import values
from registers.exchange.reading.documents import Broken, Document, json_documents
from registers.exchange.reading.files import Source
from registers.exchange.reading.node import Node
from registers.exchange.reading.parts import reported
from registers.exchange.reading.records import records
from registers.exchange.reading.times import birth_and_death, optional_instant
from registers.exchange.reading.values import national_id
from registers.gp_lists.intake.snapshot import FormerNationalId, PatientPersonSnapshot, PersonSnapshot
from registers.gp_lists.models import Protection
from registers.intake.snapshot import NOT_REPORTED, CodeValue, NotReported

POSTAL_TYPES = {str(value): Protection.NONE for value in range(9)} | {
    "4": Protection.CLIENT,
    "6": Protection.STRICTLY_CONFIDENTIAL,
    "7": Protection.CONFIDENTIAL,
}


def is_person(keys: Set[str]) -> bool:
    return "nin" in keys and bool(keys & {"regstatus", "postaltype"})


def read(source: Source) -> Iterator[PatientPersonSnapshot | Broken]:
    return records(json_documents(source, is_person), _person)


def _person(document: Document) -> PatientPersonSnapshot:
    node = document.node
    found = national_id(node, "NIN")
    if found is None:
        raise Unreadable("national-id-missing", "the person has no readable national id")
    born_on, died_on = birth_and_death(node, "DateOfBirth", "DateOfDeath")
    return PatientPersonSnapshot(
        interface="preg",
        position=document.position,
        changed_at=optional_instant(node, "LastUpdated"),
        national_id=found[0],
        national_id_holds=found[1],
        former_national_ids=_former(node, found[0]),
        person=PersonSnapshot(
            first_name=reported(node, "FirstName", Node.text),
            middle_name=reported(node, "MiddleName", Node.text),
            last_name=reported(node, "LastName", Node.text),
            born_on=born_on,
            died_on=died_on,
            sex=reported(node, "Sex", _sex),
            protection=_protection(node),
        ),
        flags=node.remarks.flags,
        refused=node.remarks.refused,
    )


def _sex(node: Node, key: str) -> CodeValue | None:
    if node.node(key):
        return values.code(node, key, SEXES)
    value = node.text(key)
    return CodeValue(SEXES, value) if value else None


def _protection(node: Node) -> Protection | NotReported:
    """Raises Unreadable for a protection that is not understood: nobody must be unprotected by mistake."""
    if node.get("PostalType") is None:
        return NOT_REPORTED
    value = node.node("PostalType").text("CodeValue") or node.text("PostalType")
    if value not in POSTAL_TYPES:
        raise Unreadable("protection-unreadable", "the person's postal type is none that is known")
    return POSTAL_TYPES[value]


def _former(node: Node, current: NationalId) -> tuple[FormerNationalId, ...] | NotReported:
    """The numbers that the current one has replaced, each once."""
    stated = node.get("FormerNINs")
    if not isinstance(stated, list):
        return NOT_REPORTED
    found: list[FormerNationalId] = []
    for index, each in enumerate(stated):
        inner = Node(each if isinstance(each, Mapping) else {"NIN": each}, f"FormerNINs[{index}]", node.remarks)
        number = national_id(inner, "NIN")
        if number is not None and number[0] != current:
            found.append(FormerNationalId(*number))
    return tuple(values.unique(found, lambda former: former.number))

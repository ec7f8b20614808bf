"""Reads units of RESH, the organisation chart of the specialist health service.

RESH has no public interface; this shape is our own. An array of units, each

    {"reshId": 4000001, "parentReshId": null, "reshName": "…", "reshShortName": "…",
     "designation": "05",                  code of 8624
     "level": "3",                         code of 8628
     "organizationNumber": "311001000",    or null
     "treatmentFacility": true,            reported to NPR as a place of treatment
     "validFrom": "2020-01-01", "validTo": null,
     "reshChildren": [ … ]}                units below; their parentReshId may be left out

or one such object, one a line, or the array within an object.
"""

from collections.abc import Iterator, Set

from registers.core.code_systems import ORGANISATION_DESIGNATIONS, ORGANISATION_LEVELS
from registers.core.identifiers import InvalidIdentifier, ReshId, parse_resh_id
from registers.exchange.errors import Unreadable
from registers.exchange.reading import values
from registers.exchange.reading.documents import Broken, Document, json_documents
from registers.exchange.reading.files import Source
from registers.exchange.reading.node import Node
from registers.exchange.reading.records import attempt, records_within
from registers.exchange.reading.times import period
from registers.intake.snapshot import CodeValue
from registers.organisations.intake.snapshot import ReshUnitSnapshot


def is_unit(keys: Set[str]) -> bool:
    return "reshid" in keys


def read(source: Source) -> Iterator[ReshUnitSnapshot | Broken]:
    """Units in the file's order, each before those below it."""
    return records_within(json_documents(source, is_unit), _units)


def _units(document: Document, above: ReshId | None = None) -> Iterator[ReshUnitSnapshot | Broken]:
    position = document.position
    unit = attempt(position, _unit, document.node, position, above)
    yield unit
    own = None if isinstance(unit, Broken) else unit.resh_id
    for index, child in enumerate(document.node.nodes("reshChildren")):
        yield from _units(Document(f"{position}/reshChildren[{index}]", Node(child.values)), own)


def _unit(node: Node, position: str, above: ReshId | None) -> ReshUnitSnapshot:
    resh_id = _resh_id(node, "reshId")
    if resh_id is None:
        raise Unreadable("resh-id", "the unit has no RESH-id")
    parent = _resh_id(node, "parentReshId") or above
    if parent == resh_id:
        raise Unreadable("own-parent", "the unit is named as the unit above itself")
    number, _ = values.organisation_number(node, "organizationNumber")
    valid_from, valid_to = period(node, "validFrom", "validTo")
    return ReshUnitSnapshot(
        interface="resh",
        position=position,
        resh_id=resh_id,
        parent_resh_id=parent,
        name=node.text("reshName"),
        short_name=node.text("reshShortName"),
        designation=_code(node, "designation", ORGANISATION_DESIGNATIONS),
        level=_code(node, "level", ORGANISATION_LEVELS),
        organisation_number=number,
        treatment_facility=node.truth("treatmentFacility") or False,
        valid_from=valid_from,
        valid_to=valid_to,
        flags=node.remarks.flags,
        refused=node.remarks.refused,
    )


def _resh_id(node: Node, key: str) -> ReshId | None:
    text = values.number_text(node, key)
    try:
        return parse_resh_id(text) if text else None
    except InvalidIdentifier as invalid:
        raise Unreadable("resh-id", str(invalid)) from None


def _code(node: Node, key: str, system: str) -> CodeValue | None:
    value = node.text(key)
    return CodeValue(system, value) if value else None

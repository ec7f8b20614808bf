"""Reads parties of Adresseregisteret's old model: SOAP XML and its JSON wrapper.

One mapping for both. Services and persons nested in an organisation are records of their own. A
field whose element is absent is not reported (older contracts lack newer elements); one that is nil,
null or empty is reported to be empty. Of persons only HPR number and title are read: national id, dates
and authorisations belong to other registers and are ignored.
"""

from collections.abc import Iterator, Set
from dataclasses import dataclass

from registers.communication_parties.intake.snapshot import (
    CoveredMunicipality,
    ParentReference,
    PartySnapshot,
)
from registers.communication_parties.models import PartyKind
from registers.core.code_systems import BUSINESS_TYPES, INDUSTRIES
from registers.core.identifiers import HerId
from registers.exchange.errors import Unreadable
from registers.exchange.formats.ar import addresses
from registers.exchange.formats.ar.party import NO_KIND, NO_PARENT, name_of
from registers.exchange.reading import values
from registers.exchange.reading.documents import Broken, Document
from registers.exchange.reading.files import Source
from registers.exchange.reading.node import Node
from registers.exchange.reading.records import attempt, documents, records_within
from registers.exchange.reading.times import period
from registers.exchange.reading.xml_documents import TYPE
from registers.intake.snapshot import NOT_REPORTED, CodeValue, NotReported

NESTED = {"Services": PartyKind.SERVICE, "People": PartyKind.PERSON}
# XML elements that have a HER-id in them and belong to the record around them
WITHIN = frozenset({"services", "people", "organizations", "departments", "coverageareas", "person"})

_FLAGS = {1: PartyKind.PERSON, 2: PartyKind.ORGANISATION, 4: PartyKind.SERVICE}
_DEPARTMENT = 8  # not used since about 2016; old files may have some
_KINDS = {
    "person": PartyKind.PERSON,
    "organizationperson": PartyKind.PERSON,
    "organization": PartyKind.ORGANISATION,
    "service": PartyKind.SERVICE,
    "department": PartyKind.ORGANISATION,
}
_MARKS = {
    "electronicaddresses",
    "physicaladdresses",
    "futureelectronicaddresses",
    "isvalidcommunicationparty",
    "parentherid",
    "valid",
}


def is_party(keys: Set[str]) -> bool:
    """A party, or an organisation whose HER-id stands behind its many services and beyond the keys seen so far."""
    return not keys.isdisjoint({"services", "people"}) or ("herid" in keys and not keys.isdisjoint(_MARKS))


def is_wrapped_party(keys: Set[str]) -> bool:
    """A party, or the JSON wrapper {herId, parentHerId, type, communicationParty} around one."""
    return "communicationparty" in keys or is_party(keys)


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """What follows from where a party stands in its file."""

    kind: PartyKind | None = None
    parent: HerId | None = None


def read(source: Source) -> Iterator[PartySnapshot | Broken]:
    return records_within(documents(source, is_wrapped_party, xml=is_party, within=WITHIN), _parties)


def _parties(document: Document) -> Iterator[PartySnapshot | Broken]:
    node = document.node
    if "communicationParty" in node:
        wrapper, node = node, Node(node.node("communicationParty").values)
        for key in ("herId", "parentHerId", "type"):
            node.values.setdefault(key.lower(), wrapper.get(key))
    outermost = attempt(document.position, _party, node, document.position, _Surroundings())
    yield outermost
    above = None if isinstance(outermost, Broken) else outermost.her_id
    for key, kind in NESTED.items():
        for index, nested in enumerate(node.nodes(key)):
            position = f"{document.position}/{key}[{index}]"
            yield attempt(position, _party, Node(nested.values), position, _Surroundings(kind, above))


def _party(node: Node, position: str, surroundings: _Surroundings) -> PartySnapshot:
    her_id = values.own_her_id(node, "HerId")
    kind = _kind(node, surroundings)
    valid_from, valid_to = period(node.node("Valid"), "From", "To")
    service_type = None
    if kind is PartyKind.SERVICE:
        service_type = values.code(node, "Code")
    electronic, electronic_types = addresses.electronic(node, valid_from)
    physical, physical_types = addresses.physical(node, valid_from)
    snapshot = PartySnapshot(
        interface="ar-legacy",
        position=position,
        changed_at=addresses.changed_at(node),
        her_id=her_id,
        kind=kind,
        name=name_of(node, her_id, service_type),
        display_name=_text(node, "DisplayName"),
        active=_truth(node, "Active"),
        messaging_valid=_truth(node, "IsValidCommunicationParty"),
        valid_from=valid_from,
        valid_to=valid_to,
        parent=_parent(node, kind, surroundings),
        service_type=service_type,
        municipality=(values.municipality(node, "Municipality") if "Municipality" in node else NOT_REPORTED),
        coverage_area_type=_code(node, "CoverageAreaType"),
        electronic_addresses=electronic,
        electronic_types=electronic_types,
        physical_addresses=physical,
        physical_types=physical_types,
        properties=_codes(node, "Properties"),
        flags=node.remarks.flags,
        refused=node.remarks.refused,
    )
    if kind is PartyKind.ORGANISATION:
        snapshot.organisation_number, snapshot.check_digit_holds = values.organisation_number(
            node, "OrganizationNumber"
        )
        snapshot.business_type = _code(node, "BusinessType", BUSINESS_TYPES)
        snapshot.industry_codes = _codes(node, "IndustryCodes", INDUSTRIES)
    elif kind is PartyKind.SERVICE:
        snapshot.service_specification = _text(node, "Description")
        snapshot.location_description = _text(node, "LocationDescription")
        snapshot.coverage = _coverage(node)
    else:
        hpr = node.node("Person").node("HPRInformation")
        snapshot.hpr_number = values.hpr_number(hpr, "HPRNumber") or values.hpr_number(hpr, "HPRNo")
        snapshot.title = _text(node, "Title")
    return snapshot


def _text(node: Node, key: str) -> str | NotReported | None:
    return node.text(key) if key in node else NOT_REPORTED


def _truth(node: Node, key: str) -> bool | NotReported:
    truth = node.truth(key)
    return NOT_REPORTED if truth is None else truth


def _code(node: Node, key: str, *systems: str) -> CodeValue | NotReported | None:
    return values.code(node, key, *systems) if key in node else NOT_REPORTED


def _codes(node: Node, key: str, *systems: str) -> list[CodeValue] | NotReported:
    return values.codes(node, key, *systems) if key in node else NOT_REPORTED


def _kind(node: Node, surroundings: _Surroundings) -> PartyKind:
    """By `Type`, else by `i:type`, else by the list the party stands in."""
    by_instance = _KINDS.get((node.text(TYPE) or "").lower())
    stated = _stated_kinds(node)
    kind = next((each for each in stated if each is by_instance), stated[0] if stated else None)
    if len(set(stated)) > 1:
        node.flag("type-combined", "Type", "names several types of party")
    if kind and by_instance and kind is not by_instance:
        node.flag("type-disagrees", "Type", f"is {kind.value}, i:type is {by_instance.value}")
    kind = kind or by_instance or surroundings.kind
    if kind is None:
        raise Unreadable(*NO_KIND)
    return kind


def _stated_kinds(node: Node) -> list[PartyKind]:
    """`Type` is a name, several names, or the sum of their flags."""
    text = (node.text("Type") or "").lower()
    if text.isascii() and text.isdigit() and len(text) < 3:
        department = int(text) & _DEPARTMENT
        found = [kind for flag, kind in _FLAGS.items() if int(text) & flag]
        found += [PartyKind.ORGANISATION] if department else []
    else:
        names = text.replace(",", " ").split()
        department = "department" in names
        found = [_KINDS[name] for name in names if name in _KINDS]
    if department:
        node.flag("department", "Type", "is a department and is kept as an organisation")
    return found


def _parent(node: Node, kind: PartyKind, surroundings: _Surroundings) -> ParentReference | None:
    her_id = values.her_id(node, "ParentHerId") or surroundings.parent
    if kind is PartyKind.ORGANISATION:
        if her_id is not None:
            node.flag("organisation-has-parent", "ParentHerId", "is kept without what is above it")
        return None
    if her_id is None:
        raise Unreadable(*NO_PARENT)
    number, holds = values.organisation_number(node, "ParentOrganizationNumber")
    business_type = values.code(node, "ParentBusinessType", BUSINESS_TYPES)
    return ParentReference(her_id, node.text("ParentName"), number, holds, business_type)


def _coverage(node: Node) -> list[CoveredMunicipality] | NotReported:
    if "CoverageAreas" not in node:
        return NOT_REPORTED
    covered = []
    for area in node.nodes("CoverageAreas"):
        if her_id := values.her_id(area, "HerId"):
            number, _ = values.organisation_number(area, "OrganizationNumber")
            name = area.text("Name") or area.text("DisplayName")
            covered.append(CoveredMunicipality(her_id, name, number))
        else:
            area.refuse("her-id", "HerId", "the municipality covered has no HER-id")
    return values.unique(covered, lambda each: each.her_id)

"""The main row of a party that a record reports, or that another record points at."""

from collections.abc import Iterable
from datetime import datetime

from registers.code_systems.intake.codes import StoredCodes
from registers.communication_parties.intake.slots import SlotName
from registers.communication_parties.intake.snapshot import PartySnapshot
from registers.communication_parties.models import QUEUES, CommunicationParty, PartyKind, TransportStatus
from registers.core.code_systems import BUSINESS_TYPES, MUNICIPALITIES
from registers.core.codes import CodeKey
from registers.core.identifiers import HerId
from registers.intake.aggregate import empty_row
from registers.intake.record_set import Outcome, Row
from registers.intake.snapshot import CodeValue, NotReported, reported


def refusal(snapshot: PartySnapshot, former: Row | None, parent: Row | None) -> tuple[str, str, str] | None:
    """Why nothing of the record can be taken, as (rule, path, text); None = it can."""
    if former and former["kind"] != snapshot.kind.value:
        return "kind-differs", "kind", f"is {snapshot.kind.value}, held as {former['kind']}"
    if snapshot.valid_to is not None and snapshot.valid_to <= snapshot.valid_from:
        return "period-empty", "valid_to", "the party ends no later than it begins"
    if snapshot.kind is PartyKind.ORGANISATION:
        return None
    if snapshot.parent is None:
        return "parent-missing", "parent", "a service or person needs an organisation above it"
    if snapshot.parent.her_id == snapshot.her_id:
        return "own-parent", "parent", "the party is named as the one above itself"
    if parent and parent["kind"] != PartyKind.ORGANISATION.value:
        return "parent-is-no-organisation", "parent", f"HER-id {snapshot.parent.her_id} is {parent['kind']}"
    return None


def row_of(outcome: Outcome[PartySnapshot], former: Row | None, codes: StoredCodes) -> Row:
    """What is not reported stays as stored. A new party is active and valid for messaging unless otherwise reported."""
    snapshot = outcome.snapshot
    stored = former or referenced(snapshot.her_id, snapshot.valid_from)
    if stored["reference_only"]:
        stored = {**stored, "active": True, "messaging_valid": True, "display_name": None}
    name = snapshot.name or stored["name"]
    if snapshot.name is None:
        outcome.flag("name-missing", "name", "has no name; the one held stays")

    def code(field: str, value: CodeValue | NotReported | None, system: str | None = None) -> CodeKey | None:
        return stored[field] if isinstance(value, NotReported) else codes.key(value, system)

    is_organisation = snapshot.kind is PartyKind.ORGANISATION
    is_person = snapshot.kind is PartyKind.PERSON
    parent = snapshot.parent if not is_organisation else None
    return {
        "her_id": snapshot.her_id,
        "kind": snapshot.kind.value,
        "reference_only": False,
        "name": name,
        "display_name": reported(snapshot.display_name, stored["display_name"]) or None,
        "active": reported(snapshot.active, stored["active"]),
        "messaging_valid": reported(snapshot.messaging_valid, stored["messaging_valid"]),
        "parent_her_id": parent.her_id if parent else None,
        "organisation_number": snapshot.organisation_number if is_organisation else None,
        "hpr_number": snapshot.hpr_number if is_person else None,
        "title": (reported(snapshot.title, stored["title"]) or None) if is_person else None,
        "business_type": code("business_type", snapshot.business_type, BUSINESS_TYPES),
        "service_type": codes.key(snapshot.service_type) if snapshot.kind is PartyKind.SERVICE else None,
        "service_specification": reported(snapshot.service_specification, stored["service_specification"]),
        "location_description": reported(snapshot.location_description, stored["location_description"]),
        "municipality": code("municipality", snapshot.municipality, MUNICIPALITIES),
        "coverage_area_type": code("coverage_area_type", snapshot.coverage_area_type),
        "transport": stored["transport"] if isinstance(snapshot.transport, NotReported) else snapshot.transport.value,
        "valid_from": snapshot.valid_from,
        "valid_to": snapshot.valid_to,
    }


def transport_by_default(kind: PartyKind, electronic_types: Iterable[SlotName]) -> TransportStatus:
    """Where it is not reported: a service or person inherits; an organisation with queues of its own has it on.

    `electronic_types`: of which the party has own addresses.
    """
    if kind is not PartyKind.ORGANISATION:
        return TransportStatus.INHERITED
    has_queue = any(str(type_).startswith(QUEUES) for type_ in electronic_types)
    return TransportStatus.ENABLED if has_queue else TransportStatus.DISABLED


def referenced(her_id: HerId, valid_from: datetime) -> Row:
    """An organisation party known only because a record points at it: not to be sent to."""
    return empty_row(CommunicationParty) | {
        "her_id": her_id,
        "kind": PartyKind.ORGANISATION.value,
        "reference_only": True,
        "name": _name_of_unnamed(her_id),
        "active": True,
        "messaging_valid": False,
        "transport": TransportStatus.INHERITED.value,
        "valid_from": valid_from,
    }


def completed(stored: Row, name: str | None, values: Row) -> Row:
    """A referenced party with what was not known of it yet."""
    names = {"name": name} if name and stored["name"] == _name_of_unnamed(stored["her_id"]) else {}
    return stored | names | {key: value for key, value in values.items() if stored[key] is None}


def _name_of_unnamed(her_id: HerId) -> str:
    return f"HER-id {her_id}"

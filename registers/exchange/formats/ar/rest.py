"""Reads parties from Adresseregisteret's CommunicationParty Api v1 (JSON).

Answers with one party, with many, of a search. The interface carries ten types of electronic address and one
postal address, reports inheritance for the queues only, and carries neither activity, municipality, titles nor
properties: these stay as another interface reported them.
"""

from collections.abc import Iterator, Set

from registers.communication_parties.intake.snapshot import (
    CertificateReference,
    CoveredMunicipality,
    ElectronicAddressSnapshot,
    ParentReference,
    PartySnapshot,
    PhysicalAddressSnapshot,
)
from registers.communication_parties.models import (
    CertificateUsage,
    PartyKind,
    TransportStatus,
)
from registers.core.code_systems import BUSINESS_TYPES, ELECTRONIC_ADDRESS_TYPES, PHYSICAL_ADDRESS_TYPES
from registers.core.codes import code_key
from registers.core.identifiers import InvalidIdentifier, parse_her_id, parse_thumbprint
from registers.exchange.errors import Unreadable
from registers.exchange.formats.ar.party import NO_KIND, NO_PARENT, name_of
from registers.exchange.reading import values
from registers.exchange.reading.documents import Broken, Document, json_documents
from registers.exchange.reading.files import Source
from registers.exchange.reading.node import Node
from registers.exchange.reading.records import records
from registers.exchange.reading.times import optional_instant, period
from registers.intake.snapshot import NOT_REPORTED, CodeValue, NotReported

ADDRESSES = {
    "ediAddress": "E_EDI",
    "fhirAddress": "E_FHIR",
    "email": "E_EPO",
    "phoneNumber": "E_TLF",
    "faxNumber": "E_FAX",
    "homepageUrl": "E_URL",
}
QUEUES = {
    "amqpSyncQueue": "E_SB_SYNC",
    "amqpSyncReplyQueue": "E_SB_SYNCREPLY",
    "amqpAsyncQueue": "E_SB_ASYNC",
    "amqpErrorQueue": "E_SB_ERROR",
}
CERTIFICATES = {
    "currentEncryptionCertificate": CertificateUsage.ENCRYPTION,
    "currentSigningCertificate": CertificateUsage.SIGNING,
}
ELECTRONIC_TYPES = frozenset(
    code_key(ELECTRONIC_ADDRESS_TYPES, value) for value in (*ADDRESSES.values(), *QUEUES.values())
)
POSTAL = CodeValue(PHYSICAL_ADDRESS_TYPES, "PST", "Postadresse")

_KINDS = {
    "organization": PartyKind.ORGANISATION,
    "service": PartyKind.SERVICE,
    "person": PartyKind.PERSON,
}
_DETAILS = {
    PartyKind.ORGANISATION: "organizationDetails",
    PartyKind.SERVICE: "serviceDetails",
    PartyKind.PERSON: "personDetails",
}
_MARKS = {"amqptransportstatus", "amqpaddress", *(key.lower() for key in _DETAILS.values())}


def is_party(keys: Set[str]) -> bool:
    return "herid" in keys and not _MARKS.isdisjoint(keys)


def read(source: Source) -> Iterator[PartySnapshot | Broken]:
    return records(json_documents(source, is_party), _party)


def _party(document: Document) -> PartySnapshot:
    node = document.node
    her_id = values.own_her_id(node, "herId")
    kind = _kind(node)
    details = node.node(_DETAILS[kind])
    valid_from, valid_to = period(node, "validFrom", "validTo")
    service_type = None
    if kind is PartyKind.SERVICE:
        service_type = values.code(details, "serviceType")
    transport = _transport(node)
    snapshot = PartySnapshot(
        interface="ar-rest",
        position=document.position,
        her_id=her_id,
        kind=kind,
        name=name_of(node, her_id, service_type),
        display_name=node.text("displayName"),
        valid_from=valid_from,
        valid_to=valid_to,
        parent=_parent(details) if kind is not PartyKind.ORGANISATION else None,
        service_type=service_type,
        transport=transport,
        electronic_addresses=_electronic_addresses(node, kind, transport),
        electronic_types=ELECTRONIC_TYPES,
        physical_addresses=_postal_address(node, kind),
        physical_types=frozenset({POSTAL.key}),
        certificates=_certificates(node),
        flags=node.remarks.flags,
        refused=node.remarks.refused,
    )
    if kind is PartyKind.ORGANISATION:
        snapshot.organisation_number, snapshot.check_digit_holds = values.organisation_number(
            details, "organizationNumber"
        )
        snapshot.business_type = values.code(details, "businessType", BUSINESS_TYPES)
    elif kind is PartyKind.SERVICE:
        snapshot.service_specification = details.text("serviceSpecification")
        snapshot.coverage = _coverage(details)
    else:
        snapshot.hpr_number = values.hpr_number(details, "hprNumber")
    return snapshot


def _kind(node: Node) -> PartyKind:
    if kind := _KINDS.get((node.text("type") or "").lower()):
        return kind
    for kind, details in _DETAILS.items():
        if node.node(details):
            return kind
    raise Unreadable(*NO_KIND)


def _parent(details: Node) -> ParentReference:
    parent = details.node("parentOrganization")
    her_id = values.her_id(parent, "herId")
    if her_id is None:
        raise Unreadable(*NO_PARENT)
    number, holds = values.organisation_number(parent, "organizationNumber")
    return ParentReference(her_id, parent.text("name"), number, holds)


def _transport(node: Node) -> TransportStatus | NotReported:
    text = node.text("amqpTransportStatus")
    if text is None:
        return NOT_REPORTED
    try:
        return TransportStatus(text.upper())
    except ValueError:
        node.refuse("transport", "amqpTransportStatus", "is no known status of AMQP transport")
        return NOT_REPORTED


def _electronic_addresses(
    node: Node, kind: PartyKind, transport: TransportStatus | NotReported
) -> list[ElectronicAddressSnapshot]:
    """Each with whether it is inherited; None where the interface does not say whose it is."""
    address_inherited = queue_inherited = None
    if kind is PartyKind.ORGANISATION:
        address_inherited = queue_inherited = False
    elif transport is not NOT_REPORTED:
        queue_inherited = transport is TransportStatus.INHERITED
    queues = node.node("amqpAddress")
    effective = [(value, node.text(key), address_inherited) for key, value in ADDRESSES.items()]
    effective += [(value, queues.text(key), queue_inherited) for key, value in QUEUES.items()]
    return [
        ElectronicAddressSnapshot(CodeValue(ELECTRONIC_ADDRESS_TYPES, value), address, inherited)
        for value, address, inherited in effective
        if address
    ]


def _postal_address(node: Node, kind: PartyKind) -> list[PhysicalAddressSnapshot]:
    postal = node.node("postalAddress")
    address = PhysicalAddressSnapshot(
        POSTAL,
        inherited=False if kind is PartyKind.ORGANISATION else None,
        street=postal.text("address"),
        postbox=postal.text("postalBox"),
        postal_code=values.postal_code(postal, "postalCode"),
        city=postal.text("city"),
    )
    lines = (address.street, address.postbox, address.postal_code, address.city)
    return [address] if any(lines) else []


def _coverage(details: Node) -> list[CoveredMunicipality]:
    area = details.node("interMunicipalityCoverageArea")
    found = area.get("municipalityHerIds")
    covered = []
    for index, each in enumerate(found if isinstance(found, list) else []):
        try:
            covered.append(CoveredMunicipality(parse_her_id(each)))
        except InvalidIdentifier as invalid:
            area.refuse("her-id", f"municipalityHerIds[{index}]", str(invalid))
    return values.unique(covered, lambda each: each.her_id)


def _certificates(node: Node) -> list[CertificateReference] | NotReported:
    if not any(key in node for key in CERTIFICATES):
        return NOT_REPORTED
    found = (_certificate(node.node(key), usage) for key, usage in CERTIFICATES.items())
    return [certificate for certificate in found if certificate]


def _certificate(node: Node, usage: CertificateUsage) -> CertificateReference | None:
    if not node:
        return None
    not_before = optional_instant(node, "validFrom")
    not_after = optional_instant(node, "validTo")
    try:
        thumbprint = parse_thumbprint(node.text("thumbprint") or "")
    except InvalidIdentifier as invalid:
        node.refuse("thumbprint", "thumbprint", str(invalid))
        return None
    if not_before is None or not_after is None or not_after <= not_before:
        node.refuse("certificate-period", "", "the certificate's validity is missing or empty")
        return None
    return CertificateReference(usage, thumbprint, not_before, not_after)

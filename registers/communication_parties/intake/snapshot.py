"""What a source reports of a communication party."""

from dataclasses import dataclass, field
from datetime import datetime

from registers.communication_parties.models import CertificateUsage, PartyKind, TransportStatus
from registers.core.identifiers import HerId, HprNumber, OrganisationNumber, PostalCode, Thumbprint
from registers.intake.snapshot import NOT_REPORTED, CodeValue, NotReported, Snapshot


@dataclass(frozen=True, slots=True)
class ParentReference:
    """The organisation above, as its child's record names it."""

    her_id: HerId
    name: str | None = None
    organisation_number: OrganisationNumber | None = None
    check_digit_holds: bool = True
    business_type: CodeValue | None = None


@dataclass(frozen=True, slots=True)
class ElectronicAddressSnapshot:
    """`inherited` None = the interface does not report it; the value is then compared with the parent's.

    `address` None with `inherited` False = the party states that it has none of this type.
    """

    type: CodeValue
    address: str | None
    inherited: bool | None
    valid_from: datetime | None = None  # None = since the party is valid; set and later = planned


@dataclass(frozen=True, slots=True)
class PhysicalAddressSnapshot:
    type: CodeValue | None  # None = the source gave no type
    inherited: bool | None
    street: str | None = None
    postbox: str | None = None
    postal_code: PostalCode | None = None
    city: str | None = None
    country: CodeValue | None = None
    municipality: CodeValue | None = None
    description: str | None = None
    valid_from: datetime | None = None


@dataclass(frozen=True, slots=True)
class CoveredMunicipality:
    her_id: HerId
    name: str | None = None
    organisation_number: OrganisationNumber | None = None


@dataclass(frozen=True, slots=True)
class CertificateReference:
    """A current certificate as a party's record names it, without its bytes."""

    usage: CertificateUsage
    thumbprint: Thumbprint
    not_before: datetime
    not_after: datetime


@dataclass(slots=True, kw_only=True)
class PartySnapshot(Snapshot):
    """One party. A field that the interface does not carry is NOT_REPORTED; one that it leaves empty is None."""

    her_id: HerId
    kind: PartyKind
    name: str | None
    display_name: str | NotReported | None = NOT_REPORTED
    active: bool | NotReported = NOT_REPORTED
    messaging_valid: bool | NotReported = NOT_REPORTED
    valid_from: datetime
    valid_to: datetime | None
    parent: ParentReference | None = None
    organisation_number: OrganisationNumber | None = None
    check_digit_holds: bool = True
    hpr_number: HprNumber | None = None
    title: str | NotReported | None = NOT_REPORTED
    business_type: CodeValue | NotReported | None = NOT_REPORTED
    service_type: CodeValue | None = None
    service_specification: str | NotReported | None = NOT_REPORTED
    location_description: str | NotReported | None = NOT_REPORTED
    municipality: CodeValue | NotReported | None = NOT_REPORTED
    coverage_area_type: CodeValue | NotReported | None = NOT_REPORTED
    transport: TransportStatus | NotReported = NOT_REPORTED
    electronic_addresses: list[ElectronicAddressSnapshot] = field(default_factory=list)
    electronic_types: frozenset[str] | None = None  # types the interface can carry; None = all
    physical_addresses: list[PhysicalAddressSnapshot] = field(default_factory=list)
    physical_types: frozenset[str] | None = None
    coverage: list[CoveredMunicipality] | NotReported = NOT_REPORTED
    properties: list[CodeValue] | NotReported = NOT_REPORTED
    industry_codes: list[CodeValue] | NotReported = NOT_REPORTED  # of an organisation party
    certificates: list[CertificateReference] | NotReported = NOT_REPORTED  # own or inherited, as served

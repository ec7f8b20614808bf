"""What a source reports of an organisation or a RESH unit."""

from dataclasses import dataclass, field
from datetime import date, datetime

from registers.core.identifiers import OrganisationNumber, PostalCode, ReshId
from registers.intake.snapshot import NOT_REPORTED, CodeValue, NotReported, Snapshot
from registers.organisations.models import AddressKind, OrganisationKind


@dataclass(frozen=True, slots=True)
class OrganisationAddressSnapshot:
    kind: AddressKind
    lines: tuple[str, ...]
    postal_code: PostalCode | None = None
    city: str | None = None
    municipality: CodeValue | None = None
    country: CodeValue | None = None


@dataclass(slots=True, kw_only=True)
class OrganisationSnapshot(Snapshot):
    """One main unit or sub-unit. Field names as in the model."""

    organisation_number: OrganisationNumber
    check_digit_holds: bool
    kind: OrganisationKind
    name: str | None
    display_name: str | NotReported | None = NOT_REPORTED
    parent_number: OrganisationNumber | None = None
    parent_check_digit_holds: bool = True
    form: CodeValue | None = None
    sector: CodeValue | None = None
    municipality: CodeValue | None = None
    employees: int | None = None
    homepage: str | None = None
    language_form: str | None = None
    registered_on: date | None = None
    founded_on: date | None = None
    started_on: date | None = None
    bankrupt: bool | None = None
    being_wound_up: bool | None = None
    being_dissolved_by_force: bool | None = None
    opening_hours_text: str | NotReported | None = NOT_REPORTED
    opening_hours: list[tuple[int, int]] | NotReported = NOT_REPORTED  # minutes since Monday 00:00
    valid_from: datetime
    valid_to: datetime | None
    industry_codes: list[CodeValue] = field(default_factory=list)
    addresses: list[OrganisationAddressSnapshot] = field(default_factory=list)
    properties: list[CodeValue] | NotReported = NOT_REPORTED


@dataclass(slots=True, kw_only=True)
class ReshUnitSnapshot(Snapshot):
    """One unit of RESH. No public interface exists; the shape is ours (seed_data/README.md)."""

    resh_id: ReshId
    parent_resh_id: ReshId | None
    name: str | None
    short_name: str | None = None
    designation: CodeValue | None = None
    level: CodeValue | None = None
    organisation_number: OrganisationNumber | None = None
    treatment_facility: bool = False
    valid_from: datetime
    valid_to: datetime | None

"""What a source reports about a health professional.

A field that the interface does not carry is NOT_REPORTED; one that it leaves empty is None.
"""

from dataclasses import dataclass
from datetime import date, datetime

from registers.core.identifiers import HprNumber, NationalId, OrganisationNumber, PostalCode
from registers.intake.snapshot import NOT_REPORTED, CodeValue, NotReported, Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Periodic:
    """A part with a validity period of its own: [valid_from, valid_to) in UTC, None = open."""

    valid_from: datetime
    valid_to: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspensionSnapshot(Periodic):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class ReactionSnapshot(Periodic):
    type: CodeValue  # administrativ_reaksjon


@dataclass(frozen=True, slots=True, kw_only=True)
class RequisitionRightSnapshot(Periodic):
    type: CodeValue  # 7701
    ended_status: CodeValue | NotReported | None = NOT_REPORTED  # avsluttet_status
    suspensions: tuple[SuspensionSnapshot, ...] | NotReported = NOT_REPORTED
    reactions: tuple[ReactionSnapshot, ...] | NotReported = NOT_REPORTED


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialitySnapshot(Periodic):
    type: CodeValue  # 7426
    ended_status: CodeValue | NotReported | None = NOT_REPORTED
    converted_from_country: CodeValue | NotReported | None = NOT_REPORTED  # 9043
    suspensions: tuple[SuspensionSnapshot, ...] | NotReported = NOT_REPORTED
    reactions: tuple[ReactionSnapshot, ...] | NotReported = NOT_REPORTED


@dataclass(frozen=True, slots=True, kw_only=True)
class CompetenceSnapshot(Periodic):
    type: CodeValue  # 7702
    ended_status: CodeValue | NotReported | None = NOT_REPORTED


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionSnapshot:
    """At least one of the two is reported."""

    type: CodeValue | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EducationSnapshot:
    type: CodeValue | None = None
    country: CodeValue | None = None  # 9043
    diploma_on: date | None = None
    institution: str | None = None
    institution_number: OrganisationNumber | None = None
    check_digit_holds: bool = True  # of institution_number


@dataclass(frozen=True, slots=True, kw_only=True)
class AlternativeIdSnapshot:
    """A foreign id or the like. Personal data, as a national id is."""

    type: CodeValue | None
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfessionalAddressSnapshot:
    type: CodeValue | None  # 3401; None = the source gave no type
    street: str | None = None
    postal_code: PostalCode | None = None
    city: str | None = None
    municipality: CodeValue | None = None  # 3402
    country: CodeValue | None = None  # 9043


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorisationSnapshot(Periodic):
    """One approval with what hangs on it."""

    profession: CodeValue  # 9060
    kind: CodeValue  # 7704
    ended_status: CodeValue | NotReported | None = NOT_REPORTED  # avsluttet_status
    internship_approved_on: date | NotReported | None = NOT_REPORTED
    converted_from_country: CodeValue | NotReported | None = NOT_REPORTED  # 9043
    requisition_rights: tuple[RequisitionRightSnapshot, ...] | NotReported = NOT_REPORTED
    specialities: tuple[SpecialitySnapshot, ...] | NotReported = NOT_REPORTED
    competences: tuple[CompetenceSnapshot, ...] | NotReported = NOT_REPORTED
    suspensions: tuple[SuspensionSnapshot, ...] | NotReported = NOT_REPORTED
    reactions: tuple[ReactionSnapshot, ...] | NotReported = NOT_REPORTED
    conditions: tuple[ConditionSnapshot, ...] | NotReported = NOT_REPORTED
    educations: tuple[EducationSnapshot, ...] | NotReported = NOT_REPORTED


@dataclass(slots=True, kw_only=True)
class HealthProfessionalSnapshot(Snapshot):
    """One person of HPR."""

    hpr_number: HprNumber
    replaced_by: HprNumber | NotReported | None = NOT_REPORTED
    national_id: NationalId | NotReported | None = NOT_REPORTED
    national_id_holds: bool | None = None  # None without one; False = eleven digits that break a rule
    missing_national_id: bool | NotReported = NOT_REPORTED  # True = HPR reports that there is none
    first_name: str | NotReported | None = NOT_REPORTED
    middle_name: str | NotReported | None = NOT_REPORTED
    last_name: str | NotReported | None = NOT_REPORTED
    born_on: date | NotReported | None = NOT_REPORTED
    died_on: date | NotReported | None = NOT_REPORTED
    sex: CodeValue | NotReported | None = NOT_REPORTED  # 3101
    citizenship: CodeValue | NotReported | None = NOT_REPORTED  # 9043
    authorisations: list[AuthorisationSnapshot] | NotReported = NOT_REPORTED
    history_reported: bool = True  # False = the interface leaves out authorisations that have ended
    reactions: list[ReactionSnapshot] | NotReported = NOT_REPORTED  # against the person
    educations: list[EducationSnapshot] | NotReported = NOT_REPORTED  # that belong to no authorisation
    alternative_ids: list[AlternativeIdSnapshot] | NotReported = NOT_REPORTED
    addresses: list[ProfessionalAddressSnapshot] | NotReported = NOT_REPORTED

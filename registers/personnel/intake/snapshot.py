"""What a source says about a health professional."""

from dataclasses import dataclass
from datetime import date, datetime

from registers.core.identifiers import HprNumber, NationalId, OrganisationNumber, PostalCode
from registers.intake.snapshot import NOT_SAID, CodeValue, NotSaid, Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Periodic:
    """A part with a validity of its own: [valid_from, valid_to) in UTC, None = open."""

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
    ended_status: CodeValue | NotSaid | None = NOT_SAID  # avsluttet_status
    suspensions: tuple[SuspensionSnapshot, ...] | NotSaid = NOT_SAID
    reactions: tuple[ReactionSnapshot, ...] | NotSaid = NOT_SAID


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialitySnapshot(Periodic):
    type: CodeValue  # 7426
    ended_status: CodeValue | NotSaid | None = NOT_SAID
    converted_from_country: CodeValue | NotSaid | None = NOT_SAID  # 9043
    suspensions: tuple[SuspensionSnapshot, ...] | NotSaid = NOT_SAID
    reactions: tuple[ReactionSnapshot, ...] | NotSaid = NOT_SAID


@dataclass(frozen=True, slots=True, kw_only=True)
class CompetenceSnapshot(Periodic):
    type: CodeValue  # 7702
    ended_status: CodeValue | NotSaid | None = NOT_SAID


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionSnapshot:
    """At least one of the two is told."""

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
    """One approval with what hangs on it. A list that the interface does not carry is NOT_SAID."""

    profession: CodeValue  # 9060
    kind: CodeValue  # 7704
    ended_status: CodeValue | NotSaid | None = NOT_SAID  # avsluttet_status
    internship_approved_on: date | NotSaid | None = NOT_SAID
    converted_from_country: CodeValue | NotSaid | None = NOT_SAID  # 9043
    requisition_rights: tuple[RequisitionRightSnapshot, ...] | NotSaid = NOT_SAID
    specialities: tuple[SpecialitySnapshot, ...] | NotSaid = NOT_SAID
    competences: tuple[CompetenceSnapshot, ...] | NotSaid = NOT_SAID
    suspensions: tuple[SuspensionSnapshot, ...] | NotSaid = NOT_SAID
    reactions: tuple[ReactionSnapshot, ...] | NotSaid = NOT_SAID
    conditions: tuple[ConditionSnapshot, ...] | NotSaid = NOT_SAID
    educations: tuple[EducationSnapshot, ...] | NotSaid = NOT_SAID


@dataclass(slots=True, kw_only=True)
class HealthProfessionalSnapshot(Snapshot):
    """One person of HPR. A field the interface does not carry is NOT_SAID; one it leaves empty is None."""

    hpr_number: HprNumber
    replaced_by: HprNumber | NotSaid | None = NOT_SAID
    national_id: NationalId | NotSaid | None = NOT_SAID
    national_id_holds: bool | None = None  # None without one; False = eleven digits that break a rule
    missing_national_id: bool | NotSaid = NOT_SAID  # the register says that there is none
    first_name: str | NotSaid | None = NOT_SAID
    middle_name: str | NotSaid | None = NOT_SAID
    last_name: str | NotSaid | None = NOT_SAID
    born_on: date | NotSaid | None = NOT_SAID
    died_on: date | NotSaid | None = NOT_SAID
    sex: CodeValue | NotSaid | None = NOT_SAID  # 3101
    citizenship: CodeValue | NotSaid | None = NOT_SAID  # 9043
    authorisations: list[AuthorisationSnapshot] | NotSaid = NOT_SAID
    history_reported: bool = True  # False = authorisations that have ended are left out of the answer
    reactions: list[ReactionSnapshot] | NotSaid = NOT_SAID  # against the person
    educations: list[EducationSnapshot] | NotSaid = NOT_SAID  # that belong to no authorisation
    alternative_ids: list[AlternativeIdSnapshot] | NotSaid = NOT_SAID
    addresses: list[ProfessionalAddressSnapshot] | NotSaid = NOT_SAID

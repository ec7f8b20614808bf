"""What a source reports about a GP contract, a patient's association with one, a person, or a primary health care team.

Comments after fields name the code system, or say what a value is.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from registers.core.identifiers import GpContractId, HerId, HprNumber, NationalId, OrganisationNumber, PostalCode
from registers.gp_lists.models import Protection
from registers.intake.snapshot import NOT_REPORTED, CodeValue, NotReported, Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSnapshot:
    """A person on a list. Everything here is personal data."""

    first_name: str | NotReported | None = NOT_REPORTED
    middle_name: str | NotReported | None = NOT_REPORTED
    last_name: str | NotReported | None = NOT_REPORTED
    born_on: date | NotReported | None = NOT_REPORTED
    died_on: date | NotReported | None = NOT_REPORTED
    sex: CodeValue | NotReported | None = NOT_REPORTED  # 3101
    protection: Protection | NotReported = NOT_REPORTED  # NOT_REPORTED also where no status that is reported names one


@dataclass(frozen=True, slots=True)
class FormerNationalId:
    """A national id that another one has replaced."""

    number: NationalId
    holds: bool  # False = eleven digits that break a rule


@dataclass(slots=True, kw_only=True)
class PatientPersonSnapshot(Snapshot):
    """A person by national id, whether or not on a list. No remark holds the number or a name."""

    national_id: NationalId  # the one in use
    national_id_holds: bool  # False = eleven digits that break a rule
    former_national_ids: tuple[FormerNationalId, ...] | NotReported = NOT_REPORTED  # each once, never the one in use
    person: PersonSnapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class DoctorCycleSnapshot:
    """One doctor's period on a list: [valid_from, valid_to) in UTC, None = open."""

    id: int
    contract_id: GpContractId
    hpr_number: HprNumber
    relationship: CodeValue  # 7750
    substitute_for: HprNumber | None = None
    valid_from: datetime
    valid_to: datetime | None = None
    working_percentage: int | None = None  # 1 to 100
    working_on_days: tuple[int, ...] = ()  # 0 = Sunday … 6 = Saturday, ascending
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutOfOfficeAddressSnapshot:
    type: CodeValue  # 3401
    street: str | None = None
    postbox: str | None = None
    postal_code: PostalCode | None = None
    city: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutOfOfficeContactSnapshot:
    type: CodeValue  # 9044
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutOfOfficeSnapshot:
    """Another location where the GP sees patients."""

    id: int
    contract_id: GpContractId
    description: str | None = None
    valid_from: datetime
    valid_to: datetime | None = None
    addresses: tuple[OutOfOfficeAddressSnapshot, ...] = ()  # one of each type
    contacts: tuple[OutOfOfficeContactSnapshot, ...] = ()  # one of each type
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeSnapshot:
    """The GP office as a contract shows it; its addresses belong to the other registers."""

    organisation_number: OrganisationNumber
    check_digit_holds: bool = True
    name: str | None = None
    display_name: str | NotReported | None = NOT_REPORTED
    municipality: CodeValue | NotReported | None = NOT_REPORTED  # 3402
    group_office: bool | NotReported = NOT_REPORTED
    district: CodeValue | NotReported | None = NOT_REPORTED  # 3403
    team_id: int | NotReported | None = NOT_REPORTED
    valid_from: datetime | None = None  # None = not reported
    valid_to: datetime | None = None


@dataclass(slots=True, kw_only=True)
class GpContractSnapshot(Snapshot):
    """One GP contract. A field or list that the interface does not carry is NOT_REPORTED; one that the record leaves
    empty is None or []."""

    id: GpContractId
    name: str | NotReported | None = NOT_REPORTED
    status: CodeValue | NotReported | None = NOT_REPORTED  # 7751
    valid_from: datetime
    valid_to: datetime | None
    agreement_date: date | NotReported | None = NOT_REPORTED
    municipality: CodeValue | NotReported | None = NOT_REPORTED  # 3402
    coop_municipalities: list[CodeValue] | NotReported = NOT_REPORTED  # 3402, each once, never the contract's own
    office_number: OrganisationNumber | NotReported | None = NOT_REPORTED  # None also of a historic business
    office_check_digit_holds: bool = True
    office: OfficeSnapshot | NotReported = NOT_REPORTED
    max_patients: int | NotReported = NOT_REPORTED
    patients_on_waiting_list: int | NotReported = NOT_REPORTED
    common_list: bool | NotReported = NOT_REPORTED
    fixed_salary: bool | NotReported = NOT_REPORTED
    requires_membership: CodeValue | NotReported | None = NOT_REPORTED  # 7755
    end_reason: CodeValue | NotReported | None = NOT_REPORTED  # 7753
    team_id: int | NotReported | None = NOT_REPORTED
    doctor_cycles: list[DoctorCycleSnapshot] | NotReported = NOT_REPORTED
    further_cycles: list[DoctorCycleSnapshot] = field(default_factory=list)  # reported beside it; there may be others
    out_of_office: list[OutOfOfficeSnapshot] | NotReported = NOT_REPORTED
    patients: "list[PatientAssociationSnapshot] | NotReported" = NOT_REPORTED


@dataclass(slots=True, kw_only=True)
class PatientAssociationSnapshot(Snapshot):
    """One patient's period on a list."""

    id: int | None  # None = the source gives none
    contract_id: GpContractId
    national_id: NationalId
    national_id_holds: bool  # False = eleven digits that break a rule
    person: PersonSnapshot | NotReported = NOT_REPORTED
    valid_from: datetime
    valid_to: datetime | None
    begin_code: CodeValue | NotReported | None = NOT_REPORTED  # 7754
    end_code: CodeValue | NotReported | None = NOT_REPORTED  # 7753
    gp_her_id: HerId | None = None  # what the source computed for today; not stored
    contract: GpContractSnapshot | None = None  # as the answer shows it, its remarks among this record's
    cycles: list[DoctorCycleSnapshot] | NotReported = NOT_REPORTED  # those that overlap the patient's period


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamMemberSnapshot:
    id: int
    hpr_number: HprNumber
    role: CodeValue | None = None  # 9060
    substitute: bool = False
    working_percentage: int | None = None  # 1 to 100
    valid_from: datetime
    valid_to: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamContractSnapshot:
    """A list the team is attached to."""

    contract_id: GpContractId
    valid_from: datetime
    valid_to: datetime | None = None


@dataclass(slots=True, kw_only=True)
class TeamSnapshot(Snapshot):
    """One primary health care team."""

    id: int
    organisation_number: OrganisationNumber | None = None
    check_digit_holds: bool = True
    leader_hpr_number: HprNumber | None = None
    members: list[TeamMemberSnapshot] | NotReported = NOT_REPORTED
    contracts: list[TeamContractSnapshot] | NotReported = NOT_REPORTED

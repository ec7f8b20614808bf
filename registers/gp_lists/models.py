"""Rows of the GP lists. Source: Fastlegeregisteret (FLR), Helsedirektoratet and Helfo."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, Integer, SmallInteger
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.sql import text as sql_text

from registers.core.code_systems import (
    BEGIN_REASONS,
    CITY_DISTRICTS,
    DOCTOR_RELATIONSHIPS,
    ELECTRONIC_ADDRESS_TYPES,
    END_REASONS,
    LIST_MEMBERSHIPS,
    LIST_STATUSES,
    MUNICIPALITIES,
    PHYSICAL_ADDRESS_TYPES,
    PROFESSIONS,
    SEXES,
)
from registers.core.codes import CodeReference, code_key, of_system
from registers.core.identifiers import GpContractId, HerId, HprNumber, NationalId, OrganisationNumber, PostalCode
from registers.core.validity import Period, Valid, not_empty_period
from registers.database.database import Base, Versioned
from registers.database.exclusion import one_at_a_time

GP = code_key(DOCTOR_RELATIONSHIPS, "LPFL")
SUBSTITUTE = code_key(DOCTOR_RELATIONSHIPS, "LPVI")
PART_LIST = code_key(DOCTOR_RELATIONSHIPS, "LPDL")
RELATIONSHIPS = (GP, SUBSTITUTE, PART_LIST)
OPEN, CLOSED, LOCKED = (code_key(LIST_STATUSES, value) for value in ("FAAA", "LUKKET", "LAAST"))
STATUSES = (OPEN, CLOSED, LOCKED)  # the national values of the last two are not public: these are ours
OWN_IDS = "patient_associations_own_id"  # sequence below zero, of associations that no source has numbered

DAYS_NAMED_ONCE = " + ".join(f"({day} = ANY (working_on_days))::int" for day in range(7))
DAYS_NAMED_ONCE += " = cardinality(working_on_days)"


class Protection(Enum):
    """How a person's address is protected."""

    NONE = "none"
    CLIENT = "client"
    CONFIDENTIAL = "confidential"
    STRICTLY_CONFIDENTIAL = "strictly-confidential"


class Person(Versioned, Base):
    """A person who is or was on a GP list. The key is ours: no national id stands in a key, a cursor or the log."""

    __tablename__ = "persons"
    __table_args__ = (
        CheckConstraint("protection IN ('none', 'client', 'confidential', 'strictly-confidential')", name="protection"),
        CheckConstraint("first_name <> '' AND middle_name <> '' AND last_name <> ''", name="names_not_empty"),
        CheckConstraint("died_on >= born_on", name="died_after_birth"),
        of_system("sex", SEXES),
        {"comment": "Persons who are or were on a GP list."},
    )

    person_id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    first_name: Mapped[str | None] = mapped_column()
    middle_name: Mapped[str | None] = mapped_column()
    last_name: Mapped[str | None] = mapped_column()
    born_on: Mapped[date | None] = mapped_column(comment="From the register's own field, never from a number.")
    died_on: Mapped[date | None] = mapped_column()
    sex: Mapped[CodeReference | None] = mapped_column(comment="3101.")
    protection: Mapped[str] = mapped_column(comment="none, client, confidential or strictly-confidential.")


class PersonNationalId(Versioned, Base):
    """A national id of a person: the one in use and those it has replaced."""

    __tablename__ = "person_national_ids"
    __table_args__ = (
        CheckConstraint("national_id ~ '^[0-9]{11}$'", name="eleven_digits"),
        Index(
            "person_national_ids_one_current",
            "person_id",
            unique=True,
            postgresql_where=sql_text("current"),
        ),
        {"comment": "National ids of persons, former ones too."},
    )

    national_id: Mapped[NationalId] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("persons.person_id"), index=True)
    current: Mapped[bool] = mapped_column(comment="The one in use; at most one of a person.")
    holds: Mapped[bool] = mapped_column(comment="False = kept as the source wrote it although it breaks a rule.")


class GpOffice(Versioned, Base):
    """What FLR adds to the organisation that is a GP office."""

    __tablename__ = "gp_offices"
    __table_args__ = (of_system("district", CITY_DISTRICTS), {"comment": "FLR's additions to organisations."})

    organisation_number: Mapped[OrganisationNumber] = mapped_column(
        ForeignKey("organisations.organisation_number"), primary_key=True
    )
    group_office: Mapped[bool] = mapped_column()
    district: Mapped[CodeReference | None] = mapped_column(comment="3403.")


class PrimaryHealthCareTeam(Versioned, Base):
    """A team attached to lists. FLR: PrimaryHealthCareTeam."""

    __tablename__ = "primary_health_care_teams"
    __table_args__ = ({"comment": "Primary health care teams."},)

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    reference_only: Mapped[bool] = mapped_column(comment="True = known only because a contract points at it.")
    organisation_number: Mapped[OrganisationNumber | None] = mapped_column(
        ForeignKey("organisations.organisation_number"), index=True
    )
    leader_hpr_number: Mapped[HprNumber | None] = mapped_column(ForeignKey("health_professionals.hpr_number"))


class TeamMember(Valid, Versioned, Base):
    """A member of a team."""

    __tablename__ = "team_members"
    __table_args__ = (
        not_empty_period(),
        CheckConstraint("working_percentage BETWEEN 1 AND 100", name="working_percentage"),
        of_system("role", PROFESSIONS),
        {"comment": "Members of primary health care teams."},
    )

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    team_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("primary_health_care_teams.id"), index=True)
    hpr_number: Mapped[HprNumber] = mapped_column(ForeignKey("health_professionals.hpr_number"), index=True)
    role: Mapped[CodeReference | None] = mapped_column(comment="9060.")
    substitute: Mapped[bool] = mapped_column()
    working_percentage: Mapped[int | None] = mapped_column(Integer)


class GpContract(Valid, Versioned, Base):
    """A GP contract, which is a list of patients. FLR: GPContract."""

    __tablename__ = "gp_contracts"
    __table_args__ = (
        not_empty_period(),
        CheckConstraint("id > 0", name="id"),
        CheckConstraint("max_patients >= 0", name="max_patients"),
        CheckConstraint("patients_on_waiting_list >= 0", name="patients_on_waiting_list"),
        CheckConstraint("name <> ''", name="name_not_empty"),
        of_system("status", LIST_STATUSES),
        of_system("municipality", MUNICIPALITIES),
        of_system("requires_membership", LIST_MEMBERSHIPS),
        of_system("end_reason", END_REASONS),
        {"comment": "GP contracts, each a list of patients."},
    )

    id: Mapped[GpContractId] = mapped_column(primary_key=True, autoincrement=False)
    reference_only: Mapped[bool] = mapped_column(comment="True = known only because another record points at it.")
    name: Mapped[str | None] = mapped_column(comment="Of common lists.")
    status: Mapped[CodeReference | None] = mapped_column(comment="7751; null while only referred to.")
    agreement_date: Mapped[date | None] = mapped_column()
    municipality: Mapped[CodeReference | None] = mapped_column(index=True, comment="3402.")
    office_number: Mapped[OrganisationNumber | None] = mapped_column(
        ForeignKey("organisations.organisation_number"), index=True, comment="Organisation number of the GP office."
    )
    max_patients: Mapped[int] = mapped_column(Integer, comment="Ceiling of the list; may be exceeded.")
    patients_on_waiting_list: Mapped[int] = mapped_column(Integer)
    common_list: Mapped[bool] = mapped_column(comment="Several GPs share responsibility.")
    fixed_salary: Mapped[bool] = mapped_column(comment="Employed by the municipality.")
    requires_membership: Mapped[CodeReference | None] = mapped_column(comment="7755; null = open to all.")
    end_reason: Mapped[CodeReference | None] = mapped_column(comment="7753.")
    team_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("primary_health_care_teams.id"), index=True)


class CoopMunicipality(Versioned, Base):
    """A municipality that co-operates on a list."""

    __tablename__ = "coop_municipalities"
    __table_args__ = (
        of_system("municipality", MUNICIPALITIES),
        {"comment": "Co-operating municipalities of contracts."},
    )

    contract_id: Mapped[GpContractId] = mapped_column(ForeignKey("gp_contracts.id"), primary_key=True)
    municipality: Mapped[CodeReference] = mapped_column(primary_key=True, index=True)


class DoctorCycle(Valid, Versioned, Base):
    """One doctor's period on a list. FLR: GPOnContractAssociation."""

    __tablename__ = "doctor_cycles"
    __table_args__ = (
        not_empty_period(),
        CheckConstraint("working_percentage BETWEEN 1 AND 100", name="working_percentage"),
        CheckConstraint("working_on_days <@ '{0,1,2,3,4,5,6}'::smallint[]", name="working_on_days"),
        CheckConstraint(DAYS_NAMED_ONCE, name="days_named_once"),
        CheckConstraint("substitute_for <> hpr_number", name="not_own_substitute"),
        of_system("relationship", DOCTOR_RELATIONSHIPS),
        {"comment": "Doctors' periods on lists."},
    )

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    contract_id: Mapped[GpContractId] = mapped_column(ForeignKey("gp_contracts.id"), index=True)
    hpr_number: Mapped[HprNumber] = mapped_column(ForeignKey("health_professionals.hpr_number"), index=True)
    relationship: Mapped[CodeReference] = mapped_column(comment="7750: LPFL GP, LPVI substitute, LPDL part-list.")
    substitute_for: Mapped[HprNumber | None] = mapped_column(
        ForeignKey("health_professionals.hpr_number"), comment="The doctor a substitute stands in for."
    )
    working_percentage: Mapped[int | None] = mapped_column(Integer, comment="1 to 100; null = not given.")
    working_on_days: Mapped[list[int]] = mapped_column(ARRAY(SmallInteger), comment="0 = Sunday … 6 = Saturday.")


class PatientAssociation(Valid, Versioned, Base):
    """One patient's period on a list. FLR: PatientToGPContractAssociation."""

    __tablename__ = "patient_associations"
    __table_args__ = (
        not_empty_period(),
        of_system("begin_code", BEGIN_REASONS),
        of_system("end_code", END_REASONS),
        one_at_a_time("person_id", name="patient_associations_one_list_at_a_time"),
        Index(None, "contract_id", "valid_from", postgresql_include=["valid_to"]),  # lists are counted from it alone
        {"comment": "Patients' periods on lists; at most one list at any instant."},
    )

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    contract_id: Mapped[GpContractId] = mapped_column(ForeignKey("gp_contracts.id"))
    person_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("persons.person_id"), index=True)
    begin_code: Mapped[CodeReference | None] = mapped_column(comment="7754.")
    end_code: Mapped[CodeReference | None] = mapped_column(comment="7753; set when the person left the scheme.")


class OutOfOfficeLocation(Valid, Versioned, Base):
    """Another place where the GP sees patients. FLR: OutOfOfficeLocation. Expires, is never removed."""

    __tablename__ = "out_of_office_locations"
    __table_args__ = (not_empty_period(), {"comment": "Other places where GPs see patients."})

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    contract_id: Mapped[GpContractId] = mapped_column(ForeignKey("gp_contracts.id"), index=True)
    description: Mapped[str | None] = mapped_column()


class OutOfOfficeAddress(Versioned, Base):
    """A physical address of an out-of-office location."""

    __tablename__ = "out_of_office_addresses"
    __table_args__ = (
        of_system("type", PHYSICAL_ADDRESS_TYPES),
        {"comment": "Physical addresses of out-of-office locations."},
    )

    location_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("out_of_office_locations.id"), primary_key=True)
    type: Mapped[CodeReference] = mapped_column(primary_key=True, comment="3401: RES or PST.")
    street: Mapped[str | None] = mapped_column()
    postbox: Mapped[str | None] = mapped_column()
    postal_code: Mapped[PostalCode | None] = mapped_column()
    city: Mapped[str | None] = mapped_column()


class OutOfOfficeContact(Versioned, Base):
    """An electronic address of an out-of-office location."""

    __tablename__ = "out_of_office_contacts"
    __table_args__ = (
        of_system("type", ELECTRONIC_ADDRESS_TYPES),
        {"comment": "Electronic addresses of out-of-office locations."},
    )

    location_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("out_of_office_locations.id"), primary_key=True)
    type: Mapped[CodeReference] = mapped_column(primary_key=True, comment="9044.")
    address: Mapped[str] = mapped_column()


@dataclass(frozen=True, slots=True)
class OfficeParty:
    """What is read of a party of the address register below an office: a person's, or the service for vacant lists."""

    her_id: HerId
    active: bool
    period: Period

    def in_use_at(self, moment: datetime) -> bool:
        return self.active and self.period.holds(moment)


TABLES = (
    Person,
    PersonNationalId,
    GpOffice,
    PrimaryHealthCareTeam,
    TeamMember,
    GpContract,
    CoopMunicipality,
    DoctorCycle,
    PatientAssociation,
    OutOfOfficeLocation,
    OutOfOfficeAddress,
    OutOfOfficeContact,
)
"""Those whose changes the log shows."""

NAMES_IN_GRAPH = {
    ("gp_contracts", "id"): "contractId",
    ("gp_contracts", "agreement_date"): "agreedOn",
    ("doctor_cycles", "substitute_for"): "substituteForHprNumber",
    ("persons", "protection"): "addressProtection",
}
"""By table and column: fields that the graph calls otherwise than the column."""

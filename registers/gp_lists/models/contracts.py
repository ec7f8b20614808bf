"""GP contracts, doctors' cycles on them, and out-of-office locations."""

from datetime import date

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Integer, SmallInteger
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from registers.core.code_systems import (
    DOCTOR_RELATIONSHIPS,
    ELECTRONIC_ADDRESS_TYPES,
    END_REASONS,
    LIST_MEMBERSHIPS,
    LIST_STATUSES,
    MUNICIPALITIES,
    PHYSICAL_ADDRESS_TYPES,
)
from registers.core.codes import CodeReference, code_key, of_system
from registers.core.identifiers import GpContractId, HprNumber, OrganisationNumber, PostalCode
from registers.core.validity import Valid, not_empty_period
from registers.database.base import Base
from registers.database.versions import Versioned

GP = code_key(DOCTOR_RELATIONSHIPS, "LPFL")
SUBSTITUTE = code_key(DOCTOR_RELATIONSHIPS, "LPVI")
PART_LIST = code_key(DOCTOR_RELATIONSHIPS, "LPDL")
RELATIONSHIPS = (GP, SUBSTITUTE, PART_LIST)
OPEN, CLOSED, LOCKED = (code_key(LIST_STATUSES, value) for value in ("FAAA", "LUKKET", "LAAST"))
STATUSES = (OPEN, CLOSED, LOCKED)  # the national values of the last two are not public: these are ours

DAYS_NAMED_ONCE = " + ".join(f"({day} = ANY (working_on_days))::int" for day in range(7))
DAYS_NAMED_ONCE += " = cardinality(working_on_days)"


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


class OutOfOfficeLocation(Valid, Versioned, Base):
    """Another location where the GP sees patients. FLR: OutOfOfficeLocation. Expires, is never removed."""

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

"""Persons of the lists, and their associations with these."""

from datetime import date
from enum import Enum

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.sql import text as sql_text

from registers.core.code_systems import BEGIN_REASONS, END_REASONS, SEXES
from registers.core.codes import CodeReference, of_system
from registers.core.identifiers import GpContractId, NationalId
from registers.core.validity import Valid, not_empty_period
from registers.database.base import Base
from registers.database.exclusion import one_at_a_time
from registers.database.versions import Versioned

OWN_IDS = "patient_associations_own_id"  # sequence below zero, of associations that no source has numbered


class Protection(Enum):
    """How a person's address is protected."""

    NONE = "none"
    CLIENT = "client"
    CONFIDENTIAL = "confidential"
    STRICTLY_CONFIDENTIAL = "strictly-confidential"


PROTECTED = (Protection.CONFIDENTIAL.value, Protection.STRICTLY_CONFIDENTIAL.value)
"""Protections of persons who are disclosed for some purposes alone; the only list of them."""


class Person(Versioned, Base):
    """A person who is or was on a GP list. The key is a number of our own: no national id is in a key, a
    cursor or the log."""

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

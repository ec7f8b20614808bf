"""Rows of the health personnel. Source: Helsepersonellregisteret (HPR), Helsedirektoratet."""

from datetime import date

from sqlalchemy import BigInteger, CheckConstraint, Computed, ForeignKey, Identity, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from registers.core.code_systems import (
    ADDITIONAL_COMPETENCES,
    AUTHORISATION_KINDS,
    COUNTRIES,
    ENDED_STATUSES,
    MUNICIPALITIES,
    PHYSICAL_ADDRESS_TYPES,
    PROFESSIONS,
    REACTIONS,
    REQUISITION_RIGHTS,
    SEXES,
    SPECIALITIES,
)
from registers.core.codes import CodeReference, of_system
from registers.core.identifiers import HprNumber, NationalId, OrganisationNumber, PostalCode
from registers.core.validity import Valid, not_empty_period
from registers.database.base import Base
from registers.database.search import name_indexes
from registers.database.versions import Versioned


class HealthProfessional(Versioned, Base):
    """A person registered in HPR, by HPR number."""

    __tablename__ = "health_professionals"
    __table_args__ = (
        CheckConstraint("hpr_number BETWEEN 1 AND 999999999", name="hpr_number"),
        CheckConstraint("replaced_by <> hpr_number", name="not_replaced_by_itself"),
        CheckConstraint("first_name <> '' AND middle_name <> '' AND last_name <> ''", name="names_not_empty"),
        CheckConstraint("died_on >= born_on", name="died_after_birth"),
        of_system("sex", SEXES),
        of_system("citizenship", COUNTRIES),
        *name_indexes("health_professionals"),
        Index(None, "sort_name", "hpr_number"),
        {"comment": "Persons registered in HPR."},
    )

    hpr_number: Mapped[HprNumber] = mapped_column(primary_key=True, autoincrement=False)
    reference_only: Mapped[bool] = mapped_column(comment="True = known only because another record points at it.")
    replaced_by: Mapped[HprNumber | None] = mapped_column(
        ForeignKey("health_professionals.hpr_number"), index=True, comment="Merged into this number."
    )
    national_id: Mapped[NationalId | None] = mapped_column(
        index=True, comment="National id; null = none registered. Never leaves without scope and purpose."
    )
    national_id_holds: Mapped[bool | None] = mapped_column(
        comment="False = kept as the source wrote it although it breaks a rule; null without one."
    )
    first_name: Mapped[str | None] = mapped_column()
    middle_name: Mapped[str | None] = mapped_column()
    last_name: Mapped[str | None] = mapped_column()
    born_on: Mapped[date | None] = mapped_column(comment="From the register's own field, never from a number.")
    died_on: Mapped[date | None] = mapped_column()
    sex: Mapped[CodeReference | None] = mapped_column(comment="3101.")
    citizenship: Mapped[CodeReference | None] = mapped_column(comment="9043.")
    search_name: Mapped[str] = mapped_column(
        Computed(
            "fold(coalesce(first_name, '') || ' ' || coalesce(middle_name, '') || ' ' || coalesce(last_name, ''))",
            persisted=True,
        ),
        comment="Folded for search.",
    )
    sort_name: Mapped[str] = mapped_column(
        Text(collation="C"),
        Computed(
            "norwegian_order(coalesce(last_name, '') || ', ' || coalesce(first_name, '') || ' ' "
            "|| coalesce(middle_name, ''))",
            persisted=True,
        ),
        comment="Sorts in Norwegian order by last name.",
    )


class Authorisation(Valid, Versioned, Base):
    """One approval of a professional: authorisation or licence in a profession. HPR: Godkjenning."""

    __tablename__ = "authorisations"
    __table_args__ = (
        not_empty_period(),
        of_system("profession", PROFESSIONS),
        of_system("kind", AUTHORISATION_KINDS),
        of_system("ended_status", ENDED_STATUSES),
        of_system("converted_from_country", COUNTRIES),
        {"comment": "Authorisations and licences."},
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    hpr_number: Mapped[HprNumber] = mapped_column(ForeignKey("health_professionals.hpr_number"), index=True)
    profession: Mapped[CodeReference] = mapped_column(comment="9060.")
    kind: Mapped[CodeReference] = mapped_column(comment="7704: authorisation or a kind of licence.")
    ended_status: Mapped[CodeReference | None] = mapped_column(comment="Why it has ended; null = not ended.")
    internship_approved_on: Mapped[date | None] = mapped_column(comment="GodkjentTurnus.")
    converted_from_country: Mapped[CodeReference | None] = mapped_column(comment="9043.")


class RequisitionRight(Valid, Versioned, Base):
    """A right to prescribe that hangs on an authorisation. HPR: Rekvisisjonsrett."""

    __tablename__ = "requisition_rights"
    __table_args__ = (
        not_empty_period(),
        of_system("type", REQUISITION_RIGHTS),
        of_system("ended_status", ENDED_STATUSES),
        {"comment": "Rights to prescribe."},
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    authorisation_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("authorisations.id"), index=True)
    type: Mapped[CodeReference] = mapped_column(comment="7701.")
    ended_status: Mapped[CodeReference | None] = mapped_column(comment="Why it has ended; null = not ended.")


class Speciality(Valid, Versioned, Base):
    """A speciality that hangs on an authorisation. HPR: Spesialitet."""

    __tablename__ = "specialities"
    __table_args__ = (
        not_empty_period(),
        of_system("type", SPECIALITIES),
        of_system("ended_status", ENDED_STATUSES),
        of_system("converted_from_country", COUNTRIES),
        {"comment": "Specialities."},
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    authorisation_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("authorisations.id"), index=True)
    type: Mapped[CodeReference] = mapped_column(comment="7426.")
    ended_status: Mapped[CodeReference | None] = mapped_column(comment="Why it has ended; null = not ended.")
    converted_from_country: Mapped[CodeReference | None] = mapped_column(comment="9043.")


class AdditionalCompetence(Valid, Versioned, Base):
    """An additional competence that hangs on an authorisation. HPR: Tilleggskompetanse."""

    __tablename__ = "additional_competences"
    __table_args__ = (
        not_empty_period(),
        of_system("type", ADDITIONAL_COMPETENCES),
        of_system("ended_status", ENDED_STATUSES),
        {"comment": "Additional competences."},
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    authorisation_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("authorisations.id"), index=True)
    type: Mapped[CodeReference] = mapped_column(comment="7702.")
    ended_status: Mapped[CodeReference | None] = mapped_column(comment="Why it has ended; null = not ended.")


ONE_SUBJECT = "num_nonnulls(authorisation_id, requisition_right_id, speciality_id) = 1"


class Suspension(Valid, Versioned, Base):
    """A period in which an authorisation, right or speciality is suspended. HPR: Suspensjonsperiode."""

    __tablename__ = "suspensions"
    __table_args__ = (
        not_empty_period(),
        CheckConstraint(ONE_SUBJECT, name="one_subject"),
        {"comment": "Suspensions of authorisations, rights and specialities."},
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    authorisation_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("authorisations.id"), index=True)
    requisition_right_id: Mapped[int | None] = mapped_column(
        BigInteger, ForeignKey("requisition_rights.id"), index=True
    )
    speciality_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("specialities.id"), index=True)


class AdministrativeReaction(Valid, Versioned, Base):
    """A reaction of the supervisory authority against a person, authorisation, right or speciality."""

    __tablename__ = "administrative_reactions"
    __table_args__ = (
        not_empty_period(),
        CheckConstraint(
            "num_nonnulls(hpr_number, authorisation_id, requisition_right_id, speciality_id) = 1", name="one_subject"
        ),
        of_system("type", REACTIONS),
        {"comment": "Administrative reactions."},
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    hpr_number: Mapped[HprNumber | None] = mapped_column(ForeignKey("health_professionals.hpr_number"), index=True)
    authorisation_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("authorisations.id"), index=True)
    requisition_right_id: Mapped[int | None] = mapped_column(
        BigInteger, ForeignKey("requisition_rights.id"), index=True
    )
    speciality_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("specialities.id"), index=True)
    type: Mapped[CodeReference] = mapped_column(comment="1, 5 and 8 suspend.")


class Condition(Versioned, Base):
    """A condition on an authorisation: coded, with free text. HPR: Vilkår."""

    __tablename__ = "conditions"
    __table_args__ = ({"comment": "Conditions on authorisations."},)

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    authorisation_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("authorisations.id"), index=True)
    type: Mapped[CodeReference | None] = mapped_column()
    text: Mapped[str | None] = mapped_column()


class Education(Versioned, Base):
    """An education of a professional. HPR: Utdannelse."""

    __tablename__ = "educations"
    __table_args__ = (of_system("country", COUNTRIES), {"comment": "Educations."})

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    hpr_number: Mapped[HprNumber] = mapped_column(ForeignKey("health_professionals.hpr_number"), index=True)
    authorisation_id: Mapped[int | None] = mapped_column(
        BigInteger, ForeignKey("authorisations.id"), index=True, comment="The approval it led to; null = none named."
    )
    type: Mapped[CodeReference | None] = mapped_column()
    country: Mapped[CodeReference | None] = mapped_column(comment="9043.")
    diploma_on: Mapped[date | None] = mapped_column()
    institution: Mapped[str | None] = mapped_column()
    institution_number: Mapped[OrganisationNumber | None] = mapped_column()


class AlternativeId(Versioned, Base):
    """Another id of a professional, e.g. a foreign one."""

    __tablename__ = "alternative_ids"
    __table_args__ = ({"comment": "Other ids of professionals."},)

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    hpr_number: Mapped[HprNumber] = mapped_column(ForeignKey("health_professionals.hpr_number"), index=True)
    type: Mapped[CodeReference | None] = mapped_column()
    value: Mapped[str] = mapped_column()


class ProfessionalAddress(Versioned, Base):
    """An address of a professional as HPR has it."""

    __tablename__ = "professional_addresses"
    __table_args__ = (
        of_system("type", PHYSICAL_ADDRESS_TYPES),
        of_system("country", COUNTRIES),
        of_system("municipality", MUNICIPALITIES),
        {"comment": "Addresses of professionals."},
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    hpr_number: Mapped[HprNumber] = mapped_column(ForeignKey("health_professionals.hpr_number"), index=True)
    type: Mapped[CodeReference | None] = mapped_column(comment="3401.")
    street: Mapped[str | None] = mapped_column()
    postal_code: Mapped[PostalCode | None] = mapped_column(index=True)
    city: Mapped[str | None] = mapped_column()
    municipality: Mapped[CodeReference | None] = mapped_column(index=True)
    country: Mapped[CodeReference | None] = mapped_column()


Right = RequisitionRight | Speciality | AdditionalCompetence
"""What hangs on an authorisation for a period of its own, and can have an ended status."""

Restriction = Suspension | AdministrativeReaction
"""What suspends or may suspend an authorisation or a right for a period."""

ProfessionalPart = Authorisation | Right | Restriction | Condition | Education | AlternativeId
"""What edits name by an id of its own, e.g. `authorisation-12`."""

TABLES = (
    HealthProfessional,
    Authorisation,
    RequisitionRight,
    Speciality,
    AdditionalCompetence,
    Suspension,
    AdministrativeReaction,
    Condition,
    Education,
    AlternativeId,
    ProfessionalAddress,
)
"""Those whose changes the log shows."""

"""Rows of the organisation register. Sources: Enhetsregisteret, BEDREG's additions, RESH."""

from datetime import date, datetime
from enum import Enum

from sqlalchemy import CheckConstraint, Computed, ForeignKey, Index, Integer, Text, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.schema import SchemaItem

from registers.core.code_systems import (
    COUNTRIES,
    INDUSTRIES,
    MUNICIPALITIES,
    ORGANISATION_DESIGNATIONS,
    ORGANISATION_FORMS,
    ORGANISATION_LEVELS,
    SECTORS,
)
from registers.core.codes import CodeReference, of_system
from registers.core.identifiers import OrganisationNumber, PostalCode, ReshId
from registers.core.validity import Valid, not_empty_period
from registers.database.base import Base
from registers.database.search import name_indexes
from registers.database.versions import Versioned


class OrganisationKind(Enum):
    """Level in Enhetsregisteret."""

    MAIN_UNIT = "enhet"
    SUB_UNIT = "underenhet"
    UNKNOWN = "unknown"


class AddressKind(Enum):
    """Which address of an organisation."""

    BUSINESS = "forretningsadresse"
    LOCATION = "beliggenhetsadresse"
    POSTAL = "postadresse"


NUMBER = "organisation_number"


def _succession_rules(table: str) -> tuple[SchemaItem, ...]:
    return (
        CheckConstraint("predecessor <> successor", name="not_own_successor"),
        CheckConstraint("kind IN ('MERGED', 'SPLIT', 'MOVED', 'RENUMBERED')", name="kind"),
        Index(f"{table}_one_successor_idx", "predecessor", unique=True, postgresql_where=text("kind <> 'SPLIT'")),
    )


class Organisation(Valid, Versioned, Base):
    """A main unit or sub-unit of Enhetsregisteret."""

    __tablename__ = "organisations"
    __table_args__ = (
        not_empty_period(),
        CheckConstraint(r"organisation_number ~ '^[0-9]{9}$'", name="nine_digits"),
        CheckConstraint("name <> '' AND display_name <> ''", name="names_not_empty"),
        CheckConstraint("parent_number <> organisation_number", name="not_own_parent"),
        of_system("form", ORGANISATION_FORMS),
        of_system("sector", SECTORS),
        of_system("municipality", MUNICIPALITIES),
        *name_indexes("organisations"),
        Index(None, "sort_name", NUMBER),
        {"comment": "Main units and sub-units of Enhetsregisteret."},
    )

    organisation_number: Mapped[OrganisationNumber] = mapped_column(primary_key=True)
    check_digit_holds: Mapped[bool] = mapped_column(comment="False = kept from a source although modulus 11 fails.")
    reference_only: Mapped[bool] = mapped_column(comment="True = known only because another record points at it.")
    kind: Mapped[str] = mapped_column(comment="enhet, underenhet or unknown.")
    name: Mapped[str] = mapped_column(comment="Legal name; the number while only referred to.")
    display_name: Mapped[str | None] = mapped_column(comment="Addition of BEDREG, 150 characters.")
    parent_number: Mapped[OrganisationNumber | None] = mapped_column(
        ForeignKey("organisations.organisation_number"),
        index=True,
        comment="overordnetEnhet; null for a main unit.",
    )
    form: Mapped[CodeReference | None] = mapped_column(comment="organisasjonsform.")
    sector: Mapped[CodeReference | None] = mapped_column(comment="institusjonell sektorkode.")
    municipality: Mapped[CodeReference | None] = mapped_column(
        index=True, comment="Municipality (3402) of the business or location address."
    )
    employees: Mapped[int | None] = mapped_column(Integer, comment="antallAnsatte, persons.")
    homepage: Mapped[str | None] = mapped_column()
    language_form: Mapped[str | None] = mapped_column(comment="maalform.")
    registered_on: Mapped[date | None] = mapped_column(comment="In Enhetsregisteret.")
    founded_on: Mapped[date | None] = mapped_column(comment="stiftelsesdato.")
    started_on: Mapped[date | None] = mapped_column(comment="oppstartsdato of a sub-unit.")
    bankrupt: Mapped[bool | None] = mapped_column(comment="konkurs; null = not stated.")
    being_wound_up: Mapped[bool | None] = mapped_column(comment="underAvvikling.")
    being_dissolved_by_force: Mapped[bool | None] = mapped_column(comment="underTvangsavviklingEllerTvangsopplosning.")
    opening_hours_text: Mapped[str | None] = mapped_column(comment="Addition of BEDREG.")
    search_name: Mapped[str] = mapped_column(
        Computed("fold(name || ' ' || coalesce(display_name, ''))", persisted=True),
        comment="Folded for search: small letters, æ ø å and their spellings made one.",
    )
    sort_name: Mapped[str] = mapped_column(
        Text(collation="C"),
        Computed("norwegian_order(coalesce(display_name, name))", persisted=True),
        comment="Sorts in Norwegian order by code point.",
    )


class OrganisationIndustryCode(Versioned, Base):
    """Industry code of an organisation, the first being the main one."""

    __tablename__ = "organisation_industry_codes"
    __table_args__ = (
        CheckConstraint("rank >= 1", name="rank"),
        of_system("code", INDUSTRIES),
        {"comment": "Industry codes (SN2007) of organisations."},
    )

    organisation_number: Mapped[OrganisationNumber] = mapped_column(
        ForeignKey("organisations.organisation_number"), primary_key=True
    )
    rank: Mapped[int] = mapped_column(Integer, primary_key=True, comment="1 = main industry.")
    code: Mapped[CodeReference] = mapped_column()


class OrganisationAddress(Versioned, Base):
    """Address of an organisation as Enhetsregisteret has it."""

    __tablename__ = "organisation_addresses"
    __table_args__ = (
        of_system("municipality", MUNICIPALITIES),
        of_system("country", COUNTRIES),
        {"comment": "Addresses of organisations."},
    )

    organisation_number: Mapped[OrganisationNumber] = mapped_column(
        ForeignKey("organisations.organisation_number"), primary_key=True
    )
    kind: Mapped[str] = mapped_column(primary_key=True, comment="The source's name of it.")
    lines: Mapped[list[str]] = mapped_column(ARRAY(Text), comment="Address lines, in order.")
    postal_code: Mapped[PostalCode | None] = mapped_column()
    city: Mapped[str | None] = mapped_column()
    municipality: Mapped[CodeReference | None] = mapped_column()
    country: Mapped[CodeReference | None] = mapped_column()


class OrganisationOpeningHours(Versioned, Base):
    """A time of the week at which an organisation is open. Addition of BEDREG."""

    __tablename__ = "organisation_opening_hours"
    __table_args__ = (
        CheckConstraint("opens_at >= 0 AND closes_at > opens_at AND closes_at <= 20160", name="within_two_weeks"),
        {"comment": "Opening hours of organisations, in minutes since Monday 00:00."},
    )

    organisation_number: Mapped[OrganisationNumber] = mapped_column(
        ForeignKey("organisations.organisation_number"), primary_key=True
    )
    opens_at: Mapped[int] = mapped_column(Integer, primary_key=True, comment="Minutes.")
    closes_at: Mapped[int] = mapped_column(Integer, comment="Minutes.")


class OrganisationProperty(Versioned, Base):
    """A coded property of an organisation. Addition of BEDREG."""

    __tablename__ = "organisation_properties"
    __table_args__ = ({"comment": "Coded properties of organisations."},)

    organisation_number: Mapped[OrganisationNumber] = mapped_column(
        ForeignKey("organisations.organisation_number"), primary_key=True
    )
    code: Mapped[CodeReference] = mapped_column(primary_key=True)


class OrganisationSuccession(Versioned, Base):
    """An organisation that another one took the place of."""

    __tablename__ = "organisation_successions"
    __table_args__ = (
        *_succession_rules("organisation_successions"),
        {"comment": "Organisations that others took the place of."},
    )

    predecessor: Mapped[OrganisationNumber] = mapped_column(
        ForeignKey("organisations.organisation_number"), primary_key=True
    )
    successor: Mapped[OrganisationNumber] = mapped_column(
        ForeignKey("organisations.organisation_number"), primary_key=True, index=True
    )
    kind: Mapped[str] = mapped_column(comment="MERGED, SPLIT, MOVED or RENUMBERED.")
    valid_from: Mapped[datetime] = mapped_column(comment="First instant at which it has taken the place.")


class ReshUnit(Valid, Versioned, Base):
    """A unit in the organisation chart of the specialist health service."""

    __tablename__ = "resh_units"
    __table_args__ = (
        not_empty_period(),
        CheckConstraint("name <> '' AND short_name <> ''", name="names_not_empty"),
        CheckConstraint("parent_resh_id <> resh_id", name="not_own_parent"),
        of_system("designation", ORGANISATION_DESIGNATIONS),
        of_system("level", ORGANISATION_LEVELS),
        {"comment": "RESH: organisation chart of the specialist health service."},
    )

    resh_id: Mapped[ReshId] = mapped_column(primary_key=True, autoincrement=False)
    reference_only: Mapped[bool] = mapped_column(comment="True = known only because another record points at it.")
    parent_resh_id: Mapped[ReshId | None] = mapped_column(ForeignKey("resh_units.resh_id"), index=True)
    name: Mapped[str] = mapped_column()
    short_name: Mapped[str | None] = mapped_column()
    designation: Mapped[CodeReference | None] = mapped_column(comment="8624.")
    level: Mapped[CodeReference | None] = mapped_column(comment="8628.")
    organisation_number: Mapped[OrganisationNumber | None] = mapped_column(
        ForeignKey("organisations.organisation_number"), index=True
    )
    treatment_facility: Mapped[bool] = mapped_column(comment="Treatment place reported to NPR.")


class ReshUnitSuccession(Versioned, Base):
    """A RESH unit that another one took the place of. A unit that only moved keeps its RESH-id and has no row here."""

    __tablename__ = "resh_unit_successions"
    __table_args__ = (
        *_succession_rules("resh_unit_successions"),
        {"comment": "RESH units that others took the place of."},
    )

    predecessor: Mapped[ReshId] = mapped_column(ForeignKey("resh_units.resh_id"), primary_key=True)
    successor: Mapped[ReshId] = mapped_column(ForeignKey("resh_units.resh_id"), primary_key=True, index=True)
    kind: Mapped[str] = mapped_column(comment="MERGED, SPLIT, MOVED or RENUMBERED.")
    valid_from: Mapped[datetime] = mapped_column(comment="First instant at which it has taken the place.")


TABLES = (
    Organisation,
    OrganisationIndustryCode,
    OrganisationAddress,
    OrganisationOpeningHours,
    OrganisationProperty,
    OrganisationSuccession,
    ReshUnit,
    ReshUnitSuccession,
)
"""Those whose changes the log shows."""

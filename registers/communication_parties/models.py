"""Rows of the communication parties. Source: Adresseregisteret (AR), Norsk helsenett."""

from datetime import datetime
from enum import Enum
from typing import ClassVar, NamedTuple

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Computed,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    LargeBinary,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.sql import text as sql_text

from registers.core.code_systems import (
    BUSINESS_TYPES,
    COUNTRIES,
    ELECTRONIC_ADDRESS_TYPES,
    MUNICIPALITIES,
    PHYSICAL_ADDRESS_TYPES,
)
from registers.core.codes import CodeReference, code_key, of_system
from registers.core.identifiers import HerId, HprNumber, OrganisationNumber, PostalCode, Thumbprint
from registers.core.validity import Valid, not_empty_period
from registers.database.base import Base
from registers.database.exclusion import one_at_a_time
from registers.database.search import name_indexes
from registers.database.versions import Versioned

CERTIFICATE_ADDRESS = code_key(ELECTRONIC_ADDRESS_TYPES, "E_DS")  # LDAP URL of a certificate
QUEUES = code_key(ELECTRONIC_ADDRESS_TYPES, "E_SB_")  # what the types of AMQP queues begin with


class PartyKind(Enum):
    """What a communication party is."""

    ORGANISATION = "ORGANISATION"
    SERVICE = "SERVICE"
    PERSON = "PERSON"


class TransportStatus(Enum):
    """Whether AMQP transport is on for a party, by its own setting."""

    INHERITED = "INHERITED"
    ENABLED = "ENABLED"
    DISABLED = "DISABLED"


class CertificateUsage(Enum):
    """What a party's certificate is used for."""

    ENCRYPTION = "ENCRYPTION"
    SIGNING = "SIGNING"


class CommunicationParty(Valid, Versioned, Base):
    """A party that can receive electronic health messages."""

    __tablename__ = "communication_parties"
    __table_args__ = (
        not_empty_period(),
        CheckConstraint("kind IN ('ORGANISATION', 'SERVICE', 'PERSON')", name="kind"),
        CheckConstraint("(kind = 'ORGANISATION') = (parent_her_id IS NULL)", name="depth_is_two"),
        CheckConstraint("kind = 'ORGANISATION' OR organisation_number IS NULL", name="number_of_organisation"),
        CheckConstraint("kind = 'PERSON' OR (hpr_number IS NULL AND title IS NULL)", name="person_details"),
        CheckConstraint("kind = 'SERVICE' OR service_type IS NULL", name="service_details"),
        CheckConstraint("transport IN ('INHERITED', 'ENABLED', 'DISABLED')", name="transport"),
        CheckConstraint("name <> '' AND display_name <> ''", name="names_not_empty"),
        CheckConstraint("hpr_number BETWEEN 1 AND 999999999", name="hpr_number"),
        of_system("business_type", BUSINESS_TYPES),
        of_system("municipality", MUNICIPALITIES),
        UniqueConstraint("her_id", "kind"),
        # a parent is an organisation, by the database: the constant column makes the key match
        ForeignKeyConstraint(
            ["parent_her_id", "parent_kind"],
            ["communication_parties.her_id", "communication_parties.kind"],
        ),
        *name_indexes("communication_parties"),
        Index(None, "sort_name", "her_id"),
        {"comment": "Parties that can receive electronic health messages (AR)."},
    )

    her_id: Mapped[HerId] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(comment="ORGANISATION, SERVICE or PERSON.")
    reference_only: Mapped[bool] = mapped_column(comment="True = known only because another record points at it.")
    name: Mapped[str] = mapped_column(comment="Official name.")
    display_name: Mapped[str | None] = mapped_column(comment="Name chosen for display.")
    active: Mapped[bool] = mapped_column(comment="Administratively on.")
    messaging_valid: Mapped[bool] = mapped_column(
        comment="IsValidCommunicationParty: can take part in electronic messaging."
    )
    parent_her_id: Mapped[HerId | None] = mapped_column(
        index=True, comment="Organisation above; null for an organisation."
    )
    parent_kind: Mapped[str | None] = mapped_column(
        Computed("CASE WHEN parent_her_id IS NOT NULL THEN 'ORGANISATION' END", persisted=True),
        comment="Always ORGANISATION; part of the foreign key.",
    )
    organisation_number: Mapped[OrganisationNumber | None] = mapped_column(
        ForeignKey("organisations.organisation_number"),
        index=True,
        comment="Of an organisation party.",
    )
    hpr_number: Mapped[HprNumber | None] = mapped_column(index=True, comment="Of a person party.")
    title: Mapped[str | None] = mapped_column(comment="Of a person party.")
    business_type: Mapped[CodeReference | None] = mapped_column(index=True, comment="9040.")
    service_type: Mapped[CodeReference | None] = mapped_column(index=True)
    service_specification: Mapped[str | None] = mapped_column(comment="Free text of a service.")
    location_description: Mapped[str | None] = mapped_column(comment="Free text of a service.")
    municipality: Mapped[CodeReference | None] = mapped_column(index=True, comment="3402, own.")
    coverage_area_type: Mapped[CodeReference | None] = mapped_column()
    transport: Mapped[str] = mapped_column(comment="AMQP: INHERITED, ENABLED or DISABLED.")
    search_name: Mapped[str] = mapped_column(
        Computed("fold(name || ' ' || coalesce(display_name, ''))", persisted=True),
        comment="Folded for search: small letters, æ ø å and their spellings made one.",
    )
    sort_name: Mapped[str] = mapped_column(
        Text(collation="C"),
        Computed("norwegian_order(coalesce(display_name, name))", persisted=True),
        comment="Sorts in Norwegian order by code point.",
    )


class OwnValue(Valid):
    """A value of its own that a party has in a slot: one type of address, or one usage of certificates.

    A slot has at most one own value at a time. While it has none, the party inherits what its parent has there.
    """

    slot_column: ClassVar[str]  # names the slot; null = in no slot, neither inherited nor hidden by another
    value_columns: ClassVar[tuple[str, ...]]

    @property
    def columns(self) -> tuple[object, ...]:
        """What the value consists of, in the order of `value_columns`."""
        return tuple(getattr(self, name) for name in self.value_columns)

    @property
    def value(self) -> tuple[object, ...] | None:
        """None = the party has none in this slot and inherits none."""
        return self.columns if any(self.columns) else None


class ElectronicAddress(OwnValue, Versioned, Base):
    """An own electronic address of a party."""

    slot_column = "type"
    value_columns = ("address",)

    __tablename__ = "electronic_addresses"
    __table_args__ = (
        not_empty_period(),
        CheckConstraint("address <> ''", name="address_not_empty"),
        of_system("type", ELECTRONIC_ADDRESS_TYPES),
        one_at_a_time("her_id", "type", name="electronic_addresses_one_of_a_type"),
        Index(
            "electronic_addresses_certificate_idx",
            "address",
            postgresql_where=sql_text(f"type = '{CERTIFICATE_ADDRESS}'"),
        ),
        {"comment": "Own electronic addresses of communication parties, present and future."},
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    her_id: Mapped[HerId] = mapped_column(ForeignKey("communication_parties.her_id"), index=True)
    type: Mapped[CodeReference] = mapped_column(comment="9044.")
    address: Mapped[str | None] = mapped_column(comment="Null = has none of this type and does not inherit one.")


class PhysicalAddress(OwnValue, Versioned, Base):
    """An own physical address of a party."""

    slot_column = "type"
    value_columns = ("street", "postbox", "postal_code", "city", "country", "municipality", "description")

    __tablename__ = "physical_addresses"
    __table_args__ = (
        not_empty_period(),
        of_system("type", PHYSICAL_ADDRESS_TYPES),
        of_system("country", COUNTRIES),
        of_system("municipality", MUNICIPALITIES),
        CheckConstraint(
            "street <> '' AND postbox <> '' AND city <> '' AND description <> ''",
            name="parts_not_empty",
        ),
        one_at_a_time("her_id", "type", name="physical_addresses_one_of_a_type"),
        {"comment": "Own physical addresses of communication parties."},
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    her_id: Mapped[HerId] = mapped_column(ForeignKey("communication_parties.her_id"), index=True)
    type: Mapped[CodeReference | None] = mapped_column(comment="3401; null = the source gave none.")
    street: Mapped[str | None] = mapped_column()
    postbox: Mapped[str | None] = mapped_column()
    postal_code: Mapped[PostalCode | None] = mapped_column()
    city: Mapped[str | None] = mapped_column()
    country: Mapped[CodeReference | None] = mapped_column()
    municipality: Mapped[CodeReference | None] = mapped_column()
    description: Mapped[str | None] = mapped_column()


class CoverageArea(Versioned, Base):
    """A municipality served by an inter-municipal service."""

    __tablename__ = "coverage_areas"
    __table_args__ = ({"comment": "Municipalities served by inter-municipal services."},)

    her_id: Mapped[HerId] = mapped_column(
        ForeignKey("communication_parties.her_id"), primary_key=True, comment="The service."
    )
    covered_her_id: Mapped[HerId] = mapped_column(
        ForeignKey("communication_parties.her_id"),
        primary_key=True,
        index=True,
        comment="Organisation party of the municipality.",
    )


class PartyProperty(Versioned, Base):
    """A coded property of a communication party."""

    __tablename__ = "party_properties"
    __table_args__ = ({"comment": "Coded properties of communication parties."},)

    her_id: Mapped[HerId] = mapped_column(ForeignKey("communication_parties.her_id"), primary_key=True)
    code: Mapped[CodeReference] = mapped_column(primary_key=True)


class Certificate(Versioned, Base):
    """An X.509 certificate, or what is known of it until its bytes arrive."""

    __tablename__ = "certificates"
    __table_args__ = (
        CheckConstraint(r"thumbprint ~ '^[0-9A-F]{40}$'", name="thumbprint"),
        CheckConstraint("(der IS NULL) = (serial_number IS NULL)", name="parsed_with_bytes"),
        CheckConstraint("not_after > not_before", name="period_not_empty"),
        Index(None, "serial_number"),
        {"comment": "X.509 certificates of communication parties."},
    )

    thumbprint: Mapped[Thumbprint] = mapped_column(primary_key=True, comment="SHA-1 of the DER form, hexadecimal.")
    der: Mapped[bytes | None] = mapped_column(LargeBinary, comment="DER form; null until it arrives.")
    serial_number: Mapped[str | None] = mapped_column(comment="Decimal.")
    subject: Mapped[str | None] = mapped_column(comment="RFC 4514.")
    issuer: Mapped[str | None] = mapped_column(comment="RFC 4514.")
    subject_organisation_number: Mapped[OrganisationNumber | None] = mapped_column(
        comment="From serialNumber (SEID 1) or organizationIdentifier (SEID 2)."
    )
    key_usage: Mapped[list[str]] = mapped_column(ARRAY(Text), comment="X.509 names.")
    not_before: Mapped[datetime] = mapped_column()
    not_after: Mapped[datetime] = mapped_column(comment="Exclusive.")


class PartyCertificate(OwnValue, Versioned, Base):
    """The period in which a certificate was a party's current one for a usage."""

    slot_column = "usage"
    value_columns = ("thumbprint",)

    __tablename__ = "party_certificates"
    __table_args__ = (
        not_empty_period(),
        CheckConstraint("usage IN ('ENCRYPTION', 'SIGNING')", name="usage"),
        one_at_a_time("her_id", "usage", name="party_certificates_one_current"),
        {"comment": "Which certificate was current for which party, usage and time."},
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    her_id: Mapped[HerId] = mapped_column(ForeignKey("communication_parties.her_id"), index=True)
    usage: Mapped[str] = mapped_column(comment="ENCRYPTION or SIGNING.")
    thumbprint: Mapped[Thumbprint] = mapped_column(ForeignKey("certificates.thumbprint"), index=True)


class UsedCertificate(NamedTuple):
    """A certificate with one of the periods in which a party uses it."""

    use: PartyCertificate
    certificate: Certificate


TABLES = (
    CommunicationParty,
    ElectronicAddress,
    PhysicalAddress,
    CoverageArea,
    PartyProperty,
    Certificate,
    PartyCertificate,
)
"""Those whose changes the log shows."""

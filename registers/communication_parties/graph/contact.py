"""Addresses, transport and certificates of a party in the graph."""

from __future__ import annotations

import base64
from datetime import datetime
from enum import Enum

import strawberry

from registers.api.graph import links
from registers.api.graph.context import Info
from registers.api.graph.enums import described
from registers.api.graph.links import LinkedParty
from registers.api.graph.period import Period
from registers.code_systems.graph.codes import Code, code_of
from registers.communication_parties import edges, models
from registers.communication_parties.effective import Effective
from registers.communication_parties.x509 import USAGE_NEEDS
from registers.core.codes import CodeKey
from registers.core.identifiers import HerId, OrganisationNumber, PostalCode, Thumbprint
from registers.core.validity import Instant

TransportStatus = models.TransportStatus
described(
    TransportStatus,
    "Whether AMQP transport is on.",
    {
        models.TransportStatus.INHERITED: "As the organisation above has it.",
        models.TransportStatus.ENABLED: "On.",
        models.TransportStatus.DISABLED: "Off: do not send by AMQP.",
    },
)
CertificateUsage = models.CertificateUsage
described(
    CertificateUsage,
    "What a party uses a certificate for.",
    {
        models.CertificateUsage.ENCRYPTION: "Others encrypt for the party with it.",
        models.CertificateUsage.SIGNING: "The party signs, others verify with it.",
    },
)


@strawberry.type(description="What may come from the organisation above.")
class Inheritable:
    source: strawberry.Private[HerId | None]
    instant: strawberry.Private[Instant]

    @strawberry.field(description="The organisation party the value is inherited from; null = the party's own.")
    async def inherited_from(self, info: Info) -> LinkedParty | None:
        return await info.context.objects.load(info, links.PARTY, self.source, self.instant)


@strawberry.type(description="An electronic address: a queue, an EDI mailbox, a telephone number …")
class ElectronicAddress(Inheritable):
    address: str | None = strawberry.field(
        description="The address; null = the party says that it has none of this type and inherits none."
    )
    valid: Period = strawberry.field(description="When it holds.")
    type_key: strawberry.Private[CodeKey]

    @classmethod
    def of(cls, found: Effective[models.ElectronicAddress], instant: Instant) -> ElectronicAddress:
        row = found.value
        return cls(
            address=row.address,
            valid=Period.of(row.period),
            type_key=row.type,
            source=found.inherited_from,
            instant=instant,
        )

    @strawberry.field(description="Kind of address (9044), e.g. E_EDI or E_SB_ASYNC.")
    async def type(self, info: Info) -> Code | None:
        return await code_of(info, self.type_key, self.instant)


@strawberry.type(description="A physical address.")
class PhysicalAddress(Inheritable):
    street: str | None = strawberry.field(description="Street and number; null = not given.")
    postbox: str | None = strawberry.field(description="Post-office box; null = none.")
    postal_code: PostalCode | None = strawberry.field(description="Postal code; null = not given.")
    city: str | None = strawberry.field(description="Post town; null = not given.")
    description: str | None = strawberry.field(description="How to find it; null = not given.")
    valid: Period = strawberry.field(description="When it holds.")
    row: strawberry.Private[models.PhysicalAddress]

    @classmethod
    def of(cls, found: Effective[models.PhysicalAddress], instant: Instant) -> PhysicalAddress:
        row = found.value
        return cls(
            street=row.street,
            postbox=row.postbox,
            postal_code=row.postal_code,
            city=row.city,
            description=row.description,
            valid=Period.of(row.period),
            row=row,
            source=found.inherited_from,
            instant=instant,
        )

    @strawberry.field(description="Kind of address (3401), e.g. PST or RES; null = the source gave none.")
    async def type(self, info: Info) -> Code | None:
        return await code_of(info, self.row.type, self.instant)

    @strawberry.field(description="Country (9043); null = not given.")
    async def country(self, info: Info) -> Code | None:
        return await code_of(info, self.row.country, self.instant)

    @strawberry.field(description="Municipality (3402); null = not given.")
    async def municipality(self, info: Info) -> Code | None:
        return await code_of(info, self.row.municipality, self.instant)


@strawberry.type(description="The AMQP queues in effect; each null when the party has none of the kind.")
class AmqpQueues:
    async_: str | None = strawberry.field(name="async", description="Asynchronous messages (E_SB_ASYNC).")
    sync: str | None = strawberry.field(description="Synchronous requests (E_SB_SYNC).")
    sync_reply: str | None = strawberry.field(description="Answers to synchronous requests (E_SB_SYNCREPLY).")
    error: str | None = strawberry.field(description="Error messages (E_SB_ERROR).")


@strawberry.type(description="Whether AMQP transport is on, and who decided it.")
class Transport(Inheritable):
    own: TransportStatus = strawberry.field(description="The party's own setting.")
    effective: TransportStatus = strawberry.field(description="What holds: ENABLED or DISABLED.")


@strawberry.enum(description="Why a certificate must not be trusted at the instant asked for.")
class CertificateProblem(Enum):
    NOT_YET_VALID = strawberry.enum_value("NOT_YET_VALID", description="It begins later.")
    EXPIRED = strawberry.enum_value("EXPIRED", description="It has ended.")
    WRONG_USAGE = strawberry.enum_value(
        "WRONG_USAGE", description="Its key usage does not allow what the party uses it for."
    )
    BYTES_MISSING = strawberry.enum_value(
        "BYTES_MISSING", description="Only its thumbprint and dates are known; the certificate has not arrived."
    )


@strawberry.type(description="An X.509 certificate of a party. Revocation is not checked here.")
class Certificate(Inheritable):
    thumbprint: Thumbprint = strawberry.field(description="SHA-1 of the DER form.")
    der: str | None = strawberry.field(description="The certificate, DER in base64; null until it has arrived.")
    serial_number: str | None = strawberry.field(description="Decimal; null until the certificate has arrived.")
    subject: str | None = strawberry.field(description="RFC 4514; null until the certificate has arrived.")
    issuer: str | None = strawberry.field(description="RFC 4514; null until the certificate has arrived.")
    subject_organisation_number: OrganisationNumber | None = strawberry.field(
        description="From serialNumber or organizationIdentifier of the subject; null when it names none."
    )
    key_usage: list[str] = strawberry.field(description="X.509 key usages; empty = unlimited or not known yet.")
    valid: Period = strawberry.field(description="The certificate's own validity.")
    usage: CertificateUsage | None = strawberry.field(
        description="What the party uses it for; null where no party was asked for."
    )
    used: Period | None = strawberry.field(
        description="When it was the party's current one; null where no party was asked for."
    )
    problems: list[CertificateProblem] = strawberry.field(
        description="Why it must not be trusted at the instant asked for; empty = nothing is against it."
    )

    @classmethod
    def of(cls, found: Effective[models.UsedCertificate], instant: Instant) -> Certificate:
        use, row = found.value
        return cls._of(row, use, found.inherited_from, instant)

    @classmethod
    def alone(cls, row: models.Certificate, instant: Instant) -> Certificate:
        """A certificate looked up for itself."""
        return cls._of(row, None, None, instant)

    @classmethod
    def _of(
        cls, row: models.Certificate, use: models.PartyCertificate | None, source: HerId | None, instant: Instant
    ) -> Certificate:
        usage = models.CertificateUsage(use.usage) if use else None
        return cls(
            thumbprint=row.thumbprint,
            der=base64.b64encode(row.der).decode() if row.der else None,
            serial_number=row.serial_number,
            subject=row.subject,
            issuer=row.issuer,
            subject_organisation_number=row.subject_organisation_number,
            key_usage=row.key_usage,
            valid=Period(from_=row.not_before, to=row.not_after),
            usage=usage,
            used=Period.of(use.period) if use else None,
            problems=problems_of(row, usage, instant.valid_at),
            source=source,
            instant=instant,
        )

    @strawberry.field(description="Parties that use or used it as their own.")
    async def parties(self, info: Info) -> list[LinkedParty]:
        uses = await info.context.load(edges.USERS_OF_CERTIFICATE, self.instant, self.thumbprint) or []
        her_ids = dict.fromkeys(use.her_id for use in uses)
        parties = [await info.context.objects.load(info, links.PARTY, each, self.instant) for each in her_ids]
        return [party for party in parties if party is not None]


def problems_of(
    row: models.Certificate, usage: models.CertificateUsage | None, moment: datetime
) -> list[CertificateProblem]:
    """Everything that is against trusting the certificate at `moment`."""
    found = []
    if moment < row.not_before:
        found.append(CertificateProblem.NOT_YET_VALID)
    if moment >= row.not_after:
        found.append(CertificateProblem.EXPIRED)
    if row.der is None:
        found.append(CertificateProblem.BYTES_MISSING)
    elif usage is not None and row.key_usage and not USAGE_NEEDS[usage] & set(row.key_usage):
        found.append(CertificateProblem.WRONG_USAGE)
    return found

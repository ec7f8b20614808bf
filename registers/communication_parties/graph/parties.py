"""Communication parties in the graph."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Annotated, TypeVar

import strawberry

from registers.api.graph import links
from registers.api.graph.context import Info
from registers.api.graph.edges import Edge
from registers.api.graph.enums import described
from registers.api.graph.links import LinkedOrganisation, LinkedProfessional
from registers.api.graph.node import Node, node_id
from registers.api.graph.pagination import PAGE_DEFAULT, After, Connection, First
from registers.api.graph.period import Period
from registers.changelog.append import Register
from registers.changelog.graph.entries import LAST_ENTRY, Change, last_entry_of, trail_of
from registers.code_systems.graph.codes import Code, code_of, codes_of
from registers.communication_parties import edges, effective, models
from registers.communication_parties.graph.contact import (
    AmqpQueues,
    Certificate,
    CertificateUsage,
    ElectronicAddress,
    PhysicalAddress,
    Transport,
)
from registers.communication_parties.graph.status import CommunicationPartyStatus
from registers.communication_parties.status import status_of
from registers.core.code_systems import ELECTRONIC_ADDRESS_TYPES, PHYSICAL_ADDRESS_TYPES
from registers.core.codes import code_key
from registers.core.identifiers import EntryNumber, HerId, HprNumber, Thumbprint
from registers.core.validity import Instant

CommunicationPartyKind = models.PartyKind
described(
    CommunicationPartyKind,
    "What a communication party is.",
    {
        models.PartyKind.ORGANISATION: "An organisation, tied to an organisation number.",
        models.PartyKind.SERVICE: "An addressable service below an organisation.",
        models.PartyKind.PERSON: "A health person at one organisation; another one at every other.",
    },
    name="CommunicationPartyKind",
)
V = TypeVar("V")

EDI_MAILBOX, QUEUE_ASYNC, QUEUE_SYNC, QUEUE_SYNC_REPLY, QUEUE_ERROR = (
    code_key(ELECTRONIC_ADDRESS_TYPES, type_)
    for type_ in ("E_EDI", "E_SB_ASYNC", "E_SB_SYNC", "E_SB_SYNCREPLY", "E_SB_ERROR")
)

TypeChoice = Annotated[
    list[str] | None, strawberry.argument(description="Values of the address type; default: all of them.")
]
KindChoice = Annotated[CommunicationPartyKind | None, strawberry.argument(description="Only this kind; default: both.")]
UsageChoice = Annotated[CertificateUsage | None, strawberry.argument(description="Only this usage; default: both.")]
SignedAt = Annotated[datetime | None, strawberry.argument(description="When the message was signed.")]
SignedWith = Annotated[Thumbprint | None, strawberry.argument(description="The certificate it names.")]


async def party_of(info: Info, her_id: HerId | None, instant: Instant) -> CommunicationParty | None:
    """The party with a HER-id that another record names."""
    if her_id is None:
        return None
    row = await info.context.load(edges.PARTY, instant, her_id)
    return CommunicationParty.of(row, instant) if row else None


@strawberry.type(
    description="A party that can receive electronic health messages: an organisation, or a service or person below "
    "one. Source: Adresseregisteret (AR)."
)
class CommunicationParty(Node):
    her_id: HerId = strawberry.field(description="HER-id.")
    kind: CommunicationPartyKind = strawberry.field(description="Organisation, service or person.")
    name: str = strawberry.field(description="Official name; of a service its type, of a person the full name.")
    display_name: str | None = strawberry.field(description="Name chosen for display; null = the official one.")
    status: CommunicationPartyStatus = strawberry.field(description="Whether it can be written to.")
    active: bool = strawberry.field(description="Administratively on.")
    messaging_valid: bool = strawberry.field(description="Has what is needed to take part in messaging.")
    valid: Period = strawberry.field(description="Validity of the party.")
    reference_only: bool = strawberry.field(
        description="True = known only because another record points at it; its own record has not arrived."
    )
    hpr_number: HprNumber | None = strawberry.field(description="HPR number; of persons only.")
    title: str | None = strawberry.field(description="Title; of persons only, null = none given.")
    service_specification: str | None = strawberry.field(description="What the service is in words; null = none.")
    location_description: str | None = strawberry.field(description="Where the service is in words; null = none.")
    row: strawberry.Private[models.CommunicationParty]
    instant: strawberry.Private[Instant]

    @classmethod
    def of(cls, row: models.CommunicationParty, instant: Instant) -> CommunicationParty:
        return cls(
            id=node_id("CommunicationParty", row.her_id),
            her_id=row.her_id,
            kind=models.PartyKind(row.kind),
            name=row.name,
            display_name=row.display_name,
            status=status_of(row, instant.valid_at),
            active=row.active,
            messaging_valid=row.messaging_valid,
            valid=Period.of(row.period),
            reference_only=row.reference_only,
            hpr_number=row.hpr_number,
            title=row.title,
            service_specification=row.service_specification,
            location_description=row.location_description,
            row=row,
            instant=instant,
        )

    @strawberry.field(description="The organisation party above; null for an organisation party.")
    async def parent(self, info: Info) -> CommunicationParty | None:
        return await party_of(info, self.row.parent_her_id, self.instant)

    @strawberry.field(description="Services and persons below, in Norwegian order of name, whatever their status.")
    async def children(self, info: Info, kind: KindChoice = None) -> list[CommunicationParty]:
        rows = await info.context.load(edges.CHILDREN, self.instant, self.her_id) or []
        return [CommunicationParty.of(row, self.instant) for row in rows if kind is None or row.kind == kind.value]

    @strawberry.field(description="The organisation of an organisation party; of services and persons, the parent's.")
    async def organisation(self, info: Info) -> LinkedOrganisation | None:
        number = self.row.organisation_number
        if self.row.parent_her_id is not None:
            parent = await info.context.load(edges.PARTY, self.instant, self.row.parent_her_id)
            number = parent.organisation_number if parent else None
        return await info.context.objects.load(info, links.ORGANISATION, number, self.instant)

    @strawberry.field(
        description="The person behind a person party, the surviving one of a replaced number; null = not known."
    )
    async def health_professional(self, info: Info) -> LinkedProfessional | None:
        return await info.context.objects.load(info, links.SURVIVING_PROFESSIONAL, self.hpr_number, self.instant)

    @strawberry.field(description="Kind of enterprise (9040); of services and persons, the parent's. Null = not given.")
    async def business_type(self, info: Info) -> Code | None:
        key = self.row.business_type
        if key is None and self.row.parent_her_id is not None:
            parent = await info.context.load(edges.PARTY, self.instant, self.row.parent_her_id)
            key = parent.business_type if parent else None
        return await code_of(info, key, self.instant)

    @strawberry.field(description="Type of service; of services only.")
    async def service_type(self, info: Info) -> Code | None:
        return await code_of(info, self.row.service_type, self.instant)

    @strawberry.field(description="The party's own municipality (3402); null = not given.")
    async def municipality(self, info: Info) -> Code | None:
        return await code_of(info, self.row.municipality, self.instant)

    @strawberry.field(description="Municipalities an inter-municipal service covers, as their organisation parties.")
    async def coverage_areas(self, info: Info) -> list[CommunicationParty]:
        her_ids = await info.context.load(edges.COVERAGE, self.instant, self.her_id) or []
        parties = await asyncio.gather(*(party_of(info, her_id, self.instant) for her_id in her_ids))
        return [party for party in parties if party is not None]

    @strawberry.field(description="Kind of coverage area; null = not given.")
    async def coverage_area_type(self, info: Info) -> Code | None:
        return await code_of(info, self.row.coverage_area_type, self.instant)

    @strawberry.field(description="Coded properties.")
    async def properties(self, info: Info) -> list[Code]:
        rows = await info.context.load(edges.PROPERTIES, self.instant, self.her_id) or []
        return await codes_of(info, (row.code for row in rows), self.instant)

    @strawberry.field(description="Electronic addresses in effect, one of each type; `type` picks some (E_EDI …).")
    async def electronic_addresses(self, info: Info, type: TypeChoice = None) -> list[ElectronicAddress]:
        found = await self._electronic(info)
        chosen_types = None if type is None else {f"{ELECTRONIC_ADDRESS_TYPES}/{each}" for each in type}
        return [
            ElectronicAddress.of(each, self.instant)
            for each in found
            if chosen_types is None or each.value.type in chosen_types
        ]

    @strawberry.field(description="The party's own electronic addresses; those that say `none` have a null address.")
    async def own_electronic_addresses(self, info: Info) -> list[ElectronicAddress]:
        own, _ = await self._rows_of_both(info, edges.ELECTRONIC_ADDRESSES)
        rows = effective.current(own, self.instant.valid_at)
        return [ElectronicAddress.of(effective.Effective(row, None), self.instant) for row in rows]

    @strawberry.field(description="Own electronic addresses that begin later, by type and start.")
    async def planned_electronic_addresses(self, info: Info) -> list[ElectronicAddress]:
        own, _ = await self._rows_of_both(info, edges.ELECTRONIC_ADDRESSES)
        rows = effective.planned(own, self.instant.valid_at)
        return [ElectronicAddress.of(effective.Effective(row, None), self.instant) for row in rows]

    @strawberry.field(description="Physical addresses in effect, one of each type; `type` picks some (PST, RES …).")
    async def physical_addresses(self, info: Info, type: TypeChoice = None) -> list[PhysicalAddress]:
        own, parents = await self._rows_of_both(info, edges.PHYSICAL_ADDRESSES)
        chosen_types = None if type is None else {f"{PHYSICAL_ADDRESS_TYPES}/{each}" for each in type}
        return [
            PhysicalAddress.of(each, self.instant)
            for each in effective.effective_addresses(own, parents, self.instant.valid_at)
            if chosen_types is None or each.value.type in chosen_types
        ]

    @strawberry.field(description="The party's own physical addresses.")
    async def own_physical_addresses(self, info: Info) -> list[PhysicalAddress]:
        own, _ = await self._rows_of_both(info, edges.PHYSICAL_ADDRESSES)
        rows = effective.current(own, self.instant.valid_at)
        return [PhysicalAddress.of(effective.Effective(row, None), self.instant) for row in rows]

    @strawberry.field(description="The AMQP queues in effect.")
    async def queues(self, info: Info) -> AmqpQueues:
        address = {each.value.type: each.value.address for each in await self._electronic(info)}
        return AmqpQueues(
            async_=address.get(QUEUE_ASYNC),
            sync=address.get(QUEUE_SYNC),
            sync_reply=address.get(QUEUE_SYNC_REPLY),
            error=address.get(QUEUE_ERROR),
        )

    @strawberry.field(description="EDI mailbox in effect (E_EDI); null = not reachable by EDI mail.")
    async def edi_address(self, info: Info) -> str | None:
        address = {each.value.type: each.value.address for each in await self._electronic(info)}
        return address.get(EDI_MAILBOX)

    @strawberry.field(description="Whether AMQP transport is on.")
    async def transport(self, info: Info) -> Transport:
        parent = None
        if self.row.parent_her_id is not None:
            parent = await info.context.load(edges.PARTY, self.instant, self.row.parent_her_id)
        found = effective.effective_transport(self.row, parent)
        return Transport(
            own=models.TransportStatus(self.row.transport),
            effective=found.value,
            source=found.inherited_from,
            instant=self.instant,
        )

    @strawberry.field(description="Certificate in effect to encrypt for the party; null = it has none.")
    async def encryption_certificate(self, info: Info) -> Certificate | None:
        return await self._certificate(info, models.CertificateUsage.ENCRYPTION, self.instant.valid_at)

    @strawberry.field(
        description="Certificate in effect to verify the party's signature: at the instant asked for, at `validAt` "
        "(when the message was signed), or the one with `thumbprint` whenever it was used. Null = there is none."
    )
    async def signing_certificate(
        self, info: Info, valid_at: SignedAt = None, thumbprint: SignedWith = None
    ) -> Certificate | None:
        if thumbprint is not None:
            found = [each for each in await self.certificates(info) if each.thumbprint == thumbprint]
            return next((each for each in found if each.usage is models.CertificateUsage.SIGNING), None)
        return await self._certificate(info, models.CertificateUsage.SIGNING, valid_at or self.instant.valid_at)

    @strawberry.field(
        description="All certificates of the party, or of its parent for a usage it has none of, newest first."
    )
    async def certificates(self, info: Info, usage: UsageChoice = None) -> list[Certificate]:
        own, parents = await self._rows_of_both(info, edges.CERTIFICATES)
        mine = {each.use.usage for each in own}
        found = [effective.Effective(each, None) for each in own]
        found += [effective.Effective(each, each.use.her_id) for each in parents if each.use.usage not in mine]
        return [
            Certificate.of(each, self.instant) for each in found if usage is None or each.value.use.usage == usage.value
        ]

    @strawberry.field(description=LAST_ENTRY)
    async def last_entry(self, info: Info) -> EntryNumber:
        return await last_entry_of(
            info, Register.COMMUNICATION_PARTIES, str(self.her_id), self.instant, self.row.since_entry
        )

    @strawberry.field(description="Entries of the log about the party itself, newest first.")
    async def history(self, info: Info, first: First = PAGE_DEFAULT, after: After = None) -> Connection[Change]:
        return await trail_of(
            info, Register.COMMUNICATION_PARTIES, str(self.her_id), self.instant, first=first, after=after
        )

    async def _electronic(self, info: Info) -> list[effective.Effective[models.ElectronicAddress]]:
        own, parents = await self._rows_of_both(info, edges.ELECTRONIC_ADDRESSES)
        return effective.effective_addresses(own, parents, self.instant.valid_at)

    async def _certificate(self, info: Info, usage: models.CertificateUsage, moment: datetime) -> Certificate | None:
        own, parents = await self._rows_of_both(info, edges.CERTIFICATES)
        found = effective.effective_certificate(own, parents, usage, moment)
        return Certificate.of(found, Instant(moment, self.instant.entry)) if found else None

    async def _rows_of_both(self, info: Info, edge: Edge[HerId, list[V]]) -> tuple[list[V], list[V]]:
        """Own rows and the parent's, asked for in the same tick so that one statement fetches both."""
        keys = [self.her_id]
        if self.row.parent_her_id is not None:
            keys.append(self.row.parent_her_id)
        found = await info.context.load_many(edge, self.instant, keys)
        return found[0] or [], (found[1] or []) if len(found) > 1 else []

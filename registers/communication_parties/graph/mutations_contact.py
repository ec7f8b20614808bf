"""Mutations of the addresses, transport and certificates of communication parties."""

from datetime import datetime
from typing import Annotated

import strawberry

from registers.api.graph.context import Info
from registers.communication_parties.editing import addresses, certificates
from registers.communication_parties.graph.contact import CertificateUsage, TransportStatus
from registers.communication_parties.graph.payloads import CommunicationPartyPayload, Party
from registers.core.identifiers import PostalCode
from registers.editing.mutation_field import ExpectedEntry, edit

SINCE = "First moment at which it holds; default: now. What holds before ends there, what is planned later stays."


@strawberry.input(description="An electronic address: say one of `address`, `none` and `inherit`.")
class ElectronicAddressInput:
    type: str = strawberry.field(description="Kind of address, a value of 9044: E_EDI, E_SB_ASYNC …")
    address: str | None = strawberry.field(default=None, description="The party's own address.")
    none: bool = strawberry.field(default=False, description="The party has none of this type and inherits none.")
    inherit: bool = strawberry.field(default=False, description="The party takes its parent's again.")
    since: datetime | None = strawberry.field(default=None, description=SINCE)

    def to_terms(self) -> addresses.ElectronicTerms:
        return addresses.ElectronicTerms(**vars(self))


@strawberry.input(description="A physical place.")
class PlaceInput:
    street: str | None = strawberry.field(default=None, description="Street and number.")
    postbox: str | None = strawberry.field(default=None, description="Post-office box.")
    postal_code: PostalCode | None = strawberry.field(default=None, description="Postal code.")
    city: str | None = strawberry.field(default=None, description="Post town.")
    country: str | None = strawberry.field(default=None, description="Country, a value of 9043; default: not given.")
    municipality: str | None = strawberry.field(default=None, description="Municipality, a value of 3402.")
    description: str | None = strawberry.field(default=None, description="How to find it.")


@strawberry.input(description="A physical address: a place, or `inherit`, which makes any place sent beside it void.")
class PhysicalAddressInput:
    type: str = strawberry.field(description="Kind of address, a value of 3401: PST or RES.")
    location: PlaceInput | None = strawberry.field(name="place", default=None, description="The party's own address.")
    inherit: bool = strawberry.field(default=False, description="The party takes its parent's again.")
    since: datetime | None = strawberry.field(default=None, description=SINCE)

    def to_terms(self) -> addresses.PhysicalTerms:
        location = None if self.inherit else addresses.Location(**vars(self.location or PlaceInput()))
        return addresses.PhysicalTerms(self.type, location, self.since)


@strawberry.input(description="A certificate to become a party's current one.")
class CertificateInput:
    certificate: str = strawberry.field(description="X.509, DER in base64 or PEM.")
    usage: CertificateUsage = strawberry.field(description="What the party uses it for.")
    since: datetime | None = strawberry.field(default=None, description=SINCE)

    def to_terms(self) -> certificates.CertificateTerms:
        return certificates.CertificateTerms(self.certificate, self.usage, self.since)


ElectronicAddressArgument = Annotated[ElectronicAddressInput, strawberry.argument(description="The address.")]
PhysicalAddressArgument = Annotated[PhysicalAddressInput, strawberry.argument(description="The address.")]
CertificateArgument = Annotated[CertificateInput, strawberry.argument(description="The certificate.")]
TransportArgument = Annotated[
    TransportStatus, strawberry.argument(description="On, off, or as the organisation above has it.")
]
UsageArgument = Annotated[CertificateUsage, strawberry.argument(description="What the party uses the certificate for.")]
EndArgument = Annotated[datetime | None, strawberry.argument(description="First moment without it; default: now.")]


@strawberry.type
class PartyContactMutation:
    @edit("Change, plan or take back an own electronic address; those who inherit it get entries of their own.")
    async def communication_party_change_electronic_address(
        self, info: Info, her_id: Party, expected_entry: ExpectedEntry, input: ElectronicAddressArgument
    ) -> CommunicationPartyPayload:
        return await CommunicationPartyPayload.edited(
            info,
            her_id,
            lambda transaction: addresses.change_electronic_address(
                transaction, her_id, expected_entry, input.to_terms()
            ),
        )

    @edit("Change, plan or take back an own physical address; those who inherit it get entries of their own.")
    async def communication_party_change_physical_address(
        self, info: Info, her_id: Party, expected_entry: ExpectedEntry, input: PhysicalAddressArgument
    ) -> CommunicationPartyPayload:
        return await CommunicationPartyPayload.edited(
            info,
            her_id,
            lambda transaction: addresses.change_physical_address(
                transaction, her_id, expected_entry, input.to_terms()
            ),
        )

    @edit("Turn AMQP transport on or off, or take the setting of the organisation above.")
    async def communication_party_change_transport(
        self, info: Info, her_id: Party, expected_entry: ExpectedEntry, transport: TransportArgument
    ) -> CommunicationPartyPayload:
        return await CommunicationPartyPayload.edited(
            info, her_id, lambda transaction: addresses.change_transport(transaction, her_id, expected_entry, transport)
        )

    @edit("Make a certificate the party's current one; the one before stays readable for messages of its time.")
    async def communication_party_add_certificate(
        self, info: Info, her_id: Party, expected_entry: ExpectedEntry, input: CertificateArgument
    ) -> CommunicationPartyPayload:
        return await CommunicationPartyPayload.edited(
            info,
            her_id,
            lambda transaction: certificates.add_certificate(transaction, her_id, expected_entry, input.to_terms()),
        )

    @edit("End the use of the party's own certificate; it inherits its parent's from then on.")
    async def communication_party_end_certificate(
        self,
        info: Info,
        her_id: Party,
        expected_entry: ExpectedEntry,
        usage: UsageArgument,
        at: EndArgument = None,
    ) -> CommunicationPartyPayload:
        return await CommunicationPartyPayload.edited(
            info,
            her_id,
            lambda transaction: certificates.end_certificate(transaction, her_id, expected_entry, usage, at=at),
        )

"""Root fields of the communication parties."""

from typing import Annotated

import strawberry

from registers.api.graph.context import Info
from registers.api.graph.pagination import PAGE_DEFAULT, After, Connection, First, search_page
from registers.api.graph.slots import batch
from registers.changelog.as_of import AsOfArgument, instant_of
from registers.code_systems.graph.codes import CodeInput
from registers.communication_parties import edges, search
from registers.communication_parties.graph.contact import Certificate
from registers.communication_parties.graph.parties import (
    CommunicationParty,
    CommunicationPartyKind,
    CommunicationPartyStatus,
)
from registers.communication_parties.graph.slots import CommunicationPartySlot
from registers.core.code_systems import BUSINESS_TYPES, MUNICIPALITIES
from registers.core.codes import code_key
from registers.core.identifiers import HerId, HprNumber, MunicipalityNumber, OrganisationNumber, Thumbprint
from registers.core.text import plain_text, search_text


@strawberry.input(description="What to look for. Fields left out do not count; the others must all hold.")
class CommunicationPartyFilter:
    name: str | None = strawberry.field(
        default=None,
        description="Name or display name, with room for slips of the pen; the most similar come first. "
        "Æ, ø, å and their other spellings are the same; no character has a meaning of its own.",
    )
    name_prefix: str | None = strawberry.field(default=None, description="Beginning of the name.")
    organisation_number: OrganisationNumber | None = strawberry.field(
        default=None, description="Organisation parties of this organisation."
    )
    hpr_number: HprNumber | None = strawberry.field(
        default=None, description="Person parties of this health professional."
    )
    parent_her_id: HerId | None = strawberry.field(default=None, description="Parties below this organisation party.")
    kind: CommunicationPartyKind | None = strawberry.field(default=None, description="Kind of party.")
    status: CommunicationPartyStatus | None = strawberry.field(default=None, description="Status at `asOf`.")
    service_type: CodeInput | None = strawberry.field(default=None, description="Services of this type.")
    business_type: str | None = strawberry.field(
        default=None, description="Kind of enterprise, a value of 9040; services and persons count by their parent's."
    )
    municipality: MunicipalityNumber | None = strawberry.field(
        default=None,
        description="Parties in this municipality, by their own, their organisation's or their parent's, and services "
        "that cover it.",
    )

    def asked(self) -> search.PartySearch:
        return search.PartySearch(
            name=search_text(self.name, "filter.name"),
            name_prefix=search_text(self.name_prefix, "filter.namePrefix"),
            organisation_number=self.organisation_number,
            hpr_number=self.hpr_number,
            parent_her_id=self.parent_her_id,
            kind=self.kind.value if self.kind else None,
            status=self.status.name if self.status else None,
            service_type=self.service_type.key("filter.serviceType") if self.service_type else None,
            business_type=code_key(BUSINESS_TYPES, plain_text(self.business_type, "filter.businessType"))
            if self.business_type
            else None,
            municipality=code_key(MUNICIPALITIES, self.municipality) if self.municipality else None,
        )


@strawberry.type
class CommunicationPartyQuery:
    @strawberry.field(
        description="Communication party with the HER-id, whatever its status (see `status`); null when there is none."
    )
    async def communication_party(
        self,
        info: Info,
        her_id: Annotated[HerId, strawberry.argument(description="The HER-id.")],
        as_of: AsOfArgument = None,
    ) -> CommunicationParty | None:
        instant = await instant_of(info, as_of)
        row = await info.context.load(edges.PARTY, instant, her_id)
        return CommunicationParty.of(row, instant) if row else None

    @strawberry.field(
        description="Many communication parties: a slot for each HER-id, in the order asked. At most 500."
    )
    async def communication_parties(
        self,
        info: Info,
        her_ids: Annotated[list[HerId], strawberry.argument(description="1 to 500 HER-ids.")],
        as_of: AsOfArgument = None,
    ) -> list[CommunicationPartySlot]:
        return await batch(
            info,
            edges.PARTY,
            her_ids,
            CommunicationPartySlot.of,
            argument="herIds",
            instant=lambda: instant_of(info, as_of),
        )

    @strawberry.field(
        description="Communication parties by filter, in Norwegian order of name; with `name`, by similarity."
    )
    async def search_communication_parties(
        self,
        info: Info,
        filter: Annotated[CommunicationPartyFilter, strawberry.argument(description="What to look for.")],
        first: First = PAGE_DEFAULT,
        after: After = None,
        as_of: AsOfArgument = None,
    ) -> Connection[CommunicationParty]:
        return await search_page(
            info,
            search,
            CommunicationParty.of,
            asked=filter.asked,
            instant=lambda: instant_of(info, as_of),
            first=first,
            after=after,
        )

    @strawberry.field(description="Certificate with the thumbprint; null when it is not known.")
    async def certificate(
        self,
        info: Info,
        thumbprint: Annotated[Thumbprint, strawberry.argument(description="The thumbprint.")],
        as_of: AsOfArgument = None,
    ) -> Certificate | None:
        instant = await instant_of(info, as_of)
        row = await info.context.load(edges.CERTIFICATE, instant, thumbprint)
        return Certificate.alone(row, instant) if row else None

"""Mutations of communication parties themselves."""

from datetime import datetime
from typing import Annotated

import strawberry

from registers.api.graph.context import Info
from registers.code_systems.graph.codes import CodeInput, system_of
from registers.communication_parties.editing import creation, details, status
from registers.communication_parties.graph.inputs import (
    Issued,
    OrganisationPartyInput,
    PartyDetailsInput,
    PartyNamesInput,
    PersonPartyInput,
    ServicePartyInput,
    ServiceTypeInput,
)
from registers.communication_parties.graph.payloads import CommunicationPartyPayload, Party
from registers.core.identifiers import HerId
from registers.editing.mutation_field import ExpectedEntry, edit

OrganisationArgument = Annotated[OrganisationPartyInput, strawberry.argument(description="The organisation party.")]
ServiceArgument = Annotated[ServicePartyInput, strawberry.argument(description="The service.")]
PersonArgument = Annotated[PersonPartyInput, strawberry.argument(description="The person party.")]
NamesArgument = Annotated[PartyNamesInput, strawberry.argument(description="The names, both of them.")]
DetailsArgument = Annotated[PartyDetailsInput, strawberry.argument(description="The details, all of them.")]
PropertiesArgument = Annotated[
    list[CodeInput], strawberry.argument(description="The party's properties, all of them, as codes of any system.")
]
TypeArgument = Annotated[ServiceTypeInput, strawberry.argument(description="What the service is from now on.")]
CoveredArgument = Annotated[
    list[HerId], strawberry.argument(description="HER-ids of the municipalities' organisation parties, all of them.")
]
EndArgument = Annotated[
    datetime | None, strawberry.argument(description="First moment at which it is not in use; default: now.")
]


@strawberry.type
class CommunicationPartyMutation:
    @edit("Create an organisation party. One that others have only pointed at so far gets its own record.")
    async def communication_party_create_organisation(
        self, info: Info, input: OrganisationArgument, her_id: Issued = None
    ) -> CommunicationPartyPayload:
        return await CommunicationPartyPayload.edited(
            info, None, lambda transaction: creation.create_organisation(transaction, input.to_terms(her_id))
        )

    @edit("Create a service below an organisation party.")
    async def communication_party_create_service(
        self, info: Info, input: ServiceArgument, her_id: Issued = None
    ) -> CommunicationPartyPayload:
        return await CommunicationPartyPayload.edited(
            info, None, lambda transaction: creation.create_service(transaction, input.to_terms(her_id))
        )

    @edit("Create a person party below an organisation party: health personnel at one place where they work.")
    async def communication_party_create_person(
        self, info: Info, input: PersonArgument, her_id: Issued = None
    ) -> CommunicationPartyPayload:
        return await CommunicationPartyPayload.edited(
            info, None, lambda transaction: creation.create_person(transaction, input.to_terms(her_id))
        )

    @edit("Change what a party is called.")
    async def communication_party_change_names(
        self, info: Info, her_id: Party, expected_entry: ExpectedEntry, input: NamesArgument
    ) -> CommunicationPartyPayload:
        return await CommunicationPartyPayload.edited(
            info,
            her_id,
            lambda transaction: details.change_names(
                transaction, her_id, expected_entry, name=input.name, display_name=input.display_name
            ),
        )

    @edit("Change the type of a service, and its description in words.")
    async def communication_party_change_service_type(
        self, info: Info, her_id: Party, expected_entry: ExpectedEntry, input: TypeArgument
    ) -> CommunicationPartyPayload:
        return await CommunicationPartyPayload.edited(
            info,
            her_id,
            lambda transaction: details.change_service_type(transaction, her_id, expected_entry, input.to_terms()),
        )

    @edit("Change a party's kind of enterprise, municipality, title, and whether it can take part in messaging.")
    async def communication_party_change_details(
        self, info: Info, her_id: Party, expected_entry: ExpectedEntry, input: DetailsArgument
    ) -> CommunicationPartyPayload:
        return await CommunicationPartyPayload.edited(
            info,
            her_id,
            lambda transaction: details.change_details(transaction, her_id, expected_entry, input.to_terms()),
        )

    @edit("Change the coded properties of a party.")
    async def communication_party_change_properties(
        self, info: Info, her_id: Party, expected_entry: ExpectedEntry, properties: PropertiesArgument
    ) -> CommunicationPartyPayload:
        codes = [(system_of(each.system), each.value) for each in properties]
        return await CommunicationPartyPayload.edited(
            info,
            her_id,
            lambda transaction: details.change_properties(transaction, her_id, expected_entry, properties=codes),
        )

    @edit("Change which municipalities an inter-municipal service covers.")
    async def communication_party_change_coverage_areas(
        self, info: Info, her_id: Party, expected_entry: ExpectedEntry, coverage_areas: CoveredArgument
    ) -> CommunicationPartyPayload:
        return await CommunicationPartyPayload.edited(
            info,
            her_id,
            lambda transaction: details.change_coverage_areas(
                transaction, her_id, expected_entry, covered=coverage_areas
            ),
        )

    @edit("Switch a party off. It stays readable, as INACTIVE.")
    async def communication_party_deactivate(
        self, info: Info, her_id: Party, expected_entry: ExpectedEntry
    ) -> CommunicationPartyPayload:
        return await CommunicationPartyPayload.edited(
            info, her_id, lambda transaction: status.deactivate(transaction, her_id, expected_entry)
        )

    @edit("Switch a party on again that was switched off.")
    async def communication_party_reactivate(
        self, info: Info, her_id: Party, expected_entry: ExpectedEntry
    ) -> CommunicationPartyPayload:
        return await CommunicationPartyPayload.edited(
            info, her_id, lambda transaction: status.reactivate(transaction, her_id, expected_entry)
        )

    @edit("End a party, or move its end. It stays readable, as ENDED, and its HER-id is given to nobody else.")
    async def communication_party_end(
        self, info: Info, her_id: Party, expected_entry: ExpectedEntry, at: EndArgument = None
    ) -> CommunicationPartyPayload:
        return await CommunicationPartyPayload.edited(
            info, her_id, lambda transaction: status.end(transaction, her_id, expected_entry, at=at)
        )

    @edit("Take back the end of a party: it has none any more.")
    async def communication_party_reopen(
        self, info: Info, her_id: Party, expected_entry: ExpectedEntry
    ) -> CommunicationPartyPayload:
        return await CommunicationPartyPayload.edited(
            info, her_id, lambda transaction: status.reopen(transaction, her_id, expected_entry)
        )

"""Inputs of the mutations of communication parties."""

from typing import Annotated

import strawberry

from registers.api.graph.period import PeriodInput
from registers.code_systems.graph.codes import CodeInput
from registers.communication_parties.editing.creation import NewParty
from registers.core.identifiers import HerId, HprNumber, MunicipalityNumber, OrganisationNumber

IN_USE = "When the party is in use; default: from now on."
DISPLAYED = "Name chosen for display; default: none, the official one is shown."
Issued = Annotated[
    HerId | None,
    strawberry.argument(name="herId", description="HER-id that AR has issued; default: the next free one."),
]


def new_party(her_id: HerId | None, display_name: str | None, period: PeriodInput | None) -> NewParty:
    return NewParty(
        her_id=her_id,
        display_name=display_name,
        start=period.from_ if period else None,
        end=period.to if period else None,
    )


@strawberry.input(description="A new organisation party. It is called as its organisation is.")
class OrganisationPartyInput:
    organisation_number: OrganisationNumber = strawberry.field(description="The organisation; it may have several.")
    display_name: str | None = strawberry.field(default=None, description=DISPLAYED)
    business_type: str | None = strawberry.field(default=None, description="Kind of enterprise, a value of 9040.")
    municipality: MunicipalityNumber | None = strawberry.field(default=None, description="Its municipality.")
    period: PeriodInput | None = strawberry.field(default=None, description=IN_USE)


@strawberry.input(description="A new service. It is called as its type is.")
class ServicePartyInput:
    parent_her_id: HerId = strawberry.field(description="The organisation party above, active for all of the period.")
    service_type: CodeInput = strawberry.field(description="Type of service, e.g. 8666 and KX17.")
    display_name: str | None = strawberry.field(default=None, description=DISPLAYED)
    service_specification: str | None = strawberry.field(default=None, description="What the service is in words.")
    location_description: str | None = strawberry.field(default=None, description="Where the service is in words.")
    period: PeriodInput | None = strawberry.field(default=None, description=IN_USE)


@strawberry.input(description="A new person party. It is called as the health professional is.")
class PersonPartyInput:
    parent_her_id: HerId = strawberry.field(description="The organisation party above, active for all of the period.")
    hpr_number: HprNumber = strawberry.field(description="The health professional.")
    title: str | None = strawberry.field(default=None, description="Title, e.g. Fastlege.")
    display_name: str | None = strawberry.field(default=None, description=DISPLAYED)
    period: PeriodInput | None = strawberry.field(default=None, description=IN_USE)


@strawberry.input(description="What a party is called.")
class PartyNamesInput:
    name: str = strawberry.field(description="Official name.")
    display_name: str | None = strawberry.field(default=None, description=DISPLAYED)


@strawberry.input(description="What a service is. A text left out is taken away.")
class ServiceTypeInput:
    service_type: CodeInput = strawberry.field(description="Type of service; its own stays even where it is retired.")
    service_specification: str | None = strawberry.field(default=None, description="What the service is in words.")
    location_description: str | None = strawberry.field(default=None, description="Where the service is in words.")


@strawberry.input(
    description="What is said of a party beside names, type and addresses. What is left out is taken away."
)
class PartyDetailsInput:
    messaging_valid: bool = strawberry.field(description="Whether it has what is needed to take part in messaging.")
    business_type: str | None = strawberry.field(default=None, description="Kind of enterprise, a value of 9040.")
    municipality: MunicipalityNumber | None = strawberry.field(default=None, description="Its own municipality.")
    title: str | None = strawberry.field(default=None, description="Title, e.g. Fastlege; of a person only.")

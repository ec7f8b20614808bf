"""Inputs of the mutations of communication parties."""

from typing import Annotated

import strawberry

from registers.api.graph.period import PeriodInput
from registers.code_systems.graph.codes import CodeInput, system_of
from registers.communication_parties.editing.creation import NewOrganisation, NewPerson, NewService
from registers.communication_parties.editing.details import Details
from registers.communication_parties.editing.services import ServiceTerms
from registers.core.identifiers import HerId, HprNumber, MunicipalityNumber, OrganisationNumber

IN_USE = "When the party is in use; default: from now on."
DISPLAYED = "Name chosen for display; default: none, the official one is shown."
Issued = Annotated[
    HerId | None,
    strawberry.argument(name="herId", description="HER-id that AR has issued; default: the next free one."),
]


@strawberry.input(description="A new organisation party. It is called as its organisation is.")
class OrganisationPartyInput:
    organisation_number: OrganisationNumber = strawberry.field(description="The organisation; it may have several.")
    display_name: str | None = strawberry.field(default=None, description=DISPLAYED)
    business_type: str | None = strawberry.field(default=None, description="Kind of enterprise, a value of 9040.")
    municipality: MunicipalityNumber | None = strawberry.field(default=None, description="Its municipality.")
    period: PeriodInput | None = strawberry.field(default=None, description=IN_USE)

    def to_terms(self, her_id: HerId | None) -> NewOrganisation:
        return NewOrganisation(
            her_id=her_id,
            display_name=self.display_name,
            start=self.period.from_ if self.period else None,
            end=self.period.to if self.period else None,
            organisation_number=self.organisation_number,
            business_type=self.business_type,
            municipality=self.municipality,
        )


@strawberry.input(description="A new service. It is called as its type is.")
class ServicePartyInput:
    parent_her_id: HerId = strawberry.field(description="The organisation party above, active for all of the period.")
    service_type: CodeInput = strawberry.field(description="Type of service, e.g. 8666 and KX17.")
    display_name: str | None = strawberry.field(default=None, description=DISPLAYED)
    service_specification: str | None = strawberry.field(default=None, description="What the service is in words.")
    location_description: str | None = strawberry.field(default=None, description="Where the service is in words.")
    period: PeriodInput | None = strawberry.field(default=None, description=IN_USE)

    def to_terms(self, her_id: HerId | None) -> NewService:
        return NewService(
            her_id=her_id,
            display_name=self.display_name,
            start=self.period.from_ if self.period else None,
            end=self.period.to if self.period else None,
            parent_her_id=self.parent_her_id,
            service=ServiceTerms(
                system_of(self.service_type.system),
                self.service_type.value,
                self.service_specification,
                self.location_description,
            ),
        )


@strawberry.input(description="A new person party. It is called as the health professional is.")
class PersonPartyInput:
    parent_her_id: HerId = strawberry.field(description="The organisation party above, active for all of the period.")
    hpr_number: HprNumber = strawberry.field(description="The health professional.")
    title: str | None = strawberry.field(default=None, description="Title, e.g. Fastlege.")
    display_name: str | None = strawberry.field(default=None, description=DISPLAYED)
    period: PeriodInput | None = strawberry.field(default=None, description=IN_USE)

    def to_terms(self, her_id: HerId | None) -> NewPerson:
        return NewPerson(
            her_id=her_id,
            display_name=self.display_name,
            start=self.period.from_ if self.period else None,
            end=self.period.to if self.period else None,
            parent_her_id=self.parent_her_id,
            hpr_number=self.hpr_number,
            title=self.title,
        )


@strawberry.input(description="What a party is called.")
class PartyNamesInput:
    name: str = strawberry.field(description="Official name.")
    display_name: str | None = strawberry.field(default=None, description=DISPLAYED)


@strawberry.input(description="What a service is. A text left out is taken away.")
class ServiceTypeInput:
    service_type: CodeInput = strawberry.field(description="Type of service; its own stays even where it is retired.")
    service_specification: str | None = strawberry.field(default=None, description="What the service is in words.")
    location_description: str | None = strawberry.field(default=None, description="Where the service is in words.")

    def to_terms(self) -> ServiceTerms:
        return ServiceTerms(
            system_of(self.service_type.system),
            self.service_type.value,
            self.service_specification,
            self.location_description,
        )


@strawberry.input(
    description="What is registered of a party beside names, type and addresses. What is left out is taken away."
)
class PartyDetailsInput:
    messaging_valid: bool = strawberry.field(description="Whether it has what is needed to take part in messaging.")
    business_type: str | None = strawberry.field(default=None, description="Kind of enterprise, a value of 9040.")
    municipality: MunicipalityNumber | None = strawberry.field(default=None, description="Its own municipality.")
    title: str | None = strawberry.field(default=None, description="Title, e.g. Fastlege; of a person only.")

    def to_terms(self) -> Details:
        return Details(self.business_type, self.municipality, self.title, self.messaging_valid)

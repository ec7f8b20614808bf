"""Inputs of the mutations of organisations and RESH units."""

from datetime import date, datetime
from typing import cast

import strawberry
from strawberry import UNSET

from registers.api.graph.inputs import given_fields
from registers.api.graph.succession import SuccessionKind
from registers.code_systems.graph.codes import CodeInput
from registers.core.identifiers import MunicipalityNumber, OrganisationNumber, PostalCode, ReshId
from registers.organisations.editing import organisations, parts, resh_units
from registers.organisations.editing.successions import Succeeding
from registers.organisations.graph.organisations import OrganisationAddressKind, OrganisationKind


@strawberry.input(description="An address of an organisation.")
class OrganisationAddressInput:
    kind: OrganisationAddressKind = strawberry.field(description="Which address.")
    lines: list[str] = strawberry.field(default_factory=list, description="Address lines, in order.")
    postal_code: PostalCode | None = strawberry.field(default=None, description="Postal code.")
    city: str | None = strawberry.field(default=None, description="Post town.")
    municipality: MunicipalityNumber | None = strawberry.field(default=None, description="Municipality (3402).")
    country: str | None = strawberry.field(default=None, description="Country (9043), e.g. NO.")

    def to_terms(self) -> parts.Address:
        return parts.Address(self.kind, self.lines, self.postal_code, self.city, self.municipality, self.country)


@strawberry.input(
    description="What Enhetsregisteret says of an organisation. A field left out stays; null = not given."
)
class OrganisationDetailsInput:
    name: str | None = strawberry.field(default=UNSET, description="Legal name; never null.")
    form: str | None = strawberry.field(default=UNSET, description="Legal form, e.g. AS or BEDR.")
    sector: str | None = strawberry.field(default=UNSET, description="Institutional sector.")
    employees: int | None = strawberry.field(default=UNSET, description="Number of employees.")
    homepage: str | None = strawberry.field(default=UNSET, description="Home page.")
    language_form: str | None = strawberry.field(default=UNSET, description="Bokmål or Nynorsk.")
    registered_on: date | None = strawberry.field(default=UNSET, description="Registered in Enhetsregisteret.")
    founded_on: date | None = strawberry.field(default=UNSET, description="Founded.")
    started_on: date | None = strawberry.field(default=UNSET, description="A sub-unit's first day.")
    bankrupt: bool | None = strawberry.field(default=UNSET, description="Bankrupt.")
    being_wound_up: bool | None = strawberry.field(default=UNSET, description="Being wound up.")
    being_dissolved_by_force: bool | None = strawberry.field(
        default=UNSET, description="Being wound up or dissolved by order of the court."
    )

    def to_terms(self) -> parts.Details:
        return cast(parts.Details, given_fields(self))


@strawberry.input(description="An organisation to register.")
class OrganisationRegisterInput:
    kind: OrganisationKind = strawberry.field(description="Main unit or sub-unit.")
    details: OrganisationDetailsInput = strawberry.field(description="What Enhetsregisteret says; a name at least.")
    valid_from: datetime = strawberry.field(description="Registered from.")
    parent_number: OrganisationNumber | None = strawberry.field(
        default=None, description="The unit above; a sub-unit has one, a main unit seldom."
    )
    addresses: list[OrganisationAddressInput] = strawberry.field(default_factory=list, description="Addresses.")
    industry_codes: list[str] = strawberry.field(
        default_factory=list, description="Industry codes (SN2007), the main one first; at most three."
    )

    def to_terms(self) -> organisations.Registration:
        return organisations.Registration(
            kind=self.kind,
            parent_number=self.parent_number,
            valid_from=self.valid_from,
            details={"name": None, **self.details.to_terms()},
            addresses=[address.to_terms() for address in self.addresses],
            industry_codes=self.industry_codes,
        )


@strawberry.input(description="All addresses of an organisation.")
class OrganisationAddressesInput:
    addresses: list[OrganisationAddressInput] = strawberry.field(
        description="In place of those held; the organisation's municipality follows its business or location address."
    )


@strawberry.input(description="All industry codes of an organisation.")
class OrganisationIndustryCodesInput:
    industry_codes: list[str] = strawberry.field(description="One to three of SN2007, the main one first.")


@strawberry.input(description="A time of the week at which an organisation is open.")
class OpeningHoursInput:
    opens_at: int = strawberry.field(description="Minutes since Monday 00:00, below 10,080.")
    closes_at: int = strawberry.field(description="Minutes since the same Monday, beyond Sunday where need be.")


@strawberry.input(description="What BEDREG adds to Enhetsregisteret. A field left out stays; null or [] = none.")
class OrganisationAdditionsInput:
    display_name: str | None = strawberry.field(
        default=UNSET, description="Name for display, at most 150 characters; null = the legal one."
    )
    opening_hours_text: str | None = strawberry.field(
        default=UNSET, description="Opening hours in words, at most 1,000 characters."
    )
    opening_hours: list[OpeningHoursInput] | None = strawberry.field(
        default=UNSET, description="In place of the opening hours held."
    )
    properties: list[CodeInput] | None = strawberry.field(default=UNSET, description="In place of the properties held.")

    def to_terms(self) -> parts.Additions:
        fields = given_fields(self)
        if "opening_hours" in fields:
            hours = self.opening_hours or []
            fields["opening_hours"] = [parts.Hours(each.opens_at, each.closes_at) for each in hours]
        if "properties" in fields:
            fields["properties"] = [(each.system, each.value) for each in self.properties or []]
        return cast(parts.Additions, fields)


@strawberry.input(description="Who takes the place of an organisation.")
class OrganisationSucceedInput:
    successors: list[OrganisationNumber] = strawberry.field(description="Two or more of a split, else one.")
    kind: SuccessionKind = strawberry.field(description="How they take its place.")
    valid_from: datetime = strawberry.field(description="From when on; may lie ahead.")

    def to_terms(self) -> Succeeding[OrganisationNumber]:
        return Succeeding(self.successors, self.kind, self.valid_from)


@strawberry.input(description="What a RESH unit is, beside its name and its place in the tree.")
class ReshUnitDetailsInput:
    designation: str | None = strawberry.field(default=None, description="What it is called (8624).")
    level: str | None = strawberry.field(default=None, description="Level in the organisation (8628).")
    organisation_number: OrganisationNumber | None = strawberry.field(
        default=None, description="The organisation it belongs to; null = given only further up."
    )
    treatment_facility: bool = strawberry.field(
        default=False, description="A treatment place reported to NPR; its organisation is then a sub-unit."
    )

    def to_terms(self) -> resh_units.Details:
        return resh_units.Details(self.designation, self.level, self.organisation_number, self.treatment_facility)


@strawberry.input(description="A RESH unit to create.")
class ReshUnitCreateInput:
    name: str = strawberry.field(description="Name.")
    valid_from: datetime = strawberry.field(description="Open from.")
    details: ReshUnitDetailsInput = strawberry.field(description="What it is.")
    parent_resh_id: ReshId | None = strawberry.field(default=None, description="The unit above; null = at the top.")
    short_name: str | None = strawberry.field(default=None, description="Short name.")

    def to_terms(self) -> resh_units.Creation:
        return resh_units.Creation(
            self.parent_resh_id, self.name, self.short_name, self.details.to_terms(), self.valid_from
        )


@strawberry.input(description="Names of a RESH unit.")
class ReshUnitRenameInput:
    name: str = strawberry.field(description="Name.")
    short_name: str | None = strawberry.field(default=None, description="Short name; null = none.")


@strawberry.input(description="Who takes the place of a RESH unit.")
class ReshUnitSucceedInput:
    successors: list[ReshId] = strawberry.field(description="Two or more of a split, else one.")
    kind: SuccessionKind = strawberry.field(description="How they take its place.")
    valid_from: datetime = strawberry.field(description="From when on; may lie ahead.")

    def to_terms(self) -> Succeeding[ReshId]:
        return Succeeding(self.successors, self.kind, self.valid_from)

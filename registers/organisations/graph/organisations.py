"""Organisations in the graph."""

from __future__ import annotations

import asyncio
from datetime import date

import strawberry

from registers.api.graph import links
from registers.api.graph.context import Info
from registers.api.graph.enums import described
from registers.api.graph.links import LinkedGpContract, LinkedParty, LinkedReshUnit
from registers.api.graph.node import Node, node_id
from registers.api.graph.pagination import PAGE_DEFAULT, After, Connection, First
from registers.api.graph.period import Period
from registers.api.graph.succession import Succession
from registers.changelog.append import Register
from registers.changelog.graph.entries import LAST_ENTRY, Change, last_entry_of, trail_of
from registers.code_systems.graph.codes import Code, code_of, codes_of
from registers.core.identifiers import EntryNumber, OrganisationNumber, PostalCode
from registers.core.succession import Step, surviving
from registers.core.validity import Instant
from registers.organisations import edges, models
from registers.organisations.graph.succession import PATH, PATH_HERE, chain_from, chain_to
from registers.organisations.status import OrganisationStatus, status_of

OrganisationKind = models.OrganisationKind
described(
    OrganisationKind,
    "Level in Enhetsregisteret.",
    {
        models.OrganisationKind.MAIN_UNIT: "Enhet: the legal entity.",
        models.OrganisationKind.SUB_UNIT: "Underenhet: a place of business, always below a main unit.",
        models.OrganisationKind.UNKNOWN: "Not reported yet: the organisation is only referred to.",
    },
)
OrganisationAddressKind = models.AddressKind
described(
    OrganisationAddressKind,
    "Which address of an organisation.",
    {
        models.AddressKind.BUSINESS: "Forretningsadresse of a main unit.",
        models.AddressKind.LOCATION: "Beliggenhetsadresse of a sub-unit.",
        models.AddressKind.POSTAL: "Postadresse.",
    },
    name="OrganisationAddressKind",
)
described(
    OrganisationStatus,
    "Whether an organisation exists at the instant asked for.",
    {
        OrganisationStatus.ACTIVE: "Registered.",
        OrganisationStatus.ENDED: "Struck off.",
        OrganisationStatus.PLANNED: "Not registered yet.",
    },
)


async def organisation_of(info: Info, number: OrganisationNumber | None, instant: Instant) -> Organisation | None:
    """The organisation with a number that another record names."""
    if number is None:
        return None
    row = await info.context.load(edges.ORGANISATION, instant, number)
    return Organisation.of(row, instant) if row else None


@strawberry.type(description="An address of an organisation, as Enhetsregisteret has it.")
class OrganisationAddress:
    kind: OrganisationAddressKind = strawberry.field(description="Which address.")
    lines: list[str] = strawberry.field(description="Address lines, in order.")
    postal_code: PostalCode | None = strawberry.field(description="Postal code; null = not given.")
    city: str | None = strawberry.field(description="Post town; null = not given.")
    row: strawberry.Private[models.OrganisationAddress]
    instant: strawberry.Private[Instant]

    @strawberry.field(description="Municipality (3402); null = not given.")
    async def municipality(self, info: Info) -> Code | None:
        return await code_of(info, self.row.municipality, self.instant)

    @strawberry.field(description="Country (9043); null = not given.")
    async def country(self, info: Info) -> Code | None:
        return await code_of(info, self.row.country, self.instant)


@strawberry.type(description="A time of the week at which an organisation is open.")
class OpeningHours:
    opens_at: int = strawberry.field(description="Minutes since Monday 00:00.")
    closes_at: int = strawberry.field(description="Minutes since Monday 00:00.")


@strawberry.type(
    description="A main unit or sub-unit of Enhetsregisteret, with BEDREG's additions. The address register's parties "
    "of it are in `communicationParties`."
)
class Organisation(Node):
    organisation_number: OrganisationNumber = strawberry.field(description="Nine digits.")
    check_digit_holds: bool = strawberry.field(
        description="False = kept as the source wrote it although its check digit fails."
    )
    kind: OrganisationKind = strawberry.field(description="Main unit or sub-unit.")
    name: str = strawberry.field(description="Legal name; the number itself while `referenceOnly`.")
    display_name: str | None = strawberry.field(description="Name for display; null = the legal one.")
    status: OrganisationStatus = strawberry.field(description="Whether it exists.")
    valid: Period = strawberry.field(description="Registered from and to.")
    reference_only: bool = strawberry.field(
        description="True = known only because another record points at it; its own record has not arrived."
    )
    employees: int | None = strawberry.field(description="Number of employees; null = not reported.")
    homepage: str | None = strawberry.field(description="Home page; null = none.")
    language_form: str | None = strawberry.field(description="Bokmål or Nynorsk; null = not given.")
    registered_on: date | None = strawberry.field(description="Registered in Enhetsregisteret; null = not given.")
    founded_on: date | None = strawberry.field(description="Founded; null = not given.")
    started_on: date | None = strawberry.field(description="A sub-unit's first day; null = not given.")
    bankrupt: bool | None = strawberry.field(description="Bankrupt; null = not stated.")
    being_wound_up: bool | None = strawberry.field(description="Being wound up; null = not stated.")
    being_dissolved_by_force: bool | None = strawberry.field(
        description="Being wound up or dissolved by order of the court; null = not stated."
    )
    opening_hours_text: str | None = strawberry.field(description="Opening hours in words; null = none given.")
    row: strawberry.Private[models.Organisation]
    instant: strawberry.Private[Instant]

    @classmethod
    def of(cls, row: models.Organisation, instant: Instant) -> Organisation:
        return cls(
            id=node_id("Organisation", row.organisation_number),
            organisation_number=row.organisation_number,
            check_digit_holds=row.check_digit_holds,
            kind=models.OrganisationKind(row.kind),
            name=row.name,
            display_name=row.display_name,
            status=status_of(row, instant),
            valid=Period.of(row.period),
            reference_only=row.reference_only,
            employees=row.employees,
            homepage=row.homepage,
            language_form=row.language_form,
            registered_on=row.registered_on,
            founded_on=row.founded_on,
            started_on=row.started_on,
            bankrupt=row.bankrupt,
            being_wound_up=row.being_wound_up,
            being_dissolved_by_force=row.being_dissolved_by_force,
            opening_hours_text=row.opening_hours_text,
            row=row,
            instant=instant,
        )

    @strawberry.field(description="The unit above; null for a main unit.")
    async def parent(self, info: Info) -> Organisation | None:
        return await organisation_of(info, self.row.parent_number, self.instant)

    @strawberry.field(description="Units directly below, in Norwegian order of name.")
    async def sub_units(self, info: Info) -> list[Organisation]:
        rows = await info.context.load(edges.SUB_UNITS, self.instant, self.organisation_number)
        return [Organisation.of(row, self.instant) for row in rows or []]

    @strawberry.field(description="Legal form (AS, KOMM, BEDR …); null = not given.")
    async def form(self, info: Info) -> Code | None:
        return await code_of(info, self.row.form, self.instant)

    @strawberry.field(description="Institutional sector; null = not given.")
    async def sector(self, info: Info) -> Code | None:
        return await code_of(info, self.row.sector, self.instant)

    @strawberry.field(description="Municipality (3402) of its business or location address; null = not given.")
    async def municipality(self, info: Info) -> Code | None:
        return await code_of(info, self.row.municipality, self.instant)

    @strawberry.field(description="Industry codes (SN2007), the main one first.")
    async def industry_codes(self, info: Info) -> list[Code]:
        rows = await info.context.load(edges.INDUSTRY_CODES, self.instant, self.organisation_number) or []
        return await codes_of(info, (row.code for row in rows), self.instant)

    @strawberry.field(description="Addresses.")
    async def addresses(self, info: Info) -> list[OrganisationAddress]:
        rows = await info.context.load(edges.ADDRESSES, self.instant, self.organisation_number)
        return [
            OrganisationAddress(
                kind=models.AddressKind(row.kind),
                lines=row.lines,
                postal_code=row.postal_code,
                city=row.city,
                row=row,
                instant=self.instant,
            )
            for row in rows or []
        ]

    @strawberry.field(description="Opening hours of the week; empty = not given.")
    async def opening_hours(self, info: Info) -> list[OpeningHours]:
        rows = await info.context.load(edges.OPENING_HOURS, self.instant, self.organisation_number) or []
        return [OpeningHours(opens_at=row.opens_at, closes_at=row.closes_at) for row in rows]

    @strawberry.field(description="Coded properties.")
    async def properties(self, info: Info) -> list[Code]:
        rows = await info.context.load(edges.PROPERTIES, self.instant, self.organisation_number) or []
        return await codes_of(info, (row.code for row in rows), self.instant)

    @strawberry.field(description="Its parties in the address register, oldest HER-id first.")
    async def communication_parties(self, info: Info) -> list[LinkedParty]:
        number = self.organisation_number
        return await info.context.objects.load(info, links.PARTIES_OF_ORGANISATION, number, self.instant)

    @strawberry.field(description="GP contracts at it as an office, ended and coming ones too (see `state`), by id.")
    async def gp_contracts(self, info: Info) -> list[LinkedGpContract]:
        number = self.organisation_number
        return await info.context.objects.load(info, links.GP_CONTRACTS_OF_OFFICE, number, self.instant)

    @strawberry.field(description="RESH units tied to it, by RESH-id.")
    async def resh_units(self, info: Info) -> list[LinkedReshUnit]:
        number = self.organisation_number
        return await info.context.objects.load(info, links.RESH_UNITS_OF_ORGANISATION, number, self.instant)

    @strawberry.field(description="Organisations that have taken its place directly; empty = none has.")
    async def succeeded_by(self, info: Info) -> list[Organisation]:
        steps = await self._chain_from(info)
        return await self._load_all(info, [step.after for step in steps if step.before == self.organisation_number])

    @strawberry.field(description="Organisations at the end of `path`; itself while none has taken its place.")
    async def surviving(self, info: Info) -> list[Organisation]:
        return await self._load_all(info, surviving(self.organisation_number, await self._chain_from(info)))

    @strawberry.field(description=PATH)
    async def path(self, info: Info) -> list[Succession]:
        return [Succession.of(step) for step in await self._chain_from(info)]

    @strawberry.field(description="Organisations whose place it has taken directly.")
    async def predecessors(self, info: Info) -> list[Organisation]:
        steps = await self._chain_to(info)
        return await self._load_all(info, [step.before for step in steps if step.after == self.organisation_number])

    @strawberry.field(description=PATH_HERE)
    async def path_here(self, info: Info) -> list[Succession]:
        return [Succession.of(step) for step in await self._chain_to(info)]

    @strawberry.field(description=LAST_ENTRY)
    async def last_entry(self, info: Info) -> EntryNumber:
        return await last_entry_of(
            info, Register.ORGANISATIONS, self.organisation_number, self.instant, self.row.since_entry
        )

    @strawberry.field(description="Entries of the log about it, newest first.")
    async def history(self, info: Info, first: First = PAGE_DEFAULT, after: After = None) -> Connection[Change]:
        key = self.organisation_number
        return await trail_of(info, Register.ORGANISATIONS, key, self.instant, first=first, after=after)

    async def _chain_from(self, info: Info) -> list[Step[OrganisationNumber]]:
        return await chain_from(info, edges.SUCCESSIONS_FROM, self.organisation_number, self.instant)

    async def _chain_to(self, info: Info) -> list[Step[OrganisationNumber]]:
        return await chain_to(info, edges.SUCCESSIONS_TO, self.organisation_number, self.instant)

    async def _load_all(self, info: Info, numbers: list[OrganisationNumber]) -> list[Organisation]:
        found = await asyncio.gather(*(organisation_of(info, number, self.instant) for number in numbers))
        return [organisation for organisation in found if organisation is not None]

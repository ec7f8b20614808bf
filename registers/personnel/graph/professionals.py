"""Health professionals in the graph."""

from __future__ import annotations

from datetime import date

import strawberry

from registers.api.graph import links
from registers.api.graph.context import Info
from registers.api.graph.links import LinkedGpOnContract, LinkedParty
from registers.api.graph.node import Node, node_id
from registers.api.graph.pagination import PAGE_DEFAULT, After, Connection, First
from registers.api.graph.succession import Succession
from registers.changelog.append import Register
from registers.changelog.graph.entries import LAST_ENTRY, Change, last_entry_of, trail_of
from registers.code_systems.graph.codes import Code, code_of
from registers.core.codes import CodeKey
from registers.core.identifiers import EntryNumber, HprNumber, HprPartId, PostalCode
from registers.core.validity import Instant
from registers.personnel import edges, models
from registers.personnel.editing.parts import PART_ID, part_id_of
from registers.personnel.graph.authorisations import (
    AdministrativeReaction,
    Authorisation,
    Education,
    ValidOnly,
)
from registers.personnel.record import ProfessionalRecord


async def professional_of(info: Info, number: HprNumber | None, instant: Instant) -> HealthProfessional | None:
    """The professional with exactly this number, replaced or not."""
    if number is None:
        return None
    row = await info.context.load(edges.PROFESSIONAL, instant, number)
    return HealthProfessional.of(row, instant) if row else None


async def surviving_of(info: Info, number: HprNumber | None, instant: Instant) -> HealthProfessional | None:
    """The professional that a number leads to: its own, or that of the number it was replaced by."""
    if number is None:
        return None
    found = await info.context.load(edges.SURVIVING_PROFESSIONAL, instant, number)
    return HealthProfessional.of(found.row, instant, found.path) if found else None


@strawberry.type(description="Another id of a professional, e.g. a foreign one.")
class AlternativeId:
    part_id: HprPartId = strawberry.field(description=PART_ID)
    value: str = strawberry.field(description="The id.")
    type_key: strawberry.Private[CodeKey | None]
    instant: strawberry.Private[Instant]

    @strawberry.field(description="Kind of id; null = not given.")
    async def type(self, info: Info) -> Code | None:
        return await code_of(info, self.type_key, self.instant)


@strawberry.type(description="An address of a professional, as HPR has it.")
class ProfessionalAddress:
    street: str | None = strawberry.field(description="Street and number; null = not given.")
    postal_code: PostalCode | None = strawberry.field(description="Postal code; null = not given.")
    city: str | None = strawberry.field(description="Post town; null = not given.")
    row: strawberry.Private[models.ProfessionalAddress]
    instant: strawberry.Private[Instant]

    @strawberry.field(description="Kind of address (3401); null = the source gave none.")
    async def type(self, info: Info) -> Code | None:
        return await code_of(info, self.row.type, self.instant)

    @strawberry.field(description="Municipality (3402); null = not given.")
    async def municipality(self, info: Info) -> Code | None:
        return await code_of(info, self.row.municipality, self.instant)

    @strawberry.field(description="Country (9043); null = not given.")
    async def country(self, info: Info) -> Code | None:
        return await code_of(info, self.row.country, self.instant)


@strawberry.type(description="A person registered in Helsepersonellregisteret (HPR).")
class HealthProfessional(Node):
    hpr_number: HprNumber = strawberry.field(description="HPR number.")
    resolved_from: HprNumber | None = strawberry.field(
        description="The number asked for, when it was replaced by this one; null = asked for by its own."
    )
    path: list[HprNumber] = strawberry.field(
        description="Numbers from the one asked for to this one, each replaced by the next."
    )
    first_name: str | None = strawberry.field(description="First name; null = not known.")
    middle_name: str | None = strawberry.field(description="Middle name; null = none.")
    last_name: str | None = strawberry.field(description="Last name; null = not known.")
    full_name: str | None = strawberry.field(description="First, middle and last name; null = none is known.")
    born_on: date | None = strawberry.field(
        description="Date of birth in the register's own field, never read from a number; null = not known."
    )
    died_on: date | None = strawberry.field(description="Date of death; null = none registered.")
    reference_only: bool = strawberry.field(
        description="True = known only because another record points at it; its own record has not arrived."
    )
    row: strawberry.Private[models.HealthProfessional]
    instant: strawberry.Private[Instant]

    @classmethod
    def of(
        cls, row: models.HealthProfessional, instant: Instant, path: tuple[HprNumber, ...] = ()
    ) -> HealthProfessional:
        """`path` leads from the number asked for to this one; empty = asked for by its own."""
        names = (row.first_name, row.middle_name, row.last_name)
        return cls(
            id=node_id("HealthProfessional", row.hpr_number),
            hpr_number=row.hpr_number,
            resolved_from=path[0] if len(path) > 1 else None,
            path=list(path) or [row.hpr_number],
            first_name=row.first_name,
            middle_name=row.middle_name,
            last_name=row.last_name,
            full_name=" ".join(name for name in names if name) or None,
            born_on=row.born_on,
            died_on=row.died_on,
            reference_only=row.reference_only,
            row=row,
            instant=instant,
        )

    @strawberry.field(description="Sex (3101) in the register's own field, never read from a number; null = not known.")
    async def sex(self, info: Info) -> Code | None:
        return await code_of(info, self.row.sex, self.instant)

    @strawberry.field(description="Citizenship (9043); null = not known.")
    async def citizenship(self, info: Info) -> Code | None:
        return await code_of(info, self.row.citizenship, self.instant)

    @strawberry.field(description="The professional whose number replaced this one; null = it is in use.")
    async def replaced_by(self, info: Info) -> HealthProfessional | None:
        return await professional_of(info, self.row.replaced_by, self.instant)

    @strawberry.field(description="Professionals whose numbers were replaced by this one directly, by number.")
    async def replaces(self, info: Info) -> list[HealthProfessional]:
        rows = await info.context.load(edges.REPLACED_BY, self.instant, self.hpr_number) or []
        return [HealthProfessional.of(row, self.instant) for row in rows]

    @strawberry.field(description="The steps of `path`, each with the entry that made it.")
    async def path_steps(self, info: Info) -> list[Succession]:
        return await self._steps_from(info, self.path[:-1])

    @strawberry.field(description="Every step that led to this number, by the number replaced; empty = none did.")
    async def path_here(self, info: Info) -> list[Succession]:
        return await self._steps_from(info, await self._former_numbers(info))

    @strawberry.field(description="All numbers that lead to this one, ascending.")
    async def former_numbers(self, info: Info) -> list[HprNumber]:
        return await self._former_numbers(info)

    @strawberry.field(description="The professional at the end of the chain of replacements; itself while in use.")
    async def surviving(self, info: Info) -> HealthProfessional | None:
        return await surviving_of(info, self.hpr_number, self.instant)

    @strawberry.field(description="Authorisations and licences of all times, the latest first.")
    async def authorisations(self, info: Info, valid_only: ValidOnly = False) -> list[Authorisation]:
        record = await self._record(info)
        found = [Authorisation.of(record, each, self.instant) for each in record.authorisations]
        return [each for each in found if each.valid or not valid_only]

    @strawberry.field(description="Reactions against the person, of all times, the latest first.")
    async def administrative_reactions(self, info: Info) -> list[AdministrativeReaction]:
        record = await self._record(info)
        return [AdministrativeReaction.of(row, self.instant) for row in record.reactions]

    @strawberry.field(description="Educations, those that led to an authorisation too.")
    async def educations(self, info: Info) -> list[Education]:
        rows = await info.context.load(edges.EDUCATIONS, self.instant, self.hpr_number) or []
        return [Education.of(row, self.instant) for row in rows]

    @strawberry.field(description="Other ids.")
    async def alternative_ids(self, info: Info) -> list[AlternativeId]:
        rows = await info.context.load(edges.ALTERNATIVE_IDS, self.instant, self.hpr_number) or []
        return [
            AlternativeId(part_id=part_id_of(row), value=row.value, type_key=row.type, instant=self.instant)
            for row in rows
        ]

    @strawberry.field(description="Addresses.")
    async def addresses(self, info: Info) -> list[ProfessionalAddress]:
        rows = await info.context.load(edges.ADDRESSES, self.instant, self.hpr_number) or []
        return [
            ProfessionalAddress(
                street=row.street, postal_code=row.postal_code, city=row.city, row=row, instant=self.instant
            )
            for row in rows
        ]

    @strawberry.field(
        description="Its periods on GP lists, past and coming ones too, latest start first; those still under "
        "a number that this one replaced too."
    )
    async def gp_contracts(self, info: Info) -> list[LinkedGpOnContract]:
        numbers = [self.hpr_number, *await self._former_numbers(info)]
        return await info.context.objects.load(info, links.GP_ON_CONTRACTS, numbers, self.instant)

    @strawberry.field(
        description="The person's parties in the address register, one at each organisation, oldest HER-id first; "
        "those still registered with a number that this one replaced too."
    )
    async def communication_parties(self, info: Info) -> list[LinkedParty]:
        numbers = [self.hpr_number, *await self._former_numbers(info)]
        return await info.context.objects.load(info, links.PARTIES_OF_PROFESSIONAL, numbers, self.instant)

    @strawberry.field(description=LAST_ENTRY)
    async def last_entry(self, info: Info) -> EntryNumber:
        key, row = str(self.hpr_number), self.row
        return await last_entry_of(info, Register.PERSONNEL, key, self.instant, row.since_entry)

    @strawberry.field(description="Entries of the log about the person, newest first.")
    async def history(self, info: Info, first: First = PAGE_DEFAULT, after: After = None) -> Connection[Change]:
        return await trail_of(info, Register.PERSONNEL, str(self.hpr_number), self.instant, first=first, after=after)

    async def _former_numbers(self, info: Info) -> list[HprNumber]:
        return await info.context.load(edges.FORMER_NUMBERS, self.instant, self.hpr_number) or []

    async def _steps_from(self, info: Info, numbers: list[HprNumber]) -> list[Succession]:
        steps = await info.context.load_many(edges.MERGER, self.instant, numbers)
        return [Succession.of(step) for step in steps if step is not None]

    async def _record(self, info: Info) -> ProfessionalRecord:
        record_set = await info.context.load(edges.HOLDING, self.instant, self.hpr_number)
        return ProfessionalRecord.of(self.row, record_set)

"""Doctors of a list in the graph, and the party of the address register to write to about its patients."""

from __future__ import annotations

import asyncio
from enum import Enum

import strawberry

from registers.api.graph import links
from registers.api.graph.context import Info
from registers.api.graph.enums import described
from registers.api.graph.links import LinkedGpContract, LinkedParty, LinkedProfessional
from registers.api.graph.period import Period
from registers.code_systems.graph.codes import Code, code_of
from registers.core.identifiers import EntryNumber, FlrId, HprNumber
from registers.core.validity import Instant
from registers.gp_lists import edges, models, responsible


@strawberry.enum(description="A day of the week.")
class Weekday(Enum):
    SUNDAY = strawberry.enum_value("SUNDAY", description="Sunday.")
    MONDAY = strawberry.enum_value("MONDAY", description="Monday.")
    TUESDAY = strawberry.enum_value("TUESDAY", description="Tuesday.")
    WEDNESDAY = strawberry.enum_value("WEDNESDAY", description="Wednesday.")
    THURSDAY = strawberry.enum_value("THURSDAY", description="Thursday.")
    FRIDAY = strawberry.enum_value("FRIDAY", description="Friday.")
    SATURDAY = strawberry.enum_value("SATURDAY", description="Saturday.")


WEEK = tuple(Weekday)  # FLR counts from 0 = Sunday

described(
    responsible.HerIdRule,
    "The step that found the party to write to.",
    {
        responsible.HerIdRule.GP_OF_THE_LIST: "1: the GP active on the list, as a person at the list's office.",
        responsible.HerIdRule.ONLY_SUBSTITUTE: "2: the list has no GP and this is its only active substitute.",
        responsible.HerIdRule.VACANT_LIST_SERVICE: "3: the office's service 'Fastlege, liste uten fast lege' (KX17).",
        responsible.HerIdRule.NONE: "4: there is none; see `reason`.",
    },
    name="GpHerIdRule",
)
NO_PARTY = {
    responsible.NoParty.NO_OFFICE: "The contract names no office.",
    responsible.NoParty.GP_WITHOUT_PARTY: "The list has a GP, but the GP has no active party at the list's office.",
    responsible.NoParty.SUBSTITUTE_WITHOUT_PARTY: "The list has no GP and one substitute, who has no active party at "
    "the list's office.",
    responsible.NoParty.NO_VACANT_LIST_SERVICE: "The list has no GP and not exactly one substitute, and its office has "
    "no active service for vacant lists (KX17).",
}
described(responsible.NoParty, "Why there is no party to write to.", NO_PARTY, name="NoGpHerIdReason")


@strawberry.type(description="One doctor's period on a list. Source: FLR, GPOnContractAssociation.")
class GpOnContract:
    cycle_id: FlrId = strawberry.field(description="Number of the period: FLO's, or one of our own.")
    hpr_number: HprNumber = strawberry.field(description="HPR number of the doctor.")
    substitute_for_hpr_number: HprNumber | None = strawberry.field(
        description="HPR number of the doctor a substitute stands in for; null for a vacant list and other doctors."
    )
    valid: Period = strawberry.field(description="The period.")
    active: bool = strawberry.field(description="Whether it holds at the instant asked for.")
    working_percentage: int | None = strawberry.field(
        description="1 to 100 per cent of a full position; null = not given."
    )
    working_on_days: list[Weekday] = strawberry.field(description="Days at work, Sunday first; empty = not given.")
    last_entry: EntryNumber = strawberry.field(description="Entry that made this version of the period.")
    row: strawberry.Private[models.DoctorCycle]
    instant: strawberry.Private[Instant]

    @classmethod
    def of(cls, row: models.DoctorCycle, instant: Instant) -> GpOnContract:
        return cls(
            cycle_id=FlrId(row.id),
            hpr_number=row.hpr_number,
            substitute_for_hpr_number=row.substitute_for,
            valid=Period.of(row.period),
            active=row.period.holds(instant.valid_at),
            working_percentage=row.working_percentage,
            working_on_days=[WEEK[day] for day in sorted(set(row.working_on_days))],
            last_entry=row.since_entry,
            row=row,
            instant=instant,
        )

    @strawberry.field(description="The list.")
    async def contract(self, info: Info) -> LinkedGpContract | None:
        return await info.context.objects.load(info, links.GP_CONTRACT, self.row.contract_id, self.instant)

    @strawberry.field(description="The doctor; null when HPR's own record is unknown.")
    async def health_professional(self, info: Info) -> LinkedProfessional | None:
        return await info.context.objects.load(info, links.PROFESSIONAL, self.hpr_number, self.instant)

    @strawberry.field(description="GP (LPFL), substitute (LPVI) or part-list doctor (LPDL): 7750.")
    async def relationship(self, info: Info) -> Code | None:
        return await code_of(info, self.row.relationship, self.instant)

    @strawberry.field(description="The doctor a substitute stands in for.")
    async def substitute_for(self, info: Info) -> LinkedProfessional | None:
        return await info.context.objects.load(info, links.PROFESSIONAL, self.row.substitute_for, self.instant)


@strawberry.type(description="The doctors active on a list at the instant asked for, latest start first.")
class ResponsibleDoctors:
    gps: list[GpOnContract] = strawberry.field(description="The GP; several on a common list, none on a vacant one.")
    substitutes: list[GpOnContract] = strawberry.field(description="Substitutes.")
    part_list: list[GpOnContract] = strawberry.field(description="Doctors who share a part of the list.")
    vacant: bool = strawberry.field(description="True = the list has no GP.")
    overruled: list[GpOnContract] = strawberry.field(
        description="Further GPs of a list that is not common: a mistake in the source; the latest start has won."
    )

    @classmethod
    def of(cls, found: responsible.Responsible, instant: Instant) -> ResponsibleDoctors:
        gps, substitutes, part_list, overruled = (
            [GpOnContract.of(cycle, instant) for cycle in cycles]
            for cycles in (found.gps, found.substitutes, found.part_list, found.overruled)
        )
        return cls(gps=gps, substitutes=substitutes, part_list=part_list, vacant=found.vacant, overruled=overruled)


@strawberry.type(
    description="The party of the address register to write to about patients of a list, and how it was found: the "
    "GP's at the list's office; else, of a list without GP, its only substitute's; else the office's service for "
    "vacant lists. A doctor without a party there gives none, never somebody else's."
)
class GpHerIdResolution:
    rule: responsible.HerIdRule = strawberry.field(description="The step that found it.")
    reason: responsible.NoParty | None = strawberry.field(description="Why there is none; null when there is one.")
    reason_text: str | None = strawberry.field(description="The same in words.")
    ambiguous: bool = strawberry.field(
        description="True = the doctor has several active parties at the office, or the office several services for "
        "vacant lists, where one is allowed; the lowest HER-id has been taken."
    )
    answer: strawberry.Private[responsible.GpHerId]
    instant: strawberry.Private[Instant]

    @classmethod
    def of(cls, answer: responsible.GpHerId, instant: Instant) -> GpHerIdResolution:
        return cls(
            rule=answer.rule,
            reason=answer.reason,
            reason_text=NO_PARTY[answer.reason] if answer.reason else None,
            ambiguous=answer.ambiguous,
            answer=answer,
            instant=instant,
        )

    @strawberry.field(description="The party; null when there is none.")
    async def communication_party(self, info: Info) -> LinkedParty | None:
        return await info.context.objects.load(info, links.PARTY, self.answer.her_id, self.instant)

    @strawberry.field(
        description="All active parties that step could choose from, the choice first: several GPs of a common list, "
        "or several parties where one is allowed."
    )
    async def candidates(self, info: Info) -> list[LinkedParty]:
        load = info.context.objects.load
        found = await asyncio.gather(*(load(info, links.PARTY, each, self.instant) for each in self.answer.candidates))
        return [party for party in found if party is not None]


async def responsible_of(info: Info, row: models.GpContract, instant: Instant) -> responsible.Responsible:
    """The doctors active on a list at the instant."""
    cycles = await info.context.load(edges.DOCTOR_CYCLES_OF_CONTRACT, instant, row.id) or []
    return responsible.responsible_at(cycles, instant.valid_at, common_list=row.common_list)


async def gp_her_id_of(info: Info, row: models.GpContract, instant: Instant) -> GpHerIdResolution:
    """The party to write to about patients of a list at the instant."""
    doctors = await responsible_of(info, row, instant)
    parties: dict[HprNumber | None, list[responsible.OfficeParty]] = {}
    if row.office_number is not None:
        asked_for = responsible.doctors_asked_for(doctors)
        keys = [(row.office_number, hpr_number) for hpr_number in asked_for]
        found = await info.context.load_many(edges.PARTIES_AT_OFFICE, instant, keys)
        parties = {hpr_number: rows or [] for hpr_number, rows in zip(asked_for, found, strict=True)}
    answer = responsible.her_id_at(doctors, row.office_number, parties, instant.valid_at)
    return GpHerIdResolution.of(answer, instant)

"""Authorisations in the graph, with what hangs on them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated, TypeVar

import strawberry

from registers.api.graph.context import Info
from registers.api.graph.period import Period
from registers.code_systems.graph.codes import Code, code_of
from registers.core.codes import CodeKey
from registers.core.identifiers import EntryNumber, HprPartId, OrganisationNumber
from registers.core.validity import Instant
from registers.personnel import edges, entitlement, models
from registers.personnel.editing.parts import PART_ID, part_id_of
from registers.personnel.entitlement import Reason, Subject, forbidding
from registers.personnel.graph.reasons import PracticeReason, reasons_disclosed
from registers.personnel.record import AuthorisationRecord, HeldRight, ProfessionalRecord

AnyRight = HeldRight[models.RequisitionRight] | HeldRight[models.Speciality] | HeldRight[models.AdditionalCompetence]
ValidOnly = Annotated[bool, strawberry.argument(description="Only those valid at the instant asked for.")]


@strawberry.type(description="A period in which something is suspended.")
class Suspension:
    part_id: HprPartId = strawberry.field(description=PART_ID)
    period: Period = strawberry.field(description="When.")
    active: bool = strawberry.field(description="Whether it is suspended at the instant asked for.")

    @classmethod
    def of(cls, row: models.Suspension, instant: Instant) -> Suspension:
        return cls(part_id=part_id_of(row), period=Period.of(row.period), active=row.period.holds(instant.valid_at))


@strawberry.type(description="A reaction of the supervisory authority (Statens helsetilsyn).")
class AdministrativeReaction:
    part_id: HprPartId = strawberry.field(description=PART_ID)
    period: Period = strawberry.field(description="When it is in force.")
    active: bool = strawberry.field(description="Whether it is in force at the instant asked for.")
    suspends: bool = strawberry.field(description="Whether reactions of its type suspend what they are against.")
    type_key: strawberry.Private[CodeKey]
    instant: strawberry.Private[Instant]

    @classmethod
    def of(cls, row: models.AdministrativeReaction, instant: Instant) -> AdministrativeReaction:
        return cls(
            part_id=part_id_of(row),
            period=Period.of(row.period),
            active=row.period.holds(instant.valid_at),
            suspends=row.type in entitlement.SUSPENDING_REACTIONS,
            type_key=row.type,
            instant=instant,
        )

    @strawberry.field(description="Type of the reaction (administrativ_reaksjon).")
    async def type(self, info: Info) -> Code | None:
        return await code_of(info, self.type_key, self.instant)


@strawberry.type(description="A condition on an authorisation (vilkår). It does not make the authorisation invalid.")
class AuthorisationCondition:
    part_id: HprPartId = strawberry.field(description=PART_ID)
    text: str | None = strawberry.field(description="The condition in words; null = coded only.")
    type_key: strawberry.Private[CodeKey | None]
    instant: strawberry.Private[Instant]

    @strawberry.field(description="Type of the condition; null = in words only.")
    async def type(self, info: Info) -> Code | None:
        return await code_of(info, self.type_key, self.instant)


@strawberry.type(description="An education of a professional.")
class Education:
    part_id: HprPartId = strawberry.field(description=PART_ID)
    diploma_on: date | None = strawberry.field(description="Date of the diploma; null = not given.")
    institution: str | None = strawberry.field(description="Name of the school; null = not given.")
    institution_number: OrganisationNumber | None = strawberry.field(
        description="Organisation number of the school; null = not given."
    )
    row: strawberry.Private[models.Education]
    instant: strawberry.Private[Instant]

    @classmethod
    def of(cls, row: models.Education, instant: Instant) -> Education:
        return cls(
            part_id=part_id_of(row),
            diploma_on=row.diploma_on,
            institution=row.institution,
            institution_number=row.institution_number,
            row=row,
            instant=instant,
        )

    @strawberry.field(description="Kind of education; null = not given.")
    async def type(self, info: Info) -> Code | None:
        return await code_of(info, self.row.type, self.instant)

    @strawberry.field(description="Country (9043); null = not given.")
    async def country(self, info: Info) -> Code | None:
        return await code_of(info, self.row.country, self.instant)


@strawberry.type(description="What hangs on an authorisation and is never valid when the authorisation is not.")
class RightOnAuthorisation:
    part_id: HprPartId = strawberry.field(description=PART_ID)
    valid: bool = strawberry.field(description="Whether it and its authorisation are valid at the instant asked for.")
    period: Period = strawberry.field(description="Its own period.")
    last_entry: EntryNumber = strawberry.field(description="Entry that made this version of its row.")
    right: strawberry.Private[AnyRight]
    why_not: strawberry.Private[list[Reason]]
    instant: strawberry.Private[Instant]

    @strawberry.field(description="Every reason why it is not valid, those of its authorisation first.")
    async def reasons(self, info: Info) -> list[PracticeReason]:
        return reasons_disclosed(info, self.why_not, self.instant)

    @strawberry.field(description="Its type: of rights 7701, of specialities 7426, of competences 7702.")
    async def type(self, info: Info) -> Code | None:
        return await code_of(info, self.right.row.type, self.instant)

    @strawberry.field(description="Why it has ended (avsluttet_status); null = not ended.")
    async def ended_status(self, info: Info) -> Code | None:
        return await code_of(info, self.right.row.ended_status, self.instant)


H = TypeVar("H", bound=RightOnAuthorisation)


@strawberry.type(description="What hangs on an authorisation and can be suspended by itself.")
class Suspendable(RightOnAuthorisation):
    @strawberry.field(description="Its own suspensions of all times, the latest first.")
    def suspensions(self) -> list[Suspension]:
        return [Suspension.of(row, self.instant) for row in self.right.suspensions]

    @strawberry.field(description="Reactions against it alone, of all times, the latest first.")
    def administrative_reactions(self) -> list[AdministrativeReaction]:
        return [AdministrativeReaction.of(row, self.instant) for row in self.right.reactions]


@strawberry.type(description="A right to prescribe. HPR: Rekvisisjonsrett.")
class RequisitionRight(Suspendable):
    pass


@strawberry.type(description="A speciality. HPR: Spesialitet.")
class Speciality(Suspendable):
    @strawberry.field(description="Country it was converted from (9043); null = none.")
    async def converted_from_country(self, info: Info) -> Code | None:
        row = self.right.row
        assert isinstance(row, models.Speciality)
        return await code_of(info, row.converted_from_country, self.instant)


@strawberry.type(description="An additional competence. HPR: Tilleggskompetanse.")
class AdditionalCompetence(RightOnAuthorisation):
    pass


@strawberry.type(description="An authorisation or licence in a profession. HPR: Godkjenning.")
class Authorisation:
    part_id: HprPartId = strawberry.field(description=PART_ID)
    valid: bool = strawberry.field(
        description="Whether it is valid at the instant asked for: its period holds, it is not ended, nothing suspends "
        "it or the person, the person lives and, unless it is a licence, is below 80."
    )
    period: Period = strawberry.field(description="Its period.")
    internship_approved_on: date | None = strawberry.field(description="Internship approved; null = not, or none.")
    last_entry: EntryNumber = strawberry.field(description="Entry that made this version of its row.")
    record: strawberry.Private[AuthorisationRecord]
    all_reasons: strawberry.Private[list[Reason]]
    instant: strawberry.Private[Instant]

    @classmethod
    def of(cls, professional: ProfessionalRecord, record: AuthorisationRecord, instant: Instant) -> Authorisation:
        reasons = entitlement.reasons_of_authorisation(professional, record, instant.valid_at)
        return cls(
            part_id=part_id_of(record.row),
            valid=not forbidding(reasons),
            period=Period.of(record.row.period),
            internship_approved_on=record.row.internship_approved_on,
            last_entry=record.row.since_entry,
            record=record,
            all_reasons=reasons,
            instant=instant,
        )

    @strawberry.field(description="Every reason why it is not valid, and the conditions it is valid on.")
    async def reasons(self, info: Info) -> list[PracticeReason]:
        return reasons_disclosed(info, self.all_reasons, self.instant)

    @strawberry.field(description="The profession (9060).")
    async def profession(self, info: Info) -> Code | None:
        return await code_of(info, self.record.row.profession, self.instant)

    @strawberry.field(description="Authorisation or a kind of licence (7704).")
    async def kind(self, info: Info) -> Code | None:
        return await code_of(info, self.record.row.kind, self.instant)

    @strawberry.field(description="Why it has ended (avsluttet_status); null = not ended.")
    async def ended_status(self, info: Info) -> Code | None:
        return await code_of(info, self.record.row.ended_status, self.instant)

    @strawberry.field(description="Country it was converted from (9043); null = none.")
    async def converted_from_country(self, info: Info) -> Code | None:
        return await code_of(info, self.record.row.converted_from_country, self.instant)

    @strawberry.field(description="Rights to prescribe of all times, the latest first.")
    def requisition_rights(self, valid_only: ValidOnly = False) -> list[RequisitionRight]:
        rights = self.record.requisition_rights
        return self._rights(RequisitionRight, Subject.REQUISITION_RIGHT, rights, valid_only)

    @strawberry.field(description="Specialities of all times, the latest first.")
    def specialities(self, valid_only: ValidOnly = False) -> list[Speciality]:
        return self._rights(Speciality, Subject.SPECIALITY, self.record.specialities, valid_only)

    @strawberry.field(description="Additional competences of all times, the latest first.")
    def additional_competences(self, valid_only: ValidOnly = False) -> list[AdditionalCompetence]:
        return self._rights(AdditionalCompetence, Subject.ADDITIONAL_COMPETENCE, self.record.competences, valid_only)

    @strawberry.field(description="Its suspensions of all times, the latest first.")
    def suspensions(self) -> list[Suspension]:
        return [Suspension.of(row, self.instant) for row in self.record.suspensions]

    @strawberry.field(description="Reactions against it, of all times, the latest first.")
    def administrative_reactions(self) -> list[AdministrativeReaction]:
        return [AdministrativeReaction.of(row, self.instant) for row in self.record.reactions]

    @strawberry.field(description="Conditions it is valid on.")
    def conditions(self) -> list[AuthorisationCondition]:
        return [
            AuthorisationCondition(part_id=part_id_of(row), text=row.text, type_key=row.type, instant=self.instant)
            for row in self.record.conditions
        ]

    @strawberry.field(description="Educations that led to it.")
    async def educations(self, info: Info) -> list[Education]:
        rows = await info.context.load(edges.EDUCATIONS, self.instant, self.record.row.hpr_number) or []
        return [Education.of(row, self.instant) for row in rows if row.authorisation_id == self.record.row.id]

    def _rights(self, type_: type[H], subject: Subject, rights: Iterable[AnyRight], valid_only: bool) -> list[H]:
        found: list[H] = []
        for each in rights:
            why_not = entitlement.reasons_of_right(self.all_reasons, subject, each, self.instant.valid_at)
            if why_not and valid_only:
                continue
            found.append(
                type_(
                    part_id=part_id_of(each.row),
                    valid=not why_not,
                    period=Period.of(each.row.period),
                    last_entry=each.row.since_entry,
                    right=each,
                    why_not=why_not,
                    instant=self.instant,
                )
            )
        return found

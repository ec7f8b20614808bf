"""Mutations of authorisations and of what hangs on them."""

from typing import Annotated

import strawberry

from registers.api.graph.context import Info
from registers.core.identifiers import HprPartId
from registers.editing.mutation_field import ExpectedEntry, edit
from registers.personnel.editing import authorisations, rights
from registers.personnel.graph import inputs
from registers.personnel.graph.payloads import HealthProfessionalPayload, Number

Authorised = Annotated[
    HprPartId, strawberry.argument(name="authorisation", description="`partId` of the authorisation.")
]
RightArgument = Annotated[
    HprPartId, strawberry.argument(name="requisitionRight", description="`partId` of the right to prescribe.")
]
SpecialityArgument = Annotated[
    HprPartId, strawberry.argument(name="speciality", description="`partId` of the speciality.")
]
CompetenceArgument = Annotated[
    HprPartId, strawberry.argument(name="additionalCompetence", description="`partId` of the additional competence.")
]
HowItEnds = Annotated[inputs.EndInput, strawberry.argument(name="input", description="How it ends.")]
WhatChanges = Annotated[inputs.HeldChangeInput, strawberry.argument(name="input", description="What changes.")]
GrantedInput = Annotated[inputs.HeldInput, strawberry.argument(name="input", description="What is granted.")]


@strawberry.type
class AuthorisationMutation:
    @edit("Grant an authorisation or licence.")
    async def health_professional_grant_authorisation(
        self,
        info: Info,
        hpr_number: Number,
        expected_entry: ExpectedEntry,
        input: Annotated[inputs.AuthorisationInput, strawberry.argument(description="What is granted.")],
    ) -> HealthProfessionalPayload:
        return await HealthProfessionalPayload.edited(
            info,
            hpr_number,
            lambda transaction: authorisations.grant(transaction, hpr_number, expected_entry, input.to_terms()),
        )

    @edit("Change the period or kind of an authorisation, or lift an ending that was a mistake.")
    async def health_professional_change_authorisation(
        self,
        info: Info,
        hpr_number: Number,
        expected_entry: ExpectedEntry,
        authorisation: Authorised,
        input: Annotated[inputs.AuthorisationChangeInput, strawberry.argument(description="What changes.")],
    ) -> HealthProfessionalPayload:
        return await HealthProfessionalPayload.edited(
            info,
            hpr_number,
            lambda transaction: authorisations.change(
                transaction, hpr_number, expected_entry, authorisation, input.to_terms()
            ),
        )

    @edit("End an authorisation; what hangs on it ends with it.")
    async def health_professional_end_authorisation(
        self,
        info: Info,
        hpr_number: Number,
        expected_entry: ExpectedEntry,
        authorisation: Authorised,
        input: HowItEnds,
    ) -> HealthProfessionalPayload:
        return await HealthProfessionalPayload.edited(
            info,
            hpr_number,
            lambda transaction: authorisations.end(
                transaction, hpr_number, expected_entry, authorisation, ended_status=input.ended_status, to=input.to
            ),
        )

    @edit("Grant a right to prescribe on an authorisation.")
    async def health_professional_grant_requisition_right(
        self,
        info: Info,
        hpr_number: Number,
        expected_entry: ExpectedEntry,
        authorisation: Authorised,
        input: GrantedInput,
    ) -> HealthProfessionalPayload:
        return await HealthProfessionalPayload.edited(
            info,
            hpr_number,
            lambda transaction: rights.grant(
                transaction, rights.RIGHT, hpr_number, expected_entry, authorisation, input.to_terms()
            ),
        )

    @edit("Change the period of a right to prescribe, or lift an ending that was a mistake.")
    async def health_professional_change_requisition_right(
        self,
        info: Info,
        hpr_number: Number,
        expected_entry: ExpectedEntry,
        requisition_right: RightArgument,
        input: WhatChanges,
    ) -> HealthProfessionalPayload:
        return await HealthProfessionalPayload.edited(
            info,
            hpr_number,
            lambda transaction: rights.change(
                transaction,
                rights.RIGHT,
                hpr_number,
                expected_entry,
                requisition_right,
                period=input.to_terms(),
                lift_ending=input.lift_ending,
            ),
        )

    @edit("End a right to prescribe.")
    async def health_professional_end_requisition_right(
        self,
        info: Info,
        hpr_number: Number,
        expected_entry: ExpectedEntry,
        requisition_right: RightArgument,
        input: HowItEnds,
    ) -> HealthProfessionalPayload:
        return await HealthProfessionalPayload.edited(
            info,
            hpr_number,
            lambda transaction: rights.end(
                transaction,
                rights.RIGHT,
                hpr_number,
                expected_entry,
                requisition_right,
                ended_status=input.ended_status,
                to=input.to,
            ),
        )

    @edit("Grant a speciality on an authorisation.")
    async def health_professional_grant_speciality(
        self,
        info: Info,
        hpr_number: Number,
        expected_entry: ExpectedEntry,
        authorisation: Authorised,
        input: Annotated[inputs.SpecialityInput, strawberry.argument(description="What is granted.")],
    ) -> HealthProfessionalPayload:
        return await HealthProfessionalPayload.edited(
            info,
            hpr_number,
            lambda transaction: rights.grant(
                transaction, rights.SPECIALITY, hpr_number, expected_entry, authorisation, input.to_terms()
            ),
        )

    @edit("Change the period of a speciality, or lift an ending that was a mistake.")
    async def health_professional_change_speciality(
        self,
        info: Info,
        hpr_number: Number,
        expected_entry: ExpectedEntry,
        speciality: SpecialityArgument,
        input: WhatChanges,
    ) -> HealthProfessionalPayload:
        return await HealthProfessionalPayload.edited(
            info,
            hpr_number,
            lambda transaction: rights.change(
                transaction,
                rights.SPECIALITY,
                hpr_number,
                expected_entry,
                speciality,
                period=input.to_terms(),
                lift_ending=input.lift_ending,
            ),
        )

    @edit("End a speciality.")
    async def health_professional_end_speciality(
        self,
        info: Info,
        hpr_number: Number,
        expected_entry: ExpectedEntry,
        speciality: SpecialityArgument,
        input: HowItEnds,
    ) -> HealthProfessionalPayload:
        return await HealthProfessionalPayload.edited(
            info,
            hpr_number,
            lambda transaction: rights.end(
                transaction,
                rights.SPECIALITY,
                hpr_number,
                expected_entry,
                speciality,
                ended_status=input.ended_status,
                to=input.to,
            ),
        )

    @edit("Grant an additional competence on an authorisation.")
    async def health_professional_grant_additional_competence(
        self,
        info: Info,
        hpr_number: Number,
        expected_entry: ExpectedEntry,
        authorisation: Authorised,
        input: GrantedInput,
    ) -> HealthProfessionalPayload:
        return await HealthProfessionalPayload.edited(
            info,
            hpr_number,
            lambda transaction: rights.grant(
                transaction, rights.COMPETENCE, hpr_number, expected_entry, authorisation, input.to_terms()
            ),
        )

    @edit("Change the period of an additional competence, or lift an ending that was a mistake.")
    async def health_professional_change_additional_competence(
        self,
        info: Info,
        hpr_number: Number,
        expected_entry: ExpectedEntry,
        additional_competence: CompetenceArgument,
        input: WhatChanges,
    ) -> HealthProfessionalPayload:
        return await HealthProfessionalPayload.edited(
            info,
            hpr_number,
            lambda transaction: rights.change(
                transaction,
                rights.COMPETENCE,
                hpr_number,
                expected_entry,
                additional_competence,
                period=input.to_terms(),
                lift_ending=input.lift_ending,
            ),
        )

    @edit("End an additional competence.")
    async def health_professional_end_additional_competence(
        self,
        info: Info,
        hpr_number: Number,
        expected_entry: ExpectedEntry,
        additional_competence: CompetenceArgument,
        input: HowItEnds,
    ) -> HealthProfessionalPayload:
        return await HealthProfessionalPayload.edited(
            info,
            hpr_number,
            lambda transaction: rights.end(
                transaction,
                rights.COMPETENCE,
                hpr_number,
                expected_entry,
                additional_competence,
                ended_status=input.ended_status,
                to=input.to,
            ),
        )

"""Mutations of suspensions, reactions and conditions."""

from datetime import datetime
from typing import Annotated

import strawberry

from registers.api.graph.context import Info
from registers.core.identifiers import HprPartId
from registers.editing.mutation_field import ExpectedEntry, edit
from registers.personnel.editing import authorisations, restrictions
from registers.personnel.graph import inputs
from registers.personnel.graph.payloads import HealthProfessionalPayload, Number

Suspended = Annotated[
    HprPartId, strawberry.argument(name="subject", description="`partId` of an authorisation, right or speciality.")
]
EndArgument = Annotated[
    datetime | None,
    strawberry.argument(name="to", description="First instant after it, earlier or later than it was; default: now."),
]


@strawberry.type
class RestrictionMutation:
    @edit("Suspend an authorisation, right or speciality for a time.")
    async def health_professional_add_suspension(
        self,
        info: Info,
        hpr_number: Number,
        expected_entry: ExpectedEntry,
        subject: Suspended,
        input: Annotated[inputs.SuspensionInput, strawberry.argument(description="The suspension.")],
    ) -> HealthProfessionalPayload:
        return await HealthProfessionalPayload.edited(
            info,
            hpr_number,
            lambda transaction: restrictions.add_suspension(
                transaction, hpr_number, expected_entry, subject, input.period.from_, input.period.to
            ),
        )

    @edit("End a suspension, or let it last longer.")
    async def health_professional_end_suspension(
        self,
        info: Info,
        hpr_number: Number,
        expected_entry: ExpectedEntry,
        suspension: Annotated[HprPartId, strawberry.argument(description="`partId` of the suspension.")],
        to: EndArgument = None,
    ) -> HealthProfessionalPayload:
        return await HealthProfessionalPayload.edited(
            info,
            hpr_number,
            lambda transaction: restrictions.end_restriction(
                transaction, hpr_number, expected_entry, suspension, path="suspension", to=to
            ),
        )

    @edit("Enter a reaction against an authorisation, right or speciality, or the person.")
    async def health_professional_add_administrative_reaction(
        self,
        info: Info,
        hpr_number: Number,
        expected_entry: ExpectedEntry,
        input: Annotated[inputs.AdministrativeReactionInput, strawberry.argument(description="The reaction.")],
        subject: Annotated[
            HprPartId | None,
            strawberry.argument(
                description="`partId` of an authorisation, right or speciality; default: against the person."
            ),
        ] = None,
    ) -> HealthProfessionalPayload:
        return await HealthProfessionalPayload.edited(
            info,
            hpr_number,
            lambda transaction: restrictions.add_reaction(
                transaction,
                hpr_number,
                expected_entry,
                subject,
                type_=input.type,
                start=input.period.from_,
                end=input.period.to,
            ),
        )

    @edit("End a reaction, or let it last longer.")
    async def health_professional_end_administrative_reaction(
        self,
        info: Info,
        hpr_number: Number,
        expected_entry: ExpectedEntry,
        administrative_reaction: Annotated[HprPartId, strawberry.argument(description="`partId` of the reaction.")],
        to: EndArgument = None,
    ) -> HealthProfessionalPayload:
        return await HealthProfessionalPayload.edited(
            info,
            hpr_number,
            lambda transaction: restrictions.end_restriction(
                transaction, hpr_number, expected_entry, administrative_reaction, path="administrativeReaction", to=to
            ),
        )

    @edit("Set a condition of an authorisation, a further one or in place of one.")
    async def health_professional_set_condition(
        self,
        info: Info,
        hpr_number: Number,
        expected_entry: ExpectedEntry,
        authorisation: Annotated[HprPartId, strawberry.argument(description="`partId` of the authorisation.")],
        input: Annotated[inputs.AuthorisationConditionInput, strawberry.argument(description="The condition.")],
        condition: Annotated[
            HprPartId | None, strawberry.argument(description="`partId` of the one to change; default: a further one.")
        ] = None,
    ) -> HealthProfessionalPayload:
        return await HealthProfessionalPayload.edited(
            info,
            hpr_number,
            lambda transaction: authorisations.set_condition(
                transaction, hpr_number, expected_entry, authorisation, condition, input.to_terms()
            ),
        )

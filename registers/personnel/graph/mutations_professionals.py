"""Mutations of health professionals as persons, and of their numbers."""

from typing import Annotated

import strawberry

from registers.api.graph.context import Info
from registers.core.identifiers import EntryNumber, HprNumber, HprPartId
from registers.editing.mutation_field import ExpectedEntry, edit
from registers.personnel.editing import merge, professionals, restrictions
from registers.personnel.graph import inputs
from registers.personnel.graph.payloads import HealthProfessionalPayload, Number


@strawberry.type
class ProfessionalMutation:
    @edit("Register a health professional. One that other records have only pointed at gets its own record.")
    async def health_professional_register(
        self,
        info: Info,
        input: Annotated[inputs.HealthProfessionalRegisterInput, strawberry.argument(description="The person.")],
        hpr_number: Annotated[
            HprNumber | None, strawberry.argument(description="A free HPR number; default: one above the highest.")
        ] = None,
    ) -> HealthProfessionalPayload:
        return await HealthProfessionalPayload.edited(
            info, None, lambda transaction: professionals.register(transaction, hpr_number, input.given())
        )

    @edit("Change what is registered of a professional as a person.")
    async def health_professional_change_person(
        self,
        info: Info,
        hpr_number: Number,
        expected_entry: ExpectedEntry,
        input: Annotated[inputs.HealthProfessionalPersonInput, strawberry.argument(description="What changes.")],
    ) -> HealthProfessionalPayload:
        return await HealthProfessionalPayload.edited(
            info,
            hpr_number,
            lambda transaction: professionals.change_person(transaction, hpr_number, expected_entry, input.given()),
        )

    @edit(
        "Merge two numbers of one person. The outgoing one stays readable and leads to the surviving one, which takes "
        "over its authorisations, reactions, educations and other ids, and what is known of the person only there."
    )
    async def health_professional_merge(
        self,
        info: Info,
        outgoing: Annotated[HprNumber, strawberry.argument(description="The number that is given up.")],
        surviving: Annotated[HprNumber, strawberry.argument(description="The number that stays in use.")],
        expected_entry: ExpectedEntry,
        expected_entry_of_outgoing: Annotated[
            EntryNumber,
            strawberry.argument(description="`lastEntry` of the outgoing one as it was seen."),
        ],
    ) -> HealthProfessionalPayload:
        return await HealthProfessionalPayload.edited(
            info,
            surviving,
            lambda transaction: merge.merge(
                transaction,
                outgoing,
                surviving,
                expected=expected_entry,
                expected_outgoing=expected_entry_of_outgoing,
            ),
        )

    @edit("Add an education.")
    async def health_professional_add_education(
        self,
        info: Info,
        hpr_number: Number,
        expected_entry: ExpectedEntry,
        input: Annotated[inputs.EducationInput, strawberry.argument(description="The education.")],
    ) -> HealthProfessionalPayload:
        return await HealthProfessionalPayload.edited(
            info,
            hpr_number,
            lambda transaction: restrictions.add_education(transaction, hpr_number, expected_entry, input.to_terms()),
        )

    @edit("Add another id of the professional, e.g. a foreign one.")
    async def health_professional_add_alternative_id(
        self,
        info: Info,
        hpr_number: Number,
        expected_entry: ExpectedEntry,
        input: Annotated[inputs.AlternativeIdInput, strawberry.argument(description="The id.")],
    ) -> HealthProfessionalPayload:
        return await HealthProfessionalPayload.edited(
            info,
            hpr_number,
            lambda transaction: restrictions.add_alternative_id(
                transaction, hpr_number, expected_entry, type_=input.type, value=input.value
            ),
        )

    @edit(
        "Remove a part that was entered by mistake, or is no longer so: a condition, another id, an education … What "
        "has been in force is ended instead. The log keeps it."
    )
    async def health_professional_remove_part(
        self,
        info: Info,
        hpr_number: Number,
        expected_entry: ExpectedEntry,
        part: Annotated[HprPartId, strawberry.argument(description="The part, of any kind; nothing hangs on it.")],
    ) -> HealthProfessionalPayload:
        return await HealthProfessionalPayload.edited(
            info,
            hpr_number,
            lambda transaction: restrictions.remove_part(transaction, hpr_number, expected_entry, part),
        )

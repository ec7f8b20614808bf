"""Mutations of organisations."""

from datetime import datetime
from typing import Annotated

import strawberry

from registers.api.graph.context import Info
from registers.core.identifiers import OrganisationNumber
from registers.editing.mutation_field import ExpectedEntry, Payload, edit
from registers.organisations.editing import organisations, successions
from registers.organisations.graph import inputs
from registers.organisations.graph.organisations import Organisation, organisation_of

Number = Annotated[OrganisationNumber, strawberry.argument(description="The organisation.")]


@strawberry.type(description="What a change of an organisation answers.")
class OrganisationPayload(Payload):
    @strawberry.field(description="The organisation; null when the edit was refused, unless as STALE.")
    async def organisation(self, info: Info) -> Organisation | None:
        key = self.outcome.key
        return await organisation_of(info, None if key is None else OrganisationNumber(key), self.outcome.instant)


@strawberry.type
class OrganisationMutation:
    @edit("Register an organisation. One that other records have only pointed at so far gets its own record.")
    async def organisation_register(
        self,
        info: Info,
        organisation_number: Annotated[
            OrganisationNumber, strawberry.argument(description="Issued by Enhetsregisteret.")
        ],
        input: Annotated[inputs.OrganisationRegisterInput, strawberry.argument(description="The organisation.")],
    ) -> OrganisationPayload:
        return await OrganisationPayload.edited(
            info, None, lambda transaction: organisations.register(transaction, organisation_number, input.to_terms())
        )

    @edit("Change what Enhetsregisteret says of an organisation.")
    async def organisation_change_details(
        self,
        info: Info,
        organisation_number: Number,
        expected_entry: ExpectedEntry,
        input: Annotated[inputs.OrganisationDetailsInput, strawberry.argument(description="What changes.")],
    ) -> OrganisationPayload:
        return await OrganisationPayload.edited(
            info,
            organisation_number,
            lambda transaction: organisations.change_details(
                transaction, organisation_number, expected_entry, input.to_terms()
            ),
        )

    @edit("Change the addresses of an organisation, all at once.")
    async def organisation_change_addresses(
        self,
        info: Info,
        organisation_number: Number,
        expected_entry: ExpectedEntry,
        input: Annotated[inputs.OrganisationAddressesInput, strawberry.argument(description="The addresses.")],
    ) -> OrganisationPayload:
        addresses = [address.to_terms() for address in input.addresses]
        return await OrganisationPayload.edited(
            info,
            organisation_number,
            lambda transaction: organisations.change_addresses(
                transaction, organisation_number, expected_entry, addresses
            ),
        )

    @edit("Change the industry codes of an organisation, all at once.")
    async def organisation_change_industry_codes(
        self,
        info: Info,
        organisation_number: Number,
        expected_entry: ExpectedEntry,
        input: Annotated[inputs.OrganisationIndustryCodesInput, strawberry.argument(description="The codes.")],
    ) -> OrganisationPayload:
        return await OrganisationPayload.edited(
            info,
            organisation_number,
            lambda transaction: organisations.change_industry_codes(
                transaction, organisation_number, expected_entry, input.industry_codes
            ),
        )

    @edit("Put an organisation below another one. Its number stays.")
    async def organisation_move(
        self,
        info: Info,
        organisation_number: Number,
        expected_entry: ExpectedEntry,
        parent_number: Annotated[
            OrganisationNumber | None, strawberry.argument(description="The unit above; null = none, of a main unit.")
        ],
    ) -> OrganisationPayload:
        return await OrganisationPayload.edited(
            info,
            organisation_number,
            lambda transaction: organisations.move(transaction, organisation_number, expected_entry, parent_number),
        )

    @edit("Change BEDREG's additions to an organisation: display name, opening hours, properties.")
    async def organisation_change_additions(
        self,
        info: Info,
        organisation_number: Number,
        expected_entry: ExpectedEntry,
        input: Annotated[inputs.OrganisationAdditionsInput, strawberry.argument(description="What changes.")],
    ) -> OrganisationPayload:
        return await OrganisationPayload.edited(
            info,
            organisation_number,
            lambda transaction: organisations.change_additions(
                transaction, organisation_number, expected_entry, input.to_terms()
            ),
        )

    @edit(
        "Strike an organisation off, or change when it was. Refused while sub-units, active communication parties or "
        "GP contracts of it are open then."
    )
    async def organisation_close(
        self,
        info: Info,
        organisation_number: Number,
        expected_entry: ExpectedEntry,
        at: Annotated[datetime, strawberry.argument(description="First instant at which it is no more.")],
    ) -> OrganisationPayload:
        return await OrganisationPayload.edited(
            info,
            organisation_number,
            lambda transaction: organisations.close(transaction, organisation_number, expected_entry, at),
        )

    @edit("Take back that an organisation was struck off.")
    async def organisation_reopen(
        self, info: Info, organisation_number: Number, expected_entry: ExpectedEntry
    ) -> OrganisationPayload:
        return await OrganisationPayload.edited(
            info,
            organisation_number,
            lambda transaction: organisations.reopen(transaction, organisation_number, expected_entry),
        )

    @edit(
        "Say who takes the place of an organisation, in place of what was registered before: merged, split, moved or "
        "renumbered. Under the old number the graph leads on to them."
    )
    async def organisation_succeed(
        self,
        info: Info,
        organisation_number: Number,
        expected_entry: ExpectedEntry,
        input: Annotated[inputs.OrganisationSucceedInput, strawberry.argument(description="Who, how and when.")],
    ) -> OrganisationPayload:
        return await OrganisationPayload.edited(
            info,
            organisation_number,
            lambda transaction: successions.succeed_organisation(
                transaction, organisation_number, expected_entry, input.to_terms()
            ),
        )

    @edit("Take back that others took the place of an organisation.")
    async def organisation_succession_revoke(
        self, info: Info, organisation_number: Number, expected_entry: ExpectedEntry
    ) -> OrganisationPayload:
        return await OrganisationPayload.edited(
            info,
            organisation_number,
            lambda transaction: successions.revoke_organisation(transaction, organisation_number, expected_entry),
        )

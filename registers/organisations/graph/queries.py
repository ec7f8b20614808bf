"""Root fields of organisations and RESH units."""

from enum import Enum
from typing import Annotated

import strawberry

from registers.api.graph.context import Info
from registers.api.graph.pagination import (
    PAGE_DEFAULT,
    After,
    Connection,
    First,
    connection,
    page_size,
    read_cursor,
)
from registers.changelog.as_of import AsOfArgument, instant_of
from registers.core.code_systems import INDUSTRIES, MUNICIPALITIES, ORGANISATION_FORMS
from registers.core.codes import CodeKey, code_key
from registers.core.errors import BadInput
from registers.core.identifiers import MunicipalityNumber, OrganisationNumber, ReshId
from registers.core.text import plain_text, search_text
from registers.organisations import edges, search
from registers.organisations.graph.organisations import Organisation, OrganisationKind, OrganisationStatus
from registers.organisations.graph.resh_units import ReshUnit

BATCH_MAX = 500  # keys of one batch look-up


@strawberry.input(description="What to look for. Fields left out do not count; the others must all hold.")
class OrganisationFilter:
    name: str | None = strawberry.field(
        default=None,
        description="Name or display name, with room for slips of the pen; the most similar come first. "
        "Æ, ø, å and their other spellings are the same; no character has a meaning of its own.",
    )
    name_prefix: str | None = strawberry.field(default=None, description="Beginning of the name.")
    parent_number: OrganisationNumber | None = strawberry.field(default=None, description="Units below this one.")
    kind: OrganisationKind | None = strawberry.field(default=None, description="Main unit or sub-unit.")
    status: OrganisationStatus | None = strawberry.field(default=None, description="Status at `asOf`.")
    form: str | None = strawberry.field(default=None, description="Legal form, e.g. AS or KOMM.")
    industry_code: str | None = strawberry.field(default=None, description="Industry code (SN2007), e.g. 86.211.")
    municipality: MunicipalityNumber | None = strawberry.field(
        default=None, description="Municipality of the business or location address."
    )

    def asked(self) -> search.OrganisationSearch:
        return search.OrganisationSearch(
            name=search_text(self.name, "filter.name"),
            name_prefix=search_text(self.name_prefix, "filter.namePrefix"),
            parent_number=self.parent_number,
            kind=self.kind.value if self.kind else None,
            status=self.status.name if self.status else None,
            form=_code(ORGANISATION_FORMS, self.form, "filter.form"),
            industry_code=_code(INDUSTRIES, self.industry_code, "filter.industryCode"),
            municipality=_code(MUNICIPALITIES, self.municipality, "filter.municipality"),
        )


def _code(system: str, value: str | None, path: str) -> CodeKey | None:
    return None if value is None else code_key(system, plain_text(value, path))


@strawberry.enum(description="What came of one organisation number of a batch look-up.")
class OrganisationOutcome(Enum):
    FOUND = strawberry.enum_value("FOUND", description="There, and registered at the instant asked for.")
    ENDED = strawberry.enum_value("ENDED", description="There, but struck off.")
    PLANNED = strawberry.enum_value("PLANNED", description="There, but not registered yet.")
    UNKNOWN = strawberry.enum_value("UNKNOWN", description="There is none with this number.")


OUTCOMES = {
    OrganisationStatus.ACTIVE: OrganisationOutcome.FOUND,
    OrganisationStatus.ENDED: OrganisationOutcome.ENDED,
    OrganisationStatus.PLANNED: OrganisationOutcome.PLANNED,
}


@strawberry.type(description="Answer to one organisation number of a batch look-up, at the place of its input.")
class OrganisationSlot:
    organisation_number: OrganisationNumber = strawberry.field(description="The number asked for.")
    outcome: OrganisationOutcome = strawberry.field(description="What came of it.")
    organisation: Organisation | None = strawberry.field(description="The organisation; null when UNKNOWN.")


@strawberry.type
class OrganisationQuery:
    @strawberry.field(description="Organisation with the number, struck off or not; null when there is none.")
    async def organisation(
        self,
        info: Info,
        organisation_number: Annotated[OrganisationNumber, strawberry.argument(description="The number.")],
        as_of: AsOfArgument = None,
    ) -> Organisation | None:
        instant = await instant_of(info, as_of)
        row = await info.context.load(edges.ORGANISATION, instant, organisation_number)
        return Organisation.of(row, instant) if row else None

    @strawberry.field(description="Many organisations: a slot for each number, in the order asked. At most 500.")
    async def organisations(
        self,
        info: Info,
        organisation_numbers: Annotated[
            list[OrganisationNumber], strawberry.argument(description="1 to 500 organisation numbers.")
        ],
        as_of: AsOfArgument = None,
    ) -> list[OrganisationSlot]:
        if not 1 <= len(organisation_numbers) <= BATCH_MAX:
            raise BadInput(f"organisationNumbers: {len(organisation_numbers)} keys lie outside 1 to {BATCH_MAX}")
        instant = await instant_of(info, as_of)
        rows = await info.context.load_many(edges.ORGANISATION, instant, organisation_numbers)
        slots = []
        for number, row in zip(organisation_numbers, rows, strict=True):
            found = Organisation.of(row, instant) if row else None
            outcome = OUTCOMES[found.status] if found else OrganisationOutcome.UNKNOWN
            slots.append(OrganisationSlot(organisation_number=number, outcome=outcome, organisation=found))
        return slots

    @strawberry.field(description="Organisations by filter, in Norwegian order of name; with `name`, by similarity.")
    async def search_organisations(
        self,
        info: Info,
        filter: Annotated[OrganisationFilter, strawberry.argument(description="What to look for.")],
        first: First = PAGE_DEFAULT,
        after: After = None,
        as_of: AsOfArgument = None,
    ) -> Connection[Organisation]:
        size, asked = page_size(first), filter.asked()
        position = read_cursor(after, int if asked.name else str, str)
        instant = await instant_of(info, as_of)
        database = info.context.database
        async with database.reading() as session:
            found = await search.find(session, asked, instant=instant, after=position, limit=size + 1)

        async def count() -> int:
            async with database.reading() as session:
                return await search.count(session, asked, instant=instant)

        organisations = [(Organisation.of(row, instant), key) for row, key in found]
        return connection(organisations, first=size, count=count)

    @strawberry.field(description="RESH unit with the id, closed or not; null when there is none.")
    async def resh_unit(
        self,
        info: Info,
        resh_id: Annotated[ReshId, strawberry.argument(description="The RESH-id.")],
        as_of: AsOfArgument = None,
    ) -> ReshUnit | None:
        instant = await instant_of(info, as_of)
        row = await info.context.load(edges.RESH_UNIT, instant, resh_id)
        return ReshUnit.of(row, instant) if row else None

"""Root fields of organisations and RESH units."""

from typing import Annotated

import strawberry

from registers.api.graph.context import Info
from registers.api.graph.pagination import PAGE_DEFAULT, After, Connection, First, search_page
from registers.api.graph.slots import batch
from registers.changelog.as_of import AsOfArgument, instant_of
from registers.core.code_systems import INDUSTRIES, MUNICIPALITIES, ORGANISATION_FORMS
from registers.core.codes import CodeKey, code_key
from registers.core.identifiers import MunicipalityNumber, OrganisationNumber, ReshId
from registers.core.text import plain_text, search_text
from registers.organisations import edges, search
from registers.organisations.graph.organisations import Organisation, OrganisationKind
from registers.organisations.graph.resh_units import ReshUnit
from registers.organisations.graph.slots import OrganisationSlot
from registers.organisations.status import OrganisationStatus


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
        return await batch(
            info,
            edges.ORGANISATION,
            organisation_numbers,
            OrganisationSlot.of,
            argument="organisationNumbers",
            instant=lambda: instant_of(info, as_of),
        )

    @strawberry.field(description="Organisations by filter, in Norwegian order of name; with `name`, by similarity.")
    async def search_organisations(
        self,
        info: Info,
        filter: Annotated[OrganisationFilter, strawberry.argument(description="What to look for.")],
        first: First = PAGE_DEFAULT,
        after: After = None,
        as_of: AsOfArgument = None,
    ) -> Connection[Organisation]:
        return await search_page(
            info,
            search,
            Organisation.of,
            asked=filter.asked,
            instant=lambda: instant_of(info, as_of),
            first=first,
            after=after,
        )

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

"""Root fields of health personnel."""

from typing import Annotated

import strawberry

from registers.access.policy import may
from registers.api.graph.context import Info
from registers.api.graph.pagination import PAGE_DEFAULT, After, Connection, First, search_page
from registers.api.graph.slots import batch, require_batch
from registers.changelog.as_of import AsOfArgument, instant_of
from registers.core.caller import Caller
from registers.core.code_systems import MUNICIPALITIES, PROFESSIONS, REQUISITION_RIGHTS, SPECIALITIES
from registers.core.codes import CodeKey, code_key
from registers.core.errors import AccessDenied
from registers.core.identifiers import HprNumber, MunicipalityNumber, PostalCode
from registers.core.text import plain_text, search_text
from registers.personnel import edges, search
from registers.personnel.graph.practice_checks import Check, PracticeCheck, PracticeCheckInput, checked
from registers.personnel.graph.professionals import HealthProfessional, surviving_of
from registers.personnel.graph.slots import HealthProfessionalSlot


@strawberry.input(
    description="What to look for. Fields left out do not count; the others must all hold. Authorisations, rights and "
    "specialities count while their period holds at `asOf` and they are not ended; suspensions are not looked at."
)
class HealthProfessionalFilter:
    name: str | None = strawberry.field(
        default=None,
        description="Name, with room for slips of the pen; the most similar come first. Æ, ø, å and their other "
        "spellings are the same; no character has a meaning of its own.",
    )
    name_prefix: str | None = strawberry.field(
        default=None, description="Beginning of the full name, or of any name in it."
    )
    profession: str | None = strawberry.field(
        default=None, description="Has an authorisation or licence in this profession, a value of 9060."
    )
    requisition_right: str | None = strawberry.field(
        default=None, description="Has this right to prescribe, a value of 7701, on that authorisation."
    )
    speciality: str | None = strawberry.field(
        default=None, description="Has this speciality, a value of 7426, on that authorisation."
    )
    has_speciality: bool | None = strawberry.field(default=None, description="Has any speciality, or none at all.")
    municipality: MunicipalityNumber | None = strawberry.field(
        default=None, description="Has an address in this municipality; for those who may read addresses."
    )
    postal_code: PostalCode | None = strawberry.field(
        default=None, description="Has an address with this postal code; for those who may read addresses."
    )

    def asked_by(self, caller: Caller) -> search.ProfessionalSearch:
        """Raises AccessDenied for a search by addresses that the caller may not read."""
        asked = search.ProfessionalSearch(
            name=search_text(self.name, "filter.name"),
            name_prefix=search_text(self.name_prefix, "filter.namePrefix"),
            profession=_code(PROFESSIONS, self.profession, "filter.profession"),
            requisition_right=_code(REQUISITION_RIGHTS, self.requisition_right, "filter.requisitionRight"),
            speciality=_code(SPECIALITIES, self.speciality, "filter.speciality"),
            has_speciality=self.has_speciality,
            municipality=_code(MUNICIPALITIES, self.municipality, "filter.municipality"),
            postal_code=self.postal_code,
        )
        if asked.looks_at_addresses and not may(caller, "HealthProfessional", "addresses"):
            raise AccessDenied(f"{caller.role.value} may not read HealthProfessional.addresses, nor search by them")
        return asked


def _code(system: str, value: str | None, path: str) -> CodeKey | None:
    return None if value is None else code_key(system, plain_text(value, path))


@strawberry.type
class PersonnelQuery:
    @strawberry.field(
        description="Health professional with the HPR number; of a number that was replaced, the surviving one (see "
        "`resolvedFrom`). Null when there is none."
    )
    async def health_professional(
        self,
        info: Info,
        hpr_number: Annotated[HprNumber, strawberry.argument(description="The HPR number.")],
        as_of: AsOfArgument = None,
    ) -> HealthProfessional | None:
        return await surviving_of(info, hpr_number, await instant_of(info, as_of))

    @strawberry.field(description="Many health professionals: a slot for each HPR number, in the order asked.")
    async def health_professionals(
        self,
        info: Info,
        hpr_numbers: Annotated[list[HprNumber], strawberry.argument(description="1 to 500 HPR numbers.")],
        as_of: AsOfArgument = None,
    ) -> list[HealthProfessionalSlot]:
        return await batch(
            info,
            edges.SURVIVING_PROFESSIONAL,
            hpr_numbers,
            HealthProfessionalSlot.of,
            argument="hprNumbers",
            instant=lambda: instant_of(info, as_of),
        )

    @strawberry.field(
        description="Health professionals by filter, in Norwegian order of last name; with `name`, by similarity. "
        "Replaced numbers are left out."
    )
    async def search_health_professionals(
        self,
        info: Info,
        filter: Annotated[HealthProfessionalFilter, strawberry.argument(description="What to look for.")],
        first: First = PAGE_DEFAULT,
        after: After = None,
        as_of: AsOfArgument = None,
    ) -> Connection[HealthProfessional]:
        return await search_page(
            info,
            search,
            HealthProfessional.of,
            asked=lambda: filter.asked_by(info.context.caller),
            instant=lambda: instant_of(info, as_of),
            first=first,
            after=after,
        )

    @strawberry.field(
        description="May this person practise in a profession, prescribe and act as a specialist at `asOf`? Right and "
        "speciality must hang on the same authorisation. All reasons are given, not only the first."
    )
    async def practice_check(
        self,
        info: Info,
        hpr_number: Annotated[HprNumber, strawberry.argument(description="HPR number, replaced or not.")],
        profession: Annotated[str, strawberry.argument(description="Profession, a value of 9060, e.g. LE.")],
        requisition_right: Annotated[
            str | None, strawberry.argument(description="Right to prescribe, a value of 7701; null = none is needed.")
        ] = None,
        speciality: Annotated[
            str | None, strawberry.argument(description="Speciality, a value of 7426; null = none is needed.")
        ] = None,
        as_of: AsOfArgument = None,
    ) -> PracticeCheck:
        asked = PracticeCheckInput(
            hpr_number=hpr_number, profession=profession, requisition_right=requisition_right, speciality=speciality
        )
        [answer] = await checked(info, [Check.of(asked, await instant_of(info, as_of))])
        return answer

    @strawberry.field(
        description="Many questions as in `practiceCheck`, each on a day of its own: a slot for each, in the order "
        "asked. At most 500. `asOf` says what was known, and when for those that name no day."
    )
    async def practice_checks(
        self,
        info: Info,
        checks: Annotated[list[PracticeCheckInput], strawberry.argument(description="1 to 500 questions.")],
        as_of: AsOfArgument = None,
    ) -> list[PracticeCheck]:
        require_batch("checks", checks)
        instant = await instant_of(info, as_of)
        return await checked(
            info, [Check.of(asked, instant, f"checks[{position}].") for position, asked in enumerate(checks)]
        )

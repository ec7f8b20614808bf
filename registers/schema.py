"""The graph: the registers' root fields side by side."""

from typing import Annotated

import strawberry
from strawberry.schema.config import StrawberryConfig

from registers.access.gate import Gate
from registers.access.graph.queries import AccessLogQuery
from registers.access.recording import AccessLogging
from registers.api.engine.admission import RegistersSchema
from registers.api.graph.context import Info
from registers.api.graph.node import Node, read_node_id
from registers.api.graph.scalars import scalars
from registers.changelog.as_of import AsOfArgument, instant_of
from registers.changelog.graph.entries import Register
from registers.changelog.graph.queries import ChangelogQuery
from registers.code_systems.graph.mutations import CodeSystemMutation
from registers.code_systems.graph.queries import CodeSystemQuery
from registers.communication_parties.graph.mutations_contact import PartyContactMutation
from registers.communication_parties.graph.mutations_parties import CommunicationPartyMutation
from registers.communication_parties.graph.queries import CommunicationPartyQuery
from registers.core.errors import BadInput
from registers.core.identifiers import InvalidIdentifier
from registers.editing.mutation_field import EndOfRehearsal
from registers.gp_lists.graph.mutations_contracts import GpListMutation
from registers.gp_lists.graph.mutations_doctors import DoctorMutation
from registers.gp_lists.graph.mutations_offices import OfficeMutation
from registers.gp_lists.graph.mutations_patients import PatientMutation
from registers.gp_lists.graph.queries import GpListQuery
from registers.objects import NODES
from registers.organisations.graph.mutations_organisations import OrganisationMutation
from registers.organisations.graph.mutations_resh import ReshUnitMutation
from registers.organisations.graph.queries import OrganisationQuery
from registers.personnel.graph.mutations_authorisations import AuthorisationMutation
from registers.personnel.graph.mutations_professionals import ProfessionalMutation
from registers.personnel.graph.mutations_restrictions import RestrictionMutation
from registers.personnel.graph.queries import PersonnelQuery
from registers.published_rules import PublishedRule, published
from registers.quality.graph.queries import DataQualityQuery

RegisterChoice = Annotated[
    Register | None,
    strawberry.argument(description="Rules of this register and of every register; default: all."),
]


@strawberry.type(description="Every question to the registers.")
class Query(
    CommunicationPartyQuery,
    OrganisationQuery,
    PersonnelQuery,
    GpListQuery,
    CodeSystemQuery,
    DataQualityQuery,
    ChangelogQuery,
    AccessLogQuery,
):
    @strawberry.field(description="The numbered rules that mutations refuse by, the general ones first.")
    def rules(self, register: RegisterChoice = None) -> list[PublishedRule]:
        return published(register)

    @strawberry.field(description="The object with a global id; null when there is none (any more).")
    async def node(
        self,
        info: Info,
        id: Annotated[strawberry.ID, strawberry.argument(description="The id.")],
        as_of: AsOfArgument = None,
    ) -> Node | None:
        type_name, key = read_node_id(id)
        if type_name not in NODES:
            raise BadInput("id: not an id of this service")
        parse, link = NODES[type_name]
        try:
            known = parse(key)
        except InvalidIdentifier:
            raise BadInput("id: not an id of this service") from None
        if str(known) != key:  # a number with leading zeros: a second id of the same object
            raise BadInput("id: not an id of this service")
        return await info.context.objects.load(info, link, known, await instant_of(info, as_of))


@strawberry.type(
    description="Every change of the registers. A mutation field is one transaction; a refusal is data in `userErrors`."
)
class Mutation(
    CodeSystemMutation,
    OrganisationMutation,
    ReshUnitMutation,
    CommunicationPartyMutation,
    PartyContactMutation,
    ProfessionalMutation,
    AuthorisationMutation,
    RestrictionMutation,
    GpListMutation,
    DoctorMutation,
    OfficeMutation,
    PatientMutation,
): ...


def build_schema(*, production: bool = False) -> RegistersSchema:
    """A schema of its own each time: Strawberry keeps state in it. In `production` synthetic persons are refused."""
    return RegistersSchema(
        query=Query,
        mutation=Mutation,
        config=StrawberryConfig(scalar_map=scalars(production=production)),
        extensions=[Gate, AccessLogging, EndOfRehearsal],
    )


def sdl() -> str:
    """The schema in SDL, types and fields in the order they are written."""
    return build_schema().as_str().rstrip() + "\n"

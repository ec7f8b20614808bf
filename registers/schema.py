"""The graph: the registers' root fields side by side."""

from typing import Annotated

import strawberry
from strawberry.schema.config import StrawberryConfig

from registers.access.gate import Gate
from registers.access.recording import AccessLogging
from registers.access.resolvers import AccessLogQuery
from registers.api.context import Info
from registers.api.node import Node, read_node_id
from registers.api.scalars import scalars
from registers.api.schema import RegistersSchema
from registers.changelog.as_of import AsOfArgument, instant_of
from registers.changelog.mutations import EndOfRehearsal
from registers.changelog.resolvers import ChangelogQuery
from registers.changelog.types import Register
from registers.code_systems.mutations import CodeSystemMutation
from registers.code_systems.resolvers import CodeSystemQuery
from registers.communication_parties.mutations import CommunicationPartyMutation
from registers.communication_parties.mutations_contact import PartyContactMutation
from registers.communication_parties.resolvers import CommunicationPartyQuery
from registers.communication_parties.types import party_of
from registers.core.errors import BadInput
from registers.core.identifiers import (
    InvalidIdentifier,
    parse_gp_contract_id,
    parse_her_id,
    parse_hpr_number,
    parse_organisation_number,
    parse_resh_id,
)
from registers.gp_lists.doctors import gp_contract_of
from registers.gp_lists.mutations import GpListMutation
from registers.gp_lists.mutations_doctors import DoctorMutation
from registers.gp_lists.mutations_offices import OfficeMutation
from registers.gp_lists.mutations_patients import PatientMutation
from registers.gp_lists.resolvers import GpListQuery
from registers.organisations.mutations import OrganisationMutation
from registers.organisations.mutations_resh import ReshUnitMutation
from registers.organisations.resolvers import OrganisationQuery
from registers.organisations.types import organisation_of
from registers.organisations.types_resh import resh_unit_of
from registers.personnel.mutations import ProfessionalMutation
from registers.personnel.mutations_authorisations import AuthorisationMutation
from registers.personnel.mutations_restrictions import RestrictionMutation
from registers.personnel.resolvers import PersonnelQuery
from registers.personnel.types import professional_of
from registers.quality.resolvers import DataQualityQuery
from registers.rules import PublishedRule, published

NODES = {
    "CommunicationParty": (parse_her_id, party_of),
    "Organisation": (parse_organisation_number, organisation_of),
    "ReshUnit": (parse_resh_id, resh_unit_of),
    "HealthProfessional": (parse_hpr_number, professional_of),
    "GpContract": (parse_gp_contract_id, gp_contract_of),
}


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
        parse, load = NODES[type_name]
        try:
            known = parse(key)
        except InvalidIdentifier:
            raise BadInput("id: not an id of this service") from None
        return await load(info, known, await instant_of(info, as_of))


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

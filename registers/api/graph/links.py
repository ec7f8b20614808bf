"""What the registers show of each other: the only file below them that names any.

`Linked…` is the GraphQL type of a field that leads into another register, loaded when the schema is built. A `Link`
gives the object for such a field: `await info.context.objects.load(info, links.PARTY, her_id, instant)`.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import strawberry

from registers.api.graph.context import Link

if TYPE_CHECKING:
    from registers.changelog.change import Entries
    from registers.communication_parties.graph.parties import CommunicationParty
    from registers.core.identifiers import GpContractId, HerId, HprNumber, NationalId, OrganisationNumber, ReshId
    from registers.gp_lists.graph.contracts import GpContract
    from registers.gp_lists.graph.doctors import GpOnContract
    from registers.impact.graph.impact import Impact
    from registers.organisations.graph.organisations import Organisation
    from registers.organisations.graph.resh_units import ReshUnit
    from registers.personnel.graph.professionals import HealthProfessional

LinkedParty = Annotated["CommunicationParty", strawberry.lazy("registers.communication_parties.graph.parties")]
LinkedOrganisation = Annotated["Organisation", strawberry.lazy("registers.organisations.graph.organisations")]
LinkedReshUnit = Annotated["ReshUnit", strawberry.lazy("registers.organisations.graph.resh_units")]
LinkedProfessional = Annotated["HealthProfessional", strawberry.lazy("registers.personnel.graph.professionals")]
LinkedGpContract = Annotated["GpContract", strawberry.lazy("registers.gp_lists.graph.contracts")]
LinkedGpOnContract = Annotated["GpOnContract", strawberry.lazy("registers.gp_lists.graph.doctors")]
LinkedImpact = Annotated["Impact", strawberry.lazy("registers.impact.graph.impact")]

PARTY: "Link[HerId | None, CommunicationParty | None]" = Link("the party with a HER-id")
PARTIES_OF_ORGANISATION: "Link[OrganisationNumber, list[CommunicationParty]]" = Link("parties of an organisation")
PARTIES_OF_PROFESSIONAL: "Link[Sequence[HprNumber], list[CommunicationParty]]" = Link("parties of any of the numbers")

ORGANISATION: "Link[OrganisationNumber | None, Organisation | None]" = Link("the organisation with a number")
RESH_UNIT: "Link[ReshId | None, ReshUnit | None]" = Link("the RESH unit with an id")
RESH_UNITS_OF_ORGANISATION: "Link[OrganisationNumber, list[ReshUnit]]" = Link("RESH units of an organisation")

PROFESSIONAL: "Link[HprNumber | None, HealthProfessional | None]" = Link("the professional with exactly this number")
SURVIVING_PROFESSIONAL: "Link[HprNumber | None, HealthProfessional | None]" = Link("whom a number leads to")

GP_CONTRACT: "Link[GpContractId | None, GpContract | None]" = Link("the GP contract with an id")
GP_CONTRACTS_OF_OFFICE: "Link[OrganisationNumber, list[GpContract]]" = Link("GP contracts at an office")
GP_ON_CONTRACTS: "Link[Sequence[HprNumber], list[GpOnContract]]" = Link("a doctor's periods, under any of the numbers")
PERSON_ID: "Link[NationalId, int | None]" = Link("our own number of the patient with a national id")

IMPACT: "Link[Entries, Impact]" = Link("what a rehearsed change would do to others")

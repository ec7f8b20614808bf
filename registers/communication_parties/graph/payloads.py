"""What every change of a communication party takes and answers."""

from typing import Annotated

import strawberry

from registers.api.graph.context import Info
from registers.communication_parties.graph.parties import CommunicationParty, party_of
from registers.core.identifiers import HerId
from registers.editing.mutation_field import Payload

Party = Annotated[HerId, strawberry.argument(name="herId", description="HER-id of the party.")]


@strawberry.type(description="What a change of a communication party answers.")
class CommunicationPartyPayload(Payload):
    @strawberry.field(description="The party; null when the edit was refused, unless as STALE.")
    async def communication_party(self, info: Info) -> CommunicationParty | None:
        key = self.outcome.key
        return await party_of(info, HerId(int(key)) if key is not None else None, self.outcome.instant)

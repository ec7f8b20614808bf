"""What every change of a health professional takes and answers."""

from typing import Annotated

import strawberry

from registers.api.graph.context import Info
from registers.core.identifiers import HprNumber
from registers.editing.mutation_field import Payload
from registers.personnel.graph.professionals import HealthProfessional, professional_of

Number = Annotated[HprNumber, strawberry.argument(name="hprNumber", description="The professional, by HPR number.")]


@strawberry.type(description="What a change of a health professional answers.")
class HealthProfessionalPayload(Payload):
    @strawberry.field(description="The professional; null when the edit was refused, unless as STALE.")
    async def health_professional(self, info: Info) -> HealthProfessional | None:
        key = self.outcome.key
        return await professional_of(info, HprNumber(int(key)) if key is not None else None, self.outcome.instant)

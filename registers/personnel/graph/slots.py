"""Answers of the batch look-up of health professionals: one slot for each number."""

from __future__ import annotations

from enum import Enum

import strawberry

from registers.core.identifiers import HprNumber
from registers.core.validity import Instant
from registers.personnel.graph.professionals import HealthProfessional
from registers.personnel.record import Resolved


@strawberry.enum(description="What came of one HPR number of a batch look-up.")
class HealthProfessionalOutcome(Enum):
    FOUND = strawberry.enum_value("FOUND", description="There, with this number.")
    REPLACED = strawberry.enum_value("REPLACED", description="The number was replaced: the surviving professional.")
    UNKNOWN = strawberry.enum_value("UNKNOWN", description="There is none with this number.")


@strawberry.type(description="Answer to one HPR number of a batch look-up, at the place of its input.")
class HealthProfessionalSlot:
    hpr_number: HprNumber = strawberry.field(description="The number asked for.")
    outcome: HealthProfessionalOutcome = strawberry.field(description="What came of it.")
    health_professional: HealthProfessional | None = strawberry.field(description="The person; null when UNKNOWN.")

    @classmethod
    def of(cls, number: HprNumber, found: Resolved | None, instant: Instant) -> HealthProfessionalSlot:
        if found is None:
            return cls(hpr_number=number, outcome=HealthProfessionalOutcome.UNKNOWN, health_professional=None)
        professional = HealthProfessional.of(found.row, instant, found.path)
        replaced = professional.resolved_from is not None
        outcome = HealthProfessionalOutcome.REPLACED if replaced else HealthProfessionalOutcome.FOUND
        return cls(hpr_number=number, outcome=outcome, health_professional=professional)

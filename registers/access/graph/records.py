"""The access log in the graph."""

from datetime import datetime

import strawberry

from registers.access import models
from registers.access.graph.purpose import Purpose
from registers.api.graph.enums import described
from registers.core.identifiers import OrganisationNumber

AccessOutcome = models.AccessOutcome
described(
    AccessOutcome,
    "What came of an operation that asked about patients.",
    {
        AccessOutcome.ANSWERED: "It was answered.",
        AccessOutcome.REFUSED: "The caller may not ask that; nothing was read.",
        AccessOutcome.FAILED: "Something went wrong on the way; what was read before may have been shown.",
    },
)


@strawberry.type(description="One operation that asked about patients: who, when, why, what came of it.")
class AccessRecord:
    number: int = strawberry.field(description="Number of the record: 1, 2, 3 … without gaps.")
    asked_at: datetime = strawberry.field(description="When the operation came in.")
    duration_ms: float = strawberry.field(description="Milliseconds until the answer was made.")
    caller: str = strawberry.field(description="Who asked.")
    role: str = strawberry.field(description="What the caller is, e.g. ehr.")
    organisation_number: OrganisationNumber | None = strawberry.field(
        description="The organisation that the caller asked for; null = none was named."
    )
    purposes: list[Purpose] = strawberry.field(description="Why: every purpose stated; empty = none was.")
    operation: str | None = strawberry.field(description="Name of the operation; null = it has none.")
    fields: list[str] = strawberry.field(description="Fields about patients that it names, as Type.field.")
    patient_count: int = strawberry.field(
        description="Of how many patients rows were read for it, also where nothing was shown."
    )
    outcome: AccessOutcome = strawberry.field(description="What came of it.")
    request_id: str | None = strawberry.field(description="X-Request-Id of the answer; null = it had none.")

    @classmethod
    def of(cls, row: models.AccessRecord) -> "AccessRecord":
        return cls(
            number=row.number,
            asked_at=row.asked_at,
            duration_ms=row.duration_us / 1000,
            caller=row.caller,
            role=row.role,
            organisation_number=OrganisationNumber(row.organisation_number) if row.organisation_number else None,
            purposes=[Purpose[name] for name in row.purposes],
            operation=row.operation,
            fields=row.fields,
            patient_count=len(row.persons),
            outcome=AccessOutcome(row.outcome),
            request_id=row.request_id,
        )

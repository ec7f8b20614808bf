"""Answers of the batch look-up of organisations: one slot for each number."""

from enum import Enum

import strawberry

from registers.core.identifiers import OrganisationNumber
from registers.core.validity import Instant
from registers.organisations import models
from registers.organisations.graph.organisations import Organisation
from registers.organisations.status import OrganisationStatus


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

    @classmethod
    def of(cls, number: OrganisationNumber, row: models.Organisation | None, instant: Instant) -> "OrganisationSlot":
        organisation = Organisation.of(row, instant) if row else None
        outcome = OUTCOMES[organisation.status] if organisation else OrganisationOutcome.UNKNOWN
        return cls(organisation_number=number, outcome=outcome, organisation=organisation)

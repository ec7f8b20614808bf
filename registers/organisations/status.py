"""Whether an organisation or a RESH unit exists."""

from enum import Enum

import strawberry

from registers.core.validity import Instant
from registers.organisations import models


@strawberry.enum(description="Whether an organisation exists at the instant asked for.")
class OrganisationStatus(Enum):
    ACTIVE = strawberry.enum_value("ACTIVE", description="Registered.")
    ENDED = strawberry.enum_value("ENDED", description="Struck off.")
    PLANNED = strawberry.enum_value("PLANNED", description="Not registered yet.")


def status_of(period: models.Organisation | models.ReshUnit, instant: Instant) -> OrganisationStatus:
    if period.valid_to is not None and period.valid_to <= instant.valid_at:
        return OrganisationStatus.ENDED
    return OrganisationStatus.PLANNED if period.valid_from > instant.valid_at else OrganisationStatus.ACTIVE

"""Whether an organisation or a RESH unit exists."""

from enum import Enum

from registers.core.validity import Instant
from registers.organisations import models


class OrganisationStatus(Enum):
    ACTIVE = "ACTIVE"
    ENDED = "ENDED"
    PLANNED = "PLANNED"


def status_of(period: models.Organisation | models.ReshUnit, instant: Instant) -> OrganisationStatus:
    if period.valid_to is not None and period.valid_to <= instant.valid_at:
        return OrganisationStatus.ENDED
    return OrganisationStatus.PLANNED if period.valid_from > instant.valid_at else OrganisationStatus.ACTIVE

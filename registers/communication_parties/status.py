"""Whether a party can be written to."""

from datetime import datetime
from enum import Enum

from registers.communication_parties import models


class CommunicationPartyStatus(Enum):
    """Whether a party can be written to, and if not, why."""

    ACTIVE = "ACTIVE"
    INACTIVE = "INACTIVE"
    ENDED = "ENDED"
    PLANNED = "PLANNED"
    NOT_FOR_MESSAGING = "NOT_FOR_MESSAGING"


def status_of(row: models.CommunicationParty, moment: datetime) -> CommunicationPartyStatus:
    """The first reason that holds: ended, planned, inactive, not for messaging."""
    if row.valid_to is not None and row.valid_to <= moment:
        return CommunicationPartyStatus.ENDED
    if row.valid_from > moment:
        return CommunicationPartyStatus.PLANNED
    if not row.active:
        return CommunicationPartyStatus.INACTIVE
    if not row.messaging_valid:
        return CommunicationPartyStatus.NOT_FOR_MESSAGING
    return CommunicationPartyStatus.ACTIVE

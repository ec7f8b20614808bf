"""Whether a party can be written to."""

from datetime import datetime
from enum import Enum

import strawberry

from registers.communication_parties import models


@strawberry.enum(description="Whether a party can be written to at the instant asked for, and if not, why.")
class CommunicationPartyStatus(Enum):
    ACTIVE = strawberry.enum_value("ACTIVE", description="Takes part in electronic messaging.")
    INACTIVE = strawberry.enum_value("INACTIVE", description="Administratively switched off.")
    ENDED = strawberry.enum_value("ENDED", description="Its validity has ended.")
    PLANNED = strawberry.enum_value("PLANNED", description="Its validity has not begun.")
    NOT_FOR_MESSAGING = strawberry.enum_value(
        "NOT_FOR_MESSAGING", description="Exists, but lacks what is needed to take part in messaging: do not send."
    )


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

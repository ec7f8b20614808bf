"""Answers of the batch look-up of communication parties: one slot for each HER-id."""

from enum import Enum

import strawberry

from registers.communication_parties import models
from registers.communication_parties.graph.parties import CommunicationParty, CommunicationPartyStatus
from registers.core.identifiers import HerId
from registers.core.validity import Instant


@strawberry.enum(description="What came of one input of a batch look-up.")
class SlotOutcome(Enum):
    FOUND = strawberry.enum_value("FOUND", description="There, and in use at the instant asked for.")
    ENDED = strawberry.enum_value("ENDED", description="There, but ended.")
    INACTIVE = strawberry.enum_value("INACTIVE", description="There, but switched off or not begun.")
    NOT_FOR_MESSAGING = strawberry.enum_value(
        "NOT_FOR_MESSAGING", description="There, but not valid for messaging: do not send."
    )
    UNKNOWN = strawberry.enum_value("UNKNOWN", description="There is none with this key.")


OUTCOMES = {
    CommunicationPartyStatus.ACTIVE: SlotOutcome.FOUND,
    CommunicationPartyStatus.ENDED: SlotOutcome.ENDED,
    CommunicationPartyStatus.INACTIVE: SlotOutcome.INACTIVE,
    CommunicationPartyStatus.PLANNED: SlotOutcome.INACTIVE,
    CommunicationPartyStatus.NOT_FOR_MESSAGING: SlotOutcome.NOT_FOR_MESSAGING,
}


@strawberry.type(description="Answer to one HER-id of a batch look-up, at the place of its input.")
class CommunicationPartySlot:
    her_id: HerId = strawberry.field(description="The HER-id asked for.")
    outcome: SlotOutcome = strawberry.field(description="What came of it.")
    communication_party: CommunicationParty | None = strawberry.field(description="The party; null when UNKNOWN.")

    @classmethod
    def of(cls, her_id: HerId, row: models.CommunicationParty | None, instant: Instant) -> "CommunicationPartySlot":
        party = CommunicationParty.of(row, instant) if row else None
        outcome = OUTCOMES[party.status] if party else SlotOutcome.UNKNOWN
        return cls(her_id=her_id, outcome=outcome, communication_party=party)

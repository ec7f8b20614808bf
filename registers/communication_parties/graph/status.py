"""The status of a party in the graph."""

from registers.api.graph.enums import described
from registers.communication_parties import status

CommunicationPartyStatus = status.CommunicationPartyStatus
described(
    CommunicationPartyStatus,
    "Whether a party can be written to at the instant asked for, and if not, why.",
    {
        CommunicationPartyStatus.ACTIVE: "Takes part in electronic messaging.",
        CommunicationPartyStatus.INACTIVE: "Administratively switched off.",
        CommunicationPartyStatus.ENDED: "Its validity has ended.",
        CommunicationPartyStatus.PLANNED: "Its validity has not begun.",
        CommunicationPartyStatus.NOT_FOR_MESSAGING: "Exists, but lacks what is needed to take part in messaging: "
        "do not send.",
    },
)

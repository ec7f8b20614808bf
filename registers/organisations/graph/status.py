"""The status of an organisation or a RESH unit in the graph."""

from registers.api.graph.enums import described
from registers.organisations import status

OrganisationStatus = status.OrganisationStatus
described(
    OrganisationStatus,
    "Whether an organisation exists at the instant asked for.",
    {
        OrganisationStatus.ACTIVE: "Registered.",
        OrganisationStatus.ENDED: "Struck off.",
        OrganisationStatus.PLANNED: "Not registered yet.",
    },
)

"""The purpose of a question in the graph, and the argument that states it."""

from typing import Annotated

import strawberry

from registers.access import purpose
from registers.api.graph.enums import described

Purpose = purpose.Purpose
described(
    Purpose,
    "Why the caller asks about a person. It decides what is shown and stands in the access log.",
    {
        Purpose.TREATMENT: "Health care for the person, referrals and letters too.",
        Purpose.ADMINISTRATION: "Running a list or an office: appointments, settlement, quality of the list.",
        Purpose.NAV_CASE: "A case of the person's at NAV: sick note, benefit.",
        Purpose.PRESCRIPTION: "Prescribing or dispensing to the person.",
        Purpose.REGISTRY_MAINTENANCE: "Keeping the register right; for its staff.",
        Purpose.AUDIT: "Control of the register, or the person's own right of access.",
    },
)

PurposeArgument = Annotated[Purpose, strawberry.argument(description="Why the question is asked.")]

"""Why a caller asks about a person."""

from enum import Enum
from typing import Annotated

import strawberry


@strawberry.enum(
    description="Why the caller asks about a person. It decides what is shown and stands in the access log."
)
class Purpose(Enum):
    TREATMENT = strawberry.enum_value("TREATMENT", description="Health care for the person, referrals and letters too.")
    ADMINISTRATION = strawberry.enum_value(
        "ADMINISTRATION", description="Running a list or an office: appointments, settlement, quality of the list."
    )
    NAV_CASE = strawberry.enum_value("NAV_CASE", description="A case of the person's at NAV: sick note, benefit.")
    PRESCRIPTION = strawberry.enum_value("PRESCRIPTION", description="Prescribing or dispensing to the person.")
    REGISTRY_MAINTENANCE = strawberry.enum_value(
        "REGISTRY_MAINTENANCE", description="Keeping the register right; for its staff."
    )
    AUDIT = strawberry.enum_value("AUDIT", description="Control of the register, or the person's own right of access.")


PurposeArgument = Annotated[Purpose, strawberry.argument(description="Why the question is asked.")]

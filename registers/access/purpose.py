"""Why a caller asks about a person."""

from enum import Enum


class Purpose(Enum):
    """It decides what is shown and stands in the access log."""

    TREATMENT = "TREATMENT"
    ADMINISTRATION = "ADMINISTRATION"
    NAV_CASE = "NAV_CASE"
    PRESCRIPTION = "PRESCRIPTION"
    REGISTRY_MAINTENANCE = "REGISTRY_MAINTENANCE"
    AUDIT = "AUDIT"

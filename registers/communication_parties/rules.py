"""Rules of changes of communication parties."""

from registers.communication_parties import rules_contact
from registers.core.rules import Rule

PARTY_UNKNOWN = Rule(
    "R-AR-001",
    "There is no communication party with HER-id {value}",
    "Det finnes ingen kommunikasjonspart med HER-id {value}",
    code="NOT_FOUND",
)

ALL = (PARTY_UNKNOWN, *rules_contact.ALL)

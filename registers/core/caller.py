"""Who is calling, and in which role."""

from dataclasses import dataclass
from enum import Enum


class Role(Enum):
    """What a caller is; the policy table speaks of roles only."""

    ANONYMOUS = "anonymous"
    MESSAGING = "messaging"
    EHR = "ehr"
    GP_OFFICE = "gp-office"
    EDITOR = "editor"
    AUDITOR = "auditor"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Caller:
    """`name` is what the log and the access log record: never a person's national id."""

    name: str
    role: Role
    organisation_number: str | None = None


ANONYMOUS = Caller("anonymous", Role.ANONYMOUS)

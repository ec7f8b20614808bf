"""What records of the GP lists name in other registers. All of it must be held before the lists are written."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from registers.core.identifiers import HprNumber, OrganisationNumber
from registers.intake.record_set import Outcome


@dataclass(frozen=True, slots=True)
class OrganisationReference:
    """An office, or the organisation of a team."""

    number: OrganisationNumber
    name: str | None
    check_digit_holds: bool
    valid_from: datetime
    referred_by: Outcome[Any]


@dataclass(frozen=True, slots=True)
class ProfessionalReference:
    """A doctor on a list, or a member of a team."""

    number: HprNumber
    path: str
    referred_by: Outcome[Any]


@dataclass(slots=True)
class References:
    organisations: list[OrganisationReference] = field(default_factory=list)
    professionals: list[ProfessionalReference] = field(default_factory=list)

    def professional(self, number: HprNumber | None, path: str, referred_by: Outcome[Any]) -> None:
        if number is not None:
            self.professionals.append(ProfessionalReference(number, path, referred_by))

"""Records of other registers that the GP lists refer to. They must be stored before the lists are written."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from registers.core.identifiers import HprNumber, OrganisationNumber
from registers.intake.record_set import Outcome

Referrer = Outcome[Any]
"""The record that refers to another one, whatever its kind."""


@dataclass(frozen=True, slots=True)
class OrganisationReference:
    """An office, or the organisation of a team."""

    number: OrganisationNumber
    name: str | None
    check_digit_holds: bool
    valid_from: datetime
    referred_by: Referrer


@dataclass(frozen=True, slots=True)
class ProfessionalReference:
    """A doctor on a list, or a member of a team. `path` is where the record refers to them."""

    number: HprNumber
    path: str
    referred_by: Referrer


@dataclass(slots=True)
class References:
    """All that the records of one transaction refer to, in the order they were taken."""

    organisations: list[OrganisationReference] = field(default_factory=list)
    professionals: list[ProfessionalReference] = field(default_factory=list)

    def organisation(
        self, number: OrganisationNumber, name: str | None, holds: bool, valid_from: datetime, referred_by: Referrer
    ) -> None:
        """`holds`: the check digit of the number does."""
        self.organisations.append(OrganisationReference(number, name, holds, valid_from, referred_by))

    def professional(self, number: HprNumber | None, path: str, referred_by: Referrer) -> None:
        if number is not None:
            self.professionals.append(ProfessionalReference(number, path, referred_by))

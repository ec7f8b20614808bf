"""A professional with all rows that decide whether the person may practise, each with those that hang on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from registers.core.identifiers import HprNumber
from registers.personnel.models import (
    AdditionalCompetence,
    AdministrativeReaction,
    Authorisation,
    Condition,
    HealthProfessional,
    RequisitionRight,
    Right,
    Speciality,
    Suspension,
)

Row = TypeVar("Row", bound=Right, covariant=True)


@dataclass(frozen=True, slots=True)
class HeldRight(Generic[Row]):
    """A right, speciality or competence with what suspends it. A competence is never suspended."""

    row: Row
    suspensions: Sequence[Suspension] = ()
    reactions: Sequence[AdministrativeReaction] = ()


@dataclass(frozen=True, slots=True)
class AuthorisationRecord:
    """One authorisation with what hangs on it. Each list begins with the latest."""

    row: Authorisation
    requisition_rights: Sequence[HeldRight[RequisitionRight]] = ()
    specialities: Sequence[HeldRight[Speciality]] = ()
    competences: Sequence[HeldRight[AdditionalCompetence]] = ()
    suspensions: Sequence[Suspension] = ()
    reactions: Sequence[AdministrativeReaction] = ()
    conditions: Sequence[Condition] = ()


class HeldRights(NamedTuple):
    """What a professional holds: authorisations of all times, the latest first, and reactions against the person."""

    authorisations: Sequence[AuthorisationRecord] = ()
    reactions: Sequence[AdministrativeReaction] = ()


@dataclass(frozen=True, slots=True)
class ProfessionalRecord:
    """A professional and what the person holds; lists as in `HeldRights`."""

    row: HealthProfessional
    authorisations: Sequence[AuthorisationRecord] = ()
    reactions: Sequence[AdministrativeReaction] = ()

    @classmethod
    def of(cls, row: HealthProfessional, record_set: HeldRights | None) -> "ProfessionalRecord":
        return cls(row) if record_set is None else cls(row, record_set.authorisations, record_set.reactions)


@dataclass(frozen=True, slots=True)
class Resolved:
    """The professional that answers for a number; `path` leads from the number asked for to the surviving one."""

    row: HealthProfessional
    path: tuple[HprNumber, ...]


def resolve(asked: HprNumber, rows: dict[HprNumber, HealthProfessional]) -> Resolved | None:
    """Follows `replaced_by` through `rows` to its end; None for an unknown number.

    Numbers that replace each other in a circle have no survivor: each answers for itself.
    """
    if asked not in rows:
        return None
    row, path = rows[asked], [asked]
    while row.replaced_by is not None and row.replaced_by in rows:
        if row.replaced_by in path:
            return Resolved(rows[asked], (asked,))
        row = rows[row.replaced_by]
        path.append(row.hpr_number)
    return Resolved(row, tuple(path))

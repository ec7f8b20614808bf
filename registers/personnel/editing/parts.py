"""Parts of a professional's record: how the graph names them, and how an edit finds them by these names."""

from collections.abc import Mapping
from typing import TypeVar

from registers.core.identifiers import HprNumber, HprPartId
from registers.editing.transaction import EditTransaction
from registers.personnel.editing.rules import PART_UNKNOWN
from registers.personnel.models import (
    AdditionalCompetence,
    AdministrativeReaction,
    AlternativeId,
    Authorisation,
    Condition,
    Education,
    ProfessionalPart,
    RequisitionRight,
    Speciality,
    Suspension,
)

KINDS: Mapping[str, type[ProfessionalPart]] = {
    "authorisation": Authorisation,
    "right": RequisitionRight,
    "speciality": Speciality,
    "competence": AdditionalCompetence,
    "suspension": Suspension,
    "reaction": AdministrativeReaction,
    "condition": Condition,
    "education": Education,
    "alternative-id": AlternativeId,
}
NAMES = {model: name for name, model in KINDS.items()}
ABOVE: Mapping[str, type[Authorisation | RequisitionRight | Speciality]] = {
    "authorisation_id": Authorisation,
    "requisition_right_id": RequisitionRight,
    "speciality_id": Speciality,
}
"""By column: what a part hangs on."""
COLUMNS = {model: column for column, model in ABOVE.items()}
"""By what a part hangs on: the column that points at it."""

PART_ID = "What edits name it by."
P = TypeVar("P", bound=ProfessionalPart)


def part_id_of(row: ProfessionalPart) -> HprPartId:
    return HprPartId(f"{NAMES[type(row)]}-{row.id}")


async def own_part(
    transaction: EditTransaction, number: HprNumber, part_id: HprPartId, *kinds: type[P], path: str
) -> P:
    """The professional's part with this id, when it is of one of `kinds`. Raises Refused when there is none."""
    name, _, own_number = part_id.rpartition("-")
    for kind in (each for each in kinds if NAMES[each] == name):
        row = await transaction.session.get(kind, int(own_number))
        if row is not None and await _owner(transaction, row) == number:
            return row
    transaction.problems.add(PART_UNKNOWN, path, value=part_id)
    raise transaction.problems.refusal()


async def _owner(transaction: EditTransaction, row: ProfessionalPart) -> HprNumber:
    """The professional whose record the part belongs to, directly or through what it hangs on."""
    while (number := getattr(row, "hpr_number", None)) is None:
        column = next(name for name in ABOVE if getattr(row, name, None) is not None)
        row = await transaction.session.get_one(ABOVE[column], getattr(row, column))
    return number

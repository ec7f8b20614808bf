"""Parts of a professional's record: how they are named in the graph, and found by their names."""

from collections.abc import Mapping
from typing import Any, TypeVar

from registers.core.identifiers import HprNumber, HprPartId
from registers.database.database import Versioned
from registers.editing.transaction import EditTransaction
from registers.personnel.editing.rules import PART_UNKNOWN
from registers.personnel.models import (
    AdditionalCompetence,
    AdministrativeReaction,
    AlternativeId,
    Authorisation,
    Condition,
    Education,
    RequisitionRight,
    Speciality,
    Suspension,
)

KINDS: Mapping[str, type[Any]] = {
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
ABOVE = {"authorisation_id": Authorisation, "requisition_right_id": RequisitionRight, "speciality_id": Speciality}
"""Columns by which a part hangs on another one."""

PART_ID = "What edits name it by."
Part = TypeVar("Part", bound=Versioned)


def part_id_of(row: Any) -> HprPartId:
    return HprPartId(f"{NAMES[type(row)]}-{row.id}")


async def own_part(
    transaction: EditTransaction, number: HprNumber, part_id: HprPartId, *kinds: type[Part], path: str
) -> Part:
    """The part of the professional, which is of one of `kinds`. Raises Refused when there is none."""
    name, _, own_number = part_id.rpartition("-")
    model = KINDS.get(name)
    if model in kinds:
        row = await transaction.session.get(model, int(own_number))
        if row is not None and await _owner(transaction, row) == number:
            return row
    transaction.problems.add(PART_UNKNOWN, path, value=part_id)
    raise transaction.problems.refusal()


async def _owner(transaction: EditTransaction, row: Any) -> HprNumber:
    """The professional at whose record the part hangs, directly or through others."""
    while getattr(row, "hpr_number", None) is None:
        column = next(name for name in ABOVE if getattr(row, name, None) is not None)
        row = await transaction.session.get(ABOVE[column], getattr(row, column))
    return row.hpr_number

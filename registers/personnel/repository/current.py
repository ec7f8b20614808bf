"""What an edit of a professional reads before it writes: rows as they are now, of all valid times, in order of id."""

from collections.abc import Collection, Sequence
from typing import TypeVar

from sqlalchemy import func, select

from registers.core.codes import CodeKey
from registers.core.identifiers import HprNumber, NationalId
from registers.database.rows_by_key import KNOWN_NOW, rows_with
from registers.database.sessions import ReadSession
from registers.database.versions import Versioned
from registers.personnel.models import (
    AdditionalCompetence,
    AdministrativeReaction,
    AlternativeId,
    Authorisation,
    Condition,
    Education,
    HealthProfessional,
    ProfessionalPart,
    RequisitionRight,
    Restriction,
    Right,
    Speciality,
    Suspension,
)

V = TypeVar("V", bound=Versioned)
R = TypeVar("R", bound=Right)

RIGHTS: tuple[type[Right], ...] = (RequisitionRight, Speciality, AdditionalCompetence)
BELOW: tuple[type[ProfessionalPart], ...] = (*RIGHTS, Suspension, AdministrativeReaction, Condition, Education)
"""What hangs on another part, by a column that names it."""
MOVED_BY_MERGER = (Authorisation, AdministrativeReaction, Education, AlternativeId)


async def highest_number(session: ReadSession) -> int:
    """0 when there is nobody."""
    return await session.scalar(select(func.max(HealthProfessional.hpr_number))) or 0


async def holder_of(
    session: ReadSession, national_id: NationalId, *, apart_from: HealthProfessional
) -> HprNumber | None:
    """The lowest number in use with this national id. Merged numbers may share it with the one that survives."""
    holders = select(HealthProfessional.hpr_number).where(
        HealthProfessional.national_id == national_id,
        HealthProfessional.replaced_by.is_(None),
        HealthProfessional.hpr_number != apart_from.hpr_number,
    )
    return await session.scalar(holders.order_by(HealthProfessional.hpr_number).limit(1))


async def authorisations_of(session: ReadSession, number: HprNumber) -> Sequence[Authorisation]:
    return await _rows(session, Authorisation, hpr_number=[number])


async def alternative_ids_of(session: ReadSession, number: HprNumber) -> Sequence[AlternativeId]:
    return await _rows(session, AlternativeId, hpr_number=[number])


async def rights_on(session: ReadSession, authorisation: Authorisation) -> list[Right]:
    """Rights, then specialities, then competences, ended ones too."""
    return [row for kind in RIGHTS for row in await _rows(session, kind, authorisation_id=[authorisation.id])]


async def rights_of_type(session: ReadSession, kind: type[R], authorisation: Authorisation, type_: CodeKey) -> list[R]:
    """Rights of one kind and type, ended ones too."""
    return [row for row in await _rows(session, kind, authorisation_id=[authorisation.id]) if row.type == type_]


async def restrictions_on(
    session: ReadSession, kind: type[Restriction], column: str, key: int
) -> Sequence[Restriction]:
    """Suspensions or reactions whose subject is the row that `column` names by `key`."""
    return await _rows(session, kind, **{column: [key]})


async def parts_below(session: ReadSession, column: str, key: int) -> list[ProfessionalPart]:
    """Of each kind the first part whose `column` names another part by `key`."""
    kinds = (kind for kind in BELOW if hasattr(kind, column))
    found = [await _rows(session, kind, **{column: [key]}) for kind in kinds]
    return [rows[0] for rows in found if rows]


async def parts_moved_by_merger(
    session: ReadSession, number: HprNumber
) -> list[Authorisation | AdministrativeReaction | Education | AlternativeId]:
    """What the surviving number takes over from `number`."""
    return [row for kind in MOVED_BY_MERGER for row in await _rows(session, kind, hpr_number=[number])]


async def _rows(session: ReadSession, model: type[V], **keys: Collection[int]) -> Sequence[V]:
    return await rows_with(session, model, KNOWN_NOW, order=("id",), **keys)

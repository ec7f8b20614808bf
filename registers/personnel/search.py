"""Searching health personnel: conditions joined by AND, in an order that a page can follow."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from registers.core.codes import CodeKey
from registers.core.identifiers import HprNumber, PostalCode
from registers.core.keyset import Key
from registers.core.validity import Instant, valid_at
from registers.database.database import known_at
from registers.database.name_search import begins_with, resembles, similarity
from registers.personnel.models import (
    Authorisation,
    HealthProfessional,
    ProfessionalAddress,
    RequisitionRight,
    Speciality,
)


@dataclass(frozen=True, slots=True)
class ProfessionalSearch:
    """What to look for; None = anything. Texts are plain."""

    name: str | None = None
    name_prefix: str | None = None
    profession: CodeKey | None = None
    requisition_right: CodeKey | None = None
    speciality: CodeKey | None = None
    has_speciality: bool | None = None
    municipality: CodeKey | None = None
    postal_code: PostalCode | None = None

    @property
    def key_types(self) -> tuple[type, ...]:
        """Of the key that `find` gives each row."""
        return (str if self.name is None else int, int)

    @property
    def looks_at_authorisations(self) -> bool:
        return (self.profession or self.requisition_right or self.speciality) is not None

    @property
    def looks_at_addresses(self) -> bool:
        return (self.municipality or self.postal_code) is not None


async def find(
    session: AsyncSession, asked: ProfessionalSearch, *, instant: Instant, after: Key | None, limit: int
) -> list[tuple[HealthProfessional, Key]]:
    """Professionals with the key each has in the order: similarity to `name`, else Norwegian order of last name.

    Replaced numbers are left out: their person is found under the surviving one.
    """
    professional = known_at(HealthProfessional, instant)
    order: tuple[Any, Any] = (professional.sort_name, professional.hpr_number)
    if asked.name is not None:
        order = (similarity(professional.search_name, asked.name), professional.hpr_number)
    statement = select(professional, *order).where(*_conditions(professional, asked, instant))
    if after is not None:
        statement = statement.where(tuple_(*order) > tuple_(*(literal(part) for part in after)))
    rows = await session.execute(statement.order_by(*order).limit(limit))
    return [(row, (first, second)) for row, first, second in rows]


async def count(session: AsyncSession, asked: ProfessionalSearch, *, instant: Instant) -> int:
    """How many professionals `find` would find in all."""
    professional = known_at(HealthProfessional, instant)
    statement = select(func.count()).select_from(professional)
    return await session.scalar(statement.where(*_conditions(professional, asked, instant))) or 0


def _conditions(
    professional: type[HealthProfessional], asked: ProfessionalSearch, instant: Instant
) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [professional.replaced_by.is_(None)]
    if asked.name is not None:
        found.append(resembles(professional.search_name, asked.name))
    if asked.name_prefix is not None:
        inside = professional.search_name.contains(literal(" ").concat(func.fold(asked.name_prefix)))
        found.append(or_(begins_with(professional.search_name, asked.name_prefix), inside))
    if asked.looks_at_authorisations:
        found.append(professional.hpr_number.in_(_authorised(asked, instant)))
    if asked.has_speciality is not None:
        specialists = professional.hpr_number.in_(_specialists(instant))
        found.append(specialists if asked.has_speciality else ~specialists)
    if asked.looks_at_addresses:
        found.append(professional.hpr_number.in_(_living(asked, instant)))
    return found


def _authorised(asked: ProfessionalSearch, instant: Instant) -> Select[HprNumber]:
    """Numbers with one authorisation in force that has all that is wanted of one."""
    authorisation = known_at(Authorisation, instant)
    found = select(authorisation.hpr_number).where(*_in_force(authorisation, instant))
    if asked.profession is not None:
        found = found.where(authorisation.profession == asked.profession)
    for model, code in ((RequisitionRight, asked.requisition_right), (Speciality, asked.speciality)):
        if code is not None:
            rights = known_at(model, instant)
            having = select(rights.authorisation_id).where(rights.type == code, *_in_force(rights, instant))
            found = found.where(authorisation.id.in_(having))
    return found


def _specialists(instant: Instant) -> Select[HprNumber]:
    authorisation = known_at(Authorisation, instant)
    speciality = known_at(Speciality, instant)
    return (
        select(authorisation.hpr_number)
        .join(speciality, speciality.authorisation_id == authorisation.id)
        .where(*_in_force(authorisation, instant), *_in_force(speciality, instant))
    )


def _living(asked: ProfessionalSearch, instant: Instant) -> Select[HprNumber]:
    """Numbers with one address that lies where it is wanted."""
    address = known_at(ProfessionalAddress, instant)
    found = select(address.hpr_number)
    for column in ("municipality", "postal_code"):
        value = getattr(asked, column)
        if value is not None:
            found = found.where(getattr(address, column) == value)
    return found


def _in_force(rows: type[Authorisation | RequisitionRight | Speciality], instant: Instant) -> list[ColumnElement[bool]]:
    """By period and ended status alone: what else hinders is judged of one professional, not searched for."""
    return [valid_at(rows, instant.valid_at), rows.ended_status.is_(None)]

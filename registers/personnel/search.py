"""Searching health personnel: conditions joined by AND, in an order that a page can follow."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, literal, or_, select, tuple_

from registers.core.codes import CodeKey
from registers.core.identifiers import HprNumber, PostalCode
from registers.core.validity import Instant, valid_at
from registers.database.search import Key, begins_with, resembles, similarity
from registers.database.sessions import ReadSession
from registers.database.versions import known_at
from registers.personnel.models import (
    Authorisation,
    HealthProfessional,
    ProfessionalAddress,
    RequisitionRight,
    Right,
    Speciality,
)


@dataclass(frozen=True, slots=True)
class ProfessionalSearch:
    """What to search for; None = anything. Texts as `core.text.search_text` gives them."""

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
    session: ReadSession, asked: ProfessionalSearch, *, instant: Instant, after: Key | None, limit: int
) -> list[tuple[HealthProfessional, Key]]:
    """Professionals, each with its key in the order: by similarity to `name`, else by last name in Norwegian order.

    Replaced numbers are left out: their person is found under the surviving one.
    """
    professional = known_at(HealthProfessional, instant)
    first = professional.sort_name if asked.name is None else similarity(professional.search_name, asked.name)
    order = (first, professional.hpr_number)
    statement = select(professional, *order).where(*_conditions(professional, asked, instant))
    if after is not None:
        statement = statement.where(tuple_(*order) > tuple_(*(literal(part) for part in after)))
    rows = await session.execute(statement.order_by(*order).limit(limit))
    return [(row, (first, second)) for row, first, second in rows]


async def count(session: ReadSession, asked: ProfessionalSearch, *, instant: Instant) -> int:
    """How many professionals `find` would find without a limit."""
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
        found.append(professional.hpr_number.in_(_with_address(asked, instant)))
    return found


def _authorised(asked: ProfessionalSearch, instant: Instant) -> Select[HprNumber]:
    """Numbers with an authorisation in force that alone meets every condition on authorisations."""
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
    """Numbers with a speciality in force on an authorisation in force."""
    authorisation = known_at(Authorisation, instant)
    speciality = known_at(Speciality, instant)
    return (
        select(authorisation.hpr_number)
        .join(speciality, speciality.authorisation_id == authorisation.id)
        .where(*_in_force(authorisation, instant), *_in_force(speciality, instant))
    )


def _with_address(asked: ProfessionalSearch, instant: Instant) -> Select[HprNumber]:
    """Numbers with an address that alone meets every condition on addresses."""
    address = known_at(ProfessionalAddress, instant)
    found = select(address.hpr_number)
    if asked.municipality is not None:
        found = found.where(address.municipality == asked.municipality)
    if asked.postal_code is not None:
        found = found.where(address.postal_code == asked.postal_code)
    return found


def _in_force(rows: type[Authorisation | Right], instant: Instant) -> list[ColumnElement[bool]]:
    """By period and ended status alone: what else makes it invalid is decided professional by professional."""
    return [valid_at(rows, instant.valid_at), rows.ended_status.is_(None)]

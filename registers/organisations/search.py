"""Searching organisations: conditions joined by AND, in an order that a page can follow."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, func, literal, or_, select, tuple_

from registers.core.codes import CodeKey
from registers.core.identifiers import OrganisationNumber
from registers.core.validity import Instant, valid_at
from registers.database.search import Key, begins_with, resembles, similarity
from registers.database.sessions import ReadSession
from registers.database.versions import known_at
from registers.organisations.models import Organisation, OrganisationIndustryCode


@dataclass(frozen=True, slots=True)
class OrganisationSearch:
    """What to look for; None = anything."""

    name: str | None = None
    name_prefix: str | None = None
    parent_number: OrganisationNumber | None = None
    kind: str | None = None
    status: str | None = None
    form: CodeKey | None = None
    industry_code: CodeKey | None = None
    municipality: CodeKey | None = None

    @property
    def key_types(self) -> tuple[type, ...]:
        """Of the key that `find` gives each row."""
        return (str if self.name is None else int, str)


async def find(
    session: ReadSession, asked: OrganisationSearch, *, instant: Instant, after: Key | None, limit: int
) -> list[tuple[Organisation, Key]]:
    """Organisations with the key each has in the order: similarity to `name`, else Norwegian order of name."""
    organisation = known_at(Organisation, instant)
    order: tuple[Any, Any] = (organisation.sort_name, organisation.organisation_number)
    if asked.name is not None:
        order = (similarity(organisation.search_name, asked.name), organisation.organisation_number)
    statement = select(organisation, *order).where(*_conditions(organisation, asked, instant))
    if after is not None:
        statement = statement.where(tuple_(*order) > tuple_(*(literal(part) for part in after)))
    rows = await session.execute(statement.order_by(*order).limit(limit))
    return [(row, (first, second)) for row, first, second in rows]


async def count(session: ReadSession, asked: OrganisationSearch, *, instant: Instant) -> int:
    """How many organisations `find` would find in all."""
    organisation = known_at(Organisation, instant)
    statement = select(func.count()).select_from(organisation)
    return await session.scalar(statement.where(*_conditions(organisation, asked, instant))) or 0


def _conditions(
    organisation: type[Organisation], asked: OrganisationSearch, instant: Instant
) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if asked.name is not None:
        found.append(resembles(organisation.search_name, asked.name))
    if asked.name_prefix is not None:
        found.append(begins_with(organisation.search_name, asked.name_prefix))
    if asked.status is not None:
        moment = instant.valid_at
        begun = or_(organisation.valid_to.is_(None), organisation.valid_to > moment)
        found.append(
            {
                "ACTIVE": valid_at(organisation, moment),
                "ENDED": organisation.valid_to <= moment,
                "PLANNED": and_(organisation.valid_from > moment, begun),
            }[asked.status]
        )
    if asked.industry_code is not None:
        industry = known_at(OrganisationIndustryCode, instant)
        of_industry = select(industry.organisation_number).where(industry.code == asked.industry_code)
        found.append(organisation.organisation_number.in_(of_industry))
    for column in ("parent_number", "kind", "form", "municipality"):
        value = getattr(asked, column)
        if value is not None:
            found.append(getattr(organisation, column) == value)
    return found

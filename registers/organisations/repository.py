"""Every SELECT over organisations and RESH units."""

from collections.abc import Collection
from operator import attrgetter
from typing import Any, TypeVar

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from registers.core.database import Versioned, grouped, known_at
from registers.core.identifiers import OrganisationNumber, ReshId
from registers.core.validity import Instant
from registers.organisations.models import (
    Organisation,
    OrganisationAddress,
    OrganisationIndustryCode,
    OrganisationOpeningHours,
    OrganisationProperty,
    ReshUnit,
)

Row = TypeVar("Row", bound=Versioned)


async def by_number(
    session: AsyncSession, numbers: Collection[OrganisationNumber], *, instant: Instant
) -> dict[OrganisationNumber, Organisation]:
    """Organisations by number, ended ones too. Unknown numbers are absent."""
    organisation = known_at(Organisation, instant)
    rows = await session.scalars(select(organisation).where(organisation.organisation_number.in_(numbers)))
    return {row.organisation_number: row for row in rows}


async def sub_units_of(
    session: AsyncSession, numbers: Collection[OrganisationNumber], *, instant: Instant
) -> dict[OrganisationNumber, list[Organisation]]:
    """Organisations directly below, in Norwegian order of name."""
    organisation = known_at(Organisation, instant)
    rows = await session.scalars(
        select(organisation)
        .where(organisation.parent_number.in_(numbers))
        .order_by(organisation.sort_name, organisation.organisation_number)
    )
    return grouped(rows, lambda row: row.parent_number)


async def addresses_of(
    session: AsyncSession, numbers: Collection[OrganisationNumber], *, instant: Instant
) -> dict[OrganisationNumber, list[OrganisationAddress]]:
    return await _parts(session, OrganisationAddress, numbers, instant, "kind")


async def industry_codes_of(
    session: AsyncSession, numbers: Collection[OrganisationNumber], *, instant: Instant
) -> dict[OrganisationNumber, list[OrganisationIndustryCode]]:
    return await _parts(session, OrganisationIndustryCode, numbers, instant, "rank")


async def opening_hours_of(
    session: AsyncSession, numbers: Collection[OrganisationNumber], *, instant: Instant
) -> dict[OrganisationNumber, list[OrganisationOpeningHours]]:
    return await _parts(session, OrganisationOpeningHours, numbers, instant, "opens_at")


async def properties_of(
    session: AsyncSession, numbers: Collection[OrganisationNumber], *, instant: Instant
) -> dict[OrganisationNumber, list[OrganisationProperty]]:
    return await _parts(session, OrganisationProperty, numbers, instant, "code")


async def resh_by_id(session: AsyncSession, ids: Collection[ReshId], *, instant: Instant) -> dict[ReshId, ReshUnit]:
    """RESH units by id, closed ones too. Unknown ids are absent."""
    unit = known_at(ReshUnit, instant)
    return {row.resh_id: row for row in await session.scalars(select(unit).where(unit.resh_id.in_(ids)))}


async def resh_units_below(
    session: AsyncSession, ids: Collection[ReshId], *, instant: Instant
) -> dict[ReshId, list[ReshUnit]]:
    """RESH units directly below, by id."""
    unit = known_at(ReshUnit, instant)
    rows = await session.scalars(select(unit).where(unit.parent_resh_id.in_(ids)).order_by(unit.resh_id))
    return grouped(rows, lambda row: row.parent_resh_id)


async def resh_units_of_organisations(
    session: AsyncSession, numbers: Collection[OrganisationNumber], *, instant: Instant
) -> dict[OrganisationNumber, list[ReshUnit]]:
    """RESH units tied to an organisation, by id."""
    unit = known_at(ReshUnit, instant)
    rows = await session.scalars(select(unit).where(unit.organisation_number.in_(numbers)).order_by(unit.resh_id))
    return grouped(rows, lambda row: row.organisation_number)


async def size(session: AsyncSession, *, instant: Instant) -> int:
    """Number of organisations held."""
    organisation = known_at(Organisation, instant)
    return await session.scalar(select(func.count()).select_from(organisation)) or 0


async def _parts(
    session: AsyncSession,
    model: type[Row],
    numbers: Collection[OrganisationNumber],
    instant: Instant,
    order: str,
) -> dict[OrganisationNumber, list[Row]]:
    part: Any = known_at(model, instant)
    number: InstrumentedAttribute[OrganisationNumber] = part.organisation_number
    rows = await session.scalars(select(part).where(number.in_(numbers)).order_by(number, getattr(part, order)))
    return grouped(rows, attrgetter("organisation_number"))

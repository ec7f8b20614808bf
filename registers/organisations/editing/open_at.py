"""What is still open at an organisation or below a RESH unit at a moment, of other registers too."""

from datetime import datetime
from typing import Any

from sqlalchemy import Table, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from registers.core.identifiers import GpContractId, HerId, OrganisationNumber, ReshId
from registers.database.database import Base

NAMED_MAX = 10  # that a refusal names


async def open_sub_units(session: AsyncSession, number: OrganisationNumber, at: datetime) -> list[OrganisationNumber]:
    """Units directly below it that are there at `at` or come later."""
    return await _open(session, "organisations", "parent_number", number, at)


async def open_parties(session: AsyncSession, number: OrganisationNumber, at: datetime) -> list[HerId]:
    """Active parties of it in the address register; those that are only referred to are not."""
    return await _open(session, "communication_parties", "organisation_number", number, at, active=True)


async def open_contracts(session: AsyncSession, number: OrganisationNumber, at: datetime) -> list[GpContractId]:
    """GP contracts at it as an office."""
    return await _open(session, "gp_contracts", "office_number", number, at)


async def open_units_below(session: AsyncSession, resh_id: ReshId, at: datetime) -> list[ReshId]:
    return await _open(session, "resh_units", "parent_resh_id", resh_id, at)


async def _open(session: AsyncSession, name: str, column: str, value: object, at: datetime, **more: bool) -> list[Any]:
    table: Table = Base.metadata.tables[name]
    (key,) = table.primary_key
    statement = select(key).where(
        table.c[column] == value,
        or_(table.c.valid_to.is_(None), table.c.valid_to > at),
        *(table.c[flag].is_(truth) for flag, truth in more.items()),
    )
    return list(await session.scalars(statement.order_by(key).limit(NAMED_MAX)))

"""Organisations and RESH units as they are now: what an edit reads before it changes them.

Rows are those of the session, to be changed. Nothing is locked: whoever changes the register has locked the log.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Column, ColumnElement, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from registers.core.identifiers import GpContractId, HerId, OrganisationNumber, ReshId
from registers.database.base import Base
from registers.database.sessions import ReadSession
from registers.organisations.models import Organisation, OrganisationSuccession, ReshUnit, ReshUnitSuccession

Key = TypeVar("Key", OrganisationNumber, ReshId)
Found = TypeVar("Found")


async def stands_below(session: AsyncSession, number: OrganisationNumber, *, top: OrganisationNumber) -> bool:
    """Whether the organisation is `top`, or stands below it."""

    async def above(each: OrganisationNumber) -> OrganisationNumber | None:
        row = await session.get(Organisation, each)
        return row.parent_number if row else None

    return await _leads_to(number, top, above)


async def unit_stands_below(session: AsyncSession, resh_id: ReshId, *, top: ReshId) -> bool:
    """Whether the RESH unit is `top`, or stands below it."""

    async def above(each: ReshId) -> ReshId | None:
        row = await session.get(ReshUnit, each)
        return row.parent_resh_id if row else None

    return await _leads_to(resh_id, top, above)


async def _leads_to(start: Key, top: Key, above: Callable[[Key], Awaitable[Key | None]]) -> bool:
    passed: set[Key] = set()
    key: Key | None = start
    while key is not None and key not in passed:
        if key == top:
            return True
        passed.add(key)
        key = await above(key)
    return False


async def open_sub_units(
    session: ReadSession, number: OrganisationNumber, *, at: datetime, limit: int
) -> list[OrganisationNumber]:
    """The first organisations directly below that are open at `at` or later, by number."""
    unit = Base.metadata.tables["organisations"].c
    return await _first_open(session, unit.organisation_number, unit.parent_number == number, at, limit)


async def open_parties(session: ReadSession, number: OrganisationNumber, *, at: datetime, limit: int) -> list[HerId]:
    """The first communication parties of the organisation that are active at `at` or later, by HER-id. Parties that
    cover it or refer to it otherwise do not count."""
    party = Base.metadata.tables["communication_parties"].c
    is_active = and_(party.organisation_number == number, party.active)
    return await _first_open(session, party.her_id, is_active, at, limit)


async def open_contracts(
    session: ReadSession, number: OrganisationNumber, *, at: datetime, limit: int
) -> list[GpContractId]:
    """The first GP contracts at the office that are in force at `at` or later, by id."""
    contract = Base.metadata.tables["gp_contracts"].c
    return await _first_open(session, contract.id, contract.office_number == number, at, limit)


async def open_units_below(session: ReadSession, resh_id: ReshId, *, at: datetime, limit: int) -> list[ReshId]:
    """The first RESH units directly below that are open at `at` or later, by id."""
    unit = Base.metadata.tables["resh_units"].c
    return await _first_open(session, unit.resh_id, unit.parent_resh_id == resh_id, at, limit)


async def _first_open(
    session: ReadSession, key: Column[Found], condition: ColumnElement[bool], at: datetime, limit: int
) -> list[Found]:
    valid_to = key.table.c.valid_to
    statement = select(key).where(condition, or_(valid_to.is_(None), valid_to > at)).order_by(key).limit(limit)
    return list(await session.scalars(statement))


async def highest_resh_id(session: ReadSession) -> int:
    """0 when there is no unit."""
    return await session.scalar(select(func.max(ReshUnit.resh_id))) or 0


async def successions_of(session: ReadSession, number: OrganisationNumber) -> list[OrganisationSuccession]:
    """Who directly succeeds the organisation, in no order."""
    row = OrganisationSuccession
    return list(await session.scalars(select(row).where(row.predecessor == number)))


async def unit_successions_of(session: ReadSession, resh_id: ReshId) -> list[ReshUnitSuccession]:
    """Who directly succeeds the RESH unit, in no order."""
    row = ReshUnitSuccession
    return list(await session.scalars(select(row).where(row.predecessor == resh_id)))

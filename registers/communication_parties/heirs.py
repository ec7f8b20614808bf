"""Parties below an organisation that have no value of their own where the organisation's changes.

What they have in effect changes with it, so each gets an entry of its own in the log.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from registers.changelog.service import Change, Register
from registers.communication_parties.models import (
    CertificateUsage,
    CommunicationParty,
    ElectronicAddress,
    PartyCertificate,
    PhysicalAddress,
    TransportStatus,
)
from registers.core.codes import CodeKey
from registers.core.identifiers import HerId
from registers.core.validity import Period

UPDATED = "CommunicationPartyUpdated"


def inherits_after(own: Iterable[Period], moment: datetime) -> bool:
    """Whether periods of own values leave some time from `moment` on to the parent's."""
    covered = moment
    for period in sorted(own, key=lambda each: each.start):
        if period.start > covered:
            return True
        if period.end is None:
            return False
        covered = max(covered, period.end)
    return True


async def heirs_of_address(
    session: AsyncSession,
    model: type[ElectronicAddress] | type[PhysicalAddress],
    her_id: HerId,
    type_: CodeKey,
    moment: datetime,
) -> list[HerId]:
    """Those without an own address of the type for all time from `moment` on."""
    return await _heirs(session, her_id, moment, model, model.type == type_)


async def heirs_of_certificate(
    session: AsyncSession, her_id: HerId, usage: CertificateUsage, moment: datetime
) -> list[HerId]:
    return await _heirs(session, her_id, moment, PartyCertificate, PartyCertificate.usage == usage.value)


async def heirs_of_transport(session: AsyncSession, her_id: HerId) -> list[HerId]:
    party = CommunicationParty
    rows = await session.scalars(
        select(party.her_id)
        .where(party.parent_her_id == her_id, party.transport == TransportStatus.INHERITED.value)
        .order_by(party.her_id)
    )
    return list(rows)


def changes_of(her_id: HerId, heirs: Iterable[HerId]) -> list[Change]:
    """The party's own entry, then one for each heir."""
    return [Change(Register.COMMUNICATION_PARTIES, str(each), UPDATED) for each in (her_id, *heirs)]


async def _heirs(session: AsyncSession, her_id: HerId, moment: datetime, model: Any, lane: Any) -> list[HerId]:
    party = CommunicationParty
    rows = await session.execute(
        select(party.her_id, model.valid_from, model.valid_to)
        .outerjoin(model, (model.her_id == party.her_id) & lane)
        .where(party.parent_her_id == her_id)
        .order_by(party.her_id)
    )
    own: dict[HerId, list[Period]] = {}
    for child, start, end in rows:
        own.setdefault(child, []).extend([Period(start, end)] if start is not None else [])
    return [child for child, periods in own.items() if inherits_after(periods, moment)]

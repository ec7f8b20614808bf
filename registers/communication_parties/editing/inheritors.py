"""Parties below an organisation whose addresses, transport or certificates change with the organisation's.

What they have in effect changes though nothing of their own does, so each gets an entry of its own in the log. A party
with an own value for all of the time that changes has none.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from registers.changelog.append import Change, Register
from registers.communication_parties.models import CommunicationParty, TransportStatus
from registers.core.identifiers import HerId
from registers.core.validity import Period

UPDATED = "CommunicationPartyUpdated"


@dataclass(frozen=True, slots=True)
class Spell:
    """A value and when it holds. `value` None = there is none: an organisation that says so has nothing to inherit."""

    period: Period
    value: object


def replaced(before: Iterable[Spell], start: datetime, value: object) -> list[Spell]:
    """`before` with a value from `start` until the next that is planned."""
    ahead = min((each.period.start for each in before if each.period.start > start), default=None)
    after = [
        replace(each, period=Period(each.period.start, start)) if each.period.holds(start) else each for each in before
    ]
    return [*after, Spell(Period(start, ahead), value)]


def ended(before: Iterable[Spell], moment: datetime) -> list[Spell]:
    """`before` without what holds at `moment`, from then until it would have ended."""
    return [
        replace(each, period=Period(each.period.start, moment)) if each.period.holds(moment) else each
        for each in before
    ]


def differs(before: Iterable[Spell], after: Iterable[Spell], own: Iterable[Period]) -> bool:
    """Whether what the organisation has becomes another at some time when the party has no own value."""
    before, after, own = list(before), list(after), list(own)
    periods = [*(each.period for each in (*before, *after)), *own]
    moments = {moment for each in periods for moment in (each.start, each.end) if moment is not None}
    return any(
        _value_at(before, moment) != _value_at(after, moment)
        for moment in moments
        if not any(period.holds(moment) for period in own)
    )


async def inheritors_of(
    session: AsyncSession, her_id: HerId, model: Any, slot: Any, before: Sequence[Spell], after: Sequence[Spell]
) -> list[HerId]:
    """Those for whom `after` in place of `before` is in effect at some time. `slot` chooses own rows of `model`."""
    party = CommunicationParty
    rows = await session.execute(
        select(party.her_id, model.valid_from, model.valid_to)
        .outerjoin(model, (model.her_id == party.her_id) & slot)
        .where(party.parent_her_id == her_id)
        .order_by(party.her_id)
    )
    own: dict[HerId, list[Period]] = {}
    for child, start, end in rows:
        own.setdefault(child, []).extend([Period(start, end)] if start is not None else [])
    return [child for child, periods in own.items() if differs(before, after, periods)]


async def inheritors_of_transport(
    session: AsyncSession, her_id: HerId, before: TransportStatus, after: TransportStatus
) -> list[HerId]:
    if transport_below(before.value) == transport_below(after.value):
        return []
    party = CommunicationParty
    rows = await session.scalars(
        select(party.her_id)
        .where(party.parent_her_id == her_id, party.transport == TransportStatus.INHERITED.value)
        .order_by(party.her_id)
    )
    return list(rows)


def transport_below(transport: str) -> str:
    """What those inherit who are below an organisation with this setting: it has nobody to inherit from itself."""
    return TransportStatus.DISABLED.value if transport == TransportStatus.INHERITED.value else transport


def changes_of(her_id: HerId, inheritors: Iterable[HerId]) -> list[Change]:
    """The party's own entry, then one for each heir."""
    return [Change(Register.COMMUNICATION_PARTIES, str(each), UPDATED) for each in (her_id, *inheritors)]


def _value_at(spells: Iterable[Spell], moment: datetime) -> object:
    return next((each.value for each in spells if each.period.holds(moment)), None)

"""Parties for whom an import changes what they inherit, though nothing of their own changes."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from registers.communication_parties.editing.inheritors import Spell, differs, transport_below
from registers.communication_parties.models import (
    CommunicationParty,
    ElectronicAddress,
    PartyCertificate,
    PhysicalAddress,
    TransportStatus,
)
from registers.core.identifiers import HerId
from registers.core.validity import Period
from registers.intake.record_set import Record, RecordSet, Row, any_of, table_of

SLOTS = ((ElectronicAddress, "type"), (PhysicalAddress, "type"), (PartyCertificate, "usage"))
NOT_OF_THE_VALUE = ("id", "her_id", "valid_from", "valid_to")


async def inheritors(session: AsyncSession, parties: RecordSet[HerId]) -> list[HerId]:
    """Those without an entry of their own in this transaction: new parties and changed ones have one as it is."""
    changed = [her_id for her_id in parties.records if _passes_on_change(parties, her_id)]
    if not changed:
        return []
    party = CommunicationParty
    statement = select(party.her_id).where(any_of(party.parent_her_id, changed)).order_by(party.her_id)
    children = (await session.scalars(statement)).all()
    await parties.load(session, children)
    return [
        child
        for child in children
        if not parties.records[child].differs
        and (row := parties.row(child))
        and _inherits_change(parties.records[row["parent_her_id"]], parties.records[child], row, parties)
    ]


def _passes_on_change(parties: RecordSet[HerId], her_id: HerId) -> bool:
    record, row, stored = parties.records[her_id], parties.row(her_id), parties.stored_row(her_id)
    if row is None or stored is None or row["parent_her_id"] is not None:
        return False
    tables = [table_of(model) for model, _ in SLOTS]
    return row["transport"] != stored["transport"] or any(record.stored[each] != record.target[each] for each in tables)


def _inherits_change(above: Record, own: Record, row: Row, parties: RecordSet[HerId]) -> bool:
    [stored], [target] = above.stored[parties.main].values(), above.target[parties.main].values()
    if row["transport"] == TransportStatus.INHERITED.value and (
        transport_below(stored["transport"]) != transport_below(target["transport"])
    ):
        return True
    for model, name in SLOTS:
        table = table_of(model)
        before, after, mine = (_slots(rows[table].values(), name) for rows in (above.stored, above.target, own.target))
        for slot in before.keys() | after.keys():
            periods = [each.period for each in mine.get(slot, [])]
            if differs(before.get(slot, []), after.get(slot, []), periods):
                return True
    return False


def _slots(rows: Iterable[Row], name: str) -> dict[Any, list[Spell]]:
    """What the rows say, by type of address or usage; an address without a type is nobody's to inherit."""
    slots: dict[Any, list[Spell]] = {}
    for row in rows:
        if row[name] is not None:
            columns = {each: value for each, value in row.items() if each not in (name, *NOT_OF_THE_VALUE)}
            value = tuple(sorted(columns.items())) if any(each is not None for each in columns.values()) else None
            slots.setdefault(row[name], []).append(Spell(Period(row["valid_from"], row["valid_to"]), value))
    return slots

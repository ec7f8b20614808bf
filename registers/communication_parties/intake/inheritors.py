"""Parties for whom an import changes what they inherit, though nothing of their own changes."""

from collections.abc import Iterable
from itertools import chain

from sqlalchemy.ext.asyncio import AsyncSession

from registers.communication_parties.editing.inheritors import DatedValue, differs, transport_below
from registers.communication_parties.models import ElectronicAddress, PartyCertificate, PhysicalAddress, TransportStatus
from registers.communication_parties.repository import current
from registers.core.identifiers import HerId
from registers.core.validity import Dated
from registers.intake.record_set import Record, RecordSet, Row, table_of

OwnValue = type[ElectronicAddress] | type[PhysicalAddress] | type[PartyCertificate]
INHERITED: tuple[OwnValue, ...] = (ElectronicAddress, PhysicalAddress, PartyCertificate)


def own_values_differ(record: Record) -> bool:
    """Whether what others may inherit of the party is to change."""
    return any(record.stored[table_of(model)] != record.target[table_of(model)] for model in INHERITED)


async def inheritors(session: AsyncSession, parties: RecordSet[HerId]) -> list[HerId]:
    """Ascending. Parties with rows that change are left out: they have an entry of their own as it is."""
    changed = [her_id for her_id in parties.records if _passes_on_change(parties, her_id)]
    if not changed:
        return []
    children = sorted(chain.from_iterable((await current.children_of(session, changed)).values()))
    await parties.load(session, children)
    return [
        child
        for child in children
        if not parties.records[child].differs
        and (row := parties.row(child))
        and _inherits_change(parties, parties.records[row["parent_her_id"]], parties.records[child], row)
    ]


def _passes_on_change(parties: RecordSet[HerId], her_id: HerId) -> bool:
    row, stored = parties.row(her_id), parties.stored_row(her_id)
    if row is None or stored is None or row["parent_her_id"] is not None:
        return False
    return row["transport"] != stored["transport"] or own_values_differ(parties.records[her_id])


def _inherits_change(parties: RecordSet[HerId], above: Record, own: Record, row: Row) -> bool:
    [stored], [target] = above.stored[parties.main].values(), above.target[parties.main].values()
    if row["transport"] == TransportStatus.INHERITED.value and (
        transport_below(stored["transport"]) != transport_below(target["transport"])
    ):
        return True
    for model in INHERITED:
        table = table_of(model)
        before, after, mine = (_slots(model, rows[table].values()) for rows in (above.stored, above.target, own.target))
        for name in before.keys() | after.keys():
            periods = [each.period for each in mine.get(name, [])]
            if differs(before.get(name, []), after.get(name, []), periods):
                return True
    return False


def _slots(model: OwnValue, rows: Iterable[Row]) -> dict[str, list[DatedValue]]:
    """What the rows have in each slot. An address without a type is in none: nobody inherits it."""
    slots: dict[str, list[DatedValue]] = {}
    for row in rows:
        if (name := row[model.slot_column]) is not None:
            columns = tuple(row[each] for each in model.value_columns)
            value = columns if any(columns) else None
            slots.setdefault(name, []).append(Dated(value, row["valid_from"], row["valid_to"]))
    return slots

"""The own values of a party in one slot, and how an edit changes them.

A slot is one type of address, or one usage of certificates. A new value ends the one that holds when it begins, and
lasts until the next that is planned. Parties below an organisation inherit what it has in a slot, unless they have an
own value there: a change that affects them becomes an entry of theirs too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from registers.communication_parties.editing import inheritors
from registers.communication_parties.editing.inheritors import DatedValue
from registers.communication_parties.editing.party import write_update
from registers.communication_parties.models import ElectronicAddress, PartyCertificate, PhysicalAddress
from registers.communication_parties.repository import current
from registers.core.identifiers import HerId
from registers.core.validity import Dated, current_at, next_start
from registers.editing.transaction import EditTransaction

Own = TypeVar("Own", ElectronicAddress, PhysicalAddress, PartyCertificate)


@dataclass(frozen=True, slots=True)
class Slot(Generic[Own]):
    """`name`: the type of address or the usage. `rows`: own values of all times, in no order."""

    model: type[Own]
    her_id: HerId
    name: str
    rows: Sequence[Own]

    @property
    def values(self) -> list[DatedValue]:
        return [Dated(row.value, row.valid_from, row.valid_to) for row in self.rows]

    def at(self, moment: datetime) -> Own | None:
        """The own value at `moment`."""
        return current_at(self.rows, moment)

    def next_start(self, moment: datetime) -> datetime | None:
        """When the next planned value begins."""
        return next_start(self.rows, moment)


async def slot_of(session: AsyncSession, model: type[Own], her_id: HerId, name: str) -> Slot[Own]:
    return Slot(model, her_id, name, await current.own_values(session, model, her_id, name))


async def write_entries_of_new(transaction: EditTransaction, slot: Slot[Own], new: Own) -> None:
    """Appends the entries of a change that puts `new` into the slot. Raises Refused when there are problems."""
    await _write_entries(transaction, slot, inheritors.replaced(slot.values, new.valid_from, new.value))


async def write_entries_of_end(transaction: EditTransaction, slot: Slot[Own], moment: datetime) -> None:
    """Appends the entries of a change that ends the value at `moment`. Raises Refused when there are problems."""
    await _write_entries(transaction, slot, inheritors.ended(slot.values, moment))


async def put(session: AsyncSession, slot: Slot[Own], new: Own) -> None:
    """Writes `new` into the slot, whose entries are appended."""
    await end(session, slot, new.valid_from)
    session.add(new)


async def end(session: AsyncSession, slot: Slot[Own], moment: datetime) -> None:
    """Ends the value at `moment`, if there is one. A value that begins just then is deleted: it never held."""
    stored = slot.at(moment)
    if stored is None:
        return
    if stored.valid_from == moment:
        await session.delete(stored)
    else:
        stored.valid_to = moment
    await session.flush()  # the database allows one value at a time: the former goes before the new one comes


async def _write_entries(transaction: EditTransaction, slot: Slot[Own], after: Sequence[DatedValue]) -> None:
    transaction.problems.refuse()
    below = await current.own_periods_below(transaction.session, slot.model, slot.her_id, slot.name)
    affected = [her_id for her_id, own in below.items() if inheritors.differs(slot.values, after, own)]
    await write_update(transaction, slot.her_id, affected)

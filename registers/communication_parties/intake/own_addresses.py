"""Whether an address that a record reports is the party's own or inherited from the organisation above.

Some interfaces mark inherited addresses. Others serve the effective address and leave open whose it is: there an
address that equals the parent's counts as inherited.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, cast

from registers.communication_parties.intake.slots import OwnValues, SlotName, Slots, Value
from registers.communication_parties.intake.snapshot import PartySnapshot
from registers.communication_parties.intake.timeline import INHERITS, Reported
from registers.communication_parties.models import PartyKind
from registers.core.identifiers import HerId
from registers.core.validity import Dated, current_at
from registers.intake.record_set import Outcome

Reports = dict[SlotName, list[Reported[Value]]]
"""What a record reports of each slot."""


@dataclass(frozen=True, slots=True)
class AddressOfRecord(Generic[Value]):
    """`value` None = the party has none; `states_none` = and inherits none, if `inherited` is False."""

    slot: SlotName
    value: Value | None
    states_none: bool
    inherited: bool | None  # None = the interface does not report it
    start: datetime | None  # None = not reported
    compared_at: datetime  # the moment at which it may equal the parent's


class OwnAddresses(OwnValues[Value]):
    """The own addresses of one kind, electronic or physical, of the parties of one transaction."""

    def reports(self, outcome: Outcome[PartySnapshot], addresses: Iterable[AddressOfRecord[Value]]) -> Reports[Value]:
        """What the record reports of each slot. The parent must be loaded."""
        snapshot = outcome.snapshot
        parent = snapshot.parent.her_id if snapshot.parent else None
        above = self.slots_of(parent) if parent is not None else {}
        reports: Reports[Value] = {}
        for address in addresses:
            of_parent = current_at(above.get(address.slot, []), address.compared_at)
            if parent is not None and address.inherited and snapshot.kind is not PartyKind.ORGANISATION:
                self._compare_with_parent(outcome, address, of_parent, parent, above)
            inherits = self._inherits(snapshot.kind, address, of_parent)
            value = INHERITS if inherits else cast(Value, address.value)  # None = the party states that it has none
            reports.setdefault(address.slot, []).append(Reported(value, address.start))
        return reports

    def _inherits(self, kind: PartyKind, address: AddressOfRecord[Value], of_parent: Dated[Value] | None) -> bool:
        if kind is PartyKind.ORGANISATION:
            return address.value is None
        if address.inherited is None:
            return address.value is None or self._is_same(address.value, of_parent)
        return address.inherited or (address.value is None and not address.states_none)

    def _compare_with_parent(
        self,
        outcome: Outcome[PartySnapshot],
        address: AddressOfRecord[Value],
        of_parent: Dated[Value] | None,
        parent: HerId,
        above: Slots[Value],
    ) -> None:
        """A parent that is known by reference only gets what its child inherits; another must have it already."""
        if address.value is None:
            return
        row = self.parties.row(parent)
        if row and row["reference_only"] and of_parent is None:
            above.setdefault(address.slot, []).append(Dated(address.value, row["valid_from"]))
            self.set_slots(parent, above)
        elif not self._is_same(address.value, of_parent):
            name = address.slot if isinstance(address.slot, str) else "address without type"
            outcome.flag("inherited-differs", name, f"is not what HER-id {parent} above it has")

    def _is_same(self, value: Value, of_parent: Dated[Value] | None) -> bool:
        return of_parent is not None and self.same(value, of_parent.value)

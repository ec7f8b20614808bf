"""Addresses that parties' records report, merged into those that are stored.

What an interface does not carry stays as it is stored: types that are not its own, planned addresses, and of a physical
address the country, the municipality and the description.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from registers.code_systems.intake.codes import StoredCodes
from registers.communication_parties.intake.own_addresses import AddressOfRecord, OwnAddresses, Reports
from registers.communication_parties.intake.slots import PhysicalValue, SlotName, Slots, Value
from registers.communication_parties.intake.snapshot import PartySnapshot, PhysicalAddressSnapshot
from registers.communication_parties.intake.timeline import INHERITS, IntakeContext, Reported, merged
from registers.communication_parties.models import ElectronicAddress, PhysicalAddress
from registers.core.code_systems import COUNTRIES, ELECTRONIC_ADDRESS_TYPES, MUNICIPALITIES, PHYSICAL_ADDRESS_TYPES
from registers.core.identifiers import HerId
from registers.core.validity import current_at
from registers.intake.record_set import Outcome, RecordSet


class AddressIntake:
    """Own addresses of the parties of one transaction."""

    def __init__(self, parties: RecordSet[HerId], codes: StoredCodes) -> None:
        self._codes = codes
        self.electronic: OwnAddresses[str | None] = OwnAddresses(parties, ElectronicAddress, lambda address: address)
        self._physical = OwnAddresses(parties, PhysicalAddress, PhysicalValue, same=PhysicalValue.resembles)

    def take(self, outcome: Outcome[PartySnapshot], context: IntakeContext) -> None:
        """Own addresses as the record reports them. The parent must be loaded."""
        snapshot = outcome.snapshot
        if snapshot.electronic_addresses or snapshot.electronic_types != frozenset():
            stored = self.electronic.slots_of(snapshot.her_id)
            reports = self.electronic.reports(outcome, self._electronic_of(snapshot, context))
            slots = _merged_slots(stored, reports, snapshot.electronic_types, context)
            self.electronic.set_slots(snapshot.her_id, slots)
        if snapshot.physical_addresses or snapshot.physical_types != frozenset():
            stored = self._physical.slots_of(snapshot.her_id)
            reports = self._physical.reports(outcome, self._physical_of(snapshot, context))
            if snapshot.physical_types is not None:
                reports = _completed(reports, stored, context.at)
            present = replace(context, reports_plans=False)  # no interface reports planned physical addresses
            slots = _merged_slots(stored, reports, snapshot.physical_types, present)
            self._physical.set_slots(snapshot.her_id, slots)

    def inherit(self, her_id: HerId, parent: HerId, at: datetime, *, wholly: bool) -> None:
        """Ends own addresses that merely repeat the parent's; `wholly` = they never were the party's own."""
        self.electronic.end_repeated(her_id, parent, at, wholly=wholly)
        self._physical.end_repeated(her_id, parent, at, wholly=wholly)

    def _electronic_of(self, snapshot: PartySnapshot, context: IntakeContext) -> Iterator[AddressOfRecord[str | None]]:
        """Electronic addresses of the record, without those whose type was refused."""
        for address in snapshot.electronic_addresses:
            slot = self._codes.key(address.type, ELECTRONIC_ADDRESS_TYPES)
            if slot is not None:
                yield AddressOfRecord(
                    slot,
                    address.address or None,
                    states_none=True,
                    inherited=address.inherited,
                    start=address.valid_from,
                    compared_at=max(address.valid_from or context.at, context.at),
                )

    def _physical_of(self, snapshot: PartySnapshot, context: IntakeContext) -> Iterator[AddressOfRecord[PhysicalValue]]:
        """Physical addresses of the record, without those whose type was refused and empty ones without a type. They
        hold now, even where they are dated later."""
        for address in snapshot.physical_addresses:
            value = self._physical_value(address)
            slot = value if address.type is None else self._codes.key(address.type, PHYSICAL_ADDRESS_TYPES)
            if slot is not None:
                yield AddressOfRecord(
                    slot,
                    value,
                    states_none=False,
                    inherited=address.inherited,
                    start=min(address.valid_from, context.at) if address.valid_from else None,
                    compared_at=max(address.valid_from or context.at, context.at),
                )

    def _physical_value(self, address: PhysicalAddressSnapshot) -> PhysicalValue | None:
        """None = nothing is reported of it."""
        value = PhysicalValue(
            address.street or None,
            address.postbox or None,
            address.postal_code,
            address.city or None,
            self._codes.key(address.country, COUNTRIES),
            self._codes.key(address.municipality, MUNICIPALITIES),
            address.description or None,
        )
        return value if any(value) else None


def _merged_slots(
    stored: Slots[Value], reports: Reports[Value], types: frozenset[str] | None, context: IntakeContext
) -> Slots[Value]:
    """`types`: those whose present address the interface carries, None = all. Of other types it may report planned
    addresses alone."""
    slots = dict(stored)
    for name in dict.fromkeys([*stored, *reports]):
        values, reported = stored.get(name, []), reports.get(name, [])
        if not reported and context.first_report and not context.replaces_placeholder:
            continue  # the first record of an interface does not end what other interfaces have reported
        if types is None or name in types:
            slots[name] = merged(values, reported, context)
        elif reported:
            today = current_at(values, context.at)
            unchanged: Reported[Value] = Reported(today.value if today else INHERITS)
            slots[name] = merged(values, [unchanged, *reported], replace(context, reports_plans=True))
    return slots


def _completed(reports: Reports[PhysicalValue], stored: Slots[PhysicalValue], at: datetime) -> Reports[PhysicalValue]:
    """An interface that carries less of an address does not remove the rest of the same one that is stored."""

    def completed(name: SlotName, reported: Reported[PhysicalValue]) -> Reported[PhysicalValue]:
        today = current_at(stored.get(name, []), at)
        return replace(reported, value=today.value) if today and today.value.resembles(reported.value) else reported

    return {name: [completed(name, each) for each in reported] for name, reported in reports.items()}

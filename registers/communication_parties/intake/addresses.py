"""Addresses of a party taken in: which are its own, and since when."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple, TypeVar

from registers.code_systems.intake.codes import StoredCodes
from registers.communication_parties.intake.snapshot import (
    ElectronicAddressSnapshot,
    PartySnapshot,
    PhysicalAddressSnapshot,
)
from registers.communication_parties.intake.timeline import (
    INHERITS,
    Inherits,
    IntakeContext,
    Reported,
    Spell,
    current,
    follow,
    unless_repeated,
)
from registers.communication_parties.models import ElectronicAddress, PartyKind, PhysicalAddress
from registers.core.code_systems import COUNTRIES, ELECTRONIC_ADDRESS_TYPES, MUNICIPALITIES, PHYSICAL_ADDRESS_TYPES
from registers.core.codes import CodeKey
from registers.core.identifiers import HerId, PostalCode
from registers.intake.record_set import Outcome, RecordSet, Row

QUEUE_TYPES = "9044/E_SB_"  # they begin so

Address = TypeVar("Address", ElectronicAddressSnapshot, PhysicalAddressSnapshot)


class PhysicalValue(NamedTuple):
    """All that a physical address says. The first four are what every interface tells."""

    street: str | None
    postbox: str | None
    postal_code: PostalCode | None
    city: str | None
    country: CodeKey | None
    municipality: CodeKey | None
    description: str | None

    @property
    def reported_by_all(self) -> tuple[object, ...]:
        return self[:4]


Value = str | None | PhysicalValue
Slot = CodeKey | PhysicalValue
"""A type of address; an address without type is a lane of its own."""
Slots = dict[Slot, list[Spell[Value]]]


def electronic_slots(rows: Iterable[Row]) -> Slots:
    slots: Slots = {}
    for row in rows:
        spell: Spell[Value] = Spell(row["address"], row["valid_from"], row["valid_to"], row.get("id"))
        slots.setdefault(row["type"], []).append(spell)
    return slots


def electronic_rows(her_id: HerId, slots: Slots) -> list[Row]:
    return [
        _row(her_id, spell) | {"type": slot, "address": spell.value}
        for slot, spells in slots.items()
        for spell in spells
    ]


def physical_slots(rows: Iterable[Row]) -> Slots:
    slots: Slots = {}
    for row in rows:
        physical = PhysicalValue(*(row[name] for name in PhysicalValue._fields))
        spell: Spell[Value] = Spell(physical, row["valid_from"], row["valid_to"], row.get("id"))
        slots.setdefault(row["type"] or physical, []).append(spell)
    return slots


def physical_rows(her_id: HerId, slots: Slots) -> list[Row]:
    return [
        _row(her_id, spell)
        | {"type": None if isinstance(slot, PhysicalValue) else slot}
        | (spell.value._asdict() if isinstance(spell.value, PhysicalValue) else {})
        for slot, spells in slots.items()
        for spell in spells
    ]


def _row(her_id: HerId, spell: Spell[Value]) -> Row:
    return {"id": spell.id, "her_id": her_id, "valid_from": spell.start, "valid_to": spell.end}


class AddressIntake:
    """Own addresses of the parties of one transaction."""

    def __init__(self, parties: RecordSet[HerId], codes: StoredCodes) -> None:
        self._parties = parties
        self._codes = codes

    def electronic(self, her_id: HerId) -> Slots:
        return electronic_slots(self._parties.rows(her_id, ElectronicAddress).values())

    def physical(self, her_id: HerId) -> Slots:
        return physical_slots(self._parties.rows(her_id, PhysicalAddress).values())

    def set_electronic(self, her_id: HerId, slots: Slots) -> None:
        self._parties.set_rows(her_id, ElectronicAddress, electronic_rows(her_id, slots))

    def set_physical(self, her_id: HerId, slots: Slots) -> None:
        self._parties.set_rows(her_id, PhysicalAddress, physical_rows(her_id, slots))

    def take(self, outcome: Outcome[PartySnapshot], moment: IntakeContext) -> None:
        """Own addresses as the record tells them; types its interface cannot carry stay."""
        snapshot = outcome.snapshot
        if snapshot.electronic_addresses or snapshot.electronic_types != frozenset():
            stored = self.electronic(snapshot.her_id)
            reports = self._reports(
                outcome, moment, snapshot.electronic_addresses, self._electronic_value, self.electronic
            )
            slots = _followed(stored, reports, snapshot.electronic_types, moment)
            self.set_electronic(snapshot.her_id, slots)
        if snapshot.physical_addresses or snapshot.physical_types != frozenset():
            stored = self.physical(snapshot.her_id)
            reports = self._reports(outcome, moment, snapshot.physical_addresses, self._physical_value, self.physical)
            if snapshot.physical_types is not None:
                reports = _with_what_is_not_carried(reports, stored, moment)
            present = replace(moment, reports_plans=False)  # no interface plans where somebody will be
            slots = _followed(stored, reports, snapshot.physical_types, present)
            self.set_physical(snapshot.her_id, slots)

    def _electronic_value(self, address: ElectronicAddressSnapshot) -> tuple[Slot | None, Value]:
        return self._codes.key(address.type, ELECTRONIC_ADDRESS_TYPES), address.address or None

    def _physical_value(self, address: PhysicalAddressSnapshot) -> tuple[Slot | None, Value]:
        physical = PhysicalValue(
            address.street or None,
            address.postbox or None,
            address.postal_code,
            address.city or None,
            self._codes.key(address.country, COUNTRIES),
            self._codes.key(address.municipality, MUNICIPALITIES),
            address.description or None,
        )
        value = physical if any(physical) else None
        if address.type is None:
            return value, value
        return self._codes.key(address.type, PHYSICAL_ADDRESS_TYPES), value

    def _reports(
        self,
        outcome: Outcome[PartySnapshot],
        moment: IntakeContext,
        addresses: Iterable[Address],
        value_of: Callable[[Address], tuple[Slot | None, Value]],
        slots_of: Callable[[HerId], Slots],
    ) -> dict[Slot, list[Reported[Value]]]:
        """What the record says of each lane. Its parent must be loaded."""
        snapshot = outcome.snapshot
        parent = snapshot.parent.her_id if snapshot.parent else None
        above = slots_of(parent) if parent is not None else {}
        reports: dict[Slot, list[Reported[Value]]] = {}
        for address in addresses:
            slot, value = value_of(address)
            if slot is None:  # its type was refused, or it says nothing
                continue
            at = max(address.valid_from or moment.at, moment.at)
            of_parent = current(above.get(slot, []), at)
            reports_none = value is None and isinstance(address, ElectronicAddressSnapshot)
            reported: Value | Inherits = value if value is not None or reports_none else INHERITS
            if snapshot.kind is PartyKind.ORGANISATION:
                reported = INHERITS if value is None else value
            elif address.inherited:
                reported = INHERITS
                if value is not None and parent is not None:
                    self._compare_with_parent(outcome, parent, slot, value, of_parent)
                    above = slots_of(parent)
            elif address.inherited is None and (value is None or _same(value, of_parent)):
                reported = INHERITS
            reports.setdefault(slot, []).append(Reported(reported, _start(address, moment)))
        return reports

    def _compare_with_parent(
        self,
        outcome: Outcome[PartySnapshot],
        parent: HerId,
        slot: Slot,
        value: Value,
        of_parent: Spell[Value] | None,
    ) -> None:
        """A parent only announced gets what its child inherits; one that has spoken is left alone."""
        row = self._parties.row(parent)
        if row and row["reference_only"] and of_parent is None:
            physical = isinstance(value, PhysicalValue)
            slots = self.physical(parent) if physical else self.electronic(parent)
            slots.setdefault(slot, []).append(Spell(value, row["valid_from"]))
            (self.set_physical if physical else self.set_electronic)(parent, slots)
        elif not _same(value, of_parent):
            kind = slot if isinstance(slot, str) else "address without type"
            outcome.flag("inherited-differs", kind, f"is not what HER-id {parent} above it has")

    def inherit(self, her_id: HerId, parent: HerId, moment: IntakeContext, *, wholly: bool) -> None:
        """Ends own addresses that merely repeat the parent's; `wholly` = they never were its own."""
        for slots_of, set_rows in (
            (self.electronic, self.set_electronic),
            (self.physical, self.set_physical),
        ):
            slots, above = slots_of(her_id), slots_of(parent)
            remaining = {
                slot: unless_repeated(spells, above.get(slot, []), moment.at, wholly=wholly, same=_same_value)
                for slot, spells in slots.items()
            }
            if remaining != slots:
                set_rows(her_id, remaining)


def _start(address: Address, moment: IntakeContext) -> datetime | None:
    """A physical address is told as it is now, whatever its clock says."""
    if address.valid_from is None or isinstance(address, ElectronicAddressSnapshot):
        return address.valid_from
    return min(address.valid_from, moment.at)


def _same(value: Value, of_parent: Spell[Value] | None) -> bool:
    return _same_value(value, of_parent.value if of_parent else None)


def _same_value(value: Value, other: Value) -> bool:
    if isinstance(value, PhysicalValue) and isinstance(other, PhysicalValue):
        return value.reported_by_all == other.reported_by_all
    return value == other


def _followed(
    stored: Slots, reports: dict[Slot, list[Reported[Value]]], types: frozenset[str] | None, moment: IntakeContext
) -> Slots:
    """`types`: those whose present address the interface tells, None = all. Of others it may tell plans."""
    slots = dict(stored)
    for slot in dict.fromkeys([*stored, *reports]):
        spells, reported = stored.get(slot, []), reports.get(slot, [])
        if not reported and moment.first_word and not moment.anew:
            continue  # what others have told is not ended by the silence of one who speaks for the first time
        if types is None or slot in types:
            slots[slot] = follow(spells, reported, moment)
        elif reported:
            former = current(spells, moment.at)
            stays: Reported[Value] = Reported(former.value if former else INHERITS)
            slots[slot] = follow(spells, [stays, *reported], replace(moment, reports_plans=True))
    return slots


def _with_what_is_not_carried(
    reports: dict[Slot, list[Reported[Value]]], stored: Slots, moment: IntakeContext
) -> dict[Slot, list[Reported[Value]]]:
    """An address that says less than the same one held does not take the rest away."""
    remaining = dict(reports)
    for slot, reported in reports.items():
        former = current(stored.get(slot, []), moment.at)
        if former and isinstance(former.value, PhysicalValue):
            remaining[slot] = [
                Reported(former.value, each.start)
                if isinstance(each.value, PhysicalValue) and each.value.reported_by_all == former.value.reported_by_all
                else each
                for each in reported
            ]
    return remaining

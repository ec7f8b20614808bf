"""Changes of the addresses and the transport of a communication party.

Each change checks everything first and then writes; all of them raise Refused.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from registers.code_systems.editing.codes import usable, usable_or_none
from registers.communication_parties.editing import slots
from registers.communication_parties.editing.inheritors import transport_below
from registers.communication_parties.editing.party import expected_party, write_update
from registers.communication_parties.editing.rules_contact import (
    ADDRESS_EMPTY,
    ADDRESS_IMPLAUSIBLE,
    NOBODY_ABOVE,
    OWN_OR_INHERITED,
)
from registers.communication_parties.editing.slots import Slot, slot_of
from registers.communication_parties.models import (
    QUEUES,
    CommunicationParty,
    ElectronicAddress,
    PartyKind,
    PhysicalAddress,
    TransportStatus,
)
from registers.communication_parties.repository import current
from registers.core.code_systems import COUNTRIES, ELECTRONIC_ADDRESS_TYPES, MUNICIPALITIES, PHYSICAL_ADDRESS_TYPES
from registers.core.codes import CodeKey, code_key
from registers.core.identifiers import EntryNumber, HerId, PostalCode
from registers.editing.periods import validated_period
from registers.editing.rules import NOTHING_TO_CHANGE
from registers.editing.texts import validated_text_or_none
from registers.editing.transaction import EditTransaction

ADDRESS_MAX = 500  # characters: an LDAP URL of a certificate takes more than two hundred
MAILBOXES = (code_key(ELECTRONIC_ADDRESS_TYPES, "E_EDI"), code_key(ELECTRONIC_ADDRESS_TYPES, "E_EPO"))
MAILBOX = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True, slots=True)
class ElectronicTerms:
    """One of three: an own address, none, or the parent's. `since` None = now."""

    type: str
    address: str | None
    none: bool
    inherit: bool
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Location:
    """Codes as values of their systems."""

    street: str | None
    postbox: str | None
    postal_code: PostalCode | None
    city: str | None
    country: str | None
    municipality: str | None
    description: str | None


@dataclass(frozen=True, slots=True)
class PhysicalTerms:
    """`location` None = the parent's is inherited. `since` None = now."""

    type: str
    location: Location | None
    since: datetime | None


async def change_electronic_address(
    transaction: EditTransaction, her_id: HerId, expected_entry: EntryNumber, terms: ElectronicTerms
) -> str:
    """What the party has in the slot from `since` on, until the next value that is planned."""
    problems = transaction.problems
    party = await expected_party(transaction, her_id, expected_entry)
    start = _validated_start(transaction, terms.since)
    type_ = await usable(transaction, ELECTRONIC_ADDRESS_TYPES, terms.type, "input", "type")
    address = validated_text_or_none(problems, terms.address, "input", "address", most=ADDRESS_MAX)
    if [address is not None, terms.none, terms.inherit].count(True) != 1:
        problems.add(OWN_OR_INHERITED, "input")
    if address and _is_implausible(type_, address):
        problems.add(ADDRESS_IMPLAUSIBLE, "input", "address", value=address)
    slot = await slot_of(transaction.session, ElectronicAddress, her_id, type_)
    if terms.inherit:
        return await _inherit(transaction, party, slot, start)
    until = slot.next_start(start)
    new = ElectronicAddress(her_id=her_id, type=type_, address=address, valid_from=start, valid_to=until)
    return await _put(transaction, slot, new)


async def change_physical_address(
    transaction: EditTransaction, her_id: HerId, expected_entry: EntryNumber, terms: PhysicalTerms
) -> str:
    """What the party has in the slot from `since` on, until the next value that is planned."""
    party = await expected_party(transaction, her_id, expected_entry)
    start = _validated_start(transaction, terms.since)
    type_ = await usable(transaction, PHYSICAL_ADDRESS_TYPES, terms.type, "input", "type")
    new = None if terms.location is None else await _validated_address(transaction, terms.location)
    slot = await slot_of(transaction.session, PhysicalAddress, her_id, type_)
    if new is None:
        return await _inherit(transaction, party, slot, start)
    new.her_id, new.type = her_id, type_
    new.valid_from, new.valid_to = start, slot.next_start(start)
    return await _put(transaction, slot, new)


async def change_transport(
    transaction: EditTransaction, her_id: HerId, expected_entry: EntryNumber, transport: TransportStatus
) -> str:
    """Whether AMQP is on, by the party's own setting."""
    party = await expected_party(transaction, her_id, expected_entry)
    if transport is TransportStatus.INHERITED and party.kind == PartyKind.ORGANISATION.value:
        transaction.problems.add(NOBODY_ABOVE, "transport")
    if party.transport == transport.value:
        transaction.problems.add(NOTHING_TO_CHANGE)
    transaction.problems.refuse()
    changes_below = transport_below(party.transport) != transport_below(transport.value)
    inheritors = await current.inheriting_transport(transaction.session, her_id) if changes_below else []
    await write_update(transaction, her_id, inheritors)
    party.transport = transport.value
    return str(her_id)


def _validated_start(transaction: EditTransaction, since: datetime | None) -> datetime:
    return validated_period(transaction.problems, since or transaction.at, None, "input").start


def _is_implausible(type_: CodeKey, address: str) -> bool:
    if type_ in MAILBOXES:
        return not MAILBOX.fullmatch(address)
    return type_.startswith(QUEUES) and " " in address


async def _validated_address(transaction: EditTransaction, location: Location) -> PhysicalAddress:
    """A row with the location alone, not yet in a slot."""
    path = ("input", "place")
    row = PhysicalAddress(
        street=validated_text_or_none(transaction.problems, location.street, *path, "street"),
        postbox=validated_text_or_none(transaction.problems, location.postbox, *path, "postbox"),
        city=validated_text_or_none(transaction.problems, location.city, *path, "city"),
        description=validated_text_or_none(transaction.problems, location.description, *path, "description"),
        postal_code=location.postal_code,
    )
    if not (row.street or row.postbox) or not row.city or row.postal_code is None:
        transaction.problems.add(ADDRESS_EMPTY, *path)
    row.country = await usable_or_none(transaction, COUNTRIES, location.country, *path, "country")
    row.municipality = await usable_or_none(transaction, MUNICIPALITIES, location.municipality, *path, "municipality")
    return row


async def _inherit(
    transaction: EditTransaction, party: CommunicationParty, slot: Slot[slots.Own], start: datetime
) -> str:
    """The party has no own address from `start` on, until the next that is planned."""
    if party.kind == PartyKind.ORGANISATION.value:
        transaction.problems.add(NOBODY_ABOVE, "input", "inherit")
    if slot.at(start) is None:
        transaction.problems.add(NOTHING_TO_CHANGE)
    await slots.write_entries_of_end(transaction, slot, start)
    await slots.end(transaction.session, slot, start)
    return str(party.her_id)


async def _put(transaction: EditTransaction, slot: Slot[slots.Own], new: slots.Own) -> str:
    stored = slot.at(new.valid_from)
    if stored is not None and (stored.columns, stored.valid_to) == (new.columns, new.valid_to):
        transaction.problems.add(NOTHING_TO_CHANGE)
    await slots.write_entries_of_new(transaction, slot, new)
    await slots.put(transaction.session, slot, new)
    return str(slot.her_id)

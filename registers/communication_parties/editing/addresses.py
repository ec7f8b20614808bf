"""Changes of the addresses and the transport of communication parties."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from registers.changelog.append import Register
from registers.code_systems.editing.codes import usable, usable_or_none
from registers.communication_parties.editing import inheritors
from registers.communication_parties.editing.own_periods import end_at, next_after, stored_at
from registers.communication_parties.editing.rules import PARTY_UNKNOWN
from registers.communication_parties.editing.rules_contact import (
    ADDRESS_EMPTY,
    ADDRESS_IMPLAUSIBLE,
    NOBODY_ABOVE,
    OWN_OR_INHERITED,
)
from registers.communication_parties.models import (
    CommunicationParty,
    ElectronicAddress,
    PartyKind,
    PhysicalAddress,
    TransportStatus,
)
from registers.core.code_systems import COUNTRIES, ELECTRONIC_ADDRESS_TYPES, MUNICIPALITIES, PHYSICAL_ADDRESS_TYPES
from registers.core.codes import CodeKey
from registers.core.identifiers import EntryNumber, HerId, PostalCode
from registers.editing.periods import validated_period
from registers.editing.rules import NOTHING_TO_CHANGE
from registers.editing.texts import validated_text_or_none
from registers.editing.transaction import EditTransaction

ADDRESS_MAX = 500  # characters: an LDAP URL of a certificate takes more than two hundred
MAILBOX = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True, slots=True)
class AddressTerms:
    """A physical address as an editor says it."""

    street: str | None
    postbox: str | None
    postal_code: PostalCode | None
    city: str | None
    country: str | None
    municipality: str | None
    description: str | None


async def expected(transaction: EditTransaction, her_id: HerId, expected_entry: EntryNumber) -> CommunicationParty:
    """The party, which the caller must have seen as it is. Raises Refused when there is none."""
    party = await transaction.session.get(CommunicationParty, her_id)
    if party is None:
        transaction.problems.add(PARTY_UNKNOWN, "herId", value=her_id)
        raise transaction.problems.refusal()
    await transaction.expect(Register.COMMUNICATION_PARTIES, str(her_id), expected_entry)
    return party


async def change_electronic_address(
    transaction: EditTransaction,
    *,
    her_id: HerId,
    expected_entry: EntryNumber,
    type_: str,
    address: str | None,
    none: bool,
    inherit: bool,
    since: datetime | None,
) -> str:
    """The own address from `since` on, until the next that is planned. Raises Refused."""
    party = await expected(transaction, her_id, expected_entry)
    start = validated_period(transaction.problems, since or transaction.at, None, "input").start
    slot = await usable(transaction, ELECTRONIC_ADDRESS_TYPES, type_, "input", "type")
    address = validated_text_or_none(transaction.problems, address, "input", "address", most=ADDRESS_MAX)
    if [address is not None, none, inherit].count(True) != 1:
        transaction.problems.add(OWN_OR_INHERITED, "input")
    if address and _is_implausible(slot, address):
        transaction.problems.add(ADDRESS_IMPLAUSIBLE, "input", "address", value=address)
    return await _change_slot(
        transaction, party, ElectronicAddress, slot, start, None if inherit else {"address": address}
    )


async def change_physical_address(
    transaction: EditTransaction,
    *,
    her_id: HerId,
    expected_entry: EntryNumber,
    type_: str,
    terms: AddressTerms | None,
    since: datetime | None,
) -> str:
    """The own address from `since` on; None = inherited, whatever else was sent. Raises Refused."""
    party = await expected(transaction, her_id, expected_entry)
    start = validated_period(transaction.problems, since or transaction.at, None, "input").start
    slot = await usable(transaction, PHYSICAL_ADDRESS_TYPES, type_, "input", "type")
    values = None if terms is None else await _validated_address(transaction, terms)
    return await _change_slot(transaction, party, PhysicalAddress, slot, start, values)


async def change_transport(
    transaction: EditTransaction, *, her_id: HerId, expected_entry: EntryNumber, transport: TransportStatus
) -> str:
    """Whether AMQP is on, by the party's own word. Raises Refused."""
    party = await expected(transaction, her_id, expected_entry)
    if transport is TransportStatus.INHERITED and party.kind == PartyKind.ORGANISATION.value:
        transaction.problems.add(NOBODY_ABOVE, "transport")
    if party.transport == transport.value:
        transaction.problems.add(NOTHING_TO_CHANGE)
    below = await inheritors.inheritors_of_transport(
        transaction.session, her_id, TransportStatus(party.transport), transport
    )
    await transaction.write(*inheritors.changes_of(her_id, below))
    party.transport = transport.value
    return str(her_id)


def _is_implausible(type_: CodeKey, address: str) -> bool:
    if type_ in ("9044/E_EDI", "9044/E_EPO"):
        return not MAILBOX.fullmatch(address)
    return type_.startswith("9044/E_SB_") and " " in address


async def _validated_address(transaction: EditTransaction, terms: AddressTerms) -> dict[str, Any]:
    values: dict[str, Any] = {
        name: validated_text_or_none(transaction.problems, getattr(terms, name), "input", "place", name)
        for name in ("street", "postbox", "city", "description")
    }
    if not (values["street"] or values["postbox"]) or not values["city"] or terms.postal_code is None:
        transaction.problems.add(ADDRESS_EMPTY, "input", "place")
    values["postal_code"] = terms.postal_code
    values["country"] = await usable_or_none(transaction, COUNTRIES, terms.country, "input", "place", "country")
    values["municipality"] = await usable_or_none(
        transaction, MUNICIPALITIES, terms.municipality, "input", "place", "municipality"
    )
    return values


async def _change_slot(
    transaction: EditTransaction,
    party: CommunicationParty,
    model: type[ElectronicAddress] | type[PhysicalAddress],
    slot: CodeKey,
    start: datetime,
    values: dict[str, Any] | None,
) -> str:
    """`values` None = the party inherits from `start` on."""
    if values is None and party.kind == PartyKind.ORGANISATION.value:
        transaction.problems.add(NOBODY_ABOVE, "input", "inherit")
    rows = (
        await transaction.session.scalars(select(model).where(model.her_id == party.her_id, model.type == slot))
    ).all()
    stored = stored_at(rows, start)
    end = next_after(rows, start)
    same = stored is not None and values is not None and all(getattr(stored, key) == values[key] for key in values)
    if (values is None and stored is None) or (same and stored is not None and stored.valid_to == end):
        transaction.problems.add(NOTHING_TO_CHANGE)
    below = await _inheritors(transaction, party.her_id, model, slot, rows, start, values) if values is not None else []
    await transaction.write(*inheritors.changes_of(party.her_id, below))
    await end_at(transaction.session, stored, start)
    if values is not None:
        transaction.session.add(model(her_id=party.her_id, type=slot, valid_from=start, valid_to=end, **values))
    return str(party.her_id)


async def _inheritors(
    transaction: EditTransaction,
    her_id: HerId,
    model: type[ElectronicAddress] | type[PhysicalAddress],
    slot: CodeKey,
    rows: Sequence[ElectronicAddress | PhysicalAddress],
    start: datetime,
    values: dict[str, Any],
) -> list[HerId]:
    def value(columns: Iterable[object]) -> object:
        return row_values if any(row_values := tuple(columns)) else None

    before = [inheritors.Spell(row.period, value(getattr(row, name) for name in values)) for row in rows]
    after = inheritors.replaced(before, start, value(values.values()))
    return await inheritors.inheritors_of(transaction.session, her_id, model, model.type == slot, before, after)

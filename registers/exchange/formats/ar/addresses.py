"""Addresses of a party in Adresseregisteret's old model, each with whether it is inherited."""

from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar

from registers.communication_parties.intake.snapshot import (
    ElectronicAddressSnapshot,
    PhysicalAddressSnapshot,
)
from registers.core.code_systems import COUNTRIES, ELECTRONIC_ADDRESS_TYPES, PHYSICAL_ADDRESS_TYPES
from registers.exchange.reading import values
from registers.exchange.reading.node import Node
from registers.exchange.reading.times import optional_instant
from registers.intake.snapshot import CodeValue

NOTHING_CARRIED: frozenset[str] = frozenset()
LISTS = ("ElectronicAddresses", "FutureElectronicAddresses", "PhysicalAddresses")

Address = TypeVar("Address", ElectronicAddressSnapshot, PhysicalAddressSnapshot)


def changed_at(party: Node) -> datetime | None:
    """When the party or one of its addresses changed last: the party's own time does not cover its addresses."""
    addresses = (Node(each.values) for key in LISTS for each in party.nodes(key))
    times = [optional_instant(each, "LastChanged") for each in (party, *addresses)]
    return max((time for time in times if time), default=None)


def electronic(party: Node, party_from: datetime) -> tuple[list[ElectronicAddressSnapshot], frozenset[str] | None]:
    """Present and planned addresses, and the types the answer can carry (None = all)."""
    present = [
        address
        for node in party.nodes("ElectronicAddresses")
        if (address := _electronic(node, _since(node, party_from)))
    ]
    planned = []
    for node in party.nodes("FutureElectronicAddresses"):
        if valid_from := optional_instant(node, "ValidFrom"):
            planned += [address] if (address := _electronic(node, valid_from)) else []
        else:
            node.refuse("planned-without-time", "ValidFrom", "a planned address tells no time")
    carried = None if "ElectronicAddresses" in party else NOTHING_CARRIED
    of_each_type = _one_of_a_type(party, "ElectronicAddresses", present)
    return of_each_type + values.unique(planned, lambda each: (each.type.key, each.valid_from)), carried


def _electronic(node: Node, valid_from: datetime | None) -> ElectronicAddressSnapshot | None:
    type_ = _type(node, ELECTRONIC_ADDRESS_TYPES)
    if type_ is None:
        node.refuse("address-without-type", "Type", "an electronic address without type")
        return None
    address, inherited = node.text("Address"), node.truth("Inherited")
    if address is None and inherited is False:
        node.flag("address-empty", "Address", "an own address without value")
    return ElectronicAddressSnapshot(type_, address, inherited, valid_from)


def physical(party: Node, party_from: datetime) -> tuple[list[PhysicalAddressSnapshot], frozenset[str] | None]:
    """Addresses, and the types the answer can carry (None = all)."""
    found = [_physical(node, party_from) for node in party.nodes("PhysicalAddresses")]
    carried = None if "PhysicalAddresses" in party else NOTHING_CARRIED
    return _one_of_a_type(party, "PhysicalAddresses", found), carried


def _physical(node: Node, party_from: datetime) -> PhysicalAddressSnapshot:
    address = PhysicalAddressSnapshot(
        type=_type(node, PHYSICAL_ADDRESS_TYPES),
        inherited=node.truth("Inherited"),
        street=node.text("StreetAddress"),
        postbox=node.text("Postbox"),
        postal_code=values.postal_code(node, "PostalCode"),
        city=node.text("City"),
        country=values.code(node, "Country", COUNTRIES),
        municipality=values.municipality(node, "Municipality"),
        description=node.text("Description"),
        valid_from=_since(node, party_from),
    )
    if address.type is None:
        node.flag("address-without-type", "Type", "an address without type")
    lines = (address.street, address.postbox, address.postal_code, address.city, address.description)
    if address.inherited is False and not any(lines):
        node.flag("address-empty", "", "an own address without value")
    return address


def _type(node: Node, system: str) -> CodeValue | None:
    if found := values.code(node, "Type", system):
        return found
    value = node.text("TypeCodeValue")
    return CodeValue(system, value) if value else None


def _since(node: Node, party_from: datetime) -> datetime | None:
    """An own address is valid from its last change; AR does not say what was valid before."""
    changed = optional_instant(node, "LastChanged")
    own = node.truth("Inherited") is False
    return changed if own and changed and changed > party_from else None


def _one_of_a_type(party: Node, key: str, addresses: Iterable[Address]) -> list[Address]:
    """The first own address of each type, else the first; a second one is flagged."""
    found: dict[str | None, Address] = {}
    for address in addresses:
        type_ = address.type.key if address.type else None
        former = found.setdefault(type_, address)
        if former is address:
            continue
        party.flag("address-repeated", key, f"has several addresses of type {type_}")
        if former.inherited is not False and address.inherited is False:
            found[type_] = address
    return list(found.values())

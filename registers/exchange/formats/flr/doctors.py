"""Doctors' cycles on a list, and the out-of-office locations where they see patients."""

from registers.core.code_systems import DOCTOR_RELATIONSHIPS, ELECTRONIC_ADDRESS_TYPES, PHYSICAL_ADDRESS_TYPES
from registers.core.identifiers import GpContractId, HprNumber
from registers.exchange.errors import Unreadable
from registers.exchange.formats.flr.values import contract_id, days, own_id, percentage, validity
from registers.exchange.reading import values
from registers.exchange.reading.node import Node
from registers.exchange.reading.parts import parts
from registers.exchange.reading.times import optional_instant
from registers.gp_lists.intake.snapshot import (
    DoctorCycleSnapshot,
    OutOfOfficeAddressSnapshot,
    OutOfOfficeContactSnapshot,
    OutOfOfficeSnapshot,
)
from registers.intake.snapshot import NOT_REPORTED, NotReported


def doctor_cycles(node: Node, key: str, of: GpContractId) -> list[DoctorCycleSnapshot] | NotReported:
    """The cycles of contract `of`, each once."""
    found = parts(node, key, lambda each: doctor_cycle(each, of))
    return found if found is NOT_REPORTED else values.unique(found, lambda each: each.id)


def doctor_cycle(node: Node, of: GpContractId) -> DoctorCycleSnapshot:
    """A cycle of contract `of`. Raises Unreadable without id, doctor, relationship or period."""
    hpr_number = values.hpr_number(node, "HprNumber")
    if hpr_number is None:
        raise Unreadable("hpr-number", "the doctor's period has no readable HPR number")
    relationship = values.code(node, "Relationship", DOCTOR_RELATIONSHIPS)
    if relationship is None:
        raise Unreadable("relationship-missing", "tells not in which relationship the doctor is to the list")
    valid_from, valid_to = validity(node, "Valid")
    return DoctorCycleSnapshot(
        id=own_id(node, "Id"),
        contract_id=same_contract(node, of),
        hpr_number=hpr_number,
        relationship=relationship,
        substitute_for=_substitute_for(node, hpr_number),
        valid_from=valid_from,
        valid_to=valid_to,
        working_percentage=percentage(node, "WorkingPercentage"),
        working_on_days=days(node, "WorkingOnDays"),
        changed_at=optional_instant(node, "UpdatedOn"),
    )


def same_contract(node: Node, of: GpContractId) -> GpContractId:
    """`of`. Raises Unreadable when the part names another contract."""
    stated = contract_id(node, "GPContractId")
    if stated is not None and stated != of:
        raise Unreadable("contract-ids-differ", "names another contract than the one it stands in")
    return of


def _substitute_for(node: Node, own: HprNumber) -> HprNumber | None:
    number = values.hpr_number(node, "SubstituteForHprNumber")
    if number == own:
        node.flag("own-substitute", "SubstituteForHprNumber", "is the doctor's own number and was left out")
        return None
    return number


def out_of_office(node: Node, key: str, of: GpContractId) -> list[OutOfOfficeSnapshot] | NotReported:
    found = parts(node, key, lambda each: _location(each, of))
    return found if found is NOT_REPORTED else values.unique(found, lambda each: each.id)


def _location(node: Node, of: GpContractId) -> OutOfOfficeSnapshot:
    valid_from, valid_to = validity(node, "Valid")
    addresses = parts(node, "PhysicalAddresses", _address)
    contacts = parts(node, "ElectronicAddresses", _contact)
    return OutOfOfficeSnapshot(
        id=own_id(node, "Id"),
        contract_id=same_contract(node, of),
        description=node.text("Description"),
        valid_from=valid_from,
        valid_to=valid_to,
        addresses=() if addresses is NOT_REPORTED else tuple(values.unique(addresses, lambda each: each.type.key)),
        contacts=() if contacts is NOT_REPORTED else tuple(values.unique(contacts, lambda each: each.type.key)),
        changed_at=optional_instant(node, "UpdatedOn"),
    )


def _address(node: Node) -> OutOfOfficeAddressSnapshot:
    address_type = values.code(node, "Type", PHYSICAL_ADDRESS_TYPES)
    if address_type is None:
        raise Unreadable("address-without-type", "an address without type")
    return OutOfOfficeAddressSnapshot(
        type=address_type,
        street=node.text("StreetAddress"),
        postbox=node.text("Postbox"),
        postal_code=values.postal_code(node, "PostalCode"),
        city=node.text("City"),
    )


def _contact(node: Node) -> OutOfOfficeContactSnapshot | None:
    contact_type, address = values.code(node, "Type", ELECTRONIC_ADDRESS_TYPES), node.text("Address")
    if contact_type is None:
        raise Unreadable("address-without-type", "an electronic address without type")
    return OutOfOfficeContactSnapshot(type=contact_type, address=address) if address else None

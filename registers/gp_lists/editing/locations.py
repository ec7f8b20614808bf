"""Every change of the other places where GPs see patients. A place expires and is never removed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from registers.changelog.append import Change, Register
from registers.code_systems.editing.codes import usable
from registers.core.code_systems import ELECTRONIC_ADDRESS_TYPES, PHYSICAL_ADDRESS_TYPES
from registers.core.identifiers import EntryNumber, FlrId, GpContractId, PostalCode
from registers.core.validity import Period
from registers.editing.periods import validated_end, validated_period
from registers.editing.rules import NOTHING_TO_CHANGE
from registers.editing.texts import validated_text, validated_text_or_none
from registers.editing.transaction import EditTransaction
from registers.gp_lists.editing.contracts import contract_to_change
from registers.gp_lists.editing.references import check_once, number_parts
from registers.gp_lists.editing.rules import ENDED_ALREADY, LOCATION_UNKNOWN
from registers.gp_lists.models import OutOfOfficeAddress, OutOfOfficeContact, OutOfOfficeLocation


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressTerms:
    type: str  # 3401
    street: str | None
    postbox: str | None
    postal_code: PostalCode | None
    city: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactTerms:
    type: str  # 9044
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LocationTerms:
    """What a place is to say."""

    location_id: FlrId | None  # FLO's number of a new one
    description: str | None
    addresses: Sequence[AddressTerms]
    contacts: Sequence[ContactTerms]
    start: datetime
    end: datetime | None


Parts = dict[tuple[type, str], dict[str, str | None]]
"""Addresses of a place by kind and type."""


async def add(
    transaction: EditTransaction, contract_id: GpContractId, expected_entry: EntryNumber, terms: LocationTerms
) -> str:
    """Raises Refused."""
    await contract_to_change(transaction, contract_id, expected_entry)
    [location_id] = await number_parts(transaction, OutOfOfficeLocation, [terms.location_id], [("input", "locationId")])
    period, description, parts = await _validated(transaction, terms)
    await transaction.write(Change(Register.GP_LISTS, str(contract_id), "OutOfOfficeLocationCreated"))
    transaction.session.add(
        OutOfOfficeLocation(
            id=location_id,
            contract_id=contract_id,
            description=description,
            valid_from=period.start,
            valid_to=period.end,
        )
    )
    await transaction.session.flush()
    transaction.session.add_all(
        model(location_id=location_id, type=type_, **columns) for (model, type_), columns in parts.items()
    )
    return str(contract_id)


async def change(
    transaction: EditTransaction,
    contract_id: GpContractId,
    location_id: FlrId,
    expected_entry: EntryNumber,
    terms: LocationTerms,
) -> str:
    """The place says all that it is told, and nothing of what it said before. Raises Refused."""
    location = await _location_to_change(transaction, contract_id, location_id, expected_entry)
    period, description, parts = await _validated(transaction, terms)
    rows = await _parts_of(transaction, location_id)
    stored = {key: {name: getattr(row, name) for name in COLUMNS[key[0]]} for key, row in rows.items()}
    if (period, description, parts) == (location.period, location.description, stored):
        transaction.problems.add(NOTHING_TO_CHANGE, "input")
    await transaction.write(Change(Register.GP_LISTS, str(contract_id), "OutOfOfficeLocationUpdated"))
    location.description = description
    location.valid_from, location.valid_to = period.start, period.end
    for key, row in rows.items():
        if key not in parts:
            await transaction.session.delete(row)
    for (model, type_), columns in parts.items():
        row = rows.get((model, type_))
        if row is None:
            transaction.session.add(model(location_id=location_id, type=type_, **columns))
        for name, value in columns.items() if row is not None else ():
            setattr(row, name, value)
    return str(contract_id)


async def remove(
    transaction: EditTransaction,
    contract_id: GpContractId,
    location_id: FlrId,
    expected_entry: EntryNumber,
    *,
    at: datetime | None,
) -> str:
    """It is in use until `at`, and stays readable at earlier moments. Raises Refused."""
    location = await _location_to_change(transaction, contract_id, location_id, expected_entry)
    end = validated_end(transaction.problems, location.valid_from, at or transaction.at, "at")
    if location.valid_to is not None and location.valid_to <= end:
        transaction.problems.add(ENDED_ALREADY, "at", value=location.valid_to.isoformat())
    await transaction.write(Change(Register.GP_LISTS, str(contract_id), "OutOfOfficeLocationDeleted"))
    location.valid_to = end
    return str(contract_id)


async def end_with_contract(transaction: EditTransaction, contract_id: GpContractId, at: datetime) -> None:
    """No place of a contract that has ended is in use: they expire with it, those planned for later fall away."""
    location = OutOfOfficeLocation
    coming = select(location.id).where(location.contract_id == contract_id, location.valid_from >= at)
    for part in COLUMNS:
        await transaction.session.execute(delete(part).where(part.location_id.in_(coming)))
    await transaction.session.execute(delete(location).where(location.id.in_(coming)))
    for row in await transaction.session.scalars(select(location).where(location.contract_id == contract_id)):
        if row.valid_to is None or row.valid_to > at:
            row.valid_to = at


async def _location_to_change(
    transaction: EditTransaction, contract_id: GpContractId, location_id: FlrId, expected_entry: EntryNumber
) -> OutOfOfficeLocation:
    await contract_to_change(transaction, contract_id, expected_entry)
    location = await transaction.session.get(OutOfOfficeLocation, location_id)
    if location is None or location.contract_id != contract_id:
        transaction.problems.add(LOCATION_UNKNOWN, "locationId", value=location_id)
        raise transaction.problems.refusal()
    return location


COLUMNS = {OutOfOfficeAddress: ("street", "postbox", "postal_code", "city"), OutOfOfficeContact: ("address",)}
"""What the parts of a place say, by their kind."""


async def _parts_of(
    transaction: EditTransaction, location_id: FlrId
) -> dict[tuple[type, str], OutOfOfficeAddress | OutOfOfficeContact]:
    return {
        (part, row.type): row
        for part in COLUMNS
        for row in await transaction.session.scalars(select(part).where(part.location_id == location_id))
    }


async def _validated(transaction: EditTransaction, terms: LocationTerms) -> tuple[Period, str | None, Parts]:
    problems = transaction.problems
    period = validated_period(problems, terms.start, terms.end, "input", "period")
    description = validated_text_or_none(problems, terms.description, "input", "description")
    check_once(transaction, [each.type for each in terms.addresses], "input", "physicalAddresses")
    check_once(transaction, [each.type for each in terms.contacts], "input", "electronicAddresses")
    parts: Parts = {}
    for index, address in enumerate(terms.addresses):
        path = ("input", "physicalAddresses", str(index))
        parts[OutOfOfficeAddress, await usable(transaction, PHYSICAL_ADDRESS_TYPES, address.type, *path, "type")] = {
            "street": validated_text_or_none(problems, address.street, *path, "street"),
            "postbox": validated_text_or_none(problems, address.postbox, *path, "postbox"),
            "postal_code": address.postal_code,
            "city": validated_text_or_none(problems, address.city, *path, "city"),
        }
    for index, contact in enumerate(terms.contacts):
        path = ("input", "electronicAddresses", str(index))
        key = await usable(transaction, ELECTRONIC_ADDRESS_TYPES, contact.type, *path, "type")
        parts[OutOfOfficeContact, key] = {"address": validated_text(problems, contact.address, *path, "address")}
    return period, description, parts

"""Out-of-office locations: other places where the GP sees patients. A location expires and is never removed.

Each change returns the key of the contract in the log, and raises Refused with all that is wrong.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete

from registers.changelog.append import Change, Register
from registers.code_systems.editing.codes import usable
from registers.core.code_systems import ELECTRONIC_ADDRESS_TYPES, PHYSICAL_ADDRESS_TYPES
from registers.core.codes import CodeKey
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
from registers.gp_lists.repository import current
from registers.gp_lists.repository.current import LocationPart


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
    """A location as the input gives it."""

    location_id: FlrId | None  # FLO's number of a new one
    description: str | None
    addresses: Sequence[AddressTerms]
    contacts: Sequence[ContactTerms]
    start: datetime
    end: datetime | None


COLUMNS: Mapping[type[LocationPart], tuple[str, ...]] = {
    OutOfOfficeAddress: ("street", "postbox", "postal_code", "city"),
    OutOfOfficeContact: ("address",),
}
"""The columns of a location's addresses, by their kind."""

Parts = dict[tuple[type[LocationPart], CodeKey], dict[str, str | None]]
"""The columns of each address of a location, by kind and type."""


@dataclass(frozen=True, slots=True)
class Location:
    """The values of a location, stored or asked for."""

    period: Period
    description: str | None
    parts: Parts


async def add(
    transaction: EditTransaction, contract_id: GpContractId, expected_entry: EntryNumber, terms: LocationTerms
) -> str:
    """Adds a location to the contract."""
    await contract_to_change(transaction, contract_id, expected_entry)
    [location_id] = await number_parts(transaction, OutOfOfficeLocation, [terms.location_id], [("input", "locationId")])
    location = await _validated(transaction, terms)
    await transaction.write(Change(Register.GP_LISTS, str(contract_id), "OutOfOfficeLocationCreated"))
    transaction.session.add(
        OutOfOfficeLocation(
            id=location_id,
            contract_id=contract_id,
            description=location.description,
            valid_from=location.period.start,
            valid_to=location.period.end,
        )
    )
    await transaction.session.flush()
    await _write_parts(transaction, location_id, {}, location.parts)
    return str(contract_id)


async def change(
    transaction: EditTransaction,
    contract_id: GpContractId,
    location_id: FlrId,
    expected_entry: EntryNumber,
    terms: LocationTerms,
) -> str:
    """Replaces the whole location with `terms`."""
    row = await _location_to_change(transaction, contract_id, location_id, expected_entry)
    location = await _validated(transaction, terms)
    rows = {(type(each), each.type): each for each in await current.parts_of_location(transaction.session, location_id)}
    if location == Location(row.period, row.description, _parts(rows)):
        transaction.problems.add(NOTHING_TO_CHANGE, "input")
    await transaction.write(Change(Register.GP_LISTS, str(contract_id), "OutOfOfficeLocationUpdated"))
    row.description = location.description
    row.valid_from, row.valid_to = location.period.start, location.period.end
    await _write_parts(transaction, location_id, rows, location.parts)
    return str(contract_id)


async def remove(
    transaction: EditTransaction,
    contract_id: GpContractId,
    location_id: FlrId,
    expected_entry: EntryNumber,
    *,
    at: datetime | None,
) -> str:
    """The location is in use until `at`, by default now, and stays readable at earlier moments."""
    row = await _location_to_change(transaction, contract_id, location_id, expected_entry)
    end = validated_end(transaction.problems, row.valid_from, at or transaction.at, "at")
    if row.valid_to is not None and row.valid_to <= end:
        transaction.problems.add(ENDED_ALREADY, "at", value=row.valid_to.isoformat())
    await transaction.write(Change(Register.GP_LISTS, str(contract_id), "OutOfOfficeLocationDeleted"))
    row.valid_to = end
    return str(contract_id)


async def end_with_contract(transaction: EditTransaction, contract_id: GpContractId, at: datetime) -> None:
    """No location of a contract that has ended is in use: they expire with it, and those that would begin later are
    deleted."""
    rows = await current.locations_of(transaction.session, contract_id)
    coming = [row.id for row in rows if row.valid_from >= at]
    for part in COLUMNS:
        await transaction.session.execute(delete(part).where(part.location_id.in_(coming)))
    await transaction.session.execute(delete(OutOfOfficeLocation).where(OutOfOfficeLocation.id.in_(coming)))
    for row in rows:
        if row.valid_from < at and (row.valid_to is None or row.valid_to > at):
            row.valid_to = at


async def _location_to_change(
    transaction: EditTransaction, contract_id: GpContractId, location_id: FlrId, expected_entry: EntryNumber
) -> OutOfOfficeLocation:
    await contract_to_change(transaction, contract_id, expected_entry)
    row = await transaction.session.get(OutOfOfficeLocation, location_id)
    if row is None or row.contract_id != contract_id:
        transaction.problems.add(LOCATION_UNKNOWN, "locationId", value=location_id)
        raise transaction.problems.refusal()
    return row


async def _validated(transaction: EditTransaction, terms: LocationTerms) -> Location:
    problems = transaction.problems
    period = validated_period(problems, terms.start, terms.end, "input", "period")
    description = validated_text_or_none(problems, terms.description, "input", "description")
    check_once(transaction, [each.type for each in terms.addresses], "input", "physicalAddresses")
    check_once(transaction, [each.type for each in terms.contacts], "input", "electronicAddresses")
    parts: Parts = {}
    for index, address in enumerate(terms.addresses):
        path = ("input", "physicalAddresses", str(index))
        key = await usable(transaction, PHYSICAL_ADDRESS_TYPES, address.type, *path, "type")
        parts[OutOfOfficeAddress, key] = {
            "street": validated_text_or_none(problems, address.street, *path, "street"),
            "postbox": validated_text_or_none(problems, address.postbox, *path, "postbox"),
            "postal_code": address.postal_code,
            "city": validated_text_or_none(problems, address.city, *path, "city"),
        }
    for index, contact in enumerate(terms.contacts):
        path = ("input", "electronicAddresses", str(index))
        key = await usable(transaction, ELECTRONIC_ADDRESS_TYPES, contact.type, *path, "type")
        parts[OutOfOfficeContact, key] = {"address": validated_text(problems, contact.address, *path, "address")}
    return Location(period, description, parts)


def _parts(rows: Mapping[tuple[type[LocationPart], CodeKey], LocationPart]) -> Parts:
    return {key: {name: getattr(row, name) for name in COLUMNS[key[0]]} for key, row in rows.items()}


async def _write_parts(
    transaction: EditTransaction,
    location_id: FlrId,
    rows: Mapping[tuple[type[LocationPart], CodeKey], LocationPart],
    target: Parts,
) -> None:
    """Makes the addresses of the location, which are `rows`, those of `target`."""
    for key, row in rows.items():
        if key not in target:
            await transaction.session.delete(row)
    for (model, type_), columns in target.items():
        row = rows.get((model, type_))
        if row is None:
            transaction.session.add(model(location_id=location_id, type=type_, **columns))
            continue
        for name, value in columns.items():
            setattr(row, name, value)

"""Changes of an organisation: of what Enhetsregisteret has of it, and of BEDREG's additions.

Each change sets the target rows of the record, as an import does, and checks them; rows that differ from the stored
ones are then written under one entry. All of them raise Refused.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from registers.changelog.append import Register
from registers.core.identifiers import EntryNumber, OrganisationNumber
from registers.editing.bulk_writes import Writes
from registers.editing.periods import validated_end, validated_time
from registers.editing.rules import NOTHING_TO_CHANGE
from registers.editing.transaction import EditTransaction
from registers.intake.aggregate import empty_row
from registers.intake.record_set import RecordSet, Row
from registers.organisations.editing import parts, rules
from registers.organisations.models import (
    AddressKind,
    Organisation,
    OrganisationAddress,
    OrganisationIndustryCode,
    OrganisationKind,
    OrganisationOpeningHours,
    OrganisationProperty,
)
from registers.organisations.repository.current import open_contracts, open_parties, open_sub_units, stands_below

NAMED_MAX = 10  # records that a refusal names


@dataclass(frozen=True, slots=True)
class Registration:
    """What an organisation is registered with."""

    kind: OrganisationKind
    parent_number: OrganisationNumber | None
    valid_from: datetime
    details: parts.Details
    addresses: Sequence[parts.Address]
    industry_codes: Sequence[str]


async def register(transaction: EditTransaction, number: OrganisationNumber, terms: Registration) -> OrganisationNumber:
    """A new organisation, or the record of one known only because others point at it."""
    record_set = await _load(transaction, number)
    row = record_set.row(number)
    if row is not None and not row["reference_only"]:
        transaction.problems.add(rules.REGISTERED, "organisationNumber", value=number)
    if terms.kind is OrganisationKind.UNKNOWN:
        transaction.problems.add(rules.KIND_UNKNOWN, "input", "kind")
    if terms.kind is OrganisationKind.SUB_UNIT and await open_sub_units(
        transaction.session, number, at=transaction.at, limit=1
    ):
        transaction.problems.add(rules.BELOW_SUB_UNIT, "input", "kind", value=number)
    await _check_parent(transaction, number, terms.kind, terms.parent_number, "input", "parentNumber")
    details = await parts.validated_details(transaction, terms.details, "input", "details")
    target = (row or empty_row(Organisation)) | {
        "organisation_number": number,
        "check_digit_holds": True,
        "reference_only": False,
        "kind": terms.kind.value,
        "parent_number": terms.parent_number,
        "valid_from": validated_time(transaction.problems, terms.valid_from, "input", "validFrom"),
        "valid_to": None,
    }
    record_set.set_row(number, target | details)
    await _set_addresses(transaction, record_set, number, terms.addresses)
    if terms.industry_codes:
        rows = await parts.industry_codes(transaction, number, terms.industry_codes)
        record_set.set_rows(number, OrganisationIndustryCode, rows)
    return await _store(transaction, record_set, number, "OrganisationCreated")


async def change_details(
    transaction: EditTransaction, number: OrganisationNumber, expected_entry: EntryNumber, details: parts.Details
) -> OrganisationNumber:
    """Changes the details that are given."""
    record_set = await _load_existing(transaction, number, expected_entry)
    _set_columns(record_set, number, await parts.validated_details(transaction, details, "input"))
    return await _store(transaction, record_set, number)


async def change_addresses(
    transaction: EditTransaction,
    number: OrganisationNumber,
    expected_entry: EntryNumber,
    addresses: Sequence[parts.Address],
) -> OrganisationNumber:
    """Replaces all addresses; the municipality of the organisation becomes that of the business or location address."""
    record_set = await _load_existing(transaction, number, expected_entry)
    await _set_addresses(transaction, record_set, number, addresses)
    return await _store(transaction, record_set, number)


async def change_industry_codes(
    transaction: EditTransaction, number: OrganisationNumber, expected_entry: EntryNumber, codes: Sequence[str]
) -> OrganisationNumber:
    """Replaces all industry codes; the main one comes first."""
    record_set = await _load_existing(transaction, number, expected_entry)
    record_set.set_rows(number, OrganisationIndustryCode, await parts.industry_codes(transaction, number, codes))
    return await _store(transaction, record_set, number)


async def move(
    transaction: EditTransaction,
    number: OrganisationNumber,
    expected_entry: EntryNumber,
    parent_number: OrganisationNumber | None,
) -> OrganisationNumber:
    """Puts it below another organisation, or at the top (None)."""
    record_set = await _load_existing(transaction, number, expected_entry)
    row = record_set.row(number) or {}
    await _check_parent(transaction, number, OrganisationKind(row["kind"]), parent_number, "parentNumber")
    _set_columns(record_set, number, {"parent_number": parent_number})
    return await _store(transaction, record_set, number)


async def change_additions(
    transaction: EditTransaction, number: OrganisationNumber, expected_entry: EntryNumber, additions: parts.Additions
) -> OrganisationNumber:
    """Changes the additions that are given. No file of Enhetsregisteret overwrites them."""
    record_set = await _load_existing(transaction, number, expected_entry)
    if "opening_hours" in additions:
        hours = parts.opening_hours(transaction, number, additions["opening_hours"])
        record_set.set_rows(number, OrganisationOpeningHours, hours)
    if "properties" in additions:
        properties = await parts.properties(transaction, number, additions["properties"])
        record_set.set_rows(number, OrganisationProperty, properties)
    _set_columns(record_set, number, parts.validated_additional_texts(transaction, additions))
    return await _store(transaction, record_set, number)


async def close(
    transaction: EditTransaction, number: OrganisationNumber, expected_entry: EntryNumber, at: datetime
) -> OrganisationNumber:
    """Struck off from `at` on. Refused while something depends on it: a sub-unit cannot stand alone, a message would be
    addressed to an enterprise that is gone, patients would be on a list at no office. RESH units tied to it do not
    count: others maintain their charts, which show that the organisation has ended."""
    record_set = await _load_existing(transaction, number, expected_entry)
    row = record_set.row(number) or {}
    validated_end(transaction.problems, row["valid_from"], at, "at")
    for rule, still_open in (
        (rules.OPEN_SUB_UNITS, open_sub_units),
        (rules.OPEN_PARTIES, open_parties),
        (rules.OPEN_CONTRACTS, open_contracts),
    ):
        if found := await still_open(transaction.session, number, at=at, limit=NAMED_MAX):
            transaction.problems.add(rule, "organisationNumber", value=", ".join(map(str, found)))
    _set_columns(record_set, number, {"valid_to": at})
    return await _store(transaction, record_set, number, "OrganisationClosed")


async def reopen(
    transaction: EditTransaction, number: OrganisationNumber, expected_entry: EntryNumber
) -> OrganisationNumber:
    """The organisation has no end any more."""
    record_set = await _load_existing(transaction, number, expected_entry)
    row = record_set.row(number) or {}
    await _check_parent(transaction, number, OrganisationKind(row["kind"]), row["parent_number"], "organisationNumber")
    _set_columns(record_set, number, {"valid_to": None})
    return await _store(transaction, record_set, number, "OrganisationReopened")


async def _load(transaction: EditTransaction, number: OrganisationNumber) -> RecordSet[OrganisationNumber]:
    record_set: RecordSet[OrganisationNumber] = RecordSet(
        "organisation_number",
        Organisation,
        OrganisationAddress,
        OrganisationIndustryCode,
        OrganisationOpeningHours,
        OrganisationProperty,
    )
    await record_set.load(transaction.session, [number])
    return record_set


async def _load_existing(
    transaction: EditTransaction, number: OrganisationNumber, expected_entry: EntryNumber
) -> RecordSet[OrganisationNumber]:
    """The organisation, which must have a record of its own, as the caller has seen it. Raises Refused when there is
    none: nothing else can be checked then."""
    record_set = await _load(transaction, number)
    row = record_set.row(number)
    if row is None:
        transaction.problems.add(rules.UNKNOWN, "organisationNumber", value=number)
        raise transaction.problems.refusal()
    await transaction.expect(Register.ORGANISATIONS, number, expected_entry)
    if row["reference_only"]:
        transaction.problems.add(rules.REFERENCE_ONLY, "organisationNumber", value=number)
    return record_set


def _set_columns(record_set: RecordSet[OrganisationNumber], number: OrganisationNumber, columns: Row) -> None:
    record_set.set_row(number, (record_set.row(number) or {}) | columns)


async def _store(
    transaction: EditTransaction,
    record_set: RecordSet[OrganisationNumber],
    number: OrganisationNumber,
    action: str = "OrganisationUpdated",
) -> OrganisationNumber:
    transaction.problems.refuse()
    record = record_set.records[number]
    if not record.differs:
        transaction.problems.add(NOTHING_TO_CHANGE)
    writes = Writes()
    writes.compare(record, under=writes.entry(Register.ORGANISATIONS, number, action))
    await transaction.apply(writes)
    return number


async def _set_addresses(
    transaction: EditTransaction,
    record_set: RecordSet[OrganisationNumber],
    number: OrganisationNumber,
    terms: Sequence[parts.Address],
) -> None:
    row = record_set.row(number) or {}
    rows = await parts.addresses(transaction, number, OrganisationKind(row["kind"]), terms)
    record_set.set_rows(number, OrganisationAddress, rows)
    main = [each["municipality"] for each in rows if each["kind"] != AddressKind.POSTAL.value]
    if main:
        _set_columns(record_set, number, {"municipality": main[0]})


async def _check_parent(
    transaction: EditTransaction,
    number: OrganisationNumber,
    kind: OrganisationKind,
    above: OrganisationNumber | None,
    *path: str,
) -> None:
    """The unit above is open and no sub-unit, and does not stand below the organisation itself."""
    if above is None:
        if kind is OrganisationKind.SUB_UNIT:
            transaction.problems.add(rules.SUB_UNIT_ALONE, *path)
        return
    parent = await transaction.session.get(Organisation, above)
    if parent is None:
        transaction.problems.add(rules.UNKNOWN, *path, value=above)
        return
    if parent.kind == OrganisationKind.SUB_UNIT.value:
        transaction.problems.add(rules.BELOW_SUB_UNIT, *path, value=above)
    if parent.valid_to is not None and parent.valid_to <= transaction.at:
        transaction.problems.add(rules.BELOW_ENDED, *path, value=above)
    if await stands_below(transaction.session, above, top=number):
        transaction.problems.add(rules.CIRCLE, *path, value=above)

"""Every change of an organisation: what Enhetsregisteret says of it, and BEDREG's additions.

An edit wants the record's rows as an import does; those that differ are written under its one entry.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from registers.changelog.append import Register
from registers.code_systems.editing.codes import usable_or_none
from registers.core.code_systems import ORGANISATION_FORMS, SECTORS
from registers.core.identifiers import EntryNumber, OrganisationNumber
from registers.editing.bulk_writes import Writes
from registers.editing.periods import validated_end, validated_time
from registers.editing.rules import NOTHING_TO_CHANGE, TEXT_EMPTY
from registers.editing.texts import validated_text, validated_text_or_none
from registers.editing.transaction import EditTransaction
from registers.intake.record_set import RecordSet, Row
from registers.organisations.editing import parts, rules
from registers.organisations.editing.open_at import open_contracts, open_parties, open_sub_units
from registers.organisations.editing.trees import stands_below
from registers.organisations.models import (
    AddressKind,
    Organisation,
    OrganisationAddress,
    OrganisationIndustryCode,
    OrganisationKind,
    OrganisationOpeningHours,
    OrganisationProperty,
)

Fields = Mapping[str, Any]
"""What is said of a record, by the names of the model; a field left out stays as it is."""

TEXTS = {"name": "name", "homepage": "homepage", "language_form": "languageForm"}
CODES = {"form": ORGANISATION_FORMS, "sector": SECTORS}
EMPLOYEES = range(1_000_001)
DISPLAY_NAME_MAX = 150  # characters, BEDREG's own bound
OPENING_HOURS_TEXT_MAX = 1000  # characters


@dataclass(frozen=True, slots=True)
class Registration:
    """What an organisation is registered with."""

    kind: OrganisationKind
    parent_number: OrganisationNumber | None
    valid_from: datetime
    details: Fields
    addresses: Sequence[parts.Address]
    industry_codes: Sequence[str]


async def register(transaction: EditTransaction, number: OrganisationNumber, terms: Registration) -> OrganisationNumber:
    """A new organisation, or the record of one that others have only pointed at. Raises Refused."""
    record_set = await _load(transaction, number)
    row = record_set.row(number)
    if row is not None and not row["reference_only"]:
        transaction.problems.add(rules.REGISTERED, "organisationNumber", value=number)
    if terms.kind is OrganisationKind.UNKNOWN:
        transaction.problems.add(rules.KIND_UNKNOWN, "input", "kind")
    if terms.kind is OrganisationKind.SUB_UNIT and await open_sub_units(transaction.session, number, transaction.at):
        transaction.problems.add(rules.BELOW_SUB_UNIT, "input", "kind", value=number)
    await _check_parent(transaction, number, terms.kind, terms.parent_number, "input", "parentNumber")
    details = await _validated_details(transaction, terms.details, "input", "details")
    empty: Row = {
        each.name: None for each in record_set.main.columns if not each.computed and each.name != "since_entry"
    }
    target = (empty if row is None else row) | {
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
    transaction: EditTransaction, number: OrganisationNumber, expected_entry: EntryNumber, details: Fields
) -> OrganisationNumber:
    """Raises Refused."""
    record_set = await _load_existing(transaction, number, expected_entry)
    _want(record_set, number, await _validated_details(transaction, details, "input"))
    return await _store(transaction, record_set, number)


async def change_addresses(
    transaction: EditTransaction,
    number: OrganisationNumber,
    expected_entry: EntryNumber,
    addresses: Sequence[parts.Address],
) -> OrganisationNumber:
    """All addresses in place of those held; the municipality follows the main one. Raises Refused."""
    record_set = await _load_existing(transaction, number, expected_entry)
    await _set_addresses(transaction, record_set, number, addresses)
    return await _store(transaction, record_set, number)


async def change_industry_codes(
    transaction: EditTransaction, number: OrganisationNumber, expected_entry: EntryNumber, codes: Sequence[str]
) -> OrganisationNumber:
    """The main one first. Raises Refused."""
    record_set = await _load_existing(transaction, number, expected_entry)
    record_set.set_rows(number, OrganisationIndustryCode, await parts.industry_codes(transaction, number, codes))
    return await _store(transaction, record_set, number)


async def move(
    transaction: EditTransaction,
    number: OrganisationNumber,
    expected_entry: EntryNumber,
    parent_number: OrganisationNumber | None,
) -> OrganisationNumber:
    """Puts it below another organisation, or at the top. Raises Refused."""
    record_set = await _load_existing(transaction, number, expected_entry)
    row = record_set.row(number) or {}
    await _check_parent(transaction, number, OrganisationKind(row["kind"]), parent_number, "parentNumber")
    _want(record_set, number, {"parent_number": parent_number})
    return await _store(transaction, record_set, number)


async def change_additions(
    transaction: EditTransaction, number: OrganisationNumber, expected_entry: EntryNumber, additions: Fields
) -> OrganisationNumber:
    """What BEDREG adds; no file of Enhetsregisteret overwrites it. Raises Refused."""
    record_set, additions = await _load_existing(transaction, number, expected_entry), dict(additions)
    if (hours := additions.pop("opening_hours", None)) is not None:
        record_set.set_rows(number, OrganisationOpeningHours, parts.opening_hours(transaction, number, hours))
    if (properties := additions.pop("properties", None)) is not None:
        record_set.set_rows(number, OrganisationProperty, await parts.properties(transaction, number, properties))
    for name, path, most in (
        ("display_name", "displayName", DISPLAY_NAME_MAX),
        ("opening_hours_text", "openingHoursText", OPENING_HOURS_TEXT_MAX),
    ):
        if name in additions:
            additions[name] = validated_text_or_none(transaction.problems, additions[name], "input", path, most=most)
    _want(record_set, number, additions)
    return await _store(transaction, record_set, number)


async def close(
    transaction: EditTransaction, number: OrganisationNumber, expected_entry: EntryNumber, at: datetime
) -> OrganisationNumber:
    """Struck off from `at` on. Raises Refused while something depends on it: a sub-unit cannot stand alone, a message
    would be addressed to an enterprise that is gone, patients would be on a list at no office. RESH units tied to it do
    not count: their charts are kept by others, and tell that the organisation has ended."""
    record_set = await _load_existing(transaction, number, expected_entry)
    row = record_set.row(number) or {}
    validated_end(transaction.problems, row["valid_from"], at, "at")
    for rule, still_open in (
        (rules.OPEN_SUB_UNITS, open_sub_units),
        (rules.OPEN_PARTIES, open_parties),
        (rules.OPEN_CONTRACTS, open_contracts),
    ):
        if found := await still_open(transaction.session, number, at):
            transaction.problems.add(rule, "organisationNumber", value=", ".join(map(str, found)))
    _want(record_set, number, {"valid_to": at})
    return await _store(transaction, record_set, number, "OrganisationClosed")


async def reopen(
    transaction: EditTransaction, number: OrganisationNumber, expected_entry: EntryNumber
) -> OrganisationNumber:
    """Takes the end back, as if it had never been set. Raises Refused."""
    record_set = await _load_existing(transaction, number, expected_entry)
    row = record_set.row(number) or {}
    await _check_parent(transaction, number, OrganisationKind(row["kind"]), row["parent_number"], "organisationNumber")
    _want(record_set, number, {"valid_to": None})
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
    record_set = await _load(transaction, number)
    row = record_set.row(number)
    if row is None:
        transaction.problems.add(rules.UNKNOWN, "organisationNumber", value=number)
        raise transaction.problems.refusal()
    await transaction.expect(Register.ORGANISATIONS, number, expected_entry)
    if row["reference_only"]:
        transaction.problems.add(rules.REFERENCE_ONLY, "organisationNumber", value=number)
    return record_set


def _want(record_set: RecordSet[OrganisationNumber], number: OrganisationNumber, fields: Fields) -> None:
    record_set.set_row(number, {**(record_set.row(number) or {}), **fields})


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


async def _validated_details(transaction: EditTransaction, details: Fields, *path: str) -> dict[str, Any]:
    found = dict(details)
    if details.get("name", "") is None:
        transaction.problems.add(TEXT_EMPTY, *path, "name")
    for name, field in TEXTS.items():
        if details.get(name) is not None:
            found[name] = validated_text(transaction.problems, details[name], *path, field)
    for name, system in CODES.items():
        if name in details:
            found[name] = await usable_or_none(transaction, system, details[name], *path, name)
    employees = details.get("employees")
    if employees is not None and employees not in EMPLOYEES:
        transaction.problems.add(rules.EMPLOYEES_IMPLAUSIBLE, *path, "employees", value=employees)
    return found


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
        _want(record_set, number, {"municipality": main[0]})


async def _check_parent(
    transaction: EditTransaction,
    number: OrganisationNumber,
    kind: OrganisationKind,
    above: OrganisationNumber | None,
    *path: str,
) -> None:
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
    if await stands_below(transaction.session, Organisation, above, "parent_number", top=number):
        transaction.problems.add(rules.CIRCLE, *path, value=above)

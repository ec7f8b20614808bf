"""Changes of a RESH unit. Its RESH-id follows it wherever it moves, and is never used again.

Each change checks everything first and then writes; all of them raise Refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from registers.changelog.append import Change, Register
from registers.code_systems.editing.codes import usable_or_none
from registers.core.code_systems import ORGANISATION_DESIGNATIONS, ORGANISATION_LEVELS
from registers.core.identifiers import INT32_MAX, EntryNumber, OrganisationNumber, ReshId
from registers.editing.periods import validated_end, validated_time
from registers.editing.rules import NOTHING_TO_CHANGE
from registers.editing.texts import validated_text, validated_text_or_none
from registers.editing.transaction import EditTransaction
from registers.organisations.editing import rules
from registers.organisations.log_keys import log_key
from registers.organisations.models import Organisation, OrganisationKind, ReshUnit
from registers.organisations.repository.current import highest_resh_id, open_units_below, unit_stands_below

NAMED_MAX = 10  # units that a refusal names
Columns = Mapping[str, object]
"""Values by column."""


@dataclass(frozen=True, slots=True)
class Details:
    """What a unit is, beside its name and its position in the chart. Codes as values of their systems."""

    designation: str | None
    level: str | None
    organisation_number: OrganisationNumber | None
    treatment_facility: bool


@dataclass(frozen=True, slots=True)
class Creation:
    """What a unit is created with."""

    parent_resh_id: ReshId | None
    name: str
    short_name: str | None
    details: Details
    valid_from: datetime


async def create(transaction: EditTransaction, resh_id: ReshId | None, terms: Creation) -> str:
    """A unit under a free RESH-id, None = the next one; or the record of one known only because others point at it."""
    unit = await transaction.session.get(ReshUnit, resh_id) if resh_id is not None else None
    if unit is not None and not unit.reference_only:
        transaction.problems.add(rules.UNIT_EXISTS, "reshId", value=resh_id)
    columns = {
        "reference_only": False,
        "parent_resh_id": terms.parent_resh_id,
        "name": validated_text(transaction.problems, terms.name, "input", "name"),
        "short_name": validated_text_or_none(transaction.problems, terms.short_name, "input", "shortName"),
        "valid_from": validated_time(transaction.problems, terms.valid_from, "input", "validFrom"),
        "valid_to": None,
        **await _validated_details(transaction, terms.details, "input", "details"),
    }
    await _check_above(transaction, resh_id, terms.parent_resh_id, "input", "parentReshId")
    if resh_id is None:
        resh_id = await _next_free(transaction)
    await transaction.write(_change(resh_id, "ReshUnitCreated"))
    if unit is None:
        transaction.session.add(ReshUnit(resh_id=resh_id, **columns))
    else:
        _set(unit, columns)
    return log_key(resh_id)


async def move(
    transaction: EditTransaction, resh_id: ReshId, expected_entry: EntryNumber, parent_resh_id: ReshId | None
) -> str:
    """Puts it below another unit, or at the top (None), with everything below it."""
    unit = await _load_existing(transaction, resh_id, expected_entry)
    if unit.valid_to is not None and unit.valid_to <= transaction.at:
        transaction.problems.add(rules.UNIT_CLOSED, "reshId", value=resh_id)
    await _check_above(transaction, resh_id, parent_resh_id, "parentReshId")
    return await _store(transaction, unit, {"parent_resh_id": parent_resh_id}, "ReshUnitMoved")


async def rename(
    transaction: EditTransaction, resh_id: ReshId, expected_entry: EntryNumber, *, name: str, short_name: str | None
) -> str:
    """Replaces both names."""
    unit = await _load_existing(transaction, resh_id, expected_entry)
    names = {
        "name": validated_text(transaction.problems, name, "input", "name"),
        "short_name": validated_text_or_none(transaction.problems, short_name, "input", "shortName"),
    }
    return await _store(transaction, unit, names)


async def change_details(
    transaction: EditTransaction, resh_id: ReshId, expected_entry: EntryNumber, details: Details
) -> str:
    """Replaces all details: those that are None are removed."""
    unit = await _load_existing(transaction, resh_id, expected_entry)
    return await _store(transaction, unit, await _validated_details(transaction, details, "input"))


async def close(transaction: EditTransaction, resh_id: ReshId, expected_entry: EntryNumber, at: datetime) -> str:
    """Closed from `at` on, when no unit directly below it is open then or later."""
    unit = await _load_existing(transaction, resh_id, expected_entry)
    validated_end(transaction.problems, unit.valid_from, at, "at")
    if below := await open_units_below(transaction.session, resh_id, at=at, limit=NAMED_MAX):
        transaction.problems.add(rules.OPEN_UNITS_BELOW, "reshId", value=", ".join(map(str, below)))
    return await _store(transaction, unit, {"valid_to": at}, "ReshUnitClosed")


async def reopen(transaction: EditTransaction, resh_id: ReshId, expected_entry: EntryNumber) -> str:
    """The unit has no end any more."""
    unit = await _load_existing(transaction, resh_id, expected_entry)
    await _check_above(transaction, resh_id, unit.parent_resh_id, "reshId")
    return await _store(transaction, unit, {"valid_to": None}, "ReshUnitReopened")


async def expected_unit(transaction: EditTransaction, resh_id: ReshId, expected_entry: EntryNumber) -> ReshUnit:
    """The unit; a problem is added when it has changed since the caller read it. Raises Refused when there is none:
    nothing else can be checked then."""
    unit = await transaction.session.get(ReshUnit, resh_id)
    if unit is None:
        transaction.problems.add(rules.UNIT_UNKNOWN, "reshId", value=resh_id)
        raise transaction.problems.refusal()
    await transaction.expect(Register.ORGANISATIONS, log_key(resh_id), expected_entry)
    return unit


async def _load_existing(transaction: EditTransaction, resh_id: ReshId, expected_entry: EntryNumber) -> ReshUnit:
    """As `expected_unit`, of one that has a record of its own."""
    unit = await expected_unit(transaction, resh_id, expected_entry)
    if unit.reference_only:
        transaction.problems.add(rules.REFERENCE_ONLY, "reshId", value=f"RESH-id {resh_id}")
    return unit


async def _store(
    transaction: EditTransaction, unit: ReshUnit, columns: Columns, action: str = "ReshUnitUpdated"
) -> str:
    transaction.problems.refuse()
    if all(getattr(unit, name) == value for name, value in columns.items()):
        transaction.problems.add(NOTHING_TO_CHANGE)
    await transaction.write(_change(unit.resh_id, action))
    _set(unit, columns)
    return log_key(unit.resh_id)


def _change(resh_id: ReshId, action: str) -> Change:
    return Change(Register.ORGANISATIONS, log_key(resh_id), action)


def _set(unit: ReshUnit, columns: Columns) -> None:
    for name, value in columns.items():
        setattr(unit, name, value)


async def _validated_details(transaction: EditTransaction, terms: Details, *path: str) -> Columns:
    number = terms.organisation_number
    if number is not None:
        organisation = await transaction.session.get(Organisation, number)
        if organisation is None:
            transaction.problems.add(rules.UNKNOWN, *path, "organisationNumber", value=number)
        elif terms.treatment_facility and organisation.kind == OrganisationKind.MAIN_UNIT.value:
            transaction.problems.add(rules.TREATMENT_PLACE_IS_SUB_UNIT, *path, "organisationNumber", value=number)
    return {
        "designation": await usable_or_none(
            transaction, ORGANISATION_DESIGNATIONS, terms.designation, *path, "designation"
        ),
        "level": await usable_or_none(transaction, ORGANISATION_LEVELS, terms.level, *path, "level"),
        "organisation_number": number,
        "treatment_facility": terms.treatment_facility,
    }


async def _check_above(transaction: EditTransaction, resh_id: ReshId | None, above: ReshId | None, *path: str) -> None:
    """The unit above is open, and does not stand below the unit itself."""
    if above is None:
        return
    unit = await transaction.session.get(ReshUnit, above)
    if unit is None:
        transaction.problems.add(rules.UNIT_UNKNOWN, *path, value=above)
        return
    if unit.valid_to is not None and unit.valid_to <= transaction.at:
        transaction.problems.add(rules.UNIT_ABOVE_ENDED, *path, value=above)
    if resh_id is not None and await unit_stands_below(transaction.session, above, top=resh_id):
        transaction.problems.add(rules.UNIT_CIRCLE, *path, value=above)


async def _next_free(transaction: EditTransaction) -> ReshId:
    """One above the highest that was ever issued: no unit is ever removed."""
    highest = await highest_resh_id(transaction.session)
    if highest >= INT32_MAX:
        transaction.problems.add(rules.RESH_IDS_USED_UP, "reshId", value=highest)
    return ReshId(highest + 1)

"""Every change of the code systems. Each raises Refused; its entry has the code system as key, as those of imports."""

from datetime import date

from registers.changelog.append import Change, Register
from registers.code_systems.editing.rules import (
    CODE_EXISTS,
    CODE_RETIRED,
    CODE_UNKNOWN,
    NOT_ON_NEW_RECORDS,
    PERIOD_EMPTY,
    SYSTEM_UNKNOWN,
    VALUE_IMPLAUSIBLE,
)
from registers.code_systems.models import NATIONAL_ID_DIGITS, VALUE_MAX, Code, CodeSystem
from registers.core.codes import CodeKey, code_key
from registers.core.identifiers import EntryNumber
from registers.editing.texts import validated_text, validated_text_or_none
from registers.editing.transaction import EditTransaction

DESCRIPTION_MAX = 1000  # characters


async def add(
    transaction: EditTransaction,
    *,
    system: str,
    value: str,
    display: str,
    description: str | None = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> CodeKey:
    """Adds a value. Whoever adds it has read it in the national list, so it is confirmed. Returns its key."""
    system = validated_text(transaction.problems, system, "system")
    display = validated_text(transaction.problems, display, "input", "display")
    description = validated_text_or_none(
        transaction.problems, description, "input", "description", most=DESCRIPTION_MAX
    )
    if valid_from and valid_to and valid_to <= valid_from:
        transaction.problems.add(PERIOD_EMPTY, "input", "validTo", value=valid_to)
    key = code_key(system, value)
    if await transaction.session.get(CodeSystem, system) is None:
        transaction.problems.add(SYSTEM_UNKNOWN, "system", value=system)
    if _is_implausible(value):
        transaction.problems.add(VALUE_IMPLAUSIBLE, "value", value=value)
    elif await transaction.session.get(Code, key) is not None:
        transaction.problems.add(CODE_EXISTS, "value", value=value)
    await transaction.write(Change(Register.CODE_SYSTEMS, system, "CodeAdded"))
    transaction.session.add(
        Code(
            key=key,
            system=system,
            value=value,
            display=display,
            description=description,
            valid_from=valid_from,
            valid_to=valid_to,
            active=True,
            confirmed=True,
        )
    )
    return key


async def retire(
    transaction: EditTransaction, *, system: str, value: str, expected_entry: EntryNumber, valid_to: date | None = None
) -> CodeKey:
    """Retires a value: it stays readable on old records and is refused on new ones. Returns its key."""
    system = validated_text(transaction.problems, system, "system")
    value = validated_text(transaction.problems, value, "value")
    key = code_key(system, value)
    code = await transaction.session.get(Code, key)
    if code is None:
        transaction.problems.add(CODE_UNKNOWN, "value", value=key)
        raise transaction.problems.refusal()
    transaction.expect_version(expected_entry, code.since_entry)
    if not code.active:
        transaction.problems.add(CODE_RETIRED, "value", value=key)
    if valid_to and code.valid_from and valid_to <= code.valid_from:
        transaction.problems.add(PERIOD_EMPTY, "validTo", value=valid_to)
    await transaction.write(Change(Register.CODE_SYSTEMS, system, "CodeRetired"))
    code.active = False
    code.valid_to = valid_to or code.valid_to
    return key


async def usable(transaction: EditTransaction, system: str, value: str, *path: str) -> CodeKey:
    """The key of a code for a new record. Adds a problem when the code is unknown or retired."""
    key = code_key(system, validated_text(transaction.problems, value, *path))
    code = await transaction.session.get(Code, key)
    if code is None:
        transaction.problems.add(CODE_UNKNOWN, *path, value=key)
    elif not code.active:
        transaction.problems.add(NOT_ON_NEW_RECORDS, *path, value=key)
    return key


async def usable_or_none(transaction: EditTransaction, system: str, value: str | None, *path: str) -> CodeKey | None:
    return None if value is None else await usable(transaction, system, value, *path)


def _is_implausible(value: str) -> bool:
    return (
        not 1 <= len(value) <= VALUE_MAX
        or not value.isprintable()
        or " " in value
        or sum(map(str.isdigit, value)) >= NATIONAL_ID_DIGITS
    )

"""Who took the place of an organisation or of a RESH unit. The old record stays and leads on to its successors.

The two are stored in tables of the same shape and follow the same rules. Each change checks everything first and then
writes; all of them raise Refused.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from registers.changelog.append import Change, Register
from registers.core.identifiers import EntryNumber, OrganisationNumber, ReshId
from registers.core.succession import SuccessionKind
from registers.core.validity import Instant
from registers.editing.periods import validated_time
from registers.editing.rules import NOTHING_TO_CHANGE
from registers.editing.transaction import EditTransaction
from registers.organisations.editing import rules
from registers.organisations.editing.resh_units import expected_unit
from registers.organisations.log_keys import log_key
from registers.organisations.models import Organisation, OrganisationSuccession, ReshUnit, ReshUnitSuccession
from registers.organisations.repository import current
from registers.organisations.repository import organisations as repository

Key = TypeVar("Key", OrganisationNumber, ReshId)
Record = Organisation | ReshUnit
Rows = Sequence[OrganisationSuccession] | Sequence[ReshUnitSuccession]


@dataclass(frozen=True, slots=True)
class Succeeding(Generic[Key]):
    """Who takes the place, how, and from when on."""

    successors: Sequence[Key]
    kind: SuccessionKind
    valid_from: datetime

    def path(self, index: int) -> tuple[str, ...]:
        """Where the input names a successor."""
        return ("input", "successors", str(index))


async def succeed_organisation(
    transaction: EditTransaction,
    number: OrganisationNumber,
    expected_entry: EntryNumber,
    terms: Succeeding[OrganisationNumber],
) -> str:
    """Replaces the successors there were. The old organisation need not have ended: others may still have to move."""
    session, problems = transaction.session, transaction.problems
    organisation = await _expected_organisation(transaction, number, expected_entry)
    _check_terms(transaction, organisation, terms)
    chains = await repository.successors_of(session, terms.successors, instant=Instant(transaction.at))
    for index, successor in enumerate(terms.successors):
        record = await session.get(Organisation, successor)
        if record is None:
            problems.add(rules.UNKNOWN, *terms.path(index), value=successor)
            continue
        _check_lasts(transaction, record, terms, index)
        if successor == number or any(step.after == number for step in chains.get(successor, ())):
            problems.add(rules.SUCCEEDS_ITSELF, *terms.path(index), value=number)
    problems.refuse()
    rows = await current.successions_of(session, number)
    _check_differs(transaction, rows, terms)
    await transaction.write(Change(Register.ORGANISATIONS, number, "OrganisationSucceeded"))
    for successor in await _update(session, rows, terms):
        row = OrganisationSuccession(predecessor=number, successor=successor)
        row.kind, row.valid_from = terms.kind.value, terms.valid_from
        session.add(row)
    return number


async def succeed_resh_unit(
    transaction: EditTransaction, resh_id: ReshId, expected_entry: EntryNumber, terms: Succeeding[ReshId]
) -> str:
    """As `succeed_organisation`."""
    session, problems = transaction.session, transaction.problems
    unit = await expected_unit(transaction, resh_id, expected_entry)
    _check_terms(transaction, unit, terms)
    chains = await repository.resh_successors_of(session, terms.successors, instant=Instant(transaction.at))
    for index, successor in enumerate(terms.successors):
        record = await session.get(ReshUnit, successor)
        if record is None:
            problems.add(rules.UNIT_UNKNOWN, *terms.path(index), value=successor)
            continue
        _check_lasts(transaction, record, terms, index)
        if successor == resh_id or any(step.after == resh_id for step in chains.get(successor, ())):
            problems.add(rules.UNIT_SUCCEEDS_ITSELF, *terms.path(index), value=resh_id)
    problems.refuse()
    rows = await current.unit_successions_of(session, resh_id)
    _check_differs(transaction, rows, terms)
    await transaction.write(Change(Register.ORGANISATIONS, log_key(resh_id), "ReshUnitSucceeded"))
    for successor in await _update(session, rows, terms):
        row = ReshUnitSuccession(predecessor=resh_id, successor=successor)
        row.kind, row.valid_from = terms.kind.value, terms.valid_from
        session.add(row)
    return log_key(resh_id)


async def revoke_organisation(
    transaction: EditTransaction, number: OrganisationNumber, expected_entry: EntryNumber
) -> str:
    """The organisation has no successors any more."""
    await _expected_organisation(transaction, number, expected_entry)
    rows = await current.successions_of(transaction.session, number)
    if not rows:
        transaction.problems.add(rules.NOT_SUCCEEDED, "organisationNumber", value=number)
    await transaction.write(Change(Register.ORGANISATIONS, number, "OrganisationSuccessionRevoked"))
    for row in rows:
        await transaction.session.delete(row)
    return number


async def revoke_resh_unit(transaction: EditTransaction, resh_id: ReshId, expected_entry: EntryNumber) -> str:
    """The unit has no successors any more."""
    await expected_unit(transaction, resh_id, expected_entry)
    rows = await current.unit_successions_of(transaction.session, resh_id)
    if not rows:
        transaction.problems.add(rules.NOT_SUCCEEDED, "reshId", value=resh_id)
    await transaction.write(Change(Register.ORGANISATIONS, log_key(resh_id), "ReshUnitSuccessionRevoked"))
    for row in rows:
        await transaction.session.delete(row)
    return log_key(resh_id)


async def _expected_organisation(
    transaction: EditTransaction, number: OrganisationNumber, expected_entry: EntryNumber
) -> Organisation:
    organisation = await transaction.session.get(Organisation, number)
    if organisation is None:
        transaction.problems.add(rules.UNKNOWN, "organisationNumber", value=number)
        raise transaction.problems.refusal()
    await transaction.expect(Register.ORGANISATIONS, number, expected_entry)
    return organisation


def _check_terms(transaction: EditTransaction, record: Record, terms: Succeeding[Key]) -> None:
    """A split has several successors, any other succession one; none begins before the record."""
    validated_time(transaction.problems, terms.valid_from, "input", "validFrom")
    if terms.valid_from < record.valid_from:
        transaction.problems.add(rules.NOT_YET_THERE, "input", "validFrom", value=terms.valid_from.isoformat())
    number = len(set(terms.successors))
    number_fits_kind = number >= 2 if terms.kind is SuccessionKind.SPLIT else number == 1
    if not number_fits_kind or number < len(terms.successors):
        successors = ", ".join(map(str, terms.successors))
        transaction.problems.add(rules.SUCCESSORS_AND_KIND, "input", "successors", value=successors)


def _check_lasts(transaction: EditTransaction, successor: Record, terms: Succeeding[Key], index: int) -> None:
    if successor.valid_to is not None and successor.valid_to <= terms.valid_from:
        transaction.problems.add(rules.SUCCESSOR_ENDED, *terms.path(index), value=terms.successors[index])


def _check_differs(transaction: EditTransaction, rows: Rows, terms: Succeeding[Key]) -> None:
    stored = {row.successor: (row.kind, row.valid_from) for row in rows}
    if stored == dict.fromkeys(terms.successors, (terms.kind.value, terms.valid_from)):
        transaction.problems.add(NOTHING_TO_CHANGE)


async def _update(session: AsyncSession, rows: Rows, terms: Succeeding[Key]) -> Collection[Key]:
    """Deletes the rows of former successors, and changes those of present ones. Returns the new successors, ascending:
    they have no row yet."""
    for row in rows:
        if row.successor in terms.successors:
            row.kind, row.valid_from = terms.kind.value, terms.valid_from
        else:
            await session.delete(row)
    await session.flush()  # the database allows one successor unless it is a split: the former goes before the new one
    return sorted(set(terms.successors) - {row.successor for row in rows})

"""Who took the place of an organisation or of a RESH unit. The old record stays and leads on to them."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from registers.changelog.append import Change, Register
from registers.core.identifiers import EntryNumber
from registers.core.rules import Rule
from registers.core.succession import SuccessionKind
from registers.core.validity import Instant
from registers.editing.periods import validated_time
from registers.editing.rules import NOTHING_TO_CHANGE
from registers.editing.transaction import EditTransaction
from registers.organisations import repository
from registers.organisations.editing import rules
from registers.organisations.log_keys import log_key
from registers.organisations.models import Organisation, OrganisationSuccession, ReshUnit, ReshUnitSuccession


@dataclass(frozen=True, slots=True)
class Line:
    """What tells organisations from RESH units here."""

    record: type[Any]
    succession: type[Any]
    action: str
    argument: str
    unknown: Rule
    itself: Rule
    log_key: Callable[[Any], str]
    successors_of: Callable[..., Awaitable[dict[Any, Any]]]


ORGANISATIONS = Line(
    Organisation,
    OrganisationSuccession,
    "Organisation",
    "organisationNumber",
    rules.UNKNOWN,
    rules.SUCCEEDS_ITSELF,
    str,
    repository.successors_of,
)
RESH_UNITS = Line(
    ReshUnit,
    ReshUnitSuccession,
    "ReshUnit",
    "reshId",
    rules.UNIT_UNKNOWN,
    rules.UNIT_SUCCEEDS_ITSELF,
    log_key,
    repository.resh_successors_of,
)


@dataclass(frozen=True, slots=True)
class Succeeding:
    """Who takes the place, how, and from when on."""

    successors: Sequence[Any]
    kind: SuccessionKind
    valid_from: datetime


async def succeed(
    transaction: EditTransaction, line: Line, key: Any, expected_entry: EntryNumber, terms: Succeeding
) -> str:
    """In place of what was said before. The old record need not have ended: others may still have to move. Raises
    Refused."""
    record = await _load_existing(transaction, line, key, expected_entry)
    validated_time(transaction.problems, terms.valid_from, "input", "validFrom")
    if terms.valid_from < record.valid_from:
        transaction.problems.add(rules.NOT_YET_THERE, "input", "validFrom", value=terms.valid_from.isoformat())
    target = set(terms.successors)
    number_fits_kind = len(target) >= 2 if terms.kind is SuccessionKind.SPLIT else len(target) == 1
    if not number_fits_kind or len(target) < len(terms.successors):
        transaction.problems.add(
            rules.SUCCESSORS_AND_KIND, "input", "successors", value=", ".join(map(str, terms.successors))
        )
    for index, successor in enumerate(terms.successors):
        await _check_successor(transaction, line, key, successor, terms.valid_from, "input", "successors", str(index))
    transaction.problems.refuse()
    rows = await _rows(transaction, line, key)
    stored = {row.successor: (row.kind, row.valid_from) for row in rows}
    if stored == dict.fromkeys(target, (terms.kind.value, terms.valid_from)):
        transaction.problems.add(NOTHING_TO_CHANGE)
    await transaction.write(Change(Register.ORGANISATIONS, line.log_key(key), f"{line.action}Succeeded"))
    for row in rows:
        if row.successor in target:
            row.kind, row.valid_from = terms.kind.value, terms.valid_from
        else:
            await transaction.session.delete(row)
    await transaction.session.flush()  # the former single successor goes before the present one comes
    for successor in sorted(target - stored.keys()):
        row = line.succession(predecessor=key, successor=successor, kind=terms.kind.value, valid_from=terms.valid_from)
        transaction.session.add(row)
    return line.log_key(key)


async def revoke(transaction: EditTransaction, line: Line, key: Any, expected_entry: EntryNumber) -> str:
    """Nobody has taken its place after all. Raises Refused."""
    await _load_existing(transaction, line, key, expected_entry)
    rows = await _rows(transaction, line, key)
    if not rows:
        transaction.problems.add(rules.NOT_SUCCEEDED, line.argument, value=key)
    await transaction.write(Change(Register.ORGANISATIONS, line.log_key(key), f"{line.action}SuccessionRevoked"))
    for row in rows:
        await transaction.session.delete(row)
    return line.log_key(key)


async def _load_existing(transaction: EditTransaction, line: Line, key: Any, expected_entry: EntryNumber) -> Any:
    record = await transaction.session.get(line.record, key)
    if record is None:
        transaction.problems.add(line.unknown, line.argument, value=key)
        raise transaction.problems.refusal()
    await transaction.expect(Register.ORGANISATIONS, line.log_key(key), expected_entry)
    return record


async def _rows(transaction: EditTransaction, line: Line, key: Any) -> Sequence[Any]:
    return (await transaction.session.scalars(select(line.succession).where(line.succession.predecessor == key))).all()


async def _check_successor(
    transaction: EditTransaction, line: Line, key: Any, successor: Any, valid_from: datetime, *path: str
) -> None:
    record = await transaction.session.get(line.record, successor)
    if record is None:
        transaction.problems.add(line.unknown, *path, value=successor)
        return
    if record.valid_to is not None and record.valid_to <= valid_from:
        transaction.problems.add(rules.SUCCESSOR_ENDED, *path, value=successor)
    chains = await line.successors_of(transaction.session, [successor], instant=Instant(transaction.at))
    if successor == key or any(step.after == key for step in chains.get(successor, ())):
        transaction.problems.add(line.itself, *path, value=key)

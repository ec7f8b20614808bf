"""Running an edit: one transaction, the lock of the log, an idempotency key, another try after a serialisation failure.

An edit locks the log before it reads anything. Every change of a register needs an entry, so from then on until it
commits nothing else changes: rules are checked once, without row locks, and still hold when the edit is written.
"""

import asyncio
import hmac
import json
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime
from random import uniform
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from registers.changelog import repository
from registers.changelog.append import Change, Register, append_all, check_deferred_constraints, lock_log, write_under
from registers.changelog.models import AnsweredEdit
from registers.core.identifiers import EntryNumber
from registers.core.rules import Problem, Problems, Refused, Rule
from registers.database.database import Database
from registers.database.rehearsal import Rehearsal
from registers.editing.bulk_writes import SerializationFailed, Unstorable, Writes, refusals_named
from registers.editing.rules import KEY_REUSED, STALE, TRY_AGAIN
from registers.editing.texts import REASON_MAX, validated_text_or_none

RETRIES_MAX = 5
MARK_AS_EDIT = text("SELECT set_config('registers.edit', 'on', true)")
PAUSE_SECONDS = 0.02  # at most, before the first retry; twice as long before each further one


@dataclass(frozen=True, slots=True)
class EditRequest:
    """What a caller asks for. `arguments` distinguish it from another request under the same idempotency key."""

    operation: str
    arguments: Mapping[str, object]
    caller: str
    at: datetime
    reason: str | None = None
    idempotency_key: UUID | None = None
    persons_read: set[int] = field(default_factory=set[int])
    """Filled while the edit runs, refused or not: the access log names the patients whose rows were read."""

    def digest(self, key: bytes) -> bytes:
        """An HMAC with `key`, since the arguments may hold national ids."""
        request = json.dumps([self.operation, self.arguments], sort_keys=True, default=str)
        return hmac.digest(key, request.encode("utf-8", "surrogatepass"), "sha256")


@dataclass(frozen=True, slots=True)
class EditResult:
    """The record changed, and the entries written: `first` to `last`, its own first. The caller of `run` ends the
    `rehearsal`; None = committed."""

    key: str
    first: EntryNumber
    last: EntryNumber
    at: datetime
    rehearsal: Rehearsal | None = None


@dataclass(frozen=True, slots=True)
class EditTransaction:
    """An edit in progress. What is wrong is added to `problems`: `write` and `apply` then refuse and write nothing."""

    session: AsyncSession
    problems: Problems
    caller: str
    reason: str | None
    at: datetime
    persons_read: set[int]

    async def expect(self, register: Register, key: str, expected: EntryNumber) -> None:
        """Adds STALE unless the caller has seen the newest entry of the record, its parts included."""
        self.expect_version(expected, await repository.newest_of(self.session, register.value, key))

    def expect_version(self, expected: EntryNumber, newest: EntryNumber, *path: str) -> None:
        """As `expect`, for a row that is no record of its own in the log: `newest` is the entry that made the row."""
        if newest > expected:
            self.problems.add(STALE, *(path or ("expectedEntry",)), value=newest)

    async def write(self, *changes: Change) -> list[EntryNumber]:
        """Appends the entries, in their order. Rows written next belong to the first entry, unless their `since_entry`
        names another one. Raises Refused when there are problems."""
        self.problems.refuse()
        entries = await append_all(self.session, changes, caller=self.caller, reason=self.reason)
        await write_under(self.session, entries[0])
        return entries

    async def apply(self, writes: Writes) -> None:
        """Writes many records, each under its own entry. Raises Refused when there are problems."""
        self.problems.refuse()
        await writes.apply(self.session, caller=self.caller, reason=self.reason)


Edit = Callable[[EditTransaction], Awaitable[str]]
"""A change of one record. Returns the record's key in the log; raises Refused."""


async def run(
    database: Database,
    request: EditRequest,
    edit: Edit,
    *,
    rule_of_constraint: Mapping[str, Rule],
    dry_run: bool = False,
) -> EditResult:
    """Raises Refused: what the edit refuses, what the database refuses by a constraint that `rule_of_constraint`
    names, and TRY_AGAIN when the last retry met other changes once more."""
    attempt = _rehearse if dry_run else _commit
    for retry in range(1 + RETRIES_MAX):
        if retry:
            await asyncio.sleep(uniform(0, PAUSE_SECONDS * 2**retry))  # noqa: S311 - spreads writers, keeps no secret
        try:
            with refusals_named():
                return await attempt(database, request, edit)
        except SerializationFailed:
            continue
        except Unstorable as refusal:
            rule = rule_of_constraint.get(refusal.constraint or "")
            if rule is None:
                raise
            raise Refused(Problem(rule)) from refusal
    raise Refused(Problem(TRY_AGAIN))


async def _commit(database: Database, request: EditRequest, edit: Edit) -> EditResult:
    async with database.writing() as session:
        await _lock_log(session)
        if request.idempotency_key is None:
            return await _perform(session, request, edit)
        digest = request.digest(await repository.digest_key(session))
        answered = await _first_answer(session, request, request.idempotency_key, digest)
        if answered is not None:
            return answered
        result = await _perform(session, request, edit)
        session.add(
            AnsweredEdit(
                caller=request.caller,
                key=request.idempotency_key,
                operation=request.operation,
                request=digest,
                result={"key": result.key, "first": result.first},
                entry=result.last,
                at=result.at,
            )
        )
        return result


async def _rehearse(database: Database, request: EditRequest, edit: Edit) -> EditResult:
    """The edit as if committed, for reads inside the rehearsal. An idempotency key is not looked at."""
    async with AsyncExitStack() as ending:
        session = await ending.enter_async_context(database.rehearsing())
        await _lock_log(session)
        result = await _perform(session, request, edit)
        await check_deferred_constraints(session)
        return replace(result, rehearsal=Rehearsal(session, ending.pop_all()))


async def _lock_log(session: AsyncSession) -> None:
    """Locks the log, and sets the mark by which the database knows an edit: some of its constraints apply to edits
    alone, since files of the real registers break them."""
    await lock_log(session)
    await session.execute(MARK_AS_EDIT)


async def _first_answer(session: AsyncSession, request: EditRequest, key: UUID, digest: bytes) -> EditResult | None:
    """What the same request with this idempotency key was answered; None = it is sent for the first time."""
    answered = await session.get(AnsweredEdit, (request.caller, key))
    if answered is None:
        return None
    if (answered.operation, answered.request) != (request.operation, digest):
        raise Refused(Problem(KEY_REUSED, ("idempotencyKey",), str(key)))
    return EditResult(answered.result["key"], answered.result["first"], answered.entry, answered.at)


async def _perform(session: AsyncSession, request: EditRequest, edit: Edit) -> EditResult:
    problems = Problems()
    reason = validated_text_or_none(problems, request.reason, "reason", most=REASON_MAX)
    before = await repository.newest_number(session)
    key = await edit(EditTransaction(session, problems, request.caller, reason, request.at, request.persons_read))
    await session.flush()
    session.expunge_all()  # reads of the rehearsal get the rows as the database completed them
    return EditResult(key, EntryNumber(before + 1), await repository.newest_number(session), request.at)

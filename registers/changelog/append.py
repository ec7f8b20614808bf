"""Appending to the log. `append` comes before the first write of a change and after its row locks."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from registers.core.identifiers import EntryNumber


class Register(Enum):
    """The registers whose changes the log holds; the value is what stands in the log."""

    CODE_SYSTEMS = "code_systems"
    ORGANISATIONS = "organisations"
    COMMUNICATION_PARTIES = "communication_parties"
    PERSONNEL = "personnel"
    GP_LISTS = "gp_lists"


@dataclass(frozen=True, slots=True)
class Change:
    """What is about to happen to one record."""

    register: Register
    key: str
    action: str


APPEND = text("""
    INSERT INTO entries (register, key, action, caller, reason)
    SELECT register, key, action, :caller, :reason
    FROM unnest(CAST(:registers AS text[]), CAST(:keys AS text[]), CAST(:actions AS text[]))
         WITH ORDINALITY AS change (register, key, action, position)
    ORDER BY position
    RETURNING number
""")


LOCK_LOG = text("SELECT pg_advisory_xact_lock(:lock)")
LOG_LOCK = 7_265_676  # the advisory lock under which the database numbers entries (migration `create the log`)


async def lock_log(session: AsyncSession) -> None:
    """Waits for the log. From here to the end of the transaction no other change of any register can happen, since
    each needs an entry: what an edit reads to check its rules stays true until it is committed."""
    await session.execute(LOCK_LOG, {"lock": LOG_LOCK})


async def append(
    session: AsyncSession,
    *,
    register: Register,
    key: str,
    action: str,
    caller: str,
    reason: str | None = None,
) -> EntryNumber:
    """Appends one entry and lets this transaction change rows under it. Returns its number."""
    change = Change(register, key, action)
    return (await append_all(session, [change], caller=caller, reason=reason))[0]


async def append_all(
    session: AsyncSession, changes: Sequence[Change], *, caller: str, reason: str | None = None
) -> list[EntryNumber]:
    """One entry for each change, in their order. Holds the log's lock until the transaction ends."""
    numbers = await session.scalars(
        APPEND,
        {
            "registers": [change.register.value for change in changes],
            "keys": [change.key for change in changes],
            "actions": [change.action for change in changes],
            "caller": caller,
            "reason": reason,
        },
    )
    return [EntryNumber(number) for number in numbers]


async def write_under(session: AsyncSession, entry: EntryNumber) -> None:
    """Following writes of this transaction become versions of `entry`, one of its own."""
    await session.execute(text("SELECT set_config('registers.entry', :entry, true)"), {"entry": str(entry)})


async def check_deferred_constraints(session: AsyncSession) -> None:
    """Checks now what the database would check at the commit: while the record at fault is known, or because a dry run
    is never committed."""
    await session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    await session.execute(text("SET CONSTRAINTS ALL DEFERRED"))

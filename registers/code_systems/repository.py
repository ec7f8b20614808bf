"""Every SELECT over the code systems."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import func, select

from registers.code_systems.models import Code, CodeSystem
from registers.core.codes import CodeKey
from registers.core.validity import Instant
from registers.database.rows_by_key import rows_with
from registers.database.sessions import ReadSession
from registers.database.versions import known_at


async def by_key(session: ReadSession, keys: Collection[CodeKey], *, instant: Instant) -> dict[CodeKey, Code]:
    """Codes by key, retired ones too. Unknown keys are absent."""
    return {row.key: row for row in await rows_with(session, Code, instant, key=keys)}


async def systems(session: ReadSession, names: Collection[str], *, instant: Instant) -> dict[str, CodeSystem]:
    """Code systems by last arc or name. Unknown ones are absent."""
    return {row.system: row for row in await rows_with(session, CodeSystem, instant, system=names)}


async def codes_of(session: ReadSession, names: Collection[str], *, instant: Instant) -> dict[str, Sequence[Code]]:
    """All codes of each system, by value, retired ones too."""
    found: dict[str, list[Code]] = {name: [] for name in names}
    for row in await rows_with(session, Code, instant, order=("system", "value"), system=names):
        found[row.system].append(row)
    return dict(found)


async def size(session: ReadSession, *, instant: Instant) -> int:
    """Number of codes."""
    code = known_at(Code, instant)
    return await session.scalar(select(func.count()).select_from(code)) or 0


class CodeState(NamedTuple):
    """What an import must know of a code."""

    active: bool
    confirmed: bool


async def states(session: ReadSession) -> dict[CodeKey, CodeState]:
    """Every code there is now, by key."""
    rows = await session.execute(select(Code.key, Code.active, Code.confirmed))
    return {key: CodeState(active, confirmed) for key, active, confirmed in rows}


async def completeness(session: ReadSession) -> dict[str, bool]:
    """Every code system there is now, by name: whether all of its national values are stored."""
    rows = await session.execute(select(CodeSystem.system, CodeSystem.complete))
    return {row.system: row.complete for row in rows}

"""Organisations and RESH units by key, as known at an instant. Search is in `search.py`, what edits read in
`current.py`."""

from collections.abc import Collection
from operator import attrgetter
from typing import Any, TypeVar

from sqlalchemy import Select, func, select

from registers.core.identifiers import OrganisationNumber, ReshId
from registers.core.succession import Step, SuccessionKind
from registers.core.validity import Instant
from registers.database.rows_by_key import among, grouped, prepared_once, rows_with
from registers.database.sessions import ReadSession
from registers.database.versions import Versioned, known_at
from registers.organisations.models import (
    Organisation,
    OrganisationAddress,
    OrganisationIndustryCode,
    OrganisationOpeningHours,
    OrganisationProperty,
    OrganisationSuccession,
    ReshUnit,
    ReshUnitSuccession,
)

Row = TypeVar("Row", bound=Versioned)
Key = TypeVar("Key", OrganisationNumber, ReshId)
Succession = type[OrganisationSuccession] | type[ReshUnitSuccession]


async def by_number(
    session: ReadSession, numbers: Collection[OrganisationNumber], *, instant: Instant
) -> dict[OrganisationNumber, Organisation]:
    """Organisations by number, ended ones too. Unknown numbers are absent."""
    rows = await rows_with(session, Organisation, instant, organisation_number=numbers)
    return {row.organisation_number: row for row in rows}


async def sub_units_of(
    session: ReadSession, numbers: Collection[OrganisationNumber], *, instant: Instant
) -> dict[OrganisationNumber, list[Organisation]]:
    """Organisations directly below, in Norwegian order of name."""
    order = ("sort_name", "organisation_number")
    rows = await rows_with(session, Organisation, instant, order=order, parent_number=numbers)
    return grouped(rows, lambda row: row.parent_number)


async def addresses_of(
    session: ReadSession, numbers: Collection[OrganisationNumber], *, instant: Instant
) -> dict[OrganisationNumber, list[OrganisationAddress]]:
    return await _parts(session, OrganisationAddress, numbers, instant, "kind")


async def industry_codes_of(
    session: ReadSession, numbers: Collection[OrganisationNumber], *, instant: Instant
) -> dict[OrganisationNumber, list[OrganisationIndustryCode]]:
    return await _parts(session, OrganisationIndustryCode, numbers, instant, "rank")


async def opening_hours_of(
    session: ReadSession, numbers: Collection[OrganisationNumber], *, instant: Instant
) -> dict[OrganisationNumber, list[OrganisationOpeningHours]]:
    return await _parts(session, OrganisationOpeningHours, numbers, instant, "opens_at")


async def properties_of(
    session: ReadSession, numbers: Collection[OrganisationNumber], *, instant: Instant
) -> dict[OrganisationNumber, list[OrganisationProperty]]:
    return await _parts(session, OrganisationProperty, numbers, instant, "code")


async def resh_by_id(session: ReadSession, ids: Collection[ReshId], *, instant: Instant) -> dict[ReshId, ReshUnit]:
    """RESH units by id, closed ones too. Unknown ids are absent."""
    return {row.resh_id: row for row in await rows_with(session, ReshUnit, instant, resh_id=ids)}


async def resh_units_below(
    session: ReadSession, ids: Collection[ReshId], *, instant: Instant
) -> dict[ReshId, list[ReshUnit]]:
    """RESH units directly below, by id."""
    rows = await rows_with(session, ReshUnit, instant, order=("resh_id",), parent_resh_id=ids)
    return grouped(rows, lambda row: row.parent_resh_id)


async def resh_units_of_organisations(
    session: ReadSession, numbers: Collection[OrganisationNumber], *, instant: Instant
) -> dict[OrganisationNumber, list[ReshUnit]]:
    """RESH units tied to an organisation, by id."""
    rows = await rows_with(session, ReshUnit, instant, order=("resh_id",), organisation_number=numbers)
    return grouped(rows, lambda row: row.organisation_number)


async def size(session: ReadSession, *, instant: Instant) -> int:
    """Number of organisations."""
    organisation = known_at(Organisation, instant)
    return await session.scalar(select(func.count()).select_from(organisation)) or 0


async def _parts(
    session: ReadSession,
    model: type[Row],
    numbers: Collection[OrganisationNumber],
    instant: Instant,
    order: str,
) -> dict[OrganisationNumber, list[Row]]:
    ordered = ("organisation_number", order)
    rows = await rows_with(session, model, instant, order=ordered, organisation_number=numbers)
    return grouped(rows, attrgetter("organisation_number"))


async def successors_of(
    session: ReadSession, numbers: Collection[OrganisationNumber], *, instant: Instant
) -> dict[OrganisationNumber, list[Step[OrganisationNumber]]]:
    """Every step from each organisation to those that took its place, theirs too, of all times."""
    return await _steps(session, OrganisationSuccession, "predecessor", "successor", numbers, instant)


async def predecessors_of(
    session: ReadSession, numbers: Collection[OrganisationNumber], *, instant: Instant
) -> dict[OrganisationNumber, list[Step[OrganisationNumber]]]:
    """Every step that leads to each organisation, of all times."""
    return await _steps(session, OrganisationSuccession, "successor", "predecessor", numbers, instant)


async def resh_successors_of(
    session: ReadSession, ids: Collection[ReshId], *, instant: Instant
) -> dict[ReshId, list[Step[ReshId]]]:
    """As `successors_of`, of RESH units."""
    return await _steps(session, ReshUnitSuccession, "predecessor", "successor", ids, instant)


async def resh_predecessors_of(
    session: ReadSession, ids: Collection[ReshId], *, instant: Instant
) -> dict[ReshId, list[Step[ReshId]]]:
    """As `predecessors_of`, of RESH units."""
    return await _steps(session, ReshUnitSuccession, "successor", "predecessor", ids, instant)


async def _steps(
    session: ReadSession, model: Succession, start: str, goal: str, keys: Collection[Key], instant: Instant
) -> dict[Key, list[Step[Key]]]:
    found: dict[Key, list[Step[Key]]] = {}
    for row in await session.execute(_all_steps(instant, model, start, goal), {start: list(keys)}):
        step: Step[Key] = Step(
            SuccessionKind(row.kind), row.predecessor, row.successor, row.valid_from, row.since_entry
        )
        found.setdefault(row.asked, []).append(step)
    return found


@prepared_once
def _all_steps(instant: Instant, model: Succession, start: str, goal: str) -> Select[Any]:
    names = ("predecessor", "successor", "kind", "valid_from", "since_entry")
    first = known_at(model, instant)
    further = known_at(model, instant, again=True)
    asked = getattr(first, start)
    nearest = select(asked.label("asked"), *(getattr(first, name) for name in names)).where(among(asked))
    found = nearest.cte("way", recursive=True)
    leads_on = getattr(further, start) == found.c[goal]
    found = found.union(select(found.c.asked, *(getattr(further, name) for name in names)).join(found, leads_on))
    return select(found).order_by(found.c.valid_from, found.c.predecessor, found.c.successor)

"""Searching communication parties: conditions joined by AND, in an order that a page can follow."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select, tuple_

from registers.communication_parties.models import CommunicationParty, CoverageArea
from registers.core.codes import CodeKey
from registers.core.identifiers import HerId, HprNumber, OrganisationNumber
from registers.core.validity import Instant, valid_at
from registers.database.search import Key, begins_with, resembles, similarity
from registers.database.sessions import ReadSession
from registers.database.versions import known_at, known_table_at


@dataclass(frozen=True, slots=True)
class PartySearch:
    """What to look for; None = anything. Texts are plain."""

    name: str | None = None
    name_prefix: str | None = None
    organisation_number: OrganisationNumber | None = None
    hpr_number: HprNumber | None = None
    parent_her_id: HerId | None = None
    kind: str | None = None
    status: str | None = None
    service_type: CodeKey | None = None
    business_type: CodeKey | None = None
    municipality: CodeKey | None = None

    @property
    def key_types(self) -> tuple[type, ...]:
        """Of the key that `find` gives each row."""
        return (str if self.name is None else int, int)


async def find(
    session: ReadSession, asked: PartySearch, *, instant: Instant, after: Key | None, limit: int
) -> list[tuple[CommunicationParty, Key]]:
    """Parties with the key each has in the order: similarity to `name` first, else Norwegian order of name."""
    party = known_at(CommunicationParty, instant)
    order: tuple[Any, Any] = (party.sort_name, party.her_id)
    if asked.name is not None:
        order = (similarity(party.search_name, asked.name), party.her_id)
    statement = select(party, *order).where(*_conditions(party, asked, instant)).order_by(*order).limit(limit)
    if after is not None:
        statement = statement.where(tuple_(*order) > tuple_(*(literal(part) for part in after)))
    rows = await session.execute(statement)
    return [(row, (first, second)) for row, first, second in rows]


async def count(session: ReadSession, asked: PartySearch, *, instant: Instant) -> int:
    """How many parties `find` would find in all."""
    party = known_at(CommunicationParty, instant)
    statement = select(func.count()).select_from(party).where(*_conditions(party, asked, instant))
    return await session.scalar(statement) or 0


def _conditions(party: type[CommunicationParty], asked: PartySearch, instant: Instant) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if asked.name is not None:
        found.append(resembles(party.search_name, asked.name))
    if asked.name_prefix is not None:
        found.append(begins_with(party.search_name, asked.name_prefix))
    if asked.status is not None:
        found.append(_has_status(party, asked.status, instant))
    if asked.municipality is not None:
        found.append(_serves(party, asked.municipality, instant))
    if asked.business_type is not None:
        above = known_at(CommunicationParty, instant, again=True)
        found.append(
            or_(
                party.business_type == asked.business_type,
                and_(
                    party.business_type.is_(None),
                    party.parent_her_id.in_(select(above.her_id).where(above.business_type == asked.business_type)),
                ),
            )
        )
    for column in ("organisation_number", "hpr_number", "parent_her_id", "kind", "service_type"):
        value = getattr(asked, column)
        if value is not None:
            found.append(getattr(party, column) == value)
    return found


def _has_status(party: type[CommunicationParty], status: str, instant: Instant) -> ColumnElement[bool]:
    moment = instant.valid_at
    in_time = valid_at(party, moment)
    return {
        "ENDED": party.valid_to <= moment,
        "PLANNED": and_(party.valid_from > moment, or_(party.valid_to.is_(None), party.valid_to > moment)),
        "INACTIVE": and_(in_time, ~party.active),
        "NOT_FOR_MESSAGING": and_(in_time, party.active, ~party.messaging_valid),
        "ACTIVE": and_(in_time, party.active, party.messaging_valid),
    }[status]


def _serves(party: type[CommunicationParty], municipality: CodeKey, instant: Instant) -> ColumnElement[bool]:
    """The party lies in the municipality (by itself, its organisation or its parent's) or covers it."""
    there = _lying_in(municipality, instant)
    area = known_at(CoverageArea, instant)
    return or_(
        party.her_id.in_(there),
        and_(party.municipality.is_(None), party.parent_her_id.in_(there)),
        party.her_id.in_(select(area.her_id).where(area.covered_her_id.in_(there))),
    )


def _lying_in(municipality: CodeKey, instant: Instant) -> Select[HerId]:
    party = known_at(CommunicationParty, instant, again=True)
    organisation = known_table_at("organisations", instant)
    in_organisation = select(organisation.c.organisation_number).where(organisation.c.municipality == municipality)
    return select(party.her_id).where(
        or_(
            party.municipality == municipality,
            and_(party.municipality.is_(None), party.organisation_number.in_(in_organisation)),
        )
    )

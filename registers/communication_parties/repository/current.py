"""Communication parties as they are now: what an edit or an import reads before it changes them.

Rows are those of the session, to be changed. Nothing is locked: whoever changes the register has locked the log.
"""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple, TypeVar

from sqlalchemy import ColumnElement, Text, and_, cast, func, or_, select, text, true
from sqlalchemy.orm import aliased

from registers.communication_parties.models import (
    Certificate,
    CommunicationParty,
    CoverageArea,
    ElectronicAddress,
    PartyCertificate,
    PartyProperty,
    PhysicalAddress,
    TransportStatus,
)
from registers.core.codes import CodeKey
from registers.core.identifiers import HerId, HprNumber, OrganisationNumber, Thumbprint
from registers.core.validity import Period
from registers.database.base import Base
from registers.database.rows_by_key import among, grouped
from registers.database.sessions import ReadSession

Own = TypeVar("Own", ElectronicAddress, PhysicalAddress, PartyCertificate)

CERTIFICATES_IN_ADDRESSES = text("""
    SELECT her_id, address, serial[1] AS serial
    FROM electronic_addresses, regexp_matches(address, 'certificateSerialNumber=(\\d+)', 'gi') AS serial
    WHERE type = '9044/E_DS' AND serial[1] = ANY(CAST(:serials AS text[]))
      AND (valid_to IS NULL OR valid_to > :now)
    ORDER BY her_id
""")
"""The type is a literal: the index has the addresses of this type alone."""


async def highest_her_id(session: ReadSession, *, below: int) -> HerId | None:
    """None when there is no party with a HER-id below the number."""
    return await session.scalar(select(func.max(CommunicationParty.her_id)).where(CommunicationParty.her_id < below))


async def kinds(session: ReadSession, her_ids: Collection[HerId]) -> dict[HerId, str]:
    """Kind of each party. Unknown HER-ids are absent."""
    party = CommunicationParty
    statement = select(party.her_id, party.kind).where(among(party.her_id))
    rows = await session.execute(statement, {"her_id": list(her_ids)})
    return {row.her_id: row.kind for row in rows}


async def properties_of(session: ReadSession, her_id: HerId) -> dict[CodeKey, PartyProperty]:
    """By code."""
    rows = await session.scalars(select(PartyProperty).where(PartyProperty.her_id == her_id))
    return {row.code: row for row in rows}


async def coverage_areas_of(session: ReadSession, her_id: HerId) -> dict[HerId, CoverageArea]:
    """By HER-id of the municipality."""
    rows = await session.scalars(select(CoverageArea).where(CoverageArea.her_id == her_id))
    return {row.covered_her_id: row for row in rows}


async def own_values(session: ReadSession, model: type[Own], her_id: HerId, slot: str) -> list[Own]:
    """The party's own values in the slot at all times, in no order."""
    statement = select(model).where(model.her_id == her_id, getattr(model, model.slot_column) == slot)
    return list(await session.scalars(statement))


async def own_periods_below(
    session: ReadSession, model: type[Own], her_id: HerId, slot: str
) -> dict[HerId, list[Period]]:
    """When each party below the organisation party has an own value in the slot; never = an empty list. By HER-id,
    ascending."""
    party = CommunicationParty
    of_the_slot = and_(model.her_id == party.her_id, getattr(model, model.slot_column) == slot)
    statement = select(party.her_id, model.valid_from, model.valid_to).outerjoin(model, of_the_slot)
    rows = await session.execute(statement.where(party.parent_her_id == her_id).order_by(party.her_id))
    periods: dict[HerId, list[Period]] = {}
    for child, start, end in rows:
        periods.setdefault(child, []).extend([Period(start, end)] if start is not None else [])
    return periods


async def inheriting_transport(session: ReadSession, her_id: HerId) -> list[HerId]:
    """Parties below the organisation party that inherit its transport, ascending."""
    party = CommunicationParty
    inherits = and_(party.parent_her_id == her_id, party.transport == TransportStatus.INHERITED.value)
    return list(await session.scalars(select(party.her_id).where(inherits).order_by(party.her_id)))


async def children_of(session: ReadSession, her_ids: Collection[HerId]) -> dict[HerId, list[HerId]]:
    """HER-ids directly below each organisation party, ascending. Those with nothing below them are absent."""
    party = CommunicationParty
    statement = select(party.parent_her_id, party.her_id).where(among(party.parent_her_id)).order_by(party.her_id)
    rows = await session.execute(statement, {"parent_her_id": list(her_ids)})
    children = grouped(rows, lambda row: row.parent_her_id)
    return {parent: [row.her_id for row in below] for parent, below in children.items()}


async def active_below(session: ReadSession, her_id: HerId, *, since: datetime) -> tuple[int, HerId | None]:
    """How many parties below the organisation party are active at `since` or later, and the first of them."""
    party = CommunicationParty
    statement = select(func.count(), func.min(party.her_id)).where(
        party.parent_her_id == her_id, party.active, or_(party.valid_to.is_(None), party.valid_to > since)
    )
    number, first = (await session.execute(statement)).one()
    return number, first


async def first_person_in_use(
    session: ReadSession, office: CommunicationParty, hpr_number: HprNumber, period: Period, *, other_than: HerId
) -> HerId | None:
    """The first active party of the professional at the organisation of `office` at any time of the period."""
    return await _first_in_use(session, office, CommunicationParty.hpr_number == hpr_number, period, other_than)


async def first_service_in_use(
    session: ReadSession, office: CommunicationParty, types: Collection[CodeKey], period: Period, *, other_than: HerId
) -> HerId | None:
    """The first active service of any of the types at the organisation of `office` at any time of the period."""
    return await _first_in_use(session, office, CommunicationParty.service_type.in_(types), period, other_than)


async def _first_in_use(
    session: ReadSession, office: CommunicationParty, alike: ColumnElement[bool], period: Period, other_than: HerId
) -> HerId | None:
    """An organisation may have several organisation parties; one without an organisation number is its own office."""
    party, above = CommunicationParty, aliased(CommunicationParty)
    office_of_party = func.coalesce(above.organisation_number, cast(above.her_id, Text))
    begins_in_time = true() if period.end is None else party.valid_from < period.end
    statement = (
        select(party.her_id)
        .join(above, above.her_id == party.parent_her_id)
        .where(office_of_party == (office.organisation_number or str(office.her_id)), party.active, alike)
        .where(party.her_id != other_than, begins_in_time)
        .where(or_(party.valid_to.is_(None), party.valid_to > period.start))
        .order_by(party.her_id)
        .limit(1)
    )
    return await session.scalar(statement)


async def certificates_by_serial(session: ReadSession, serials: Collection[str]) -> dict[Thumbprint, str]:
    """Serial number of each certificate that has one of them. Issuers number for themselves: several may share one."""
    statement = select(Certificate.thumbprint, Certificate.serial_number).where(among(Certificate.serial_number))
    rows = await session.execute(statement, {"serial_number": list(serials)})
    return {row.thumbprint: row.serial_number for row in rows}


async def addresses_with_serials(
    session: ReadSession, serials: Collection[str], *, now: datetime
) -> list[tuple[HerId, str, str]]:
    """Certificate addresses, current and planned ones, that name one of the serial numbers: HER-id of the party, the
    address and the serial number, by HER-id."""
    rows = await session.execute(CERTIFICATES_IN_ADDRESSES, {"serials": list(serials), "now": now})
    return [(row.her_id, row.address, row.serial) for row in rows]


async def used_certificates(session: ReadSession, thumbprints: Collection[Thumbprint]) -> set[Thumbprint]:
    """Those that any party uses or used as its own."""
    statement = select(PartyCertificate.thumbprint).where(among(PartyCertificate.thumbprint)).distinct()
    return set(await session.scalars(statement, {"thumbprint": list(thumbprints)}))


class OrganisationName(NamedTuple):
    """The legal name of an organisation, and when it ended or ends."""

    name: str
    valid_to: datetime | None


async def name_of_organisation(session: ReadSession, number: OrganisationNumber) -> OrganisationName | None:
    """From the register of organisations; None = there is no organisation with the number."""
    organisation = Base.metadata.tables["organisations"].c
    statement = select(organisation.name, organisation.valid_to).where(organisation.organisation_number == number)
    found = (await session.execute(statement)).one_or_none()
    return None if found is None else OrganisationName(*found)


class ProfessionalName(NamedTuple):
    """The full name of a health professional, and the HPR number that replaced the professional's."""

    name: str | None
    replaced_by: HprNumber | None


async def name_of_professional(session: ReadSession, number: HprNumber) -> ProfessionalName | None:
    """From the register of personnel; None = there is no professional with the number."""
    professional = Base.metadata.tables["health_professionals"].c
    names = (professional.first_name, professional.middle_name, professional.last_name)
    statement = select(professional.replaced_by, *names).where(professional.hpr_number == number)
    found = (await session.execute(statement)).one_or_none()
    if found is None:
        return None
    replaced_by, *parts = found
    return ProfessionalName(" ".join(part for part in parts if part) or None, replaced_by)

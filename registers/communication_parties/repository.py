"""Every SELECT over communication parties by key. Search stands in `search.py`."""

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from registers.communication_parties.models import (
    Certificate,
    CommunicationParty,
    CoverageArea,
    ElectronicAddress,
    PartyCertificate,
    PartyProperty,
    PhysicalAddress,
)
from registers.core.database import grouped, known_at
from registers.core.identifiers import HerId, HprNumber, OrganisationNumber, Thumbprint
from registers.core.validity import Instant


async def by_her_id(
    session: AsyncSession, her_ids: Collection[HerId], *, instant: Instant
) -> dict[HerId, CommunicationParty]:
    """Parties by HER-id, whatever their status. Unknown HER-ids are absent."""
    party = known_at(CommunicationParty, instant)
    return {row.her_id: row for row in await session.scalars(select(party).where(party.her_id.in_(her_ids)))}


async def children_of(
    session: AsyncSession, her_ids: Collection[HerId], *, instant: Instant
) -> dict[HerId, list[CommunicationParty]]:
    """Services and persons below each organisation party, in Norwegian order of name."""
    party = known_at(CommunicationParty, instant)
    rows = await session.scalars(
        select(party).where(party.parent_her_id.in_(her_ids)).order_by(party.sort_name, party.her_id)
    )
    return grouped(rows, lambda row: row.parent_her_id)


async def of_organisations(
    session: AsyncSession, numbers: Collection[OrganisationNumber], *, instant: Instant
) -> dict[OrganisationNumber, list[CommunicationParty]]:
    """Organisation parties of each organisation, oldest HER-id first."""
    party = known_at(CommunicationParty, instant)
    rows = await session.scalars(select(party).where(party.organisation_number.in_(numbers)).order_by(party.her_id))
    return grouped(rows, lambda row: row.organisation_number)


async def of_professionals(
    session: AsyncSession, numbers: Collection[HprNumber], *, instant: Instant
) -> dict[HprNumber, list[CommunicationParty]]:
    """Person parties of each health professional, oldest HER-id first."""
    party = known_at(CommunicationParty, instant)
    rows = await session.scalars(select(party).where(party.hpr_number.in_(numbers)).order_by(party.her_id))
    return grouped(rows, lambda row: row.hpr_number)


async def electronic_addresses_of(
    session: AsyncSession, her_ids: Collection[HerId], *, instant: Instant
) -> dict[HerId, list[ElectronicAddress]]:
    """Own electronic addresses of all times, by type and start."""
    address = known_at(ElectronicAddress, instant)
    rows = await session.scalars(
        select(address).where(address.her_id.in_(her_ids)).order_by(address.her_id, address.type, address.valid_from)
    )
    return grouped(rows, lambda row: row.her_id)


async def physical_addresses_of(
    session: AsyncSession, her_ids: Collection[HerId], *, instant: Instant
) -> dict[HerId, list[PhysicalAddress]]:
    """Own physical addresses of all times, by type (those without one last) and start."""
    address = known_at(PhysicalAddress, instant)
    rows = await session.scalars(
        select(address)
        .where(address.her_id.in_(her_ids))
        .order_by(address.her_id, address.type, address.valid_from, address.id)
    )
    return grouped(rows, lambda row: row.her_id)


async def certificates_of(
    session: AsyncSession, her_ids: Collection[HerId], *, instant: Instant
) -> dict[HerId, list[tuple[PartyCertificate, Certificate]]]:
    """Own certificates of all times with their periods of use, newest first."""
    use, certificate = known_at(PartyCertificate, instant), known_at(Certificate, instant)
    rows = await session.execute(
        select(use, certificate)
        .join(certificate, certificate.thumbprint == use.thumbprint)
        .where(use.her_id.in_(her_ids))
        .order_by(use.her_id, use.usage, use.valid_from.desc())
    )
    return grouped([(use, certificate) for use, certificate in rows], lambda found: found[0].her_id)


async def certificates_by_thumbprint(
    session: AsyncSession, thumbprints: Collection[Thumbprint], *, instant: Instant
) -> dict[Thumbprint, Certificate]:
    """Certificates by thumbprint. Unknown ones are absent."""
    certificate = known_at(Certificate, instant)
    rows = await session.scalars(select(certificate).where(certificate.thumbprint.in_(thumbprints)))
    return {row.thumbprint: row for row in rows}


async def users_of_certificates(
    session: AsyncSession, thumbprints: Collection[Thumbprint], *, instant: Instant
) -> dict[Thumbprint, list[PartyCertificate]]:
    """Who uses or used a certificate as its own, by HER-id."""
    use = known_at(PartyCertificate, instant)
    rows = await session.scalars(
        select(use).where(use.thumbprint.in_(thumbprints)).order_by(use.her_id, use.usage, use.valid_from)
    )
    return grouped(rows, lambda row: row.thumbprint)


async def covered_by(
    session: AsyncSession, her_ids: Collection[HerId], *, instant: Instant
) -> dict[HerId, list[HerId]]:
    """HER-ids of the municipalities an inter-municipal service covers, ascending."""
    area = known_at(CoverageArea, instant)
    rows = await session.scalars(
        select(area).where(area.her_id.in_(her_ids)).order_by(area.her_id, area.covered_her_id)
    )
    found = grouped(rows, lambda row: row.her_id)
    return {her_id: [area.covered_her_id for area in areas] for her_id, areas in found.items()}


async def properties_of(
    session: AsyncSession, her_ids: Collection[HerId], *, instant: Instant
) -> dict[HerId, list[PartyProperty]]:
    """Coded properties, by code."""
    property_ = known_at(PartyProperty, instant)
    rows = await session.scalars(
        select(property_).where(property_.her_id.in_(her_ids)).order_by(property_.her_id, property_.code)
    )
    return grouped(rows, lambda row: row.her_id)


async def size(session: AsyncSession, *, instant: Instant) -> int:
    """Number of parties held."""
    party = known_at(CommunicationParty, instant)
    return await session.scalar(select(func.count()).select_from(party)) or 0

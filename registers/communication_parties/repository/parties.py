"""Communication parties by key, as known at an instant. Search is in `search.py`, what edits and imports read in
`current.py`."""

from collections.abc import Collection

from sqlalchemy import Select, func, select

from registers.communication_parties.models import (
    Certificate,
    CommunicationParty,
    CoverageArea,
    ElectronicAddress,
    PartyCertificate,
    PartyProperty,
    PhysicalAddress,
    UsedCertificate,
)
from registers.core.identifiers import HerId, HprNumber, OrganisationNumber, Thumbprint
from registers.core.validity import Instant
from registers.database.rows_by_key import among, grouped, prepared_once, rows_with
from registers.database.sessions import ReadSession
from registers.database.versions import known_at


async def by_her_id(
    session: ReadSession, her_ids: Collection[HerId], *, instant: Instant
) -> dict[HerId, CommunicationParty]:
    """Parties by HER-id, whatever their status. Unknown HER-ids are absent."""
    return {row.her_id: row for row in await rows_with(session, CommunicationParty, instant, her_id=her_ids)}


async def children_of(
    session: ReadSession, her_ids: Collection[HerId], *, instant: Instant
) -> dict[HerId, list[CommunicationParty]]:
    """Services and persons below each organisation party, in Norwegian order of name."""
    order = ("sort_name", "her_id")
    rows = await rows_with(session, CommunicationParty, instant, order=order, parent_her_id=her_ids)
    return grouped(rows, lambda row: row.parent_her_id)


async def of_organisations(
    session: ReadSession, numbers: Collection[OrganisationNumber], *, instant: Instant
) -> dict[OrganisationNumber, list[CommunicationParty]]:
    """Organisation parties of each organisation, oldest HER-id first."""
    rows = await rows_with(session, CommunicationParty, instant, order=("her_id",), organisation_number=numbers)
    return grouped(rows, lambda row: row.organisation_number)


async def of_professionals(
    session: ReadSession, numbers: Collection[HprNumber], *, instant: Instant
) -> dict[HprNumber, list[CommunicationParty]]:
    """Person parties of each health professional, oldest HER-id first."""
    rows = await rows_with(session, CommunicationParty, instant, order=("her_id",), hpr_number=numbers)
    return grouped(rows, lambda row: row.hpr_number)


async def electronic_addresses_of(
    session: ReadSession, her_ids: Collection[HerId], *, instant: Instant
) -> dict[HerId, list[ElectronicAddress]]:
    """Own electronic addresses of all times, by type and start."""
    order = ("her_id", "type", "valid_from")
    rows = await rows_with(session, ElectronicAddress, instant, order=order, her_id=her_ids)
    return grouped(rows, lambda row: row.her_id)


async def physical_addresses_of(
    session: ReadSession, her_ids: Collection[HerId], *, instant: Instant
) -> dict[HerId, list[PhysicalAddress]]:
    """Own physical addresses of all times, by type (those without one last) and start."""
    order = ("her_id", "type", "valid_from", "id")
    rows = await rows_with(session, PhysicalAddress, instant, order=order, her_id=her_ids)
    return grouped(rows, lambda row: row.her_id)


async def certificates_of(
    session: ReadSession, her_ids: Collection[HerId], *, instant: Instant
) -> dict[HerId, list[UsedCertificate]]:
    """Own certificates of all times with their periods of use, newest first."""
    rows = await session.execute(_certificates_of(instant), {"her_id": list(her_ids)})
    return grouped([UsedCertificate(use, certificate) for use, certificate in rows], lambda each: each.use.her_id)


@prepared_once
def _certificates_of(instant: Instant) -> Select[PartyCertificate, Certificate]:
    use, certificate = known_at(PartyCertificate, instant), known_at(Certificate, instant)
    return (
        select(use, certificate)
        .join(certificate, certificate.thumbprint == use.thumbprint)
        .where(among(use.her_id))
        .order_by(use.her_id, use.usage, use.valid_from.desc())
    )


async def certificates_by_thumbprint(
    session: ReadSession, thumbprints: Collection[Thumbprint], *, instant: Instant
) -> dict[Thumbprint, Certificate]:
    """Certificates by thumbprint. Unknown ones are absent."""
    rows = await rows_with(session, Certificate, instant, thumbprint=thumbprints)
    return {row.thumbprint: row for row in rows}


async def users_of_certificates(
    session: ReadSession, thumbprints: Collection[Thumbprint], *, instant: Instant
) -> dict[Thumbprint, list[PartyCertificate]]:
    """Who uses or used a certificate as its own, by HER-id."""
    order = ("her_id", "usage", "valid_from")
    rows = await rows_with(session, PartyCertificate, instant, order=order, thumbprint=thumbprints)
    return grouped(rows, lambda row: row.thumbprint)


async def covered_by(session: ReadSession, her_ids: Collection[HerId], *, instant: Instant) -> dict[HerId, list[HerId]]:
    """HER-ids of the municipalities an inter-municipal service covers, ascending."""
    rows = await rows_with(session, CoverageArea, instant, order=("her_id", "covered_her_id"), her_id=her_ids)
    found = grouped(rows, lambda row: row.her_id)
    return {her_id: [area.covered_her_id for area in areas] for her_id, areas in found.items()}


async def properties_of(
    session: ReadSession, her_ids: Collection[HerId], *, instant: Instant
) -> dict[HerId, list[PartyProperty]]:
    """Coded properties, by code."""
    rows = await rows_with(session, PartyProperty, instant, order=("her_id", "code"), her_id=her_ids)
    return grouped(rows, lambda row: row.her_id)


async def size(session: ReadSession, *, instant: Instant) -> int:
    """Number of parties."""
    party = known_at(CommunicationParty, instant)
    return await session.scalar(select(func.count()).select_from(party)) or 0

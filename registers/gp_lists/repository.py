"""Every SELECT over contracts and their doctors by key. Patients stand in `patient_records.py`, search in `search.py`.

Rows of all times: what is in force at a moment is for the caller to pick, so that a thousand moments cost one read.
"""

from collections.abc import Collection

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from registers.core.codes import CodeKey, code_key
from registers.core.database import grouped, known_at, known_table_at
from registers.core.identifiers import GpContractId, HprNumber, OrganisationNumber
from registers.core.validity import Instant, Period
from registers.gp_lists.models import (
    CoopMunicipality,
    DoctorCycle,
    GpContract,
    GpOffice,
    OutOfOfficeAddress,
    OutOfOfficeContact,
    OutOfOfficeLocation,
    PrimaryHealthCareTeam,
    TeamMember,
)
from registers.gp_lists.responsible import OfficeParty

VACANT_LIST_SERVICES = (code_key("8666", "KX17"), code_key("8655", "KX17"))


async def contracts(
    session: AsyncSession, ids: Collection[GpContractId], *, instant: Instant
) -> dict[GpContractId, GpContract]:
    """Contracts by id, ended ones too. Unknown ids are absent."""
    contract = known_at(GpContract, instant)
    return {row.id: row for row in await session.scalars(select(contract).where(contract.id.in_(ids)))}


async def contracts_of_offices(
    session: AsyncSession, numbers: Collection[OrganisationNumber], *, instant: Instant
) -> dict[OrganisationNumber, list[GpContract]]:
    """Contracts of each office, ended and coming ones too, by id."""
    contract = known_at(GpContract, instant)
    rows = await session.scalars(select(contract).where(contract.office_number.in_(numbers)).order_by(contract.id))
    found = grouped(rows, lambda row: row.office_number)
    return {number: rows for number, rows in found.items() if number is not None}


async def coop_municipalities(
    session: AsyncSession, ids: Collection[GpContractId], *, instant: Instant
) -> dict[GpContractId, list[CodeKey]]:
    """Co-operating municipalities of each contract, by number."""
    coop = known_at(CoopMunicipality, instant)
    rows = await session.scalars(
        select(coop).where(coop.contract_id.in_(ids)).order_by(coop.contract_id, coop.municipality)
    )
    found = grouped(rows, lambda row: row.contract_id)
    return {id: [row.municipality for row in rows] for id, rows in found.items()}


async def cycles_of_contracts(
    session: AsyncSession, ids: Collection[GpContractId], *, instant: Instant
) -> dict[GpContractId, list[DoctorCycle]]:
    """Doctors' periods on each list, latest start first."""
    cycle = known_at(DoctorCycle, instant)
    rows = await session.scalars(
        select(cycle).where(cycle.contract_id.in_(ids)).order_by(cycle.valid_from.desc(), cycle.id.desc())
    )
    return grouped(rows, lambda row: row.contract_id)


async def cycles_of_professionals(
    session: AsyncSession, numbers: Collection[HprNumber], *, instant: Instant
) -> dict[HprNumber, list[DoctorCycle]]:
    """Periods of each doctor on any list, latest start first."""
    cycle = known_at(DoctorCycle, instant)
    rows = await session.scalars(
        select(cycle).where(cycle.hpr_number.in_(numbers)).order_by(cycle.valid_from.desc(), cycle.id.desc())
    )
    return grouped(rows, lambda row: row.hpr_number)


async def parties_at_offices(
    session: AsyncSession, asked: Collection[tuple[OrganisationNumber, HprNumber | None]], *, instant: Instant
) -> dict[tuple[OrganisationNumber, HprNumber | None], list[OfficeParty]]:
    """Parties below each office's organisation party: of a doctor, or with None the services for vacant lists."""
    party = known_table_at("communication_parties", instant).alias()
    office = known_table_at("communication_parties", instant).alias()
    doctors = {hpr_number for _, hpr_number in asked if hpr_number is not None}
    rows = await session.execute(
        select(office.c.organisation_number, party)
        .join(office, office.c.her_id == party.c.parent_her_id)
        .where(
            office.c.organisation_number.in_({number for number, _ in asked}),
            or_(party.c.hpr_number.in_(doctors), party.c.service_type.in_(VACANT_LIST_SERVICES)),
        )
    )
    found: dict[tuple[OrganisationNumber, HprNumber | None], list[OfficeParty]] = {}
    for row in rows:
        each = OfficeParty(row.her_id, row.active, Period(row.valid_from, row.valid_to))
        found.setdefault((row[0], row.hpr_number), []).append(each)
    return found


async def offices(
    session: AsyncSession, numbers: Collection[OrganisationNumber], *, instant: Instant
) -> dict[OrganisationNumber, GpOffice]:
    """What FLR adds to organisations; absent for those that are no GP office."""
    office = known_at(GpOffice, instant)
    rows = await session.scalars(select(office).where(office.organisation_number.in_(numbers)))
    return {row.organisation_number: row for row in rows}


async def teams(session: AsyncSession, ids: Collection[int], *, instant: Instant) -> dict[int, PrimaryHealthCareTeam]:
    """Teams by id. Unknown ids are absent."""
    team = known_at(PrimaryHealthCareTeam, instant)
    return {row.id: row for row in await session.scalars(select(team).where(team.id.in_(ids)))}


async def members_of_teams(
    session: AsyncSession, ids: Collection[int], *, instant: Instant
) -> dict[int, list[TeamMember]]:
    """Members of each team at all times, by start."""
    member = known_at(TeamMember, instant)
    rows = await session.scalars(select(member).where(member.team_id.in_(ids)).order_by(member.valid_from, member.id))
    return grouped(rows, lambda row: row.team_id)


async def locations_of_contracts(
    session: AsyncSession, ids: Collection[GpContractId], *, instant: Instant
) -> dict[GpContractId, list[OutOfOfficeLocation]]:
    """Other places of each contract at all times, by start."""
    location = known_at(OutOfOfficeLocation, instant)
    rows = await session.scalars(
        select(location).where(location.contract_id.in_(ids)).order_by(location.valid_from, location.id)
    )
    return grouped(rows, lambda row: row.contract_id)


async def addresses_of_locations(
    session: AsyncSession, ids: Collection[int], *, instant: Instant
) -> dict[int, list[OutOfOfficeAddress]]:
    """Physical addresses of each place, by type."""
    address = known_at(OutOfOfficeAddress, instant)
    rows = await session.scalars(
        select(address).where(address.location_id.in_(ids)).order_by(address.location_id, address.type)
    )
    return grouped(rows, lambda row: row.location_id)


async def contacts_of_locations(
    session: AsyncSession, ids: Collection[int], *, instant: Instant
) -> dict[int, list[OutOfOfficeContact]]:
    """Electronic addresses of each place, by type."""
    contact = known_at(OutOfOfficeContact, instant)
    rows = await session.scalars(
        select(contact).where(contact.location_id.in_(ids)).order_by(contact.location_id, contact.type)
    )
    return grouped(rows, lambda row: row.location_id)


async def size(session: AsyncSession, *, instant: Instant) -> int:
    """Number of contracts held."""
    contract = known_at(GpContract, instant)
    return await session.scalar(select(func.count()).select_from(contract)) or 0

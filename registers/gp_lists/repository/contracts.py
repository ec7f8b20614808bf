"""Contracts, their doctors and offices, and teams by key, as known at an instant. Patients are in `patients.py`.

Rows of all valid times: the caller picks what is in force at a moment, so that a thousand moments cost one read.
"""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, func, or_, select

from registers.core.code_systems import VACANT_LIST_SERVICES
from registers.core.codes import CodeKey
from registers.core.identifiers import GpContractId, HprNumber, OrganisationNumber
from registers.core.validity import Instant, Period
from registers.database.rows_by_key import LATEST_FIRST, among, grouped, prepared_once, rows_with
from registers.database.sessions import ReadSession
from registers.database.versions import known_at, known_table_at
from registers.gp_lists.models import (
    CoopMunicipality,
    DoctorCycle,
    GpContract,
    GpOffice,
    OfficeParty,
    OutOfOfficeAddress,
    OutOfOfficeContact,
    OutOfOfficeLocation,
    PrimaryHealthCareTeam,
    TeamMember,
)


async def contracts(
    session: ReadSession, ids: Collection[GpContractId], *, instant: Instant
) -> dict[GpContractId, GpContract]:
    """Contracts by id, ended ones too. Unknown ids are absent."""
    return {row.id: row for row in await rows_with(session, GpContract, instant, id=ids)}


async def contracts_of_offices(
    session: ReadSession, numbers: Collection[OrganisationNumber], *, instant: Instant
) -> dict[OrganisationNumber, list[GpContract]]:
    """Contracts of each office, ended and coming ones too, by id."""
    rows = await rows_with(session, GpContract, instant, order=("id",), office_number=numbers)
    found = grouped(rows, lambda row: row.office_number)
    return {number: rows for number, rows in found.items() if number is not None}


async def coop_municipalities(
    session: ReadSession, ids: Collection[GpContractId], *, instant: Instant
) -> dict[GpContractId, list[CodeKey]]:
    """Co-operating municipalities of each contract, by number."""
    rows = await rows_with(session, CoopMunicipality, instant, order=("contract_id", "municipality"), contract_id=ids)
    found = grouped(rows, lambda row: row.contract_id)
    return {id: [row.municipality for row in rows] for id, rows in found.items()}


async def cycles_of_contracts(
    session: ReadSession, ids: Collection[GpContractId], *, instant: Instant
) -> dict[GpContractId, list[DoctorCycle]]:
    """Doctors' periods on each list, latest start first."""
    rows = await rows_with(session, DoctorCycle, instant, order=LATEST_FIRST, contract_id=ids)
    return grouped(rows, lambda row: row.contract_id)


async def cycles_of_professionals(
    session: ReadSession, numbers: Collection[HprNumber], *, instant: Instant
) -> dict[HprNumber, list[DoctorCycle]]:
    """Periods of each doctor on any list, latest start first."""
    rows = await rows_with(session, DoctorCycle, instant, order=LATEST_FIRST, hpr_number=numbers)
    return grouped(rows, lambda row: row.hpr_number)


async def parties_at_offices(
    session: ReadSession, asked: Collection[tuple[OrganisationNumber, HprNumber | None]], *, instant: Instant
) -> dict[tuple[OrganisationNumber, HprNumber | None], list[OfficeParty]]:
    """Parties below each office's organisation party: of a doctor, or with None the services for vacant lists."""
    offices = list({number for number, _ in asked})
    doctors = list({hpr_number for _, hpr_number in asked if hpr_number is not None})
    keys = {"organisation_number": offices, "hpr_number": doctors}
    found: dict[tuple[OrganisationNumber, HprNumber | None], list[OfficeParty]] = {}
    for row in await session.execute(_parties_at_offices(instant), keys):
        each = OfficeParty(row.her_id, row.active, Period(row.valid_from, row.valid_to))
        found.setdefault((row.organisation_number, row.hpr_number), []).append(each)
    return found


@prepared_once
def _parties_at_offices(instant: Instant) -> Select[*tuple[Any, ...]]:
    party = known_table_at("communication_parties", instant).alias()
    office = known_table_at("communication_parties", instant).alias()
    columns = (party.c.her_id, party.c.hpr_number, party.c.active, party.c.valid_from, party.c.valid_to)
    return (
        select(office.c.organisation_number, *columns)
        .join(office, office.c.her_id == party.c.parent_her_id)
        .where(
            among(office.c.organisation_number),
            or_(among(party.c.hpr_number), party.c.service_type.in_(VACANT_LIST_SERVICES)),
        )
    )


async def offices(
    session: ReadSession, numbers: Collection[OrganisationNumber], *, instant: Instant
) -> dict[OrganisationNumber, GpOffice]:
    """What FLR adds to organisations; absent for those that are no GP office."""
    rows = await rows_with(session, GpOffice, instant, organisation_number=numbers)
    return {row.organisation_number: row for row in rows}


async def teams(session: ReadSession, ids: Collection[int], *, instant: Instant) -> dict[int, PrimaryHealthCareTeam]:
    """Teams by id. Unknown ids are absent."""
    return {row.id: row for row in await rows_with(session, PrimaryHealthCareTeam, instant, id=ids)}


async def members_of_teams(
    session: ReadSession, ids: Collection[int], *, instant: Instant
) -> dict[int, list[TeamMember]]:
    """Members of each team at all times, by start."""
    rows = await rows_with(session, TeamMember, instant, order=("valid_from", "id"), team_id=ids)
    return grouped(rows, lambda row: row.team_id)


async def locations_of_contracts(
    session: ReadSession, ids: Collection[GpContractId], *, instant: Instant
) -> dict[GpContractId, list[OutOfOfficeLocation]]:
    """Out-of-office locations of each contract at all times, by start."""
    rows = await rows_with(session, OutOfOfficeLocation, instant, order=("valid_from", "id"), contract_id=ids)
    return grouped(rows, lambda row: row.contract_id)


async def addresses_of_locations(
    session: ReadSession, ids: Collection[int], *, instant: Instant
) -> dict[int, list[OutOfOfficeAddress]]:
    """Physical addresses of each location, by type."""
    rows = await rows_with(session, OutOfOfficeAddress, instant, order=("location_id", "type"), location_id=ids)
    return grouped(rows, lambda row: row.location_id)


async def contacts_of_locations(
    session: ReadSession, ids: Collection[int], *, instant: Instant
) -> dict[int, list[OutOfOfficeContact]]:
    """Electronic addresses of each location, by type."""
    rows = await rows_with(session, OutOfOfficeContact, instant, order=("location_id", "type"), location_id=ids)
    return grouped(rows, lambda row: row.location_id)


async def size(session: ReadSession, *, instant: Instant) -> int:
    """Number of contracts."""
    contract = known_at(GpContract, instant)
    return await session.scalar(select(func.count()).select_from(contract)) or 0

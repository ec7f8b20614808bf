"""Contracts with their parts, offices and teams as they are now, which an edit or an import reads to change them.

Rows are objects of the session. Nothing is locked: whoever changes the register has locked the log.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Subquery, func, select, union_all

from registers.core.codes import CodeKey
from registers.core.identifiers import FlrId, GpContractId, HprNumber, OrganisationNumber
from registers.database.base import Base
from registers.database.rows_by_key import among
from registers.database.sessions import ReadSession
from registers.database.versions import Versioned, history_of, table_of
from registers.gp_lists.models import (
    CoopMunicipality,
    DoctorCycle,
    GpContract,
    OutOfOfficeAddress,
    OutOfOfficeContact,
    OutOfOfficeLocation,
    TeamMember,
)

LocationPart = OutOfOfficeAddress | OutOfOfficeContact


async def contracts_at_office(
    session: ReadSession, office: OrganisationNumber, *, since: datetime
) -> dict[GpContractId, GpContract]:
    """Contracts at the office that are in force at `since` or later, by id."""
    lasting = GpContract.valid_to.is_(None) | (GpContract.valid_to > since)
    rows = await session.scalars(select(GpContract).where(GpContract.office_number == office, lasting))
    return {row.id: row for row in rows}


async def highest_contract_id(session: ReadSession, *, below: int) -> GpContractId | None:
    """None when there is no contract with an id below the number."""
    return await session.scalar(select(func.max(GpContract.id)).where(GpContract.id < below))


async def coop_municipalities_of(session: ReadSession, contract_id: GpContractId) -> dict[CodeKey, CoopMunicipality]:
    """By municipality."""
    rows = await session.scalars(select(CoopMunicipality).where(CoopMunicipality.contract_id == contract_id))
    return {row.municipality: row for row in rows}


async def cycles_of(session: ReadSession, contract_id: GpContractId) -> dict[int, DoctorCycle]:
    """Doctors' cycles on the list at all times, by id."""
    rows = await session.scalars(select(DoctorCycle).where(DoctorCycle.contract_id == contract_id))
    return {row.id: row for row in rows}


async def contracts_of_cycles(session: ReadSession, cycle_ids: Collection[int]) -> set[GpContractId]:
    """The contracts that have any of the cycles. Unknown cycles add none."""
    statement = select(DoctorCycle.contract_id).where(among(DoctorCycle.id, cycle_ids)).distinct()
    return set(await session.scalars(statement))


async def locations_of(session: ReadSession, contract_id: GpContractId) -> list[OutOfOfficeLocation]:
    """Out-of-office locations of the contract at all times, in no order."""
    statement = select(OutOfOfficeLocation).where(OutOfOfficeLocation.contract_id == contract_id)
    return list(await session.scalars(statement))


async def parts_of_location(session: ReadSession, location_id: int) -> list[LocationPart]:
    """Physical addresses of the location, then electronic ones."""
    addresses = select(OutOfOfficeAddress).where(OutOfOfficeAddress.location_id == location_id)
    contacts = select(OutOfOfficeContact).where(OutOfOfficeContact.location_id == location_id)
    return [*await session.scalars(addresses), *await session.scalars(contacts)]


async def members_of(session: ReadSession, team_id: int) -> dict[int, TeamMember]:
    """Members of the team at all times, by id of the membership."""
    rows = await session.scalars(select(TeamMember).where(TeamMember.team_id == team_id))
    return {row.id: row for row in rows}


async def first_contract_of_team(session: ReadSession, team_id: int) -> GpContractId | None:
    """The lowest id of the contracts that the team is attached to; None when it is attached to none."""
    return await session.scalar(select(func.min(GpContract.id)).where(GpContract.team_id == team_id))


async def known_organisations(session: ReadSession, numbers: Collection[OrganisationNumber]) -> set[OrganisationNumber]:
    """Those of the numbers that an organisation has."""
    organisation = Base.metadata.tables["organisations"].c
    statement = select(organisation.organisation_number).where(among(organisation.organisation_number, numbers))
    return set(await session.scalars(statement))


async def replacements_of_professionals(
    session: ReadSession, numbers: Collection[HprNumber]
) -> dict[HprNumber, HprNumber | None]:
    """The HPR number that has replaced each number; None = it is in use. Unknown numbers are absent."""
    professional = Base.metadata.tables["health_professionals"].c
    statement = select(professional.hpr_number, professional.replaced_by)
    rows = await session.execute(statement.where(among(professional.hpr_number, numbers)))
    return {row.hpr_number: row.replaced_by for row in rows}


async def numbers_taken(session: ReadSession, model: type[Versioned], numbers: Collection[FlrId]) -> set[FlrId]:
    """Those of the numbers that a row of the table has or has had as its id."""
    ever = _ids_ever(model)
    return set(await session.scalars(select(ever.c.id).where(among(ever.c.id, numbers))))


async def lowest_number(session: ReadSession, model: type[Versioned]) -> FlrId | None:
    """The lowest id that a row of the table has or has had; None when there has been no row."""
    return await session.scalar(select(func.min(_ids_ever(model).c.id)))


def _ids_ever(model: type[Versioned]) -> Subquery:
    table = table_of(model)
    return union_all(*(select(each.c.id) for each in (table, history_of(table)))).subquery()

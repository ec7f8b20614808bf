"""Which parties, contracts and patients the entries of a change touched."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, union
from sqlalchemy.ext.asyncio import AsyncSession

from registers.changelog.change import Entries
from registers.communication_parties.models import (
    CommunicationParty,
    ElectronicAddress,
    PartyCertificate,
    PhysicalAddress,
)
from registers.core.identifiers import GpContractId, HerId
from registers.core.validity import Instant, valid_at
from registers.database.database import Versioned, history_of, known_at
from registers.gp_lists.models import DoctorCycle, GpContract, PatientAssociation
from registers.intake.record_set import any_of, table_of


async def parties_touched(session: AsyncSession, entries: Entries) -> set[HerId]:
    """Parties whose own row, addresses or certificates changed."""
    return {
        her_id
        for model in (CommunicationParty, ElectronicAddress, PhysicalAddress, PartyCertificate)
        for (her_id,) in await _changed(session, entries, model, "her_id")
    }


async def boundaries(session: AsyncSession, entries: Entries) -> list[datetime]:
    """The moment asked about, and every later one at which a changed row begins or ends."""
    moments = {entries.at}
    for model in (
        CommunicationParty,
        ElectronicAddress,
        PhysicalAddress,
        PartyCertificate,
        GpContract,
        DoctorCycle,
        PatientAssociation,
    ):
        for row in await _changed(session, entries, model, "valid_from", "valid_to"):
            moments |= {moment for moment in row if moment is not None and moment > entries.at}
    return sorted(moments)


async def contracts_touched(session: AsyncSession, entries: Entries, parties: Collection[HerId]) -> set[GpContractId]:
    """Contracts whose own row or doctors changed, and all at an office where one of `parties` is."""
    found = {
        contract_id
        for model, column in ((GpContract, "id"), (DoctorCycle, "contract_id"))
        for (contract_id,) in await _changed(session, entries, model, column)
    }
    for instant in (entries.before(entries.at), entries.after(entries.at)):
        party, office = known_at(CommunicationParty, instant), known_at(CommunicationParty, instant)
        contract = known_at(GpContract, instant)
        at_offices = (
            select(contract.id)
            .join(office, office.organisation_number == contract.office_number)
            .join(party, or_(party.parent_her_id == office.her_id, party.her_id == office.her_id))
            .where(any_of(party.her_id, parties))
        )
        found |= set(await session.scalars(at_offices))
    return found


Stay = tuple[GpContractId | None, GpContractId | None]
"""A patient's list before and after; None = on none."""


async def moves_at(session: AsyncSession, entries: Entries, moment: datetime) -> dict[Stay, int]:
    """How many patients, of those whose place on a list changed, went from which list to which."""
    persons = [person_id for (person_id,) in await _changed(session, entries, PatientAssociation, "person_id")]
    if not persons:
        return {}
    before = known_at(PatientAssociation, entries.before(moment))
    after = known_at(PatientAssociation, entries.after(moment))
    then = select(before.person_id, before.contract_id).where(
        any_of(before.person_id, persons), valid_at(before, moment)
    )
    now = select(after.person_id, after.contract_id).where(any_of(after.person_id, persons), valid_at(after, moment))
    old, new = then.subquery(), now.subquery()
    pairs = select(old.c.contract_id, new.c.contract_id, func.count()).select_from(
        old.join(new, old.c.person_id == new.c.person_id, full=True)
    )
    rows = await session.execute(pairs.group_by(old.c.contract_id, new.c.contract_id))
    return {(earlier, later): count for earlier, later, count in rows}


async def patients_at(
    session: AsyncSession, contracts: Collection[GpContractId], instant: Instant
) -> dict[GpContractId, int]:
    """Patients on each list; empty lists are absent."""
    association = known_at(PatientAssociation, instant)
    rows = await session.execute(
        select(association.contract_id, func.count())
        .where(any_of(association.contract_id, contracts), valid_at(association, instant.valid_at))
        .group_by(association.contract_id)
    )
    return {contract_id: int(count) for contract_id, count in rows}


async def _changed(session: AsyncSession, entries: Entries, model: type[Versioned], *columns: str) -> list[Any]:
    """Distinct values of `columns` in rows that the entries made, changed or removed, before and after."""
    table = table_of(model)
    twin = history_of(table)

    def within(column: ColumnElement[Any]) -> ColumnElement[bool]:
        return and_(column >= entries.first, column <= entries.last)

    made = select(*(table.c[name] for name in columns)).where(within(table.c.since_entry))
    ended = select(*(twin.c[name] for name in columns)).where(within(twin.c.until_entry))
    return list(await session.execute(union(made, ended)))

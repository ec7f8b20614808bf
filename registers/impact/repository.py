"""Which parties, contracts and patients the entries of a change touched.

An entry touches a row when it made, changed or deleted it; the row counts as it was before and as it is after.
"""

from collections.abc import Collection
from datetime import datetime
from typing import TypeVar

from sqlalchemy import func, or_, select, union
from sqlalchemy.orm import InstrumentedAttribute

from registers.changelog.change import Entries
from registers.communication_parties.models import (
    CommunicationParty,
    ElectronicAddress,
    PartyCertificate,
    PhysicalAddress,
)
from registers.core.identifiers import GpContractId, HerId
from registers.core.validity import Instant, valid_at
from registers.database.rows_by_key import among
from registers.database.sessions import ReadSession
from registers.database.versions import history_of, known_at, table_of
from registers.gp_lists.models import DoctorCycle, GpContract, PatientAssociation

T = TypeVar("T")


async def parties_touched(session: ReadSession, entries: Entries) -> set[HerId]:
    """Parties whose own row, addresses or certificates changed."""
    return {
        her_id
        for model in (CommunicationParty, ElectronicAddress, PhysicalAddress, PartyCertificate)
        for her_id in await _values_touched(session, entries, model.her_id)
    }


async def boundaries(session: ReadSession, entries: Entries) -> list[datetime]:
    """The moment asked about, and every later one at which a touched row begins or ends, in order of time."""
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
        touched = await _values_touched(session, entries, model.valid_from, model.valid_to)
        moments |= {moment for moment in touched if moment is not None and moment > entries.at}
    return sorted(moments)


async def contracts_touched(session: ReadSession, entries: Entries, parties: Collection[HerId]) -> set[GpContractId]:
    """Contracts whose own row or doctors changed, and all at an office where one of `parties` is."""
    found = await _values_touched(session, entries, GpContract.id)
    found |= await _values_touched(session, entries, DoctorCycle.contract_id)
    for instant in (entries.before(entries.at), entries.after(entries.at)):
        party, office = known_at(CommunicationParty, instant), known_at(CommunicationParty, instant)
        contract = known_at(GpContract, instant)
        at_offices = (
            select(contract.id)
            .join(office, office.organisation_number == contract.office_number)
            .join(party, or_(party.parent_her_id == office.her_id, party.her_id == office.her_id))
            .where(among(party.her_id, parties))
        )
        found |= set(await session.scalars(at_offices))
    return found


Lists = tuple[GpContractId | None, GpContractId | None]
"""A patient's list before the change and after it; None = on none."""


async def moves_at(session: ReadSession, entries: Entries, moment: datetime) -> dict[Lists, int]:
    """Patients whose associations were touched, by their lists at `moment`. Pairs without a patient are absent."""
    persons = await _values_touched(session, entries, PatientAssociation.person_id)
    if not persons:
        return {}
    before = known_at(PatientAssociation, entries.before(moment))
    after = known_at(PatientAssociation, entries.after(moment))
    then = select(before.person_id, before.contract_id).where(
        among(before.person_id, persons), valid_at(before, moment)
    )
    now = select(after.person_id, after.contract_id).where(among(after.person_id, persons), valid_at(after, moment))
    old, new = then.subquery(), now.subquery()
    pairs = select(old.c.contract_id, new.c.contract_id, func.count()).select_from(
        old.join(new, old.c.person_id == new.c.person_id, full=True)
    )
    rows = await session.execute(pairs.group_by(old.c.contract_id, new.c.contract_id))
    return {(earlier, later): count for earlier, later, count in rows}


async def patients_at(
    session: ReadSession, contracts: Collection[GpContractId], instant: Instant
) -> dict[GpContractId, int]:
    """Patients on each list; empty lists are absent."""
    association = known_at(PatientAssociation, instant)
    rows = await session.execute(
        select(association.contract_id, func.count())
        .where(among(association.contract_id, contracts), valid_at(association, instant.valid_at))
        .group_by(association.contract_id)
    )
    return {contract_id: int(count) for contract_id, count in rows}


async def _values_touched(session: ReadSession, entries: Entries, *columns: InstrumentedAttribute[T]) -> set[T]:
    """Values in any of the columns, which are of one model, of the rows that the entries touched."""
    table = table_of(columns[0].parent.class_)
    history = history_of(table)
    made = table.c.since_entry.between(entries.first, entries.last)
    ended = history.c.until_entry.between(entries.first, entries.last)
    values = [
        select(rows.c[column.key]).where(touched)
        for column in columns
        for rows, touched in ((table, made), (history, ended))
    ]
    return set(await session.scalars(union(*values)))

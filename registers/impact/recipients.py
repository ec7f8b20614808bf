"""Patients about whom another party is written to after a change: those whose GP's HER-id differs at some moment."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import NamedTuple

from registers.changelog.change import Entries
from registers.core.identifiers import GpContractId, HerId
from registers.core.validity import Instant
from registers.database.sessions import ReadSession
from registers.gp_lists.repository import contracts as gp_lists
from registers.gp_lists.responsible import doctors_asked_for, her_id_at, responsible_at
from registers.impact import repository
from registers.impact.repository import Lists


class PatientsAffected(NamedTuple):
    """`patients` of one list before and one after, for whom another party is written to `since` a moment."""

    since: datetime
    contract_before: GpContractId | None
    contract_after: GpContractId | None
    her_id_before: HerId | None
    her_id_after: HerId | None
    patients: int


async def patients_affected(session: ReadSession, entries: Entries) -> list[PatientsAffected]:
    """By time and lists; of each pair of lists the first moment at which the party differs."""
    parties = await repository.parties_touched(session, entries)
    touched = await repository.contracts_touched(session, entries, parties)
    found: dict[Lists, PatientsAffected] = {}
    for moment in await repository.boundaries(session, entries):
        patients_by_lists = await _patients_by_lists(session, entries, touched, moment)
        contracts = {each for lists in patients_by_lists for each in lists if each is not None}
        before, after = [
            await _her_ids(session, contracts, instant) for instant in (entries.before(moment), entries.after(moment))
        ]
        for (old, new), patients in patients_by_lists.items():
            written_to = before.get(old) if old else None, after.get(new) if new else None
            if written_to[0] != written_to[1] and (old, new) not in found:
                found[old, new] = PatientsAffected(moment, old, new, *written_to, patients)
    return sorted(found.values(), key=lambda each: (each.since, each.contract_before or 0, each.contract_after or 0))


async def _patients_by_lists(
    session: ReadSession, entries: Entries, touched: Collection[GpContractId], moment: datetime
) -> dict[Lists, int]:
    """How many patients have each pair of lists: those whose associations were touched, and those who stayed on a
    contract that was touched."""
    found = await repository.moves_at(session, entries, moment)
    on_list = await repository.patients_at(session, touched, entries.after(moment))
    arrived: dict[GpContractId | None, int] = {}
    for (_, later), count in found.items():
        arrived[later] = arrived.get(later, 0) + count
    for contract_id, count in on_list.items():
        remaining = count - arrived.get(contract_id, 0)
        if remaining:
            found[contract_id, contract_id] = found.get((contract_id, contract_id), 0) + remaining
    return found


async def _her_ids(
    session: ReadSession, contracts: Collection[GpContractId], instant: Instant
) -> Mapping[GpContractId, HerId | None]:
    """The party to write to about the patients of each list at the instant; None = there is none. Unknown contracts
    are absent."""
    rows = await gp_lists.contracts(session, contracts, instant=instant)
    cycles = await gp_lists.cycles_of_contracts(session, contracts, instant=instant)
    doctors = {
        own_id: responsible_at(cycles.get(own_id, ()), instant.valid_at, common_list=row.common_list)
        for own_id, row in rows.items()
    }
    asked = {
        (row.office_number, doctor)
        for own_id, row in rows.items()
        if row.office_number is not None
        for doctor in doctors_asked_for(doctors[own_id])
    }
    parties = await gp_lists.parties_at_offices(session, asked, instant=instant)
    return {
        own_id: her_id_at(
            doctors[own_id],
            row.office_number,
            {doctor: found for (office, doctor), found in parties.items() if office == row.office_number},
            instant.valid_at,
        ).her_id
        for own_id, row in rows.items()
    }

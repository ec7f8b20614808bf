"""Every change of a GP contract that is there. Opening it, doctors, places and patients have files of their own."""

from collections.abc import Sequence

from sqlalchemy import select

from registers.changelog.append import Change, Register
from registers.code_systems.editing.codes import usable
from registers.core.codes import CodeKey, code_key
from registers.core.identifiers import EntryNumber, FlrId, GpContractId, MunicipalityNumber, OrganisationNumber
from registers.editing.rules import NOTHING_TO_CHANGE
from registers.editing.transaction import Turn
from registers.gp_lists.editing.references import check_once, check_organisation, check_team
from registers.gp_lists.editing.rules import (
    CEILING_BELOW_ZERO,
    CONTRACT_UNKNOWN,
    OWN_MUNICIPALITY,
    REFERENCE_ONLY,
    STATUS_IS_NONE,
    WAITING_BELOW_ZERO,
)
from registers.gp_lists.models import CoopMunicipality, GpContract
from registers.gp_lists.responsible import STATUSES

MUNICIPALITIES = "3402"


async def contract_to_change(turn: Turn, contract_id: GpContractId, expected_entry: EntryNumber) -> GpContract:
    """The contract as the caller has seen it. Raises Refused when there is none of its own record."""
    row = await turn.session.get(GpContract, contract_id)
    if row is None or row.reference_only:
        turn.problems.add(REFERENCE_ONLY if row else CONTRACT_UNKNOWN, "contractId", value=contract_id)
        raise turn.problems.refusal()
    await turn.expect(Register.GP_LISTS, str(contract_id), expected_entry)
    return row


async def change_ceiling(
    turn: Turn, contract_id: GpContractId, expected_entry: EntryNumber, *, max_patients: int
) -> str:
    """Below the length of the list is allowed: the list is full then. Raises Refused."""
    row = await contract_to_change(turn, contract_id, expected_entry)
    check_ceiling(turn, max_patients, "maxPatients")
    await updating(turn, row, nothing=max_patients == row.max_patients, path="maxPatients")
    row.max_patients = max_patients
    return str(contract_id)


async def change_waiting_list(
    turn: Turn, contract_id: GpContractId, expected_entry: EntryNumber, *, patients_on_waiting_list: int
) -> str:
    """Raises Refused."""
    row = await contract_to_change(turn, contract_id, expected_entry)
    check_waiting_list(turn, patients_on_waiting_list, "patientsOnWaitingList")
    await updating(
        turn, row, nothing=patients_on_waiting_list == row.patients_on_waiting_list, path="patientsOnWaitingList"
    )
    row.patients_on_waiting_list = patients_on_waiting_list
    return str(contract_id)


async def change_status(turn: Turn, contract_id: GpContractId, expected_entry: EntryNumber, *, status: str) -> str:
    """Raises Refused."""
    row = await contract_to_change(turn, contract_id, expected_entry)
    key = await told_status(turn, status, "status")
    await updating(turn, row, nothing=key == row.status, path="status")
    row.status = key
    return str(contract_id)


async def change_municipality(
    turn: Turn, contract_id: GpContractId, expected_entry: EntryNumber, *, municipality: MunicipalityNumber
) -> str:
    """Raises Refused."""
    row = await contract_to_change(turn, contract_id, expected_entry)
    key = await usable(turn, MUNICIPALITIES, municipality, "municipality")
    if await turn.session.get(CoopMunicipality, (contract_id, key)) is not None:
        turn.problems.add(OWN_MUNICIPALITY, "municipality", value=municipality)
    await updating(turn, row, nothing=key == row.municipality, path="municipality")
    row.municipality = key
    return str(contract_id)


async def change_coop_municipalities(
    turn: Turn,
    contract_id: GpContractId,
    expected_entry: EntryNumber,
    *,
    municipalities: Sequence[MunicipalityNumber],
) -> str:
    """These and no others; none clears them. Raises Refused."""
    row = await contract_to_change(turn, contract_id, expected_entry)
    held = {
        each.municipality: each
        for each in await turn.session.scalars(
            select(CoopMunicipality).where(CoopMunicipality.contract_id == contract_id)
        )
    }
    keys = await told_coop_municipalities(turn, municipalities, row.municipality, "municipalities")
    await updating(turn, row, nothing=set(keys) == set(held), path="municipalities")
    for key, each in held.items():
        if key not in keys:
            await turn.session.delete(each)
    turn.session.add_all(CoopMunicipality(contract_id=contract_id, municipality=key) for key in keys if key not in held)
    return str(contract_id)


async def change_office(
    turn: Turn, contract_id: GpContractId, expected_entry: EntryNumber, *, office_number: OrganisationNumber
) -> str:
    """Raises Refused."""
    row = await contract_to_change(turn, contract_id, expected_entry)
    await check_organisation(turn, office_number, "officeNumber")
    await updating(turn, row, nothing=office_number == row.office_number, path="officeNumber")
    row.office_number = office_number
    return str(contract_id)


async def change_team(
    turn: Turn, contract_id: GpContractId, expected_entry: EntryNumber, *, team_id: FlrId | None
) -> str:
    """None detaches the list from its team. Raises Refused."""
    row = await contract_to_change(turn, contract_id, expected_entry)
    if team_id is not None:
        await check_team(turn, team_id, "teamId")
    await updating(turn, row, nothing=team_id == row.team_id, path="teamId")
    row.team_id = team_id
    return str(contract_id)


async def updating(turn: Turn, row: GpContract, *, nothing: bool, path: str) -> None:
    """Appends the entry of a change of the contract. `nothing`: it says already what the argument `path` says."""
    if nothing:
        turn.problems.add(NOTHING_TO_CHANGE, path)
    await turn.write(Change(Register.GP_LISTS, str(row.id), "GpContractUpdated"))


async def told_status(turn: Turn, value: str, *path: str) -> CodeKey:
    """Open, closed or locked, whatever else files have brought into the code system."""
    if code_key("7751", value) not in STATUSES:
        turn.problems.add(STATUS_IS_NONE, *path, value=value)
        return code_key("7751", "")
    return await usable(turn, "7751", value, *path)


async def told_coop_municipalities(
    turn: Turn, numbers: Sequence[MunicipalityNumber], own: CodeKey | None, *path: str
) -> list[CodeKey]:
    check_once(turn, numbers, *path)
    keys = [
        await usable(turn, MUNICIPALITIES, each, *path, str(place)) for place, each in enumerate(dict.fromkeys(numbers))
    ]
    if own in keys:
        turn.problems.add(OWN_MUNICIPALITY, *path, value=own)
    return keys


def check_ceiling(turn: Turn, number: int, *path: str) -> None:
    if number < 0:
        turn.problems.add(CEILING_BELOW_ZERO, *path, value=number)


def check_waiting_list(turn: Turn, number: int, *path: str) -> None:
    if number < 0:
        turn.problems.add(WAITING_BELOW_ZERO, *path, value=number)

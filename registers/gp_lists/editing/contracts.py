"""Changes of a GP contract's own fields. Opening and cancelling it, its doctors, locations and patients have files of
their own.

Each change returns the key of the contract in the log, and raises Refused with all that is wrong.
"""

from collections.abc import Sequence

from registers.changelog.append import Change, Register
from registers.code_systems.editing.codes import usable
from registers.core.code_systems import LIST_STATUSES, MUNICIPALITIES
from registers.core.codes import CodeKey, code_key
from registers.core.identifiers import EntryNumber, FlrId, GpContractId, MunicipalityNumber, OrganisationNumber
from registers.editing.rules import NOTHING_TO_CHANGE
from registers.editing.transaction import EditTransaction
from registers.gp_lists.editing.references import check_once, check_organisation, check_team
from registers.gp_lists.editing.rules import (
    CEILING_BELOW_ZERO,
    CONTRACT_UNKNOWN,
    OWN_MUNICIPALITY,
    REFERENCE_ONLY,
    STATUS_INVALID,
    WAITING_BELOW_ZERO,
)
from registers.gp_lists.models import STATUSES, CoopMunicipality, GpContract
from registers.gp_lists.repository import current


async def contract_to_change(
    transaction: EditTransaction, contract_id: GpContractId, expected_entry: EntryNumber
) -> GpContract:
    """The contract, which the caller must have seen as it is. Raises Refused at once when there is none, or only one
    that is known by reference."""
    row = await transaction.session.get(GpContract, contract_id)
    if row is None or row.reference_only:
        transaction.problems.add(REFERENCE_ONLY if row else CONTRACT_UNKNOWN, "contractId", value=contract_id)
        raise transaction.problems.refusal()
    await transaction.expect(Register.GP_LISTS, str(contract_id), expected_entry)
    return row


async def change_ceiling(
    transaction: EditTransaction, contract_id: GpContractId, expected_entry: EntryNumber, *, max_patients: int
) -> str:
    """A ceiling below the length of the list is allowed: the list is full then."""
    row = await contract_to_change(transaction, contract_id, expected_entry)
    check_ceiling(transaction, max_patients, "maxPatients")
    await _write_update(transaction, row, unchanged=max_patients == row.max_patients, path="maxPatients")
    row.max_patients = max_patients
    return str(contract_id)


async def change_waiting_list(
    transaction: EditTransaction,
    contract_id: GpContractId,
    expected_entry: EntryNumber,
    *,
    patients_on_waiting_list: int,
) -> str:
    row = await contract_to_change(transaction, contract_id, expected_entry)
    check_waiting_list(transaction, patients_on_waiting_list, "patientsOnWaitingList")
    unchanged = patients_on_waiting_list == row.patients_on_waiting_list
    await _write_update(transaction, row, unchanged=unchanged, path="patientsOnWaitingList")
    row.patients_on_waiting_list = patients_on_waiting_list
    return str(contract_id)


async def change_status(
    transaction: EditTransaction, contract_id: GpContractId, expected_entry: EntryNumber, *, status: str
) -> str:
    row = await contract_to_change(transaction, contract_id, expected_entry)
    key = await validated_status(transaction, status, "status")
    await _write_update(transaction, row, unchanged=key == row.status, path="status")
    row.status = key
    return str(contract_id)


async def change_municipality(
    transaction: EditTransaction,
    contract_id: GpContractId,
    expected_entry: EntryNumber,
    *,
    municipality: MunicipalityNumber,
) -> str:
    row = await contract_to_change(transaction, contract_id, expected_entry)
    key = await usable(transaction, MUNICIPALITIES, municipality, "municipality")
    if await transaction.session.get(CoopMunicipality, (contract_id, key)) is not None:
        transaction.problems.add(OWN_MUNICIPALITY, "municipality", value=municipality)
    await _write_update(transaction, row, unchanged=key == row.municipality, path="municipality")
    row.municipality = key
    return str(contract_id)


async def change_coop_municipalities(
    transaction: EditTransaction,
    contract_id: GpContractId,
    expected_entry: EntryNumber,
    *,
    municipalities: Sequence[MunicipalityNumber],
) -> str:
    """Replaces all co-operating municipalities with `municipalities`."""
    row = await contract_to_change(transaction, contract_id, expected_entry)
    stored = await current.coop_municipalities_of(transaction.session, contract_id)
    keys = await validated_coop_municipalities(transaction, municipalities, row.municipality, "municipalities")
    await _write_update(transaction, row, unchanged=set(keys) == set(stored), path="municipalities")
    for key, each in stored.items():
        if key not in keys:
            await transaction.session.delete(each)
    transaction.session.add_all(
        CoopMunicipality(contract_id=contract_id, municipality=key) for key in keys if key not in stored
    )
    return str(contract_id)


async def change_office(
    transaction: EditTransaction,
    contract_id: GpContractId,
    expected_entry: EntryNumber,
    *,
    office_number: OrganisationNumber,
) -> str:
    row = await contract_to_change(transaction, contract_id, expected_entry)
    await check_organisation(transaction, office_number, "officeNumber")
    await _write_update(transaction, row, unchanged=office_number == row.office_number, path="officeNumber")
    row.office_number = office_number
    return str(contract_id)


async def change_team(
    transaction: EditTransaction, contract_id: GpContractId, expected_entry: EntryNumber, *, team_id: FlrId | None
) -> str:
    """None detaches the list from its team."""
    row = await contract_to_change(transaction, contract_id, expected_entry)
    if team_id is not None:
        await check_team(transaction, team_id, "teamId")
    await _write_update(transaction, row, unchanged=team_id == row.team_id, path="teamId")
    row.team_id = team_id
    return str(contract_id)


async def _write_update(transaction: EditTransaction, row: GpContract, *, unchanged: bool, path: str) -> None:
    """Appends the entry of a change of the contract. `unchanged`: the contract already has the value of the argument
    `path`, which is refused."""
    if unchanged:
        transaction.problems.add(NOTHING_TO_CHANGE, path)
    await transaction.write(Change(Register.GP_LISTS, str(row.id), "GpContractUpdated"))


async def validated_status(transaction: EditTransaction, value: str, *path: str) -> CodeKey:
    """The key of open, closed or locked; whatever else files have brought into the code system is refused."""
    if code_key(LIST_STATUSES, value) not in STATUSES:
        transaction.problems.add(STATUS_INVALID, *path, value=value)
        return code_key(LIST_STATUSES, "")
    return await usable(transaction, LIST_STATUSES, value, *path)


async def validated_coop_municipalities(
    transaction: EditTransaction, numbers: Sequence[MunicipalityNumber], own: CodeKey | None, *path: str
) -> list[CodeKey]:
    check_once(transaction, numbers, *path)
    keys = [
        await usable(transaction, MUNICIPALITIES, each, *path, str(index))
        for index, each in enumerate(dict.fromkeys(numbers))
    ]
    if own in keys:
        transaction.problems.add(OWN_MUNICIPALITY, *path, value=own)
    return keys


def check_ceiling(transaction: EditTransaction, number: int, *path: str) -> None:
    if number < 0:
        transaction.problems.add(CEILING_BELOW_ZERO, *path, value=number)


def check_waiting_list(transaction: EditTransaction, number: int, *path: str) -> None:
    if number < 0:
        transaction.problems.add(WAITING_BELOW_ZERO, *path, value=number)

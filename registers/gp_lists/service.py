"""Every change of a GP contract itself. Doctors, places, offices and teams have files of their own, as patients do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from registers.changelog.edits import Turn
from registers.changelog.periods import told_period
from registers.changelog.rules import NOTHING_TO_CHANGE
from registers.changelog.service import Change, Register
from registers.changelog.texts import told_or_none
from registers.code_systems.service import usable, usable_or_none
from registers.core.codes import CodeKey, code_key
from registers.core.identifiers import EntryNumber, FlrId, GpContractId, MunicipalityNumber, OrganisationNumber
from registers.gp_lists.models import CoopMunicipality, GpContract
from registers.gp_lists.named import NUMBERS, check_once, check_organisation, check_team
from registers.gp_lists.responsible import STATUSES
from registers.gp_lists.rules import (
    CEILING_BELOW_ZERO,
    CONTRACT_UNKNOWN,
    NUMBER_IMPLAUSIBLE,
    NUMBER_TAKEN,
    OWN_MUNICIPALITY,
    REFERENCE_ONLY,
    STATUS_IS_NONE,
    WAITING_BELOW_ZERO,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractTerms:
    """What a contract is opened with; codes by their values."""

    name: str | None
    status: str  # 7751
    agreed_on: date | None
    municipality: MunicipalityNumber
    coop_municipalities: Sequence[MunicipalityNumber]
    office_number: OrganisationNumber
    max_patients: int
    patients_on_waiting_list: int
    common_list: bool
    fixed_salary: bool
    requires_membership: str | None  # 7755
    team_id: FlrId | None
    start: datetime
    end: datetime | None


async def open_contract(turn: Turn, contract_id: GpContractId | None, terms: ContractTerms) -> str:
    """A new list. One that others have only pointed at so far gets its own record. Raises Refused."""
    contract_id, row = await _for_new_contract(turn, contract_id)
    period = told_period(turn.problems, terms.start, terms.end, "input", "period")
    name = told_or_none(turn.problems, terms.name, "input", "name")
    status = await _status(turn, terms.status, "input", "status")
    municipality = await usable(turn, "3402", terms.municipality, "input", "municipality")
    coop = await _coop_municipalities(turn, terms.coop_municipalities, municipality, "input", "coopMunicipalities")
    membership = await usable_or_none(turn, "7755", terms.requires_membership, "input", "requiresMembership")
    await check_organisation(turn, terms.office_number, "input", "officeNumber")
    if terms.team_id is not None:
        await check_team(turn, terms.team_id, "input", "teamId")
    _check_ceiling(turn, terms.max_patients, "input", "maxPatients")
    _check_waiting_list(turn, terms.patients_on_waiting_list, "input", "patientsOnWaitingList")
    await turn.write(Change(Register.GP_LISTS, str(contract_id), "GpContractCreated"))
    row.reference_only = False
    row.name = name
    row.status = status
    row.agreement_date = terms.agreed_on
    row.municipality = municipality
    row.office_number = terms.office_number
    row.max_patients = terms.max_patients
    row.patients_on_waiting_list = terms.patients_on_waiting_list
    row.common_list = terms.common_list
    row.fixed_salary = terms.fixed_salary
    row.requires_membership = membership
    row.team_id = terms.team_id
    row.valid_from, row.valid_to = period.start, period.end
    turn.session.add(row)
    await turn.session.flush()
    turn.session.add_all(CoopMunicipality(contract_id=contract_id, municipality=each) for each in coop)
    return str(contract_id)


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
    _check_ceiling(turn, max_patients, "maxPatients")
    await updating(turn, row, nothing=max_patients == row.max_patients, path="maxPatients")
    row.max_patients = max_patients
    return str(contract_id)


async def updating(turn: Turn, row: GpContract, *, nothing: bool, path: str) -> None:
    """Appends the entry of a change of the contract. `nothing`: it says already what the argument `path` says."""
    if nothing:
        turn.problems.add(NOTHING_TO_CHANGE, path)
    await turn.write(Change(Register.GP_LISTS, str(row.id), "GpContractUpdated"))


async def _for_new_contract(turn: Turn, asked: GpContractId | None) -> tuple[GpContractId, GpContract]:
    if asked is None:
        highest = await turn.session.scalar(select(func.max(GpContract.id)).where(GpContract.id < NUMBERS.stop))
        asked = GpContractId((highest or 0) + 1)
    row = await turn.session.get(GpContract, asked)
    if row is not None and not row.reference_only:
        turn.problems.add(NUMBER_TAKEN, "contractId", value=asked)
    elif row is None and asked not in NUMBERS:
        turn.problems.add(NUMBER_IMPLAUSIBLE, "contractId", value=asked)
    return asked, row or GpContract(id=asked)


async def _status(turn: Turn, value: str, *path: str) -> CodeKey:
    """Open, closed or locked, whatever else files have brought into the code system."""
    if code_key("7751", value) not in STATUSES:
        turn.problems.add(STATUS_IS_NONE, *path, value=value)
        return code_key("7751", "")
    return await usable(turn, "7751", value, *path)


async def _coop_municipalities(
    turn: Turn, numbers: Sequence[MunicipalityNumber], own: CodeKey | None, *path: str
) -> list[CodeKey]:
    check_once(turn, numbers, *path)
    keys = [await usable(turn, "3402", each, *path, str(place)) for place, each in enumerate(dict.fromkeys(numbers))]
    if own in keys:
        turn.problems.add(OWN_MUNICIPALITY, *path, value=own)
    return keys


def _check_ceiling(turn: Turn, number: int, *path: str) -> None:
    if number < 0:
        turn.problems.add(CEILING_BELOW_ZERO, *path, value=number)


def _check_waiting_list(turn: Turn, number: int, *path: str) -> None:
    if number < 0:
        turn.problems.add(WAITING_BELOW_ZERO, *path, value=number)

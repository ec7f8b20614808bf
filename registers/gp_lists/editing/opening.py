"""Opening a GP contract with its first doctors."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from registers.changelog.append import Change, Register
from registers.code_systems.editing.codes import usable, usable_or_none
from registers.core.code_systems import LIST_MEMBERSHIPS, MUNICIPALITIES
from registers.core.identifiers import FlrId, GpContractId, MunicipalityNumber, OrganisationNumber
from registers.editing.periods import validated_period
from registers.editing.texts import validated_text_or_none
from registers.editing.transaction import EditTransaction
from registers.gp_lists.editing.contracts import (
    check_ceiling,
    check_waiting_list,
    validated_coop_municipalities,
    validated_status,
)
from registers.gp_lists.editing.cycles import CycleTerms, new_cycles
from registers.gp_lists.editing.references import NUMBERS, check_organisation, check_team
from registers.gp_lists.editing.rules import NUMBER_IMPLAUSIBLE, NUMBER_TAKEN, PATIENTS_ON_LIST
from registers.gp_lists.models import CoopMunicipality, GpContract
from registers.gp_lists.repository import current, current_patients


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractTerms:
    """A contract as the input gives it; codes by their values."""

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


async def open_contract(
    transaction: EditTransaction, contract_id: GpContractId | None, terms: ContractTerms, doctors: Sequence[CycleTerms]
) -> str:
    """Opens a list with its first doctors, all or nothing. One that is known only by reference gets its own record.
    Returns the key of the contract in the log. Raises Refused with all that is wrong."""
    contract_id, row = await _for_new_contract(transaction, contract_id)
    period = validated_period(transaction.problems, terms.start, terms.end, "input", "period")
    name = validated_text_or_none(transaction.problems, terms.name, "input", "name")
    status = await validated_status(transaction, terms.status, "input", "status")
    municipality = await usable(transaction, MUNICIPALITIES, terms.municipality, "input", "municipality")
    coop = await validated_coop_municipalities(
        transaction, terms.coop_municipalities, municipality, "input", "coopMunicipalities"
    )
    membership = await usable_or_none(
        transaction, LIST_MEMBERSHIPS, terms.requires_membership, "input", "requiresMembership"
    )
    await check_organisation(transaction, terms.office_number, "input", "officeNumber")
    if terms.team_id is not None:
        await check_team(transaction, terms.team_id, "input", "teamId")
    check_ceiling(transaction, terms.max_patients, "input", "maxPatients")
    check_waiting_list(transaction, terms.patients_on_waiting_list, "input", "patientsOnWaitingList")
    terms_and_paths = [(each, ("input", "doctorCycles", str(index))) for index, each in enumerate(doctors)]
    cycles = await new_cycles(transaction, contract_id, terms_and_paths, common_list=terms.common_list)
    await _check_patients_leave_by(transaction, contract_id, period.end)
    await transaction.write(Change(Register.GP_LISTS, str(contract_id), "GpContractCreated"))
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
    transaction.session.add(row)
    await transaction.session.flush()
    transaction.session.add_all(CoopMunicipality(contract_id=contract_id, municipality=each) for each in coop)
    transaction.session.add_all(cycles)
    return str(contract_id)


async def _for_new_contract(
    transaction: EditTransaction, asked: GpContractId | None
) -> tuple[GpContractId, GpContract]:
    """The id of the new contract, the one after the highest when none is asked for, and the row to fill in."""
    if asked is None:
        highest = await current.highest_contract_id(transaction.session, below=NUMBERS.stop)
        asked = GpContractId((highest or 0) + 1)
    row = await transaction.session.get(GpContract, asked)
    if row is not None and not row.reference_only:
        transaction.problems.add(NUMBER_TAKEN, "contractId", value=asked)
    elif row is None and asked not in NUMBERS:
        transaction.problems.add(NUMBER_IMPLAUSIBLE, "contractId", value=asked)
    return asked, row or GpContract(id=asked)


async def _check_patients_leave_by(
    transaction: EditTransaction, contract_id: GpContractId, end: datetime | None
) -> None:
    """Patients may have come before the record of their list did. None may be on it after its end."""
    if end is None:
        return
    if patients := await current_patients.patients_beyond(transaction.session, contract_id, end):
        transaction.problems.add(PATIENTS_ON_LIST, "input", "period", "to", value=patients)

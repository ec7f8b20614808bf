"""Edits of GP contracts, doctors' cycles, out-of-office locations, offices and teams, as an editor sends them."""

from typing import Any, NamedTuple

from registers.core.identifiers import HprNumber, OrganisationNumber
from registers.database.database import Database
from tests.conftest import Ask
from tests.support.requests import ANY, Payload, Request, request
from tests.support.scenario import Scenario

JANUARY, MARCH, MAY, JULY = (f"2026-{month:02}-01T00:00:00+00:00" for month in (1, 3, 5, 7))

CONTRACT = """gpContract {
  contractId name status { value } agreedOn municipality { value } coopMunicipalities { value }
  office { organisationNumber } maxPatients patientsOnWaitingList commonList fixedSalary requiresMembership { value }
  valid { from to } referenceOnly lastEntry
}"""


def of_contract(field: str, record: str = CONTRACT, **types: str) -> Request:
    """A change of a contract: `send(edit, contract_id, expected_entry, …)`."""
    request_ = request(field, record, contractId="GpContractId!", expectedEntry="EntryNumber!", **types)

    async def send(edit: Ask, contract_id: object, expected_entry: int = ANY, **variables: Any) -> Payload:
        return await request_(edit, contractId=str(contract_id), expectedEntry=expected_entry, **variables)

    return send


open_with = request("gpContractOpen", CONTRACT, contractId="GpContractId", input="GpContractOpenInput!")
change_ceiling = of_contract("gpContractChangeCeiling", maxPatients="Int!")
change_status = of_contract("gpContractChangeStatus", status="String!")
change_waiting_list = of_contract("gpContractChangeWaitingList", patientsOnWaitingList="Int!")
change_municipality = of_contract("gpContractChangeMunicipality", municipality="MunicipalityNumber!")
change_coop = of_contract("gpContractChangeCoopMunicipalities", municipalities="[MunicipalityNumber!]!")
change_office = of_contract("gpContractChangeOffice", officeNumber="OrganisationNumber!")
change_team = of_contract(
    "gpContractChangeTeam", CONTRACT.replace("lastEntry", "team { teamId } lastEntry"), teamId="FlrId"
)
cancel_contract = of_contract("gpContractCancel", input="GpContractCancelInput!")

DOCTORS = """gpContract { lastEntry doctorCycles {
  cycleId hprNumber relationship { value } substituteForHprNumber workingPercentage workingOnDays valid { from to }
} }"""
add_doctor = of_contract("doctorCycleAdd", DOCTORS, input="DoctorCycleAddInput!")
change_doctor = of_contract("doctorCycleChange", DOCTORS, cycleId="FlrId!", input="DoctorCycleInput!")
end_doctor = of_contract("doctorCycleEnd", DOCTORS, cycleId="FlrId!", at="DateTime!")
remove_doctor = of_contract("doctorCycleRemove", DOCTORS, cycleId="FlrId!")

LOCATIONS = """gpContract { lastEntry outOfOfficeLocations {
  locationId description valid { from to }
  physicalAddresses { type { value } street postalCode city } electronicAddresses { type { value } address }
} }"""
add_location = of_contract("outOfOfficeLocationAdd", LOCATIONS, input="OutOfOfficeLocationAddInput!")
change_location = of_contract(
    "outOfOfficeLocationChange", LOCATIONS, locationId="FlrId!", input="OutOfOfficeLocationInput!"
)
remove_location = of_contract("outOfOfficeLocationRemove", LOCATIONS, locationId="FlrId!", at="DateTime")

OFFICE = """gpOffice {
  organisation { organisationNumber } groupOffice district { value } gpContracts { contractId lastEntry } lastEntry
}"""
move_contracts = request(
    "gpOfficeMoveContracts",
    OFFICE,
    oldOfficeNumber="OrganisationNumber!",
    newOfficeNumber="OrganisationNumber!",
    contracts="[GpContractAtOfficeInput!]!",
)
change_district = request(
    "gpOfficeChangeDistrict",
    OFFICE,
    officeNumber="OrganisationNumber!",
    expectedEntry="EntryNumber!",
    groupOffice="Boolean!",
    district="String",
)
TEAM = """primaryHealthCareTeam {
  teamId referenceOnly organisation { organisationNumber } leader { hprNumber } lastEntry
  members { memberId hprNumber role { value } substitute workingPercentage valid { from to } }
}"""
set_team = request(
    "primaryHealthCareTeamSet",
    TEAM,
    teamId="FlrId",
    expectedEntry="EntryNumber!",
    input="PrimaryHealthCareTeamInput!",
)
remove_team = request("primaryHealthCareTeamRemove", TEAM, teamId="FlrId!", expectedEntry="EntryNumber!")


class Given(NamedTuple):
    """What is in the register before the first contract: two offices and four doctors."""

    office: OrganisationNumber
    other_office: OrganisationNumber
    doctors: tuple[HprNumber, ...]


async def given_records(database: Database) -> Given:
    """Writes the records, with numbers from 501 on."""
    scenario = Scenario(start=501)
    given = Given(scenario.office().number, scenario.office().number, tuple(scenario.doctor() for _ in range(4)))
    await scenario.write(database)
    return given


async def opened(edit: Ask, given_records: Given, contract_id: int | None = None, **changes: Any) -> Payload:
    """Payload of opening an ordinary list at the first office; `changes` are other fields of the input."""
    ordinary = {
        "status": "FAAA",
        "municipality": "0301",
        "officeNumber": given_records.office,
        "maxPatients": 1000,
        "period": {"from": JANUARY},
    }
    return await open_with(edit, contractId=contract_id, input=ordinary | changes)


def doctor(
    hpr_number: int, relationship: str = "LPFL", *, since: str = JANUARY, until: str | None = None, **more: Any
) -> dict[str, Any]:
    """Input of a doctor's cycle."""
    return {"hprNumber": hpr_number, "relationship": relationship, "period": {"from": since, "to": until}} | more


def substitute(hpr_number: int, for_: int | None = None, **more: Any) -> dict[str, Any]:
    """Input of a substitute's cycle."""
    return doctor(hpr_number, "LPVI", **more) | ({} if for_ is None else {"substituteFor": for_})

"""Edits of patients as an editor sends them, and the associations that they leave."""

from typing import Any

from tests.conftest import Ask
from tests.support.requests import request
from tests.support.scenario import Person

PERSON = """patient { firstName middleName lastName bornOn diedOn sex { value } addressProtection lastEntry }
  associations { nodes { contract { contractId } valid { from to } lastEntry } }"""
LIST = "gpContract { contractId patientCount placesAvailable valid { to } }"
HISTORY = """query ($n: NationalId!) { patientHistory(nationalId: $n, purpose: REGISTRY_MAINTENANCE) {
  nodes { contract { contractId } valid { from to } lastEntry endCode { value } patient { lastEntry } } } }"""
GP = """query ($n: NationalId!, $asOf: AsOf) {
  patientGp(nationalId: $n, purpose: REGISTRY_MAINTENANCE, asOf: $asOf) {
    outcome nationalIdReplaced association { contract { contractId } } } }"""
NOW, LATER = "2026-11-23T12:00:00+00:00", "2026-12-01T00:00:00+00:00"

end_one = request(
    "patientEnd",
    PERSON,
    nationalId="NationalId!",
    contractId="GpContractId!",
    expectedEntry="EntryNumber!",
    input="PatientEndInput!",
)
move_one = request(
    "patientMove",
    PERSON,
    nationalId="NationalId!",
    fromContract="GpContractId!",
    toContract="GpContractId!",
    expectedEntry="EntryNumber!",
    input="PatientMoveInput!",
)
change_person = request(
    "patientChangePerson",
    PERSON,
    nationalId="NationalId!",
    expectedEntry="EntryNumber!",
    input="PatientChangePersonInput!",
)
register = request("patientRegister", PERSON, nationalId="NationalId!", input="PatientRegisterInput!")
assign = request("patientAssign", PERSON, nationalId="NationalId!", input="PatientAssignInput!")
end = request("patientsEnd", LIST, contractId="GpContractId!", input="PatientsEndInput!")
move = request(
    "patientsMove", LIST, fromContract="GpContractId!", toContract="GpContractId!", input="PatientsMoveInput!"
)
cancel = request(
    "gpContractCancel",
    LIST,
    contractId="GpContractId!",
    expectedEntry="EntryNumber!",
    input="GpContractCancelInput!",
)
change_national_id = request(
    "patientChangeNationalId",
    PERSON,
    nationalId="NationalId!",
    expectedEntry="EntryNumber!",
    newNationalId="NationalId!",
)
change_protection = request(
    "patientChangeProtection",
    PERSON,
    nationalId="NationalId!",
    expectedEntry="EntryNumber!",
    protection="AddressProtection!",
)


async def associations(ask: Ask, person: Person) -> list[dict[str, Any]]:
    """The person's associations with lists, newest first."""
    return (await ask(HISTORY, n=person.national_id))["patientHistory"]["nodes"]


async def list_periods(ask: Ask, person: Person) -> list[tuple[str, str, str | None]]:
    """(list, from, to) of each association of the person, newest first."""
    return [
        (each["contract"]["contractId"], each["valid"]["from"], each["valid"]["to"])
        for each in await associations(ask, person)
    ]


async def patient_refs(ask: Ask, *people: Person) -> list[dict[str, Any]]:
    """The people as an edit names them; the editor has seen their newest associations."""
    return [
        {"nationalId": each.national_id, "expectedEntry": (await associations(ask, each))[0]["lastEntry"]}
        for each in people
    ]


def on(contract_id: int, since: str = NOW, **more: Any) -> dict[str, Any]:
    """Input of an association with the list."""
    return {"contractId": str(contract_id), "period": {"from": since}} | more

"""How many statements questions about patients cost."""

from datetime import timedelta

import pytest

from registers.database.database import Database
from tests.conftest import Ask
from tests.support.questions import PATIENT_GPS
from tests.support.scenario import JUNE, Scenario
from tests.support.statements import statements_of

pytestmark = pytest.mark.anyio


async def _five_hundred(scenario: Scenario, database: Database) -> list[dict[str, str]]:
    """Patients of fifty lists, each asked for at a time of its own."""
    lists = []
    for _ in range(50):
        office, gp = scenario.office(), scenario.doctor()
        contract = scenario.contract(office)
        scenario.cycle(contract, gp)
        scenario.party_of_doctor(office, gp)
        lists.append(contract)
    people = [scenario.person() for _ in range(500)]
    for index, person in enumerate(people):
        scenario.on_list(person, lists[index % len(lists)])
    await scenario.write(database)
    return [
        {"nationalId": person.national_id, "at": (JUNE + timedelta(minutes=index)).isoformat()}
        for index, person in enumerate(people)
    ]


async def test_five_hundred_patients_at_five_hundred_times_cost_the_statements_of_one(
    scenario: Scenario, database: Database, ask_editor: Ask
):
    patients = await _five_hundred(scenario, database)

    with statements_of(database) as for_one:
        await ask_editor(PATIENT_GPS, patients=patients[:1])
    with statements_of(database) as for_all:
        data = await ask_editor(PATIENT_GPS, patients=patients)

    assert {answer["gpHerId"]["rule"] for answer in data["patientGps"]} == {"GP_OF_THE_LIST"}
    assert len(for_all) == len(for_one)


async def test_whom_to_write_to_about_one_patient_costs_few_statements(
    scenario: Scenario, database: Database, ask_editor: Ask
):
    patients = await _five_hundred(scenario, database)
    document = """query ($nationalId: NationalId!) { patientGp(nationalId: $nationalId, purpose: REGISTRY_MAINTENANCE) {
      outcome responsible { gps { hprNumber healthProfessional { lastName } } }
      gpHerId { rule communicationParty { herId name } } association { contract { contractId } }
    } }"""

    with statements_of(database) as sent:
        await ask_editor(document, nationalId=patients[0]["nationalId"])

    # head of the log, patient, contract, cycles, doctor, parties at the office, party, record of the access log
    assert len(sent) == 8, sent


async def test_the_patients_of_all_lists_of_an_office_cost_the_statements_of_one_list(
    scenario: Scenario, database: Database, ask_editor: Ask
):
    one, many = scenario.office(), scenario.office()
    for office, lists in ((one, 1), (many, 10)):
        for _ in range(lists):
            contract = scenario.contract(office)
            for _ in range(3):
                scenario.on_list(scenario.person(), contract)
    await scenario.write(database)
    document = """query ($number: OrganisationNumber!) { organisation(organisationNumber: $number) { gpContracts {
      patients(purpose: REGISTRY_MAINTENANCE, first: 2) { totalCount nodes { patient { lastName } nationalId } }
    } } }"""

    counts = []
    for office in (one, many):
        with statements_of(database) as sent:
            data = await ask_editor(document, number=office.number)
        assert all(
            each["patients"]["totalCount"] == 3 and len(each["patients"]["nodes"]) == 2
            for each in data["organisation"]["gpContracts"]
        )
        counts.append(len(sent))

    assert counts[0] == counts[1]

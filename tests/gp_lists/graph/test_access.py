"""Whose patients are shown to whom: protected persons, and the lists of other offices."""

import pytest

from registers.core.caller import Role
from registers.database.database import Database
from tests.support.scenario import Scenario, change, synthetic_national_id

pytestmark = pytest.mark.anyio

QUESTIONS = """
query ($nationalId: NationalId!, $purpose: Purpose!, $asOf: AsOf) {
  patientGp(nationalId: $nationalId, purpose: $purpose, asOf: $asOf) {
    at outcome nationalIdReplaced association { patient { lastName } } responsible { vacant } gpHerId { rule }
  }
  patientGps(patients: [{ nationalId: $nationalId }], purpose: $purpose, asOf: $asOf) { outcome association { active } }
  confirmGp(nationalId: $nationalId, hprNumber: 1, purpose: $purpose, asOf: $asOf) { outcome confirmed }
}
"""

LIST = """
query ($list: GpContractId!, $purpose: Purpose!, $asOf: AsOf) {
  gpContract(id: $list, asOf: $asOf) { patients(purpose: $purpose) { totalCount nodes { patient { lastName } } } }
}
"""

HISTORY = """
query ($nationalId: NationalId!, $purpose: Purpose!, $asOf: AsOf) {
  patientHistory(nationalId: $nationalId, purpose: $purpose, asOf: $asOf) {
    totalCount nodes { contract { contractId } } pageInfo { endCursor }
  }
}
"""

SHOWN = {
    (Role.EHR, "TREATMENT"): True,
    (Role.EDITOR, "REGISTRY_MAINTENANCE"): True,
    (Role.EHR, "ADMINISTRATION"): False,
    (Role.EHR, "NAV_CASE"): False,
    (Role.AUDITOR, "AUDIT"): False,
}


async def test_a33_a_protected_person_is_answered_for_like_an_unknown_one(
    ask_as, scenario: Scenario, database: Database
):
    contract = scenario.contract(scenario.office())
    people = [scenario.person(protection=each, former_numbers=1) for each in ("confidential", "strictly-confidential")]
    for person in people:
        scenario.on_list(person, contract)
    await scenario.write(database)

    async def answers(role: Role, purpose: str, national_id: str):
        answers = []
        for document in (QUESTIONS, HISTORY):
            data, codes = await ask_as(role, document, nationalId=national_id, purpose=purpose)
            assert codes == []
            answers.append(data)
        return answers

    for (role, purpose), shown in SHOWN.items():
        unknown = await answers(role, purpose, synthetic_national_id(900))
        for number in [each for person in people for each in (person.national_id, *person.former)]:
            assert (await answers(role, purpose, number) != unknown) is shown


async def test_a_client_address_hides_nobody(ask_as, scenario: Scenario, database: Database):
    contract, person = scenario.contract(scenario.office()), scenario.person(protection="client")
    scenario.on_list(person, contract)
    await scenario.write(database)

    data, _ = await ask_as(Role.AUDITOR, HISTORY, nationalId=person.national_id, purpose="AUDIT")

    assert data["patientHistory"]["totalCount"] == 1


async def test_a33_a_list_leaves_out_protected_persons_and_does_not_count_them(
    ask_as, scenario: Scenario, database: Database
):
    office = scenario.office()
    contract = scenario.contract(office)
    people = [scenario.person(protection=each) for each in ("confidential", "none", "strictly-confidential")]
    for person in people:
        scenario.on_list(person, contract)
    await scenario.write(database)

    async def listed(purpose: str):
        data, _ = await ask_as(Role.GP_OFFICE, LIST, list=contract, purpose=purpose, organisation_number=office.number)
        patients = data["gpContract"]["patients"]
        return patients["totalCount"], [each["patient"]["lastName"] for each in patients["nodes"]]

    names = [f"Person {person.person_id}" for person in people]
    assert await listed("ADMINISTRATION") == (1, names[1:2])
    assert await listed("TREATMENT") == (3, names)


async def test_a33_protection_given_today_hides_what_was_known_before(ask_as, scenario: Scenario, database: Database):
    office = scenario.office()
    contract, person = scenario.contract(office), scenario.person()
    scenario.on_list(person, contract)
    before = await scenario.write(database)
    await change(database, "persons", {"person_id": person.person_id}, protection="confidential")

    asked = {"nationalId": person.national_id, "purpose": "ADMINISTRATION", "asOf": {"entry": before}}
    single, _ = await ask_as(Role.EHR, QUESTIONS, **asked)
    listed, _ = await ask_as(
        Role.EHR,
        LIST,
        list=contract,
        purpose="ADMINISTRATION",
        asOf={"entry": before},
        organisation_number=office.number,
    )

    assert single["patientGp"]["outcome"] == "UNKNOWN_PERSON"
    assert listed["gpContract"]["patients"] == {"totalCount": 0, "nodes": []}


async def test_a_gp_office_sees_patients_of_its_own_lists_only(ask_as, scenario: Scenario, database: Database):
    own, other = scenario.office(), scenario.office()
    own_list, other_list = scenario.contract(own), scenario.contract(other)
    mine, theirs = scenario.person(), scenario.person(former_numbers=1)
    scenario.on_list(mine, own_list)
    scenario.on_list(theirs, other_list)
    await scenario.write(database)

    async def outcome(national_id: str):
        data, _ = await ask_as(
            Role.GP_OFFICE,
            QUESTIONS,
            nationalId=national_id,
            purpose="TREATMENT",
            organisation_number=own.number,
        )
        assert {data["patientGps"][0]["outcome"], data["confirmGp"]["outcome"]} == {data["patientGp"]["outcome"]}
        return data["patientGp"]["outcome"], data["patientGp"]["nationalIdReplaced"], data["patientGp"]["association"]

    history, _ = await ask_as(
        Role.GP_OFFICE,
        HISTORY,
        nationalId=theirs.national_id,
        purpose="TREATMENT",
        organisation_number=own.number,
    )
    assert (await outcome(mine.national_id))[0] == "FOUND"
    assert await outcome(theirs.former[0]) == ("NOT_ALLOWED", False, None)
    assert history["patientHistory"]["totalCount"] == 0


async def test_an_office_that_gave_a_list_away_does_not_see_it_as_it_was_known_before(
    ask_as, scenario: Scenario, database: Database
):
    former, present = scenario.office(), scenario.office()
    contract, person = scenario.contract(former), scenario.person()
    scenario.on_list(person, contract)
    before = await scenario.write(database)
    await change(database, "gp_contracts", {"id": contract}, office_number=present.number)

    async def seen_by(number: str):
        asked = {"nationalId": person.national_id, "purpose": "TREATMENT", "asOf": {"entry": before}}
        office = {"organisation_number": number}
        single, _ = await ask_as(Role.GP_OFFICE, QUESTIONS, **asked, **office)
        history, _ = await ask_as(Role.GP_OFFICE, HISTORY, **asked, **office)
        _, codes = await ask_as(
            Role.GP_OFFICE, LIST, list=contract, purpose="TREATMENT", asOf={"entry": before}, **office
        )
        return single["patientGp"]["outcome"], history["patientHistory"]["totalCount"], codes

    assert await seen_by(former.number) == ("NOT_ALLOWED", 0, ["FORBIDDEN"])
    assert await seen_by(present.number) == ("FOUND", 1, [])


@pytest.mark.parametrize("role", [Role.GP_OFFICE, Role.EHR])
async def test_the_list_of_another_office_is_refused(ask_as, scenario: Scenario, database: Database, role):
    own, other = scenario.office(), scenario.office()
    own_list, other_list = scenario.contract(own), scenario.contract(other)
    without_office = scenario.contract(None)
    await scenario.write(database)

    async def codes(contract: int, organisation_number: str | None):
        _, codes = await ask_as(role, LIST, list=contract, purpose="TREATMENT", organisation_number=organisation_number)
        return codes

    assert await codes(own_list, own.number) == []
    assert await codes(other_list, own.number) == await codes(own_list, None) == ["FORBIDDEN"]
    assert await codes(without_office, None) == ["FORBIDDEN"]

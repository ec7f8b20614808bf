"""FLR's rule of whom to write to about a patient, step by step."""

import pytest

from registers.database.database import Database
from tests.conftest import Ask
from tests.support.questions import PATIENT_GP, her_id_of
from tests.support.scenario import JUNE, LAST_YEAR, MAY, NEXT_YEAR, Period, Scenario

pytestmark = pytest.mark.anyio


async def test_a9_step_1_the_gp_of_the_list_answers_with_the_party_at_the_lists_office(
    scenario: Scenario, database: Database, ask_editor: Ask, list_of
):
    office, contract, patient = list_of
    gp, substitute, elsewhere = scenario.doctor(), scenario.doctor(), scenario.office()
    scenario.cycle(contract, gp)
    scenario.cycle(contract, substitute, "LPVI", substitute_for=gp)
    scenario.party_of_doctor(elsewhere, gp)
    scenario.party_of_doctor(office, substitute)
    scenario.vacant_list_service(office)
    expected = scenario.party_of_doctor(office, gp)
    await scenario.write(database)

    data = await ask_editor(PATIENT_GP, nationalId=patient.national_id)

    assert data["patientGp"] == {
        "outcome": "FOUND",
        "nationalIdReplaced": False,
        "association": {
            "contract": {"contractId": str(contract)},
            "valid": {"from": "2020-01-01T00:00:00+00:00", "to": None},
        },
        "responsible": {
            "vacant": False,
            "gps": [{"hprNumber": gp}],
            "substitutes": [{"hprNumber": substitute}],
            "partList": [],
            "overruled": [],
        },
        "gpHerId": {
            "rule": "GP_OF_THE_LIST",
            "reason": None,
            "reasonText": None,
            "ambiguous": False,
            "communicationParty": {"herId": expected},
            "candidates": [{"herId": expected}],
        },
    }


async def test_a9_step_2_the_only_substitute_of_a_vacant_list_answers(
    scenario: Scenario, database: Database, ask_editor: Ask, list_of
):
    office, contract, patient = list_of
    substitute = scenario.doctor()
    scenario.cycle(contract, substitute, "LPVI")
    scenario.vacant_list_service(office)
    expected = scenario.party_of_doctor(office, substitute)
    await scenario.write(database)

    assert her_id_of(await ask_editor(PATIENT_GP, nationalId=patient.national_id)) == (
        "ONLY_SUBSTITUTE",
        expected,
        None,
    )


@pytest.mark.parametrize("system", ["8666", "8655"])
async def test_a9_step_3_a_list_without_doctors_answers_with_the_offices_service(
    scenario: Scenario, database: Database, ask_editor: Ask, list_of, system
):
    office, contract, patient = list_of
    scenario.cycle(contract, scenario.doctor(), "LPDL")
    expected = scenario.vacant_list_service(office, system=system)
    scenario.vacant_list_service(scenario.office())
    await scenario.write(database)

    assert her_id_of(await ask_editor(PATIENT_GP, nationalId=patient.national_id)) == (
        "VACANT_LIST_SERVICE",
        expected,
        None,
    )


async def test_a9_step_4_no_party_is_an_answer_with_a_reason(
    scenario: Scenario, database: Database, ask_editor: Ask, list_of
):
    _, _, patient = list_of
    await scenario.write(database)

    data = await ask_editor(PATIENT_GP, nationalId=patient.national_id)

    assert her_id_of(data) == ("NONE", None, "NO_VACANT_LIST_SERVICE")
    assert "KX17" in data["patientGp"]["gpHerId"]["reasonText"]


async def test_a_contract_without_office_has_no_party(scenario: Scenario, database: Database, ask_editor: Ask):
    contract, patient = scenario.contract(None), scenario.person()
    scenario.on_list(patient, contract)
    await scenario.write(database)

    assert her_id_of(await ask_editor(PATIENT_GP, nationalId=patient.national_id)) == ("NONE", None, "NO_OFFICE")


@pytest.mark.parametrize(
    ("relationship", "reason"), [("LPFL", "GP_WITHOUT_PARTY"), ("LPVI", "SUBSTITUTE_WITHOUT_PARTY")]
)
async def test_a_doctor_without_active_party_is_never_answered_for_by_another(
    scenario: Scenario, database: Database, ask_editor: Ask, list_of, relationship, reason
):
    office, contract, patient = list_of
    doctor = scenario.doctor()
    scenario.cycle(contract, doctor, relationship)
    scenario.vacant_list_service(office)
    scenario.party_of_doctor(office, doctor, active=False)
    scenario.party_of_doctor(office, doctor, valid=Period(LAST_YEAR, JUNE))
    scenario.party_of_doctor(office, doctor, valid=Period(NEXT_YEAR))
    await scenario.write(database)

    assert her_id_of(await ask_editor(PATIENT_GP, nationalId=patient.national_id)) == ("NONE", None, reason)


async def test_a10_a_vacant_list_with_two_substitutes_answers_with_the_offices_service(
    scenario: Scenario, database: Database, ask_editor: Ask, list_of
):
    office, contract, patient = list_of
    for doctor in (scenario.doctor(), scenario.doctor()):
        scenario.cycle(contract, doctor, "LPVI")
        scenario.party_of_doctor(office, doctor)
    expected = scenario.vacant_list_service(office)
    await scenario.write(database)

    assert her_id_of(await ask_editor(PATIENT_GP, nationalId=patient.national_id)) == (
        "VACANT_LIST_SERVICE",
        expected,
        None,
    )


async def test_one_substitute_with_two_periods_is_one_substitute(
    scenario: Scenario, database: Database, ask_editor: Ask, list_of
):
    office, contract, patient = list_of
    substitute = scenario.doctor()
    scenario.cycle(contract, substitute, "LPVI", days=(1, 2))
    scenario.cycle(contract, substitute, "LPVI", days=(4,))
    expected = scenario.party_of_doctor(office, substitute)
    await scenario.write(database)

    assert her_id_of(await ask_editor(PATIENT_GP, nationalId=patient.national_id)) == (
        "ONLY_SUBSTITUTE",
        expected,
        None,
    )


async def test_a11_two_services_for_vacant_lists_at_one_office_are_reported(
    scenario: Scenario, database: Database, ask_editor: Ask, list_of
):
    office, _, patient = list_of
    first, second = scenario.vacant_list_service(office), scenario.vacant_list_service(office)
    scenario.vacant_list_service(office, active=False)
    await scenario.write(database)

    data = await ask_editor(PATIENT_GP, nationalId=patient.national_id)

    assert data["patientGp"]["gpHerId"]["ambiguous"] is True
    assert data["patientGp"]["gpHerId"]["communicationParty"] == {"herId": first}
    assert data["patientGp"]["gpHerId"]["candidates"] == [{"herId": first}, {"herId": second}]


async def test_a12_two_active_parties_of_a_doctor_at_one_office_are_reported(
    scenario: Scenario, database: Database, ask_editor: Ask, list_of
):
    office, contract, patient = list_of
    doctor = scenario.doctor()
    scenario.cycle(contract, doctor)
    first, second = scenario.party_of_doctor(office, doctor), scenario.party_of_doctor(office, doctor)
    await scenario.write(database)

    data = await ask_editor(PATIENT_GP, nationalId=patient.national_id)

    assert data["patientGp"]["gpHerId"]["ambiguous"] is True
    assert data["patientGp"]["gpHerId"]["communicationParty"] == {"herId": first}
    assert data["patientGp"]["gpHerId"]["candidates"] == [{"herId": first}, {"herId": second}]


async def test_a_common_list_has_several_gps_and_any_with_a_party_may_answer(
    scenario: Scenario, database: Database, ask_editor: Ask
):
    office, patient = scenario.office(), scenario.person()
    contract = scenario.contract(office, common_list=True)
    scenario.on_list(patient, contract)
    oldest, middle, newest = scenario.doctor(), scenario.doctor(), scenario.doctor()
    for doctor, since in ((oldest, LAST_YEAR), (middle, MAY), (newest, JUNE)):
        scenario.cycle(contract, doctor, valid=Period(since))
    parties = [scenario.party_of_doctor(office, oldest), scenario.party_of_doctor(office, middle)]
    await scenario.write(database)

    data = await ask_editor(PATIENT_GP, nationalId=patient.national_id)

    assert data["patientGp"]["responsible"]["gps"] == [{"hprNumber": each} for each in (newest, middle, oldest)]
    assert data["patientGp"]["responsible"]["overruled"] == []
    assert data["patientGp"]["gpHerId"]["ambiguous"] is False
    assert data["patientGp"]["gpHerId"]["candidates"] == [{"herId": each} for each in reversed(parties)]
    assert her_id_of(data) == ("GP_OF_THE_LIST", parties[1], None)


async def test_of_two_gps_on_a_list_that_is_not_common_the_latest_start_wins_and_the_other_is_reported(
    scenario: Scenario, database: Database, ask_editor: Ask, list_of
):
    office, contract, patient = list_of
    older, newer = scenario.doctor(), scenario.doctor()
    scenario.cycle(contract, newer, valid=Period(JUNE))
    scenario.cycle(contract, older, valid=Period(MAY))
    scenario.party_of_doctor(office, older)
    expected = scenario.party_of_doctor(office, newer)
    await scenario.write(database)

    data = await ask_editor(PATIENT_GP, nationalId=patient.national_id)

    assert data["patientGp"]["responsible"]["gps"] == [{"hprNumber": newer}]
    assert data["patientGp"]["responsible"]["overruled"] == [{"hprNumber": older}]
    assert her_id_of(data) == ("GP_OF_THE_LIST", expected, None)

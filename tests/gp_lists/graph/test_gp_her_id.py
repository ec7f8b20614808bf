"""FLR's rule of whom to write to about a patient, step by step."""

import pytest

from registers.database.database import Database
from tests.conftest import Ask
from tests.support.questions import PATIENT_GP, her_id_of
from tests.support.scenario import JUNE, LAST_YEAR, MAY, NEXT_YEAR, Period, World

pytestmark = pytest.mark.anyio


async def test_a9_step_1_the_gp_of_the_list_answers_with_the_party_at_the_lists_office(
    world: World, database: Database, ask_editor: Ask, list_of
):
    office, contract, patient = list_of
    gp, substitute, elsewhere = world.doctor(), world.doctor(), world.office()
    world.cycle(contract, gp)
    world.cycle(contract, substitute, "LPVI", substitute_for=gp)
    world.party_of_doctor(elsewhere, gp)
    world.party_of_doctor(office, substitute)
    world.vacant_list_service(office)
    expected = world.party_of_doctor(office, gp)
    await world.write(database)

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
    world: World, database: Database, ask_editor: Ask, list_of
):
    office, contract, patient = list_of
    substitute = world.doctor()
    world.cycle(contract, substitute, "LPVI")
    world.vacant_list_service(office)
    expected = world.party_of_doctor(office, substitute)
    await world.write(database)

    assert her_id_of(await ask_editor(PATIENT_GP, nationalId=patient.national_id)) == (
        "ONLY_SUBSTITUTE",
        expected,
        None,
    )


@pytest.mark.parametrize("system", ["8666", "8655"])
async def test_a9_step_3_a_list_without_doctors_answers_with_the_offices_service(
    world: World, database: Database, ask_editor: Ask, list_of, system
):
    office, contract, patient = list_of
    world.cycle(contract, world.doctor(), "LPDL")
    expected = world.vacant_list_service(office, system=system)
    world.vacant_list_service(world.office())
    await world.write(database)

    assert her_id_of(await ask_editor(PATIENT_GP, nationalId=patient.national_id)) == (
        "VACANT_LIST_SERVICE",
        expected,
        None,
    )


async def test_a9_step_4_no_party_is_an_answer_with_a_reason(
    world: World, database: Database, ask_editor: Ask, list_of
):
    _, _, patient = list_of
    await world.write(database)

    data = await ask_editor(PATIENT_GP, nationalId=patient.national_id)

    assert her_id_of(data) == ("NONE", None, "NO_VACANT_LIST_SERVICE")
    assert "KX17" in data["patientGp"]["gpHerId"]["reasonText"]


async def test_a_contract_without_office_has_no_party(world: World, database: Database, ask_editor: Ask):
    contract, patient = world.contract(None), world.person()
    world.on_list(patient, contract)
    await world.write(database)

    assert her_id_of(await ask_editor(PATIENT_GP, nationalId=patient.national_id)) == ("NONE", None, "NO_OFFICE")


@pytest.mark.parametrize(
    ("relationship", "reason"), [("LPFL", "GP_WITHOUT_PARTY"), ("LPVI", "SUBSTITUTE_WITHOUT_PARTY")]
)
async def test_a_doctor_without_active_party_is_never_answered_for_by_another(
    world: World, database: Database, ask_editor: Ask, list_of, relationship, reason
):
    office, contract, patient = list_of
    doctor = world.doctor()
    world.cycle(contract, doctor, relationship)
    world.vacant_list_service(office)
    world.party_of_doctor(office, doctor, active=False)
    world.party_of_doctor(office, doctor, valid=Period(LAST_YEAR, JUNE))
    world.party_of_doctor(office, doctor, valid=Period(NEXT_YEAR))
    await world.write(database)

    assert her_id_of(await ask_editor(PATIENT_GP, nationalId=patient.national_id)) == ("NONE", None, reason)


async def test_a10_a_vacant_list_with_two_substitutes_answers_with_the_offices_service(
    world: World, database: Database, ask_editor: Ask, list_of
):
    office, contract, patient = list_of
    for doctor in (world.doctor(), world.doctor()):
        world.cycle(contract, doctor, "LPVI")
        world.party_of_doctor(office, doctor)
    expected = world.vacant_list_service(office)
    await world.write(database)

    assert her_id_of(await ask_editor(PATIENT_GP, nationalId=patient.national_id)) == (
        "VACANT_LIST_SERVICE",
        expected,
        None,
    )


async def test_one_substitute_with_two_periods_is_one_substitute(
    world: World, database: Database, ask_editor: Ask, list_of
):
    office, contract, patient = list_of
    substitute = world.doctor()
    world.cycle(contract, substitute, "LPVI", days=(1, 2))
    world.cycle(contract, substitute, "LPVI", days=(4,))
    expected = world.party_of_doctor(office, substitute)
    await world.write(database)

    assert her_id_of(await ask_editor(PATIENT_GP, nationalId=patient.national_id)) == (
        "ONLY_SUBSTITUTE",
        expected,
        None,
    )


async def test_a11_two_services_for_vacant_lists_at_one_office_are_reported(
    world: World, database: Database, ask_editor: Ask, list_of
):
    office, _, patient = list_of
    first, second = world.vacant_list_service(office), world.vacant_list_service(office)
    world.vacant_list_service(office, active=False)
    await world.write(database)

    data = await ask_editor(PATIENT_GP, nationalId=patient.national_id)

    assert data["patientGp"]["gpHerId"]["ambiguous"] is True
    assert data["patientGp"]["gpHerId"]["communicationParty"] == {"herId": first}
    assert data["patientGp"]["gpHerId"]["candidates"] == [{"herId": first}, {"herId": second}]


async def test_a12_two_active_parties_of_a_doctor_at_one_office_are_reported(
    world: World, database: Database, ask_editor: Ask, list_of
):
    office, contract, patient = list_of
    doctor = world.doctor()
    world.cycle(contract, doctor)
    first, second = world.party_of_doctor(office, doctor), world.party_of_doctor(office, doctor)
    await world.write(database)

    data = await ask_editor(PATIENT_GP, nationalId=patient.national_id)

    assert data["patientGp"]["gpHerId"]["ambiguous"] is True
    assert data["patientGp"]["gpHerId"]["communicationParty"] == {"herId": first}
    assert data["patientGp"]["gpHerId"]["candidates"] == [{"herId": first}, {"herId": second}]


async def test_a_common_list_has_several_gps_and_any_with_a_party_may_answer(
    world: World, database: Database, ask_editor: Ask
):
    office, patient = world.office(), world.person()
    contract = world.contract(office, common_list=True)
    world.on_list(patient, contract)
    oldest, middle, newest = world.doctor(), world.doctor(), world.doctor()
    for doctor, since in ((oldest, LAST_YEAR), (middle, MAY), (newest, JUNE)):
        world.cycle(contract, doctor, valid=Period(since))
    parties = [world.party_of_doctor(office, oldest), world.party_of_doctor(office, middle)]
    await world.write(database)

    data = await ask_editor(PATIENT_GP, nationalId=patient.national_id)

    assert data["patientGp"]["responsible"]["gps"] == [{"hprNumber": each} for each in (newest, middle, oldest)]
    assert data["patientGp"]["responsible"]["overruled"] == []
    assert data["patientGp"]["gpHerId"]["ambiguous"] is False
    assert data["patientGp"]["gpHerId"]["candidates"] == [{"herId": each} for each in reversed(parties)]
    assert her_id_of(data) == ("GP_OF_THE_LIST", parties[1], None)


async def test_of_two_gps_on_a_list_that_is_not_common_the_latest_start_wins_and_the_other_is_told(
    world: World, database: Database, ask_editor: Ask, list_of
):
    office, contract, patient = list_of
    older, newer = world.doctor(), world.doctor()
    world.cycle(contract, newer, valid=Period(JUNE))
    world.cycle(contract, older, valid=Period(MAY))
    world.party_of_doctor(office, older)
    expected = world.party_of_doctor(office, newer)
    await world.write(database)

    data = await ask_editor(PATIENT_GP, nationalId=patient.national_id)

    assert data["patientGp"]["responsible"]["gps"] == [{"hprNumber": newer}]
    assert data["patientGp"]["responsible"]["overruled"] == [{"hprNumber": older}]
    assert her_id_of(data) == ("GP_OF_THE_LIST", expected, None)

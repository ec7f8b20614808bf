"""Which GP is responsible for a patient, at any time and by any number of the patient."""

from datetime import UTC, datetime, timedelta

import pytest

from registers.database.database import Database
from tests.conftest import Ask
from tests.support.questions import PATIENT_GP, her_id_of
from tests.support.scenario import JUNE, LAST_YEAR, MAY, Period, Scenario, change

pytestmark = pytest.mark.anyio


async def test_periods_are_half_open_and_future_doctors_are_not_yet_responsible(
    scenario: Scenario, database: Database, ask_editor: Ask, list_of
):
    office, contract, patient = list_of
    first, second = scenario.doctor(), scenario.doctor()
    scenario.cycle(contract, first, valid=Period(LAST_YEAR, JUNE))
    scenario.cycle(contract, second, valid=Period(JUNE))
    parties = {first: scenario.party_of_doctor(office, first), second: scenario.party_of_doctor(office, second)}
    await scenario.write(database)

    async def gp_at(moment: datetime) -> int | None:
        data = await ask_editor(PATIENT_GP, nationalId=patient.national_id, asOf={"validAt": moment.isoformat()})
        return her_id_of(data)[1]

    assert await gp_at(JUNE - timedelta(microseconds=1)) == parties[first]
    assert await gp_at(JUNE) == parties[second]


async def test_a_gp_who_left_mid_month_is_seen_with_both_registers_dates(
    scenario: Scenario, database: Database, ask_editor: Ask, list_of
):
    office, contract, patient = list_of
    doctor = scenario.doctor()
    left = datetime(2026, 5, 15, tzinfo=UTC)
    scenario.cycle(contract, doctor)
    party = scenario.party_of_doctor(office, doctor, valid=Period(LAST_YEAR, left))
    await scenario.write(database)

    async def answer_at(moment: datetime):
        return her_id_of(
            await ask_editor(PATIENT_GP, nationalId=patient.national_id, asOf={"validAt": moment.isoformat()})
        )

    assert await answer_at(MAY) == ("GP_OF_THE_LIST", party, None)
    assert await answer_at(left) == ("NONE", None, "GP_WITHOUT_PARTY")


async def test_no_list_and_no_such_person_are_two_answers(scenario: Scenario, database: Database, ask_editor: Ask):
    known, unknown = scenario.person(), Scenario(start=900).person()
    scenario.on_list(known, scenario.contract(scenario.office()), valid=Period(LAST_YEAR, JUNE))
    await scenario.write(database)

    outcomes = []
    for person in (known, unknown):
        data = await ask_editor(PATIENT_GP, nationalId=person.national_id)
        answer = data["patientGp"]
        outcomes.append(answer["outcome"])
        assert answer["association"] is answer["responsible"] is answer["gpHerId"] is None

    assert outcomes == ["NO_GP", "UNKNOWN_PERSON"]


async def test_a39_a_former_national_id_gives_the_same_answer_and_says_so(
    scenario: Scenario, database: Database, ask_editor: Ask
):
    office, patient = scenario.office(), scenario.person(former_numbers=2)
    scenario.on_list(patient, scenario.contract(office))
    await scenario.write(database)

    now, *before = [
        (await ask_editor(PATIENT_GP, nationalId=each))["patientGp"] for each in (patient.national_id, *patient.former)
    ]

    assert now["nationalIdReplaced"] is False
    assert before == [{**now, "nationalIdReplaced": True}] * 2


async def test_what_was_known_at_an_entry_is_answered_as_it_was_known(
    scenario: Scenario, database: Database, ask_editor: Ask, list_of
):
    office, contract, patient = list_of
    wrong, right = scenario.doctor(), scenario.doctor()
    cycle = scenario.cycle(contract, wrong)
    parties = [scenario.party_of_doctor(office, wrong), scenario.party_of_doctor(office, right)]
    before = await scenario.write(database)
    after = await change(database, "doctor_cycles", {"id": cycle}, hpr_number=right)

    async def known_after(entry: int) -> int | None:
        data = await ask_editor(PATIENT_GP, nationalId=patient.national_id, asOf={"entry": entry})
        return her_id_of(data)[1]

    assert [await known_after(before), await known_after(after)] == parties
    data = await ask_editor(PATIENT_GP, nationalId=patient.national_id, asOf={"entry": before - 1})
    assert data["patientGp"]["outcome"] == "UNKNOWN_PERSON"

"""Which GP is responsible for a patient, at any time and by any number of the patient."""

from datetime import UTC, datetime, timedelta

import pytest

from registers.database.database import Database
from tests.conftest import Ask
from tests.support.questions import PATIENT_GP, her_id_of
from tests.support.scenario import JUNE, LAST_YEAR, MAY, Period, World, change

pytestmark = pytest.mark.anyio


async def test_periods_are_half_open_and_future_doctors_are_not_yet_responsible(
    world: World, database: Database, ask_editor: Ask, list_of
):
    office, contract, patient = list_of
    first, second = world.doctor(), world.doctor()
    world.cycle(contract, first, valid=Period(LAST_YEAR, JUNE))
    world.cycle(contract, second, valid=Period(JUNE))
    parties = {first: world.party_of_doctor(office, first), second: world.party_of_doctor(office, second)}
    await world.write(database)

    async def gp_at(moment: datetime) -> int | None:
        data = await ask_editor(PATIENT_GP, nationalId=patient.national_id, asOf={"validAt": moment.isoformat()})
        return her_id_of(data)[1]

    assert await gp_at(JUNE - timedelta(microseconds=1)) == parties[first]
    assert await gp_at(JUNE) == parties[second]


async def test_a_gp_who_left_mid_month_is_seen_with_both_registers_dates(
    world: World, database: Database, ask_editor: Ask, list_of
):
    office, contract, patient = list_of
    doctor = world.doctor()
    left = datetime(2026, 5, 15, tzinfo=UTC)
    world.cycle(contract, doctor)
    party = world.party_of_doctor(office, doctor, valid=Period(LAST_YEAR, left))
    await world.write(database)

    async def answer_at(moment: datetime):
        return her_id_of(
            await ask_editor(PATIENT_GP, nationalId=patient.national_id, asOf={"validAt": moment.isoformat()})
        )

    assert await answer_at(MAY) == ("GP_OF_THE_LIST", party, None)
    assert await answer_at(left) == ("NONE", None, "GP_WITHOUT_PARTY")


async def test_no_list_and_no_such_person_are_two_answers(world: World, database: Database, ask_editor: Ask):
    known, unknown = world.person(), World(start=900).person()
    world.on_list(known, world.contract(world.office()), valid=Period(LAST_YEAR, JUNE))
    await world.write(database)

    outcomes = []
    for person in (known, unknown):
        data = await ask_editor(PATIENT_GP, nationalId=person.national_id)
        answer = data["patientGp"]
        outcomes.append(answer["outcome"])
        assert answer["association"] is answer["responsible"] is answer["gpHerId"] is None

    assert outcomes == ["NO_GP", "UNKNOWN_PERSON"]


async def test_a39_a_former_national_id_gives_the_same_answer_and_says_so(
    world: World, database: Database, ask_editor: Ask
):
    office, patient = world.office(), world.person(former_numbers=2)
    world.on_list(patient, world.contract(office))
    await world.write(database)

    now, *before = [
        (await ask_editor(PATIENT_GP, nationalId=each))["patientGp"] for each in (patient.national_id, *patient.former)
    ]

    assert now["nationalIdReplaced"] is False
    assert before == [{**now, "nationalIdReplaced": True}] * 2


async def test_what_was_known_at_an_entry_is_answered_as_it_was_known(
    world: World, database: Database, ask_editor: Ask, list_of
):
    office, contract, patient = list_of
    wrong, right = world.doctor(), world.doctor()
    cycle = world.cycle(contract, wrong)
    parties = [world.party_of_doctor(office, wrong), world.party_of_doctor(office, right)]
    before = await world.write(database)
    after = await change(database, "doctor_cycles", {"id": cycle}, hpr_number=right)

    async def known_after(entry: int) -> int | None:
        data = await ask_editor(PATIENT_GP, nationalId=patient.national_id, asOf={"entry": entry})
        return her_id_of(data)[1]

    assert [await known_after(before), await known_after(after)] == parties
    data = await ask_editor(PATIENT_GP, nationalId=patient.national_id, asOf={"entry": before - 1})
    assert data["patientGp"]["outcome"] == "UNKNOWN_PERSON"

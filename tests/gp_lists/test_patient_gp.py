"""Which GP is responsible for a patient, and whom to write to: FLR's rule, at any time."""

from datetime import UTC, datetime, timedelta

import pytest

from registers.core.database import Database
from tests.conftest import NOW, Ask
from tests.gp_lists.builders import Period, World, change

pytestmark = pytest.mark.anyio

PATIENT_GP = """
query ($nationalId: NationalId!, $asOf: AsOf) {
  patientGp(nationalId: $nationalId, purpose: REGISTRY_MAINTENANCE, asOf: $asOf) {
    outcome
    nationalIdReplaced
    association { contract { contractId } valid { from to } }
    responsible {
      vacant
      gps { hprNumber } substitutes { hprNumber } partList { hprNumber } overruled { hprNumber }
    }
    gpHerId { rule reason reasonText ambiguous communicationParty { herId } candidates { herId } }
  }
}
"""
LAST_YEAR, MAY, JUNE = NOW - timedelta(days=365), datetime(2026, 5, 1, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC)
NEXT_YEAR = NOW + timedelta(days=365)


def her_id_of(answer):
    found = answer["patientGp"]["gpHerId"]
    party = found["communicationParty"]
    return found["rule"], party and party["herId"], found["reason"]


@pytest.fixture
def list_of(world: World):
    """A list at an office with one patient."""
    office = world.office()
    contract = world.contract(office)
    patient = world.person()
    world.on_list(patient, contract)
    return office, contract, patient


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


async def test_periods_are_half_open_and_future_doctors_are_not_yet_responsible(
    world: World, database: Database, ask_editor: Ask, list_of
):
    office, contract, patient = list_of
    first, second = world.doctor(), world.doctor()
    world.cycle(contract, first, valid=Period(LAST_YEAR, JUNE))
    world.cycle(contract, second, valid=Period(JUNE))
    parties = {first: world.party_of_doctor(office, first), second: world.party_of_doctor(office, second)}
    await world.write(database)

    async def gp_at(moment: datetime) -> int:
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

    async def known_after(entry: int) -> int:
        data = await ask_editor(PATIENT_GP, nationalId=patient.national_id, asOf={"entry": entry})
        return her_id_of(data)[1]

    assert [await known_after(before), await known_after(after)] == parties
    data = await ask_editor(PATIENT_GP, nationalId=patient.national_id, asOf={"entry": before - 1})
    assert data["patientGp"]["outcome"] == "UNKNOWN_PERSON"

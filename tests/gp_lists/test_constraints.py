"""Rules that the database enforces."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from registers.changelog.append import Register, append
from registers.database.database import Database
from registers.editing.transaction import MARK_AS_EDIT
from registers.gp_lists.models import GpContract
from tests.conftest import Ask
from tests.support.scenario import JUNE, LAST_YEAR, Office, Period, Scenario, change

pytestmark = pytest.mark.anyio


async def test_a1_a_person_on_two_lists_at_once_is_refused_by_the_database(scenario: Scenario, database: Database):
    office, person = scenario.office(), scenario.person()
    scenario.on_list(person, scenario.contract(office), valid=Period(LAST_YEAR, JUNE))
    scenario.on_list(person, scenario.contract(office), valid=Period(JUNE - timedelta(microseconds=1)))

    with pytest.raises(IntegrityError, match="patient_associations_one_list_at_a_time"):
        await scenario.write(database)


async def test_a1_lists_may_follow_each_other_without_a_gap(scenario: Scenario, database: Database, ask_editor: Ask):
    office, person = scenario.office(), scenario.person()
    first, second = scenario.contract(office), scenario.contract(office)
    scenario.on_list(person, first, valid=Period(LAST_YEAR, JUNE))
    scenario.on_list(person, second, valid=Period(JUNE))
    await scenario.write(database)
    document = """query ($patients: [PatientAtInput!]!) { patientGps(patients: $patients, purpose: REGISTRY_MAINTENANCE)
      { association { contract { contractId } } } }"""

    data = await ask_editor(
        document,
        patients=[
            {"nationalId": person.national_id, "at": moment.isoformat()}
            for moment in (JUNE - timedelta(microseconds=1), JUNE)
        ],
    )

    assert [slot["association"]["contract"]["contractId"] for slot in data["patientGps"]] == [str(first), str(second)]


@pytest.mark.parametrize("parent", ["none", "person"])
async def test_a13_a_persons_party_without_an_organisation_above_is_refused_by_the_database(
    scenario: Scenario, database: Database, parent
):
    office = scenario.office()
    below = scenario.party_of_doctor(office, scenario.doctor())
    scenario.party_of_doctor(Office(office.number, below if parent == "person" else None), scenario.doctor())  # type: ignore[arg-type]

    with pytest.raises(IntegrityError, match=r"depth_is_two|parent_her_id"):
        await scenario.write(database)


async def test_a6_an_own_municipality_that_co_operates_is_refused_by_the_database(
    scenario: Scenario, database: Database
):
    contract = scenario.contract(scenario.office())
    scenario.add("coop_municipalities", contract_id=contract, municipality="3402/4601")
    await scenario.write(database)

    with pytest.raises(IntegrityError, match="does not co-operate on it"):
        await change(database, "gp_contracts", {"id": contract}, municipality="3402/4601")
    scenario.add("coop_municipalities", contract_id=contract, municipality="3402/0301")
    with pytest.raises(IntegrityError, match="does not co-operate on it"):
        await scenario.write(database)


async def test_a8_a_day_named_twice_is_refused_by_the_database(scenario: Scenario, database: Database):
    scenario.cycle(scenario.contract(scenario.office()), scenario.doctor(), days=(1, 5, 1))

    with pytest.raises(IntegrityError, match="doctor_cycles_days_named_once_check"):
        await scenario.write(database)


async def test_an_edit_that_ends_a_contract_with_patients_is_refused_by_the_database(
    list_of, scenario, database: Database
):
    _, contract, _ = list_of
    await scenario.write(database)

    with pytest.raises(IntegrityError, match="ends while patients are on its list"):
        async with database.writing() as session:
            await session.execute(MARK_AS_EDIT)
            await append(session, register=Register.GP_LISTS, key="x", action="GpContractCanceled", caller="test")
            (await session.get_one(GpContract, contract)).valid_to = JUNE

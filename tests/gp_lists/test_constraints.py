"""Rules that the database keeps."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from registers.changelog.append import Register, append
from registers.database.database import Database
from registers.editing.transaction import MARK_AS_EDIT
from registers.gp_lists.models import GpContract
from tests.conftest import Ask
from tests.support.scenario import JUNE, LAST_YEAR, Office, Period, World, change

pytestmark = pytest.mark.anyio


async def test_a1_a_person_on_two_lists_at_once_is_refused_by_the_database(world: World, database: Database):
    office, person = world.office(), world.person()
    world.on_list(person, world.contract(office), valid=Period(LAST_YEAR, JUNE))
    world.on_list(person, world.contract(office), valid=Period(JUNE - timedelta(microseconds=1)))

    with pytest.raises(IntegrityError, match="patient_associations_one_list_at_a_time"):
        await world.write(database)


async def test_a1_lists_may_follow_each_other_without_a_gap(world: World, database: Database, ask_editor: Ask):
    office, person = world.office(), world.person()
    first, second = world.contract(office), world.contract(office)
    world.on_list(person, first, valid=Period(LAST_YEAR, JUNE))
    world.on_list(person, second, valid=Period(JUNE))
    await world.write(database)
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
    world: World, database: Database, parent
):
    office = world.office()
    below = world.party_of_doctor(office, world.doctor())
    world.party_of_doctor(Office(office.number, below if parent == "person" else None), world.doctor())  # type: ignore[arg-type]

    with pytest.raises(IntegrityError, match=r"depth_is_two|parent_her_id"):
        await world.write(database)


async def test_a6_an_own_municipality_that_co_operates_is_refused_by_the_database(world: World, database: Database):
    contract = world.contract(world.office())
    world.add("coop_municipalities", contract_id=contract, municipality="3402/4601")
    await world.write(database)

    with pytest.raises(IntegrityError, match="does not co-operate on it"):
        await change(database, "gp_contracts", {"id": contract}, municipality="3402/4601")
    world.add("coop_municipalities", contract_id=contract, municipality="3402/0301")
    with pytest.raises(IntegrityError, match="does not co-operate on it"):
        await world.write(database)


async def test_a8_a_day_named_twice_is_refused_by_the_database(world: World, database: Database):
    world.cycle(world.contract(world.office()), world.doctor(), days=(1, 5, 1))

    with pytest.raises(IntegrityError, match="doctor_cycles_days_named_once_check"):
        await world.write(database)


async def test_an_edit_that_ends_a_contract_with_patients_is_refused_by_the_database(
    list_of, world, database: Database
):
    _, contract, _ = list_of
    await world.write(database)

    with pytest.raises(IntegrityError, match="ends while patients are on its list"):
        async with database.writing() as session:
            await session.execute(MARK_AS_EDIT)
            await append(session, register=Register.GP_LISTS, key="x", action="GpContractCanceled", caller="test")
            (await session.get_one(GpContract, contract)).valid_to = JUNE

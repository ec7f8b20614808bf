"""A request for each rule of persons and their associations with lists."""

from datetime import date

from tests.support.edits.patients import (
    NOW,
    assign,
    cancel,
    change_national_id,
    change_person,
    end,
    move,
    on,
    patient_refs,
    register,
)
from tests.support.provoking import provokes
from tests.support.requests import ANY
from tests.support.scenario import ENDED, Person, Scenario, change, synthetic_national_id

UNKNOWN = synthetic_national_id(9_999)


async def two_lists(database, **columns) -> tuple[int, int, Person, Person]:
    """Two lists at an office; one patient on the first, one person on none."""
    scenario = Scenario()
    office = scenario.office()
    first, second = scenario.contract(office), scenario.contract(office, **columns)
    listed, free = scenario.person(), scenario.person()
    scenario.on_list(listed, first)
    await scenario.write(database)
    return first, second, listed, free


@provokes("R-FLR-050")
async def unknown_person(edit, database):
    _, second, _, _ = await two_lists(database)
    return await assign(edit, nationalId=UNKNOWN, input=on(second))


@provokes("R-FLR-051")
async def second_list(edit, database):
    _, second, listed, _ = await two_lists(database)
    return await assign(edit, nationalId=listed.national_id, input=on(second))


@provokes("R-FLR-052")
async def full_list(edit, database):
    _, second, _, free = await two_lists(database, max_patients=0)
    return await assign(edit, nationalId=free.national_id, input=on(second))


@provokes("R-FLR-053")
async def closed_list(edit, database):
    _, second, _, free = await two_lists(database, status="7751/LUKKET")
    return await assign(edit, nationalId=free.national_id, input=on(second))


@provokes("R-FLR-054")
async def ended_contract(edit, database):
    _, second, _, free = await two_lists(database, valid=ENDED)
    return await assign(edit, nationalId=free.national_id, input=on(second))


@provokes("R-FLR-055")
async def not_on_the_list(edit, database):
    first, second, _, free = await two_lists(database)
    patients = [{"nationalId": free.national_id, "expectedEntry": ANY}]
    return await move(edit, fromContract=first, toContract=second, input={"patients": patients, "at": NOW})


@provokes("R-FLR-056")
async def nobody(edit, database):
    first, _, _, _ = await two_lists(database)
    return await end(edit, contractId=first, input={"patients": [], "at": NOW})


@provokes("R-FLR-057")
async def same_list(edit, database):
    first, _, listed, _ = await two_lists(database)
    patients = await patient_refs(edit, listed)
    return await move(edit, fromContract=first, toContract=first, input={"patients": patients, "at": NOW})


@provokes("R-FLR-058")
async def number_of_another(edit, database):
    _, _, listed, free = await two_lists(database)
    return await change_national_id(
        edit, nationalId=listed.national_id, expectedEntry=ANY, newNationalId=free.national_id
    )


@provokes("R-FLR-059")
async def twice(edit, database):
    first, _, listed, _ = await two_lists(database)
    patients = await patient_refs(edit, listed, listed)
    return await end(edit, contractId=first, input={"patients": patients, "at": NOW})


@provokes("R-FLR-060")
async def dead(edit, database):
    _, second, _, free = await two_lists(database)
    await change(database, "persons", {"person_id": free.person_id}, died_on=date(2025, 1, 1))
    return await assign(edit, nationalId=free.national_id, input=on(second))


@provokes("R-FLR-061")
async def patients_left_behind(edit, database):
    first, _, _, _ = await two_lists(database)
    return await cancel(edit, contractId=first, expectedEntry=ANY, input={"at": NOW})


@provokes("R-FLR-062")
async def registered_twice(edit, database):
    _, _, listed, _ = await two_lists(database)
    return await register(edit, nationalId=listed.national_id, input={"firstName": "Prøve", "lastName": "Person"})


@provokes("R-FLR-063")
async def born_tomorrow(edit, database):
    input = {"firstName": "Prøve", "lastName": "Person", "bornOn": "2026-11-24"}
    return await register(edit, nationalId=UNKNOWN, input=input)


@provokes("R-FLR-064")
async def died_before_birth(edit, database):
    _, _, listed, _ = await two_lists(database)
    return await change_person(edit, nationalId=listed.national_id, expectedEntry=ANY, input={"diedOn": "1979-12-31"})

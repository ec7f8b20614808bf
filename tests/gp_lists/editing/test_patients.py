"""Patients assigned, moved and ended by an editor: all of them or none, one list at a time, never over the ceiling."""

from datetime import date
from typing import NamedTuple

import pytest
from sqlalchemy import text

from registers.core.caller import Role
from registers.database.database import Database
from tests.gp_lists.graph.test_statements import statements_of
from tests.support.edits.patients import (
    GP,
    LATER,
    NOW,
    assign,
    associations,
    cancel,
    change_national_id,
    change_protection,
    end,
    list_periods,
    move,
    on,
    patient_refs,
    register,
)
from tests.support.requests import ANY
from tests.support.scenario import COMING, LONG_AGO, Period, Person, Scenario, change, synthetic_national_id

pytestmark = pytest.mark.anyio

SINCE = LONG_AGO.isoformat()


class Lists(NamedTuple):
    """A list with three patients, an empty one, and a person on none."""

    first: int
    second: int
    patients: tuple[Person, ...]
    free: Person


@pytest.fixture
async def lists(scenario: Scenario, database: Database) -> Lists:
    office = scenario.office()
    first, second = scenario.contract(office, max_patients=3), scenario.contract(office, max_patients=4)
    patients, free = tuple(scenario.person() for _ in range(3)), scenario.person()
    for each in patients:
        scenario.on_list(each, first)
    await scenario.write(database)
    return Lists(first, second, patients, free)


async def test_a1_a_person_on_no_list_is_put_on_one_and_on_no_second_one(edit, lists: Lists):
    payload = await assign(edit, nationalId=lists.free.national_id, input=on(lists.second))
    again = await assign(edit, nationalId=lists.free.national_id, input=on(lists.second, LATER))

    assert payload["userErrors"] == []
    assert [error["rule"] for error in again["userErrors"]] == ["R-FLR-051"]
    assert await list_periods(edit, lists.free) == [(str(lists.second), NOW, None)]


async def test_a2_patients_move_together_and_leave_the_old_list_when_they_come_to_the_new_one(edit, lists: Lists):
    patients = await patient_refs(edit, *lists.patients)

    payload = await move(
        edit, fromContract=lists.first, toContract=lists.second, input={"patients": patients, "at": LATER}
    )

    assert payload["userErrors"] == []
    for each in lists.patients:
        assert await list_periods(edit, each) == [(str(lists.second), LATER, None), (str(lists.first), SINCE, LATER)]


async def test_a2_when_one_cannot_move_nobody_does_and_each_problem_names_its_patient(edit, lists: Lists):
    before = [await list_periods(edit, each) for each in lists.patients]
    patients = await patient_refs(edit, *lists.patients[:2])
    patients[1]["expectedEntry"] -= 1
    stranger = {"nationalId": lists.free.national_id, "expectedEntry": ANY}

    payload = await move(
        edit,
        fromContract=lists.first,
        toContract=lists.second,
        input={"patients": [*patients, stranger], "at": LATER},
    )

    assert [(error["rule"], error["path"]) for error in payload["userErrors"]] == [
        ("R-LOG-001", ["input", "patients", "1", "expectedEntry"]),
        ("R-FLR-055", ["input", "patients", "2", "nationalId"]),
    ]
    assert [await list_periods(edit, each) for each in lists.patients] == before


async def test_a3_an_ended_patient_loses_what_was_planned_for_later_too(edit, scenario, database, lists: Lists):
    office = scenario.office()
    planned = scenario.contract(office)
    person = scenario.person()
    now = scenario.contract(office)
    scenario.on_list(person, now, valid=Period(LONG_AGO, COMING.since))
    scenario.on_list(person, planned, valid=COMING)
    await scenario.write(database)
    seen = {"nationalId": person.national_id, "expectedEntry": (await associations(edit, person))[0]["lastEntry"]}

    payload = await end(edit, contractId=now, input={"patients": [seen], "at": LATER, "endCode": "OHID"})

    assert payload["userErrors"] == []
    assert await list_periods(edit, person) == [(str(now), SINCE, LATER)]
    assert [each["endCode"] for each in await associations(edit, person)] == [{"value": "OHID"}]


async def test_an_association_planned_by_another_meanwhile_is_not_lost_with_the_one_that_ends(
    edit, scenario, database, lists: Lists
):
    person = scenario.person()
    scenario.on_list(person, lists.first, valid=Period(LONG_AGO, COMING.since))
    await scenario.write(database)
    seen = await patient_refs(edit, person)

    planned = await assign(edit, nationalId=person.national_id, input=on(lists.second, COMING.since.isoformat()))
    payload = await end(edit, contractId=lists.first, input={"patients": seen, "at": LATER})

    assert planned["userErrors"] == []
    assert [(error["rule"], error["path"]) for error in payload["userErrors"]] == [
        ("R-LOG-001", ["input", "patients", "0", "expectedEntry"])
    ]
    assert (await list_periods(edit, person))[0] == (str(lists.second), COMING.since.isoformat(), None)


@pytest.mark.parametrize("hour", ["2026-11-30T23:00:00Z", "2026-12-01T00:00:00+01:00"])
async def test_the_dead_come_to_no_list_from_the_midnight_in_norway_after_they_died(
    edit, database, lists: Lists, hour: str
):
    dead, listed = lists.free, lists.patients[0]
    for person in (dead, listed):
        await change(database, "persons", {"person_id": person.person_id}, died_on=date(2026, 11, 30))
    before_midnight = "2026-11-30T22:59:59Z"

    async def assigned(start: str):
        payload = await assign(edit, nationalId=dead.national_id, input=on(lists.second, start))
        return [(error["rule"], error["path"]) for error in payload["userErrors"]]

    async def moved(at: str):
        patients = {"patients": await patient_refs(edit, listed), "at": at}
        payload = await move(edit, fromContract=lists.first, toContract=lists.second, input=patients)
        return [(error["rule"], error["path"]) for error in payload["userErrors"]]

    assert await assigned(hour) == [("R-FLR-060", ["input", "period", "from"])]
    assert await moved(hour) == [("R-FLR-060", ["input", "patients", "0", "nationalId"])]
    assert await assigned(before_midnight) == await moved(before_midnight) == []


async def test_a4_a_list_takes_as_many_as_its_ceiling_and_no_more(edit, lists: Lists):
    patients = await patient_refs(edit, *lists.patients)
    await assign(edit, nationalId=lists.free.national_id, input=on(lists.second))

    moved = await move(edit, fromContract=lists.first, toContract=lists.second, input={"patients": patients, "at": NOW})
    new = synthetic_national_id(7_777)
    await register(edit, nationalId=new, input={"firstName": "Ny", "lastName": "Person"})
    refused = await assign(edit, nationalId=new, input=on(lists.second))

    assert (moved["userErrors"], moved["gpContract"]["placesAvailable"]) == ([], 0)
    assert [error["rule"] for error in refused["userErrors"]] == ["R-FLR-052"]


async def test_the_database_refuses_what_a_check_lets_through_by_the_same_rule(edit, lists: Lists, monkeypatch):
    async def nothing(*_, **__) -> None: ...

    monkeypatch.setattr("registers.gp_lists.editing.patients.check_room", nothing)

    payload = await assign(edit, nationalId=lists.free.national_id, input=on(lists.first))

    assert [(error["rule"], error["path"]) for error in payload["userErrors"]] == [("R-FLR-052", [])]
    assert await list_periods(edit, lists.free) == []


async def test_a_closed_list_takes_a_child_of_somebody_on_it(edit, scenario, database, lists: Lists):
    closed = scenario.contract(scenario.office(), status="7751/LUKKET")
    await scenario.write(database)

    payload = await assign(edit, nationalId=lists.free.national_id, input=on(closed, exception="CHILD_OF_LISTED"))

    assert payload["userErrors"] == []


async def test_a_cancelled_contract_moves_its_patients(edit, lists: Lists):
    payload = await cancel(
        edit,
        contractId=lists.first,
        expectedEntry=ANY,
        input={"at": LATER, "toContract": str(lists.second)},
    )

    assert payload["userErrors"] == []
    assert payload["gpContract"]["valid"] == {"to": LATER}
    for each in lists.patients:
        assert await list_periods(edit, each) == [(str(lists.second), LATER, None), (str(lists.first), SINCE, LATER)]


async def test_a39_a_changed_national_id_leads_to_the_same_lists_as_the_former(edit, lists: Lists):
    person, new = lists.patients[0], synthetic_national_id(8_888)

    payload = await change_national_id(edit, nationalId=person.national_id, expectedEntry=ANY, newNationalId=new)

    assert payload["userErrors"] == []
    by_old, by_new = [(await edit(GP, n=each))["patientGp"] for each in (person.national_id, new)]
    assert (by_old["nationalIdReplaced"], by_new["nationalIdReplaced"]) == (True, False)
    assert by_old["association"] == by_new["association"] == {"contract": {"contractId": str(lists.first)}}


async def test_a33_a_person_becomes_protected_and_is_hidden_from_who_has_no_need(edit, ask_as, lists: Lists):
    person = lists.patients[0]
    question = GP.replace("REGISTRY_MAINTENANCE", "ADMINISTRATION")
    before, _ = await ask_as(Role.EHR, question, n=person.national_id)

    payload = await change_protection(
        edit, nationalId=person.national_id, expectedEntry=ANY, protection="STRICTLY_CONFIDENTIAL"
    )

    after, _ = await ask_as(Role.EHR, question, n=person.national_id)
    assert payload["patient"]["addressProtection"] == "STRICTLY_CONFIDENTIAL"
    assert (before["patientGp"]["outcome"], after["patientGp"]["outcome"]) == ("FOUND", "UNKNOWN_PERSON")


async def test_nine_hundred_patients_move_with_the_statements_of_one(edit, database, scenario):
    office = scenario.office()
    lists = [scenario.contract(office, max_patients=1000) for _ in range(3)]
    people = [scenario.person() for _ in range(901)]
    for each in people:
        scenario.on_list(each, lists[0])
    await scenario.write(database)
    seen = (await patient_refs(edit, people[0]))[0]["expectedEntry"]
    refs = [{"nationalId": each.national_id, "expectedEntry": seen} for each in people]

    with statements_of(database) as of_one:
        one = await move(edit, fromContract=lists[0], toContract=lists[1], input={"patients": refs[:1], "at": NOW})
    with statements_of(database) as of_all:
        rest = await move(edit, fromContract=lists[0], toContract=lists[2], input={"patients": refs[1:], "at": NOW})

    assert (one["userErrors"], rest["userErrors"]) == ([], [])
    assert rest["gpContract"]["patientCount"] == 900
    assert len(of_all) == len(of_one)


async def test_no_edit_of_patients_leaves_a_national_id_where_it_could_be_tried_out(edit, database, lists: Lists):
    key = "2f1f6a4e-6c83-4b7c-9a53-2f8b1b8f0b11"
    document = """mutation ($n: NationalId!, $input: PatientAssignInput!, $key: UUID) {
      patientAssign(nationalId: $n, input: $input, idempotencyKey: $key) { userErrors { rule } } }"""
    await edit(document, n=lists.free.national_id, input=on(lists.second), key=key)

    async with database.reading() as session:
        request = await session.scalar(text("SELECT request FROM idempotency_keys"))
        stored = await session.scalar(text("SELECT key FROM digest_keys"))
    assert request is not None and stored is not None
    assert len(request) == len(stored) == 32

"""One patient's association moved or ended, and contracts that are cancelled: where their patients go."""

from typing import NamedTuple

import pytest

from registers.database.database import Database
from tests.support.edits.patients import LATER, NOW, associations, cancel, end_one, list_periods, move_one
from tests.support.requests import ANY, refused
from tests.support.scenario import COMING, ENDED, JUNE, LAST_YEAR, LONG_AGO, NEXT_YEAR, Period, Person, Scenario

pytestmark = pytest.mark.anyio

SINCE = LONG_AGO.isoformat()


class Lists(NamedTuple):
    """A list with three patients, the last of them until next year and then again; two lists with room for two."""

    first: int
    second: int
    third: int
    patients: tuple[Person, ...]


@pytest.fixture
async def lists(scenario: Scenario, database: Database) -> Lists:
    office = scenario.office()
    first, second, third = (scenario.contract(office, max_patients=each) for each in (3, 2, 2))
    patients = tuple(scenario.person() for _ in range(3))
    for each in patients[:2]:
        scenario.on_list(each, first)
    scenario.on_list(patients[2], first, valid=Period(LONG_AGO, NEXT_YEAR))
    scenario.on_list(patients[2], first, valid=Period(NEXT_YEAR))
    await scenario.write(database)
    return Lists(first, second, third, patients)


async def moved(edit, lists: Lists, person: Person, **changes):
    """Payload of moving the person from the first list to the second, unless `changes` say otherwise."""
    move = {
        "fromContract": lists.first,
        "toContract": lists.second,
        "expectedEntry": ANY,
        "input": {"at": LATER},
    }
    return await move_one(edit, nationalId=person.national_id, **move | changes)


async def test_a_moved_patient_is_shown_with_both_associations(edit, lists: Lists):
    payload = await moved(edit, lists, lists.patients[0])

    assert payload["userErrors"] == []
    assert [(each["contract"]["contractId"], each["lastEntry"]) for each in payload["associations"]["nodes"]] == [
        (str(lists.second), payload["entry"]),
        (str(lists.first), payload["entry"]),
    ]


async def test_a_move_is_for_the_rest_of_the_association_and_later_ones_stay(edit, lists: Lists):
    await moved(edit, lists, lists.patients[2])

    assert await list_periods(edit, lists.patients[2]) == [
        (str(lists.first), NEXT_YEAR.isoformat(), None),
        (str(lists.second), LATER, NEXT_YEAR.isoformat()),
        (str(lists.first), SINCE, LATER),
    ]


async def test_an_association_that_begins_at_the_move_moves_as_a_whole(edit, lists: Lists):
    await moved(edit, lists, lists.patients[0], input={"at": SINCE})

    assert await list_periods(edit, lists.patients[0]) == [(str(lists.second), SINCE, None)]


async def test_a_move_of_one_is_refused_at_its_own_arguments(edit, lists: Lists):
    first = await moved(edit, lists, lists.patients[0])

    again = await moved(edit, lists, lists.patients[0], fromContract=lists.second, toContract=lists.third)
    stale = await moved(
        edit, lists, lists.patients[0], fromContract=lists.second, expectedEntry=1, toContract=lists.third
    )
    gone = await moved(edit, lists, lists.patients[0])

    assert (first["userErrors"], again["userErrors"]) == ([], [])
    assert refused(stale) == [("R-FLR-055", "nationalId")]
    assert refused(gone) == [("R-FLR-055", "nationalId")]


async def test_a_list_that_has_ended_can_be_left_and_not_come_to(edit, database, scenario, lists: Lists):
    ended = scenario.contract(scenario.office(), valid=ENDED)
    person = scenario.person()
    scenario.on_list(person, ended, valid=Period(LAST_YEAR))
    await scenario.write(database)

    there = await moved(edit, lists, lists.patients[0], toContract=ended)
    left = await moved(edit, lists, person, fromContract=ended)

    assert refused(there) == [("R-FLR-054", "toContract")]
    assert left["userErrors"] == []


async def test_an_end_that_no_register_has_is_refused_by_the_name_of_its_argument(edit, lists: Lists):
    person, too_late = lists.patients[0], {"at": "9500-01-01T00:00:00Z"}

    ended = await end_one(
        edit, nationalId=person.national_id, contractId=lists.first, expectedEntry=ANY, input=too_late
    )
    left = await moved(edit, lists, person, input=too_late)

    assert refused(ended) == refused(left) == [("R-LOG-010", "input.at")]


async def test_a3_one_patient_ended_loses_what_was_planned(edit, lists: Lists):
    person = lists.patients[2]

    payload = await end_one(
        edit,
        nationalId=person.national_id,
        contractId=lists.first,
        expectedEntry=ANY,
        input={"at": LATER, "endCode": "OHID"},
    )

    assert payload["userErrors"] == []
    assert await list_periods(edit, person) == [(str(lists.first), SINCE, LATER)]
    assert (await associations(edit, person))[0]["endCode"] == {"value": "OHID"}


async def test_a4_an_association_that_ends_before_the_list_is_full_finds_room(edit, database, scenario, lists: Lists):
    for _ in range(2):
        scenario.on_list(scenario.person(), lists.second, valid=COMING)
    await scenario.write(database)

    until_then = await moved(edit, lists, lists.patients[2])
    for_good = await moved(edit, lists, lists.patients[0])

    assert until_then["userErrors"] == []
    assert refused(for_good) == [("R-FLR-052", "toContract")]


async def test_patients_of_an_ended_contract_go_to_lists_of_their_own_and_the_others_to_one(edit, lists: Lists):
    one, two, three = lists.patients

    payload = await cancel(
        edit,
        contractId=lists.first,
        expectedEntry=ANY,
        input={
            "at": LATER,
            "endReason": "OHID",
            "moves": [{"contractId": str(lists.third), "patients": [three.national_id]}],
            "toContract": str(lists.second),
        },
    )

    assert payload["userErrors"] == []
    for each in (one, two):
        assert await list_periods(edit, each) == [(str(lists.second), LATER, None), (str(lists.first), SINCE, LATER)]
    assert await list_periods(edit, three) == [
        (str(lists.third), NEXT_YEAR.isoformat(), None),
        (str(lists.third), LATER, NEXT_YEAR.isoformat()),
        (str(lists.first), SINCE, LATER),
    ]


async def test_a2_a_contract_does_not_end_unless_all_its_patients_find_a_list(edit, database, scenario, lists: Lists):
    one, _, three = lists.patients
    stranger = scenario.person()
    await scenario.write(database)
    before = [await list_periods(edit, each) for each in lists.patients]
    patients = [one.national_id, one.national_id, stranger.national_id]

    some = await cancel(
        edit,
        contractId=lists.first,
        expectedEntry=ANY,
        input={
            "at": LATER,
            "moves": [
                {"contractId": str(lists.second), "patients": patients},
                {"contractId": str(lists.first), "patients": [three.national_id]},
            ],
        },
    )
    full = await cancel(
        edit, contractId=lists.first, expectedEntry=ANY, input={"at": LATER, "toContract": str(lists.second)}
    )

    assert refused(some) == [
        ("R-FLR-059", "input.moves.0.patients.1"),
        ("R-FLR-055", "input.moves.0.patients.2"),
        ("R-FLR-061", "input.toContract"),
        ("R-FLR-057", "input.moves.1.contractId"),
    ]
    assert refused(full) == [("R-FLR-052", "input.toContract")]
    assert [await list_periods(edit, each) for each in lists.patients] == before


async def test_a_contract_does_not_end_as_it_begins(edit, database, scenario):
    contract = scenario.contract(scenario.office(), valid=Period(JUNE))
    await scenario.write(database)

    payload = await cancel(edit, contractId=contract, expectedEntry=ANY, input={"at": JUNE.isoformat()})

    assert refused(payload) == [("R-LOG-009", "input.at")]


async def test_a_patient_is_on_the_list_that_begins_when_the_old_one_ends(edit, lists: Lists):
    await moved(edit, lists, lists.patients[0], input={"at": NOW})

    document = """query ($n: NationalId!) { patientGp(nationalId: $n, purpose: REGISTRY_MAINTENANCE) {
      association { contract { contractId } } } }"""
    answer = await edit(document, n=lists.patients[0].national_id)
    assert answer["patientGp"]["association"]["contract"]["contractId"] == str(lists.second)

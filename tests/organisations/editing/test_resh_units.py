"""RESH units created, moved, renamed and closed."""

import pytest

from tests.support.edits.organisations import END, MAIN, START, SUB, broken, changed, created, registered

pytestmark = pytest.mark.anyio


async def test_a_created_unit_is_held_as_it_was_reported_under_the_next_resh_id(edit):
    await registered(edit)
    await registered(edit, SUB, parent=MAIN)
    await created(edit, 4_000_000)
    details = {"designation": "02", "organisationNumber": SUB, "treatmentFacility": True}

    payload = await created(edit, parent=4_000_000, name=" Medisinsk klinikk ", shortName="MED", details=details)

    assert payload["userErrors"] == []
    assert payload["reshUnit"] == {
        "reshId": 4_000_001,
        "name": "Medisinsk klinikk",
        "shortName": "MED",
        "status": "ACTIVE",
        "lastEntry": payload["entry"],
        "treatmentFacility": True,
        "referenceOnly": False,
        "valid": {"from": START, "to": None},
        "parent": {"reshId": 4_000_000},
        "designation": {"value": "02"},
        "level": None,
        "organisation": {"organisationNumber": SUB},
    }


async def test_a_free_resh_id_below_the_highest_may_be_chosen(edit):
    await created(edit, 10)

    assert (await created(edit, 3))["reshUnit"]["reshId"] == 3
    assert (await created(edit))["reshUnit"]["reshId"] == 11


async def test_a_rehearsed_creation_issues_no_resh_id(edit):
    rehearsed = await changed(
        edit, "reshUnitCreate", None, dryRun=True, input={"name": "Klinikk", "validFrom": START, "details": {}}
    )

    assert (await created(edit))["reshUnit"] == rehearsed["reshUnit"]


async def test_a_unit_keeps_its_resh_id_and_all_below_it_wherever_it_moves(edit):
    for resh_id, parent in ((1, None), (2, None), (3, 1), (4, 3)):
        await created(edit, resh_id, parent=parent)

    moved = await changed(edit, "reshUnitMove", 3, parentReshId=2)

    assert (moved["reshUnit"]["reshId"], moved["reshUnit"]["parent"]) == (3, {"reshId": 2})
    data = await edit("{ reshUnit(reshId: 2) { children { reshId children { reshId } } } }")
    assert data["reshUnit"] == {"children": [{"reshId": 3, "children": [{"reshId": 4}]}]}
    assert (await changed(edit, "reshUnitMove", 3, parentReshId=None))["reshUnit"]["parent"] is None


async def test_a_unit_is_not_moved_below_itself_nor_below_what_stands_below_it(edit):
    for resh_id, parent in ((1, None), (2, 1), (3, 2)):
        await created(edit, resh_id, parent=parent)

    for above in (1, 2, 3):
        payload = await changed(edit, "reshUnitMove", 1, parentReshId=above)
        assert broken(payload) == [("R-ORG-034", ["parentReshId"], str(above))]


async def test_names_and_details_change_in_one_edit_each(edit):
    await registered(edit)
    await created(edit, 1, shortName="GML")

    renamed = await changed(edit, "reshUnitRename", 1, input={"name": "Kirurgisk klinikk"})
    details = {"level": "2", "organisationNumber": MAIN}
    payload = await changed(edit, "reshUnitChangeDetails", 1, input=details)

    assert (renamed["reshUnit"]["name"], renamed["reshUnit"]["shortName"]) == ("Kirurgisk klinikk", None)
    assert payload["reshUnit"]["level"] == {"value": "2"}
    assert payload["reshUnit"]["organisation"] == {"organisationNumber": MAIN}
    again = await changed(edit, "reshUnitRename", 1, input={"name": "Kirurgisk klinikk"})
    assert broken(again) == [("R-LOG-011", [], None)]


async def test_a_unit_is_closed_when_all_below_it_are_and_reopened_from_above(edit):
    await created(edit, 1)
    await created(edit, 2, parent=1)
    assert broken(await changed(edit, "reshUnitClose", 1, at=END)) == [("R-ORG-035", ["reshId"], "2")]

    await changed(edit, "reshUnitClose", 2, at="2026-01-01T00:00:00Z")
    closed = await changed(edit, "reshUnitClose", 1, at="2026-01-01T00:00:00Z")

    assert closed["reshUnit"]["status"] == "ENDED"
    assert broken(await changed(edit, "reshUnitReopen", 2)) == [("R-ORG-033", ["reshId"], "1")]
    await changed(edit, "reshUnitReopen", 1)
    assert (await changed(edit, "reshUnitReopen", 2))["reshUnit"]["status"] == "ACTIVE"


async def test_a_unit_closed_later_than_those_below_it_is_not_refused_for_them(edit):
    await created(edit, 1)
    await created(edit, 2, parent=1)
    await changed(edit, "reshUnitClose", 2, at="2026-06-01T00:00:00Z")

    assert broken(await changed(edit, "reshUnitClose", 1, at="2026-05-31T00:00:00Z"))[0][0] == "R-ORG-035"
    assert (await changed(edit, "reshUnitClose", 1, at="2026-06-01T00:00:00Z"))["userErrors"] == []


async def test_a_stale_caller_gets_the_unit_as_it_is(edit):
    first = await created(edit, 1)
    second = await changed(edit, "reshUnitRename", 1, input={"name": "Ny"})

    payload = await changed(edit, "reshUnitRename", 1, expectedEntry=first["entry"], input={"name": "Nyere"})

    assert broken(payload) == [("R-LOG-001", ["expectedEntry"], str(second["entry"]))]
    assert payload["reshUnit"] == second["reshUnit"]

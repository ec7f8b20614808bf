"""Communication parties created, renamed, switched off and ended by an editor."""

from datetime import timedelta

import pytest

from registers.changelog import edges
from registers.changelog.repository import newest_of_records
from registers.database.database import Database
from tests.conftest import NOW
from tests.support.edits.codes import retired
from tests.support.edits.parties import (
    GENERAL,
    Given,
    change_coverage,
    change_details,
    change_names,
    change_properties,
    change_service_type,
    create_service,
    deactivate,
    end,
    given_records,
    her_id_of,
    person,
    reactivate,
    read,
    reopen,
    service,
)
from tests.support.requests import ANY, refused

pytestmark = pytest.mark.anyio

NOW_TEXT, NEXT_YEAR = NOW.isoformat(), (NOW + timedelta(days=365)).isoformat()


@pytest.fixture
async def given(database: Database) -> Given:
    return await given_records(database)


async def test_names_are_changed_and_the_display_name_taken_away(edit, given: Given):
    seen = (await read(edit, given.office))["lastEntry"]

    payload = await change_names(edit, given.office, seen, input={"name": " Legene ", "displayName": "Legene AS"})
    party = payload["communicationParty"]
    assert party == await read(edit, given.office)
    assert (party["name"], party["displayName"], party["lastEntry"]) == ("Legene", "Legene AS", payload["entry"])

    bare = await change_names(edit, given.office, payload["entry"], input={"name": "Legene"})
    assert bare["communicationParty"]["displayName"] is None
    assert refused(await change_names(edit, given.office, input={"name": "Legene"})) == [("R-LOG-011", "input")]
    stale = await change_names(edit, given.office, seen, input={"name": "Andre"})
    assert refused(stale) == [("R-LOG-001", "expectedEntry")]
    assert stale["communicationParty"] == bare["communicationParty"]


async def test_a_service_called_as_its_type_is_called_as_the_new_one(edit, given: Given):
    own, other = [her_id_of(await service(edit, given.office)) for _ in range(2)]
    await change_names(edit, other, input={"name": "Eget navn"})
    prescribing = {
        "serviceType": {"system": "2.16.578.1.12.4.1.1.8666", "value": "FR"},
        "locationDescription": "2. etasje",
    }

    names = [(await change_service_type(edit, each, input=prescribing))["communicationParty"] for each in (own, other)]

    assert [(each["name"], each["serviceType"]["value"], each["locationDescription"]) for each in names] == [
        ("Forskrivning", "FR", "2. etasje"),
        ("Eget navn", "FR", "2. etasje"),
    ]


async def test_a_retired_type_stays_while_the_words_change(edit, given: Given, database):
    own = her_id_of(await service(edit, given.office))
    await retired(edit, "05", ANY)

    remaining = await change_service_type(edit, own, input={"serviceType": GENERAL, "serviceSpecification": "Ny"})

    assert remaining["communicationParty"]["serviceSpecification"] == "Ny"
    assert refused(await service(edit, given.office)) == [("R-CODE-007", "input.serviceType.value")]


async def test_details_are_those_given_and_what_is_left_out_is_removed(edit, given: Given):
    doctor = her_id_of(await person(edit, given.office, given.doctor))
    details = {"messagingValid": False, "businessType": "103", "municipality": "1103", "title": " Fastlege "}

    party = (await change_details(edit, doctor, input=details))["communicationParty"]

    assert (party["messagingValid"], party["status"], party["title"]) == (False, "NOT_FOR_MESSAGING", "Fastlege")
    assert (party["businessType"], party["municipality"]) == ({"value": "103"}, {"value": "1103"})
    assert refused(await change_details(edit, doctor, input=details)) == [("R-LOG-011", "input")]
    bare = (await change_details(edit, doctor, input={"messagingValid": True}))["communicationParty"]
    assert (bare["title"], bare["businessType"], bare["municipality"], bare["status"]) == (None, None, None, "ACTIVE")
    wrong = {"messagingValid": True, "businessType": "none such", "municipality": "9999"}
    assert [path for _, path in refused(await change_details(edit, doctor, input=wrong))] == [
        "input.businessType",
        "input.municipality",
    ]


async def test_properties_are_the_ones_reported(edit, given: Given):
    first, second = {"system": "9060", "value": "LE"}, {"system": "9060", "value": "SP"}

    async def having(*properties: dict[str, str]) -> list[dict[str, str]]:
        payload = await change_properties(edit, given.office, properties=list(properties))
        assert payload["userErrors"] == []
        assert payload["communicationParty"]["lastEntry"] == payload["entry"]
        return payload["communicationParty"]["properties"]

    assert await having(first, second) == [first, second]
    assert await having(second) == [second]
    again = await change_properties(edit, given.office, properties=[second])
    assert refused(again) == [("R-LOG-011", "properties")]
    unknown = {"system": "9060", "value": "none such"}
    wrong = await change_properties(edit, given.office, properties=[first, first, unknown])
    assert [path for _, path in refused(wrong)] == ["properties.1", "properties.2"]
    assert await having() == []


async def test_an_end_is_taken_back_unless_the_organisation_above_has_ended(edit, given: Given):
    own = her_id_of(await service(edit, given.office))
    await end(edit, own, at=NEXT_YEAR)
    await end(edit, given.office, at=NEXT_YEAR)

    assert refused(await reopen(edit, own)) == [("R-AR-006", "herId")]
    assert (await reopen(edit, given.office))["communicationParty"]["valid"]["to"] is None
    party = (await reopen(edit, own))["communicationParty"]
    assert (party["valid"]["to"], party["status"]) == (None, "ACTIVE")
    assert refused(await reopen(edit, own)) == [("R-LOG-011", "")]


async def test_covered_municipalities_are_the_ones_reported(edit, given: Given):
    own = her_id_of(await service(edit, given.office))

    async def covering(*her_ids: int) -> list[int]:
        payload = await change_coverage(edit, own, coverageAreas=list(her_ids))
        assert payload["userErrors"] == []
        return [area["herId"] for area in payload["communicationParty"]["coverageAreas"]]

    assert await covering(given.other_office, given.office) == [given.office, given.other_office]
    assert await covering(given.office) == [given.office]
    assert refused(await change_coverage(edit, own, coverageAreas=[given.office])) == [("R-LOG-011", "coverageAreas")]
    assert refused(await change_coverage(edit, own, coverageAreas=[own, given.office, given.office, 999_999])) == [
        ("R-AR-013", "coverageAreas.0"),
        ("R-AR-014", "coverageAreas.2"),
        ("R-AR-001", "coverageAreas.3"),
    ]
    assert await covering() == []


async def test_a21_switched_off_ended_and_unknown_are_three_answers_and_each_her_id_stays(edit, given: Given):
    period = {"period": {"from": (NOW - timedelta(days=9)).isoformat()}}
    off, ended = [her_id_of(await service(edit, given.office, **period)) for _ in range(2)]
    await deactivate(edit, off)
    await end(edit, ended)

    slots = "query ($ids: [HerId!]!) { communicationParties(herIds: $ids) { herId outcome } }"
    answers = (await edit(slots, ids=[off, ended, 999_999]))["communicationParties"]

    assert [answer["outcome"] for answer in answers] == ["INACTIVE", "ENDED", "UNKNOWN"]
    assert [(await read(edit, each))["status"] for each in (off, ended)] == ["INACTIVE", "ENDED"]
    assert her_id_of(await service(edit, given.office)) > ended
    general = {"parentHerId": given.office, "serviceType": GENERAL}
    for each in (off, ended):
        assert refused(await create_service(edit, herId=each, input=general)) == [("R-AR-002", "herId")]


async def test_a_party_switched_off_is_switched_on_again(edit, given: Given):
    own = her_id_of(await service(edit, given.office))

    off = await deactivate(edit, own)
    twice = await deactivate(edit, own)
    on = await reactivate(edit, own)

    assert (off["communicationParty"]["status"], on["communicationParty"]["status"]) == ("INACTIVE", "ACTIVE")
    assert refused(twice) == [("R-LOG-011", "")]
    assert refused(await reactivate(edit, own)) == [("R-LOG-011", "")]


async def test_nothing_is_switched_on_below_an_organisation_that_is_off(edit, given: Given):
    own = her_id_of(await service(edit, given.office))
    await deactivate(edit, own)
    await deactivate(edit, given.office)

    assert refused(await reactivate(edit, own)) == [("R-AR-006", "herId")]


async def test_an_organisation_is_neither_ended_nor_switched_off_before_those_below_it(edit, given: Given):
    first, second = her_id_of(await service(edit, given.office)), her_id_of(await service(edit, given.office))

    payload = await end(edit, given.office)
    assert refused(payload) == [("R-AR-015", "at")]
    assert payload["userErrors"][0]["value"] == f"2, HER-id {first} …"
    assert refused(await deactivate(edit, given.office)) == [("R-AR-015", "herId")]

    await deactivate(edit, first)
    await end(edit, second, at=NEXT_YEAR)
    assert refused(await end(edit, given.office)) == [("R-AR-015", "at")]
    payload = await end(edit, given.office, at=NEXT_YEAR)
    assert (payload["userErrors"], payload["communicationParty"]["valid"]["to"]) == ([], NEXT_YEAR)
    assert refused(await end(edit, second, at=(NOW + timedelta(days=366)).isoformat())) == [("R-AR-006", "at")]


async def test_a_dry_run_of_a_new_party_leaves_its_her_id_free(edit, given: Given):
    general = {"parentHerId": given.office, "serviceType": GENERAL}

    tried = await create_service(edit, dryRun=True, input=general)
    made = await create_service(edit, input=general)

    assert tried["impact"]["entries"] == [
        {"entry": made["entry"], "key": str(her_id_of(made)), "action": "CommunicationPartyCreated"}
    ]
    assert tried["communicationParty"] == made["communicationParty"]


async def test_an_entry_made_while_the_party_is_read_is_not_its_last_entry_yet(edit, given: Given, monkeypatch):
    """Or an editor who expects it would undo what it changed, never having seen it."""
    before = await read(edit, given.office)
    others: list[str] = ["Endret imens"]

    async def later(*arguments, **options):
        if others:
            await change_names(edit, given.office, input={"name": others.pop()})
        return await newest_of_records(*arguments, **options)

    monkeypatch.setattr(edges.NEWEST_ENTRY, "read", later)
    torn = await read(edit, given.office)

    assert (torn["name"], torn["lastEntry"]) == (before["name"], before["lastEntry"])
    stale = await change_names(edit, given.office, torn["lastEntry"], input={"name": "Ny"})
    assert refused(stale) == [("R-LOG-001", "expectedEntry")]
    assert stale["communicationParty"]["name"] == "Endret imens"
    await change_names(edit, given.office, stale["communicationParty"]["lastEntry"], input={"name": "Ny"})
    assert (await read(edit, given.office))["name"] == "Ny"

"""Communication parties created by an editor: what they are named, what they are below, and how many there may be."""

from datetime import timedelta

import pytest

from registers.database.database import Database
from tests.conftest import NOW
from tests.support.edits.parties import (
    GENERAL,
    VACANT,
    Given,
    change_service_type,
    create_organisation,
    create_person,
    deactivate,
    end,
    given_records,
    her_id_of,
    person,
    reactivate,
    read,
    service,
)
from tests.support.requests import refused
from tests.support.scenario import Office, Scenario, change

pytestmark = pytest.mark.anyio

NOW_TEXT, NEXT_YEAR = NOW.isoformat(), (NOW + timedelta(days=365)).isoformat()


@pytest.fixture
async def given(database: Database) -> Given:
    return await given_records(database)


async def test_a_new_service_is_called_as_its_type_and_gets_the_next_free_her_id(edit, given: Given):
    payload = await service(edit, given.office, VACANT, serviceSpecification=" For alle ", displayName="Ledig liste")

    assert payload["communicationParty"] == await read(edit, her_id_of(payload))
    assert payload["communicationParty"] == {
        "herId": given.doctor,
        "kind": "SERVICE",
        "name": "Fastlege, liste uten fast lege",
        "displayName": "Ledig liste",
        "status": "ACTIVE",
        "active": True,
        "messagingValid": True,
        "referenceOnly": False,
        "valid": {"from": NOW_TEXT, "to": None},
        "lastEntry": payload["entry"],
        "parent": {"herId": given.office},
        "organisation": {"organisationNumber": given.number},
        "businessType": None,
        "municipality": None,
        "serviceType": VACANT,
        "serviceSpecification": "For alle",
        "locationDescription": None,
        "hprNumber": None,
        "title": None,
        "coverageAreas": [],
        "properties": [],
        "transport": {"own": "INHERITED", "effective": "DISABLED"},
    }


async def test_a_new_person_is_called_as_the_health_professional(edit, given: Given):
    payload = await person(
        edit, given.office, given.doctor, title="Fastlege", period={"from": NOW_TEXT, "to": NEXT_YEAR}
    )

    party = payload["communicationParty"]
    assert party == await read(edit, her_id_of(payload))
    assert (party["kind"], party["name"], party["hprNumber"], party["title"]) == (
        "PERSON",
        f"Lege {given.doctor}",
        given.doctor,
        "Fastlege",
    )
    assert (party["parent"]["herId"], party["valid"]["to"]) == (given.office, NEXT_YEAR)


async def test_a_new_organisation_party_is_called_as_its_organisation(edit, given: Given):
    organisation = {"organisationNumber": given.number, "businessType": "102", "municipality": "0301"}

    payload = await create_organisation(edit, herId=8_000_001, input=organisation)

    party = payload["communicationParty"]
    assert party == await read(edit, 8_000_001)
    assert (party["kind"], party["name"], party["parent"]) == ("ORGANISATION", "Kontoret", None)
    assert (party["businessType"], party["municipality"]) == ({"value": "102"}, {"value": "0301"})
    assert party["organisation"] == {"organisationNumber": given.number}


async def test_a_party_that_others_only_pointed_at_gets_its_own_record_under_its_her_id(edit, given: Given, database):
    reference = {"reference_only": True, "messaging_valid": False, "name": "HER-id x"}
    await change(database, "communication_parties", {"her_id": given.office}, **reference)

    payload = await create_organisation(edit, herId=given.office, input={"organisationNumber": given.number})

    party = payload["communicationParty"]
    assert (her_id_of(payload), party["name"], party["referenceOnly"]) == (given.office, "Kontoret", False)
    assert (party["messagingValid"], party["status"]) == (True, "ACTIVE")


async def test_a_reference_that_is_known_to_be_of_another_organisation_is_taken(edit, given: Given, database):
    await change(database, "communication_parties", {"her_id": given.other_office}, reference_only=True)

    payload = await create_organisation(edit, herId=given.other_office, input={"organisationNumber": given.number})

    assert refused(payload) == [("R-AR-002", "herId")]


async def test_every_problem_of_a_new_party_is_reported_at_once(edit, given: Given):
    payload = await create_person(
        edit,
        herId=given.office,
        input={
            "parentHerId": given.office,
            "hprNumber": 999_999,
            "title": "",
            "period": {"from": NOW_TEXT, "to": NOW_TEXT},
        },
    )

    assert refused(payload) == [
        ("R-LOG-009", "input.period.to"),
        ("R-AR-002", "herId"),
        ("R-AR-007", "input.hprNumber"),
        ("R-LOG-005", "input.title"),
    ]


@pytest.mark.parametrize(
    ("parent_ends", "period", "rules"),
    [
        (None, {"from": NOW_TEXT, "to": NEXT_YEAR}, []),
        (NEXT_YEAR, {"from": NOW_TEXT, "to": NEXT_YEAR}, []),
        (NEXT_YEAR, {"from": NOW_TEXT}, ["R-AR-006"]),
        (None, {"from": "2019-12-31T00:00:00Z"}, ["R-AR-006"]),
    ],
)
async def test_no_party_outlasts_the_organisation_above(edit, given: Given, parent_ends, period, rules):
    if parent_ends:
        await end(edit, given.office, at=parent_ends)

    payload = await service(edit, given.office, period=period)

    assert [rule for rule, _ in refused(payload)] == rules


async def test_a13_nothing_stands_below_a_service_or_a_person_and_depth_is_two(edit, given: Given):
    below = [
        her_id_of(each) for each in (await service(edit, given.office), await person(edit, given.office, given.doctor))
    ]

    for her_id in below:
        assert refused(await service(edit, her_id)) == [("R-AR-005", "input.parentHerId")]
        assert refused(await person(edit, her_id, given.doctor)) == [("R-AR-005", "input.parentHerId")]
    assert refused(await service(edit, 999_999)) == [("R-AR-001", "input.parentHerId")]


async def test_a12_a_doctor_has_one_active_party_at_an_office_and_one_at_each_other(edit, given: Given):
    first = her_id_of(await person(edit, given.office, given.doctor))

    assert refused(await person(edit, given.office, given.doctor)) == [("R-AR-009", "input.hprNumber")]
    her_id_of(await person(edit, given.other_office, given.doctor))
    await deactivate(edit, first)
    second = her_id_of(await person(edit, given.office, given.doctor))
    again = await reactivate(edit, first)
    assert refused(again) == [("R-AR-009", "herId")]
    assert again["userErrors"][0]["value"] == str(second)


async def test_a12_a_second_organisation_party_makes_no_second_office(edit, given: Given):
    above = her_id_of(await create_organisation(edit, input={"organisationNumber": given.number}))
    her_id_of(await person(edit, given.office, given.doctor))

    assert refused(await person(edit, above, given.doctor)) == [("R-AR-009", "input.hprNumber")]


async def test_a12_parties_that_follow_each_other_are_not_two(edit, given: Given):
    first = her_id_of(await person(edit, given.office, given.doctor, period={"from": NOW_TEXT, "to": NEXT_YEAR}))
    her_id_of(await person(edit, given.office, given.doctor, period={"from": NEXT_YEAR}))

    longer = await end(edit, first, at=(NOW + timedelta(days=366)).isoformat())

    assert refused(longer) == [("R-AR-009", "at")]


@pytest.mark.parametrize("system", ["8666", "8655"])
async def test_a11_an_office_has_one_active_service_for_vacant_lists(edit, given: Given, database, system):
    scenario = Scenario(start=601)
    stored = scenario.vacant_list_service(Office(given.number, given.office), system=system)
    await scenario.write(database)

    payload = await service(edit, given.office, VACANT)
    other = her_id_of(await service(edit, given.office, GENERAL))
    changed = await change_service_type(edit, other, input={"serviceType": VACANT})

    assert refused(payload) == refused(changed) == [("R-AR-010", "input.serviceType")]
    assert payload["userErrors"][0]["value"] == str(stored)
    await deactivate(edit, stored)
    assert refused(await change_service_type(edit, other, input={"serviceType": VACANT})) == []
    assert refused(await reactivate(edit, stored)) == [("R-AR-010", "herId")]

"""Organisations registered, changed, moved and closed."""

import pytest

from tests.support.edits.organisations import END, MAIN, OTHER_MAIN, START, SUB, broken, changed, registered
from tests.support.scenario import LONG_AGO, Scenario

pytestmark = pytest.mark.anyio

READ = "query ($number: OrganisationNumber!) { organisation(organisationNumber: $number) { %s } }"
NAMES = "name displayName history { nodes { entry action changes { part field old new } } }"
BUSINESS = {"kind": "BUSINESS", "lines": ["Eksempelveien 1"], "postalCode": "0110", "city": "OSLO"}
IN_OSLO = BUSINESS | {"municipality": "0301", "country": "NO"}


async def test_a_registered_organisation_is_held_as_it_was_reported(edit):
    details = {"name": " Eksempel AS ", "form": "AS", "employees": 7, "homepage": "example.invalid", "bankrupt": False}
    payload = await registered(edit, details=details, addresses=[IN_OSLO], industryCodes=["86.211", "86.221"])

    assert payload["userErrors"] == []
    assert payload["organisation"] == {
        "organisationNumber": MAIN,
        "kind": "MAIN_UNIT",
        "name": "Eksempel AS",
        "displayName": None,
        "status": "ACTIVE",
        "lastEntry": payload["entry"],
        "checkDigitHolds": True,
        "referenceOnly": False,
        "employees": 7,
        "homepage": "example.invalid",
        "bankrupt": False,
        "openingHoursText": None,
        "valid": {"from": START, "to": None},
        "parent": None,
        "form": {"value": "AS"},
        "municipality": {"value": "0301"},
        "industryCodes": [{"value": "86.211"}, {"value": "86.221"}],
        "addresses": [IN_OSLO | {"municipality": {"value": "0301"}, "country": {"value": "NO"}}],
        "openingHours": [],
        "properties": [],
    }


@pytest.mark.parametrize("number", ["999988891", "99998889", "NO999988891MVA", " 310001007"])
async def test_a28_an_organisation_number_is_nine_digits_whose_check_digit_holds(edit, number):
    with pytest.raises(AssertionError, match=r"rule: (check digit|length|digits)"):
        await registered(edit, number)


async def test_an_organisation_that_others_pointed_at_gets_its_own_record(edit, database):
    scenario = Scenario()
    office = scenario.office()
    await scenario.write(database)
    await registered(edit)
    scenario.add(
        "organisations",
        organisation_number=SUB,
        check_digit_holds=True,
        reference_only=True,
        kind="unknown",
        name=SUB,
        valid_from=LONG_AGO,
    )
    await scenario.write(database)

    payload = await registered(edit, SUB, parent=MAIN, name="Avdelingen")

    assert payload["organisation"]["name"] == "Avdelingen"
    assert (payload["organisation"]["referenceOnly"], payload["organisation"]["kind"]) == (False, "SUB_UNIT")
    assert broken(await registered(edit, office.number)) == [("R-ORG-002", ["organisationNumber"], office.number)]


async def test_what_is_not_reported_stays_and_null_takes_away(edit):
    await registered(edit, details={"name": "Eksempel", "employees": 7, "homepage": "example.invalid"})

    payload = await changed(edit, "organisationChangeDetails", MAIN, input={"name": "Nytt navn", "homepage": None})

    organisation = payload["organisation"]
    assert (organisation["name"], organisation["employees"], organisation["homepage"]) == ("Nytt navn", 7, None)


async def test_a_change_reports_each_field_in_the_log(edit):
    first = await registered(edit)
    second = await changed(edit, "organisationChangeDetails", MAIN, input={"name": "Nytt navn"})

    organisation = (await edit(READ % NAMES, number=MAIN))["organisation"]

    assert [(each["entry"], each["action"]) for each in organisation["history"]["nodes"]] == [
        (second["entry"], "OrganisationUpdated"),
        (first["entry"], "OrganisationCreated"),
    ]
    assert organisation["history"]["nodes"][0]["changes"] == [
        {"part": "organisation", "field": "name", "old": "Eksempel", "new": "Nytt navn"}
    ]


async def test_a_name_is_never_taken_away(edit):
    await registered(edit)

    payload = await changed(edit, "organisationChangeDetails", MAIN, input={"name": None})

    assert broken(payload) == [("R-LOG-005", ["input", "name"], None)]
    assert broken(await registered(edit, OTHER_MAIN, details={})) == [("R-LOG-005", ["input", "details", "name"], None)]


async def test_addresses_take_the_place_of_those_held_and_the_municipality_follows(edit):
    await registered(edit, addresses=[IN_OSLO, {"kind": "POSTAL", "city": "OSLO"}])

    addresses = [BUSINESS | {"municipality": "4601", "country": None}]
    payload = await changed(edit, "organisationChangeAddresses", MAIN, input={"addresses": addresses})

    organisation = payload["organisation"]
    assert organisation["municipality"] == {"value": "4601"}
    assert [(each["kind"], each["municipality"]) for each in organisation["addresses"]] == [
        ("BUSINESS", {"value": "4601"})
    ]
    again = await changed(edit, "organisationChangeAddresses", MAIN, input={"addresses": addresses})
    assert broken(again) == [("R-LOG-011", [], None)]


async def test_industry_codes_keep_the_order_they_are_reported_in(edit):
    await registered(edit, industryCodes=["86.211", "86.221"])

    asked = {"industryCodes": ["86.221", "86.211"]}
    payload = await changed(edit, "organisationChangeIndustryCodes", MAIN, input=asked)

    assert payload["organisation"]["industryCodes"] == [{"value": "86.221"}, {"value": "86.211"}]


async def test_additions_are_ours_and_stay_when_enhetsregisteret_says_something_new(edit):
    await registered(edit)
    hours = [{"opensAt": 480, "closesAt": 960}, {"opensAt": 9000, "closesAt": 10560}]
    additions = {"displayName": "Legene", "openingHoursText": "Etter avtale", "openingHours": hours}
    additions["properties"] = [{"system": "8666", "value": "KX17"}]
    payload = await changed(edit, "organisationChangeAdditions", MAIN, input=additions)

    later = await changed(edit, "organisationChangeDetails", MAIN, input={"name": "Nytt navn"})

    assert payload["organisation"] | {"name": "", "lastEntry": 0} == later["organisation"] | {
        "name": "",
        "lastEntry": 0,
    }
    assert {name: later["organisation"][name] for name in additions} == additions
    cleared = await changed(edit, "organisationChangeAdditions", MAIN, input={"openingHours": [], "displayName": None})
    assert (cleared["organisation"]["openingHours"], cleared["organisation"]["displayName"]) == ([], None)
    assert cleared["organisation"]["properties"] == additions["properties"]


async def test_an_organisation_open_round_the_week_overlaps_itself_when_it_opens_again(edit):
    await registered(edit)

    hours = [{"opensAt": 0, "closesAt": 60}, {"opensAt": 10000, "closesAt": 10100}]
    payload = await changed(edit, "organisationChangeAdditions", MAIN, input={"openingHours": hours})

    assert broken(payload) == [("R-ORG-015", ["input", "openingHours"], "10000-10100")]


async def test_a_sub_unit_moves_to_another_main_unit_and_back_never_to_none(edit):
    await registered(edit)
    await registered(edit, OTHER_MAIN)
    await registered(edit, SUB, parent=MAIN)

    moved = await changed(edit, "organisationMove", SUB, parentNumber=OTHER_MAIN)

    assert moved["organisation"]["parent"] == {"organisationNumber": OTHER_MAIN}
    assert broken(await changed(edit, "organisationMove", SUB, parentNumber=None)) == [
        ("R-ORG-005", ["parentNumber"], None)
    ]


async def test_a_closing_is_refused_by_the_names_of_all_that_depend_on_it(edit, database):
    scenario = Scenario()
    office = scenario.office()
    contracts = sorted(scenario.contract(office) for _ in range(2))
    await scenario.write(database)

    payload = await changed(edit, "organisationClose", office.number, at=END)

    assert broken(payload) == [
        ("R-ORG-017", ["organisationNumber"], str(office.her_id)),
        ("R-ORG-018", ["organisationNumber"], ", ".join(map(str, contracts))),
    ]


async def test_a_closed_organisation_is_reported_as_ended_and_can_be_reopened(edit):
    await registered(edit)
    await registered(edit, SUB, parent=MAIN)
    await changed(edit, "organisationClose", SUB, at="2026-01-01T00:00:00Z")
    later = await changed(edit, "organisationClose", SUB, at="2026-02-01T00:00:00Z")

    assert later["organisation"]["valid"] == {"from": START, "to": "2026-02-01T00:00:00+00:00"}
    assert later["organisation"]["status"] == "ENDED"
    closed = await changed(edit, "organisationClose", MAIN, at="2026-02-01T00:00:00Z")
    assert closed["userErrors"] == []
    assert broken(await changed(edit, "organisationReopen", SUB)) == [("R-ORG-007", ["organisationNumber"], MAIN)]
    await changed(edit, "organisationReopen", MAIN)
    assert (await changed(edit, "organisationReopen", SUB))["organisation"]["status"] == "ACTIVE"


async def test_an_organisation_cannot_end_before_it_begins(edit):
    await registered(edit)

    payload = await changed(edit, "organisationClose", MAIN, at="2019-01-01T00:00:00Z")

    assert broken(payload) == [("R-LOG-009", ["at"], "2019-01-01T00:00:00+00:00")]


async def test_a_stale_caller_gets_the_organisation_as_it_is(edit):
    first = await registered(edit)
    second = await changed(edit, "organisationChangeDetails", MAIN, input={"name": "Nytt navn"})

    payload = await changed(
        edit, "organisationChangeDetails", MAIN, expectedEntry=first["entry"], input={"name": "Et annet"}
    )

    assert broken(payload) == [("R-LOG-001", ["expectedEntry"], str(second["entry"]))]
    assert payload["organisation"] == second["organisation"]


async def test_all_that_is_wrong_with_a_registration_comes_at_once(edit):
    payload = await registered(
        edit,
        kind="SUB_UNIT",
        details={"name": " ", "form": "ENESTE", "employees": -1},
        addresses=[BUSINESS, {"kind": "LOCATION", "municipality": "9999", "country": "NO"}],
        industryCodes=["86.211"] * 4,
        validFrom="1066-10-14T00:00:00Z",
    )

    assert [(rule, path) for rule, path, _ in broken(payload)] == [
        ("R-ORG-005", ["input", "parentNumber"]),
        ("R-LOG-005", ["input", "details", "name"]),
        ("R-CODE-002", ["input", "details", "form"]),
        ("R-ORG-009", ["input", "details", "employees"]),
        ("R-LOG-010", ["input", "validFrom"]),
        ("R-ORG-011", ["input", "addresses", "0", "kind"]),
        ("R-ORG-012", ["input", "addresses", "1"]),
        ("R-CODE-002", ["input", "addresses", "1", "municipality"]),
        ("R-ORG-013", ["input", "industryCodes"]),
    ]

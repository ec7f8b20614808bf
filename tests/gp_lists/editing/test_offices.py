"""Other places of a list, GP offices, and primary health care teams."""

import pytest

from registers.database.database import Database
from tests.support.edits.gp_contracts import (
    JANUARY,
    JULY,
    MARCH,
    MAY,
    Given,
    add_location,
    change_district,
    change_location,
    move_contracts,
    opened,
    remove_location,
    remove_team,
    set_team,
)
from tests.support.requests import ANY, entries, refused
from tests.support.scenario import Scenario

pytestmark = pytest.mark.anyio

LOCATION = {
    "description": "Utekontor",
    "period": {"from": JANUARY},
    "physicalAddresses": [{"type": "RES", "street": "Fjordveien 1", "postalCode": "0001", "city": "Oslo"}],
    "electronicAddresses": [{"type": "E_TLF", "address": "22222222"}],
}
USED = """query ($asOf: AsOf) { gpContract(id: 70001, asOf: $asOf) {
  outOfOfficeLocations { description valid { to } } } }"""


async def test_a_place_is_added_and_changed_with_its_addresses(edit, given: Given):
    await opened(edit, given, 70001)

    added = await add_location(edit, 70001, input=LOCATION)
    changed_to = {"period": {"from": MARCH}, "electronicAddresses": [{"type": "E_TLF", "address": "33333333"}]}
    changed = await change_location(edit, 70001, locationId="-1", input=changed_to)

    assert added["gpContract"]["outOfOfficeLocations"] == [
        {
            "locationId": "-1",
            "description": "Utekontor",
            "valid": {"from": JANUARY, "to": None},
            "physicalAddresses": [
                {"type": {"value": "RES"}, "street": "Fjordveien 1", "postalCode": "0001", "city": "Oslo"}
            ],
            "electronicAddresses": [{"type": {"value": "E_TLF"}, "address": "22222222"}],
        }
    ]
    assert changed["gpContract"]["outOfOfficeLocations"] == [
        {
            "locationId": "-1",
            "description": None,
            "valid": {"from": MARCH, "to": None},
            "physicalAddresses": [],
            "electronicAddresses": [{"type": {"value": "E_TLF"}, "address": "33333333"}],
        }
    ]
    assert refused(await change_location(edit, 70001, locationId="-1", input=changed_to)) == [("R-LOG-011", "input")]


async def test_a_place_has_one_address_of_each_type_in_codes_that_are_held(edit, given: Given):
    await opened(edit, given, 70001)
    twice = [{"type": "RES"}, {"type": "RES", "city": " "}]

    payload = await add_location(
        edit,
        70001,
        input=LOCATION | {"physicalAddresses": twice, "electronicAddresses": [{"type": "E_XXX", "address": "1"}]},
    )

    assert refused(payload) == [
        ("R-FLR-012", "input.physicalAddresses"),
        ("R-LOG-005", "input.physicalAddresses.1.city"),
        ("R-CODE-002", "input.electronicAddresses.0.type"),
    ]


async def test_a38_a_place_given_up_expires_and_stays_readable_before(edit, given: Given):
    await opened(edit, given, 70001)
    await add_location(edit, 70001, input=LOCATION)

    rehearsed = await remove_location(edit, 70001, locationId="-1", at=MAY, dryRun=True)
    await remove_location(edit, 70001, locationId="-1", at=MAY)

    assert entries(rehearsed) == [("70001", "OutOfOfficeLocationDeleted")]
    now, before = await edit(USED), await edit(USED, asOf={"validAt": MARCH})
    assert now["gpContract"]["outOfOfficeLocations"] == []
    assert before["gpContract"]["outOfOfficeLocations"] == [{"description": "Utekontor", "valid": {"to": MAY}}]
    assert refused(await remove_location(edit, 70001, locationId="-1")) == [("R-FLR-014", "at")]


async def test_a_place_is_given_up_now_unless_reported_otherwise(edit, given: Given):
    await opened(edit, given, 70001)
    await add_location(edit, 70001, input=LOCATION)

    payload = await remove_location(edit, 70001, locationId="-1")

    assert payload["gpContract"]["outOfOfficeLocations"] == []


async def test_all_lasting_contracts_of_an_office_move_each_under_its_own_entry(edit, given: Given):
    first, second = [(await opened(edit, given, number))["entry"] for number in (70001, 70002)]
    await opened(edit, given, 70003, period={"from": JANUARY, "to": JULY})
    patient_refs = [{"contractId": "70002", "expectedEntry": second}, {"contractId": "70001", "expectedEntry": first}]
    move = {"oldOfficeNumber": given.office, "newOfficeNumber": given.other_office, "contracts": patient_refs}

    rehearsed = await move_contracts(edit, **move, dryRun=True)
    payload = await move_contracts(edit, **move)

    assert entries(rehearsed) == [("70001", "GpContractUpdated"), ("70002", "GpContractUpdated")]
    assert payload["gpOffice"]["gpContracts"] == [
        {"contractId": "70001", "lastEntry": payload["entry"] - 1},
        {"contractId": "70002", "lastEntry": payload["entry"]},
    ]
    left = await edit("{ gpContract(id: 70003) { office { organisationNumber } } }")
    assert left["gpContract"]["office"] == {"organisationNumber": given.office}


async def test_contracts_move_as_they_were_seen_or_not_at_all(edit, given: Given):
    entry = (await opened(edit, given, 70001))["entry"]
    patient_refs = [{"contractId": "70001", "expectedEntry": entry - 1}, {"contractId": "70009", "expectedEntry": ANY}]

    payload = await move_contracts(
        edit, oldOfficeNumber=given.office, newOfficeNumber="999977774", contracts=patient_refs
    )

    assert refused(payload) == [
        ("R-FLR-005", "newOfficeNumber"),
        ("R-LOG-001", "contracts.0.expectedEntry"),
        ("R-FLR-028", "contracts.1.contractId"),
    ]
    assert payload["gpOffice"]["gpContracts"] == [{"contractId": "70001", "lastEntry": entry}]


async def test_the_district_of_an_office_is_reported_by_it_and_by_its_contracts(edit, given: Given):
    await opened(edit, given, 70001)

    change = {"officeNumber": given.office, "groupOffice": True, "district": "030105"}
    payload = await change_district(edit, expectedEntry=0, **change)

    assert payload["gpOffice"] | {"gpContracts": []} == {
        "organisation": {"organisationNumber": given.office},
        "groupOffice": True,
        "district": {"value": "030105"},
        "gpContracts": [],
        "lastEntry": payload["entry"],
    }
    validated_text = await edit("{ gpContract(id: 70001) { groupOffice district { value } gpOffice { lastEntry } } }")
    assert validated_text["gpContract"] == {
        "groupOffice": True,
        "district": {"value": "030105"},
        "gpOffice": {"lastEntry": payload["entry"]},
    }
    assert refused(await change_district(edit, expectedEntry=0, **change)) == [
        ("R-LOG-001", "expectedEntry"),
        ("R-LOG-011", ""),
    ]


async def test_a_team_is_set_up_changed_and_removed(edit, given: Given):
    leader, member, other, _ = given.doctors

    def input_(*members):
        return {"organisationNumber": given.office, "leaderHprNumber": leader, "members": list(members)}

    first = {"hprNumber": member, "period": {"from": JANUARY}, "role": "SP", "workingPercentage": 80}
    made = await set_team(edit, expectedEntry=0, input=input_(first))
    second = {"hprNumber": other, "period": {"from": MARCH}, "substitute": True}
    remaining = first | {"memberId": "-1", "period": {"from": JANUARY, "to": None}, "role": None}
    changed = await set_team(edit, teamId="-1", expectedEntry=made["entry"], input=input_(second, remaining))
    removed = await remove_team(edit, teamId="-1", expectedEntry=changed["entry"])

    assert made["primaryHealthCareTeam"] == {
        "teamId": "-1",
        "referenceOnly": False,
        "organisation": {"organisationNumber": given.office},
        "leader": {"hprNumber": leader},
        "lastEntry": made["entry"],
        "members": [
            {
                "memberId": "-1",
                "hprNumber": member,
                "role": {"value": "SP"},
                "substitute": False,
                "workingPercentage": 80,
                "valid": {"from": JANUARY, "to": None},
            }
        ],
    }
    members = changed["primaryHealthCareTeam"]["members"]
    assert [(each["memberId"], each["hprNumber"], each["role"]) for each in members] == [
        ("-1", member, None),
        ("-2", other, None),
    ]
    assert removed["primaryHealthCareTeam"] is None
    assert removed["userErrors"] == []
    assert await edit('{ primaryHealthCareTeam(id: "-1") { teamId } }') == {"primaryHealthCareTeam": None}


async def test_a_team_known_by_reference_gets_its_own_record(
    edit, given: Given, scenario: Scenario, database: Database
):
    scenario.add("primary_health_care_teams", id=7, reference_only=True)
    await scenario.write(database)

    payload = await set_team(edit, teamId="7", expectedEntry=0, input={"leaderHprNumber": given.doctors[0]})

    assert payload["primaryHealthCareTeam"]["referenceOnly"] is False


async def test_all_that_is_wrong_with_a_team_is_reported_at_once(edit, given: Given):
    member = {"hprNumber": 999999, "period": {"from": JANUARY, "to": JANUARY}, "role": "QQ", "workingPercentage": 0}
    numbered = member | {"memberId": "12345678901"}

    payload = await set_team(
        edit, teamId="0012345678901", expectedEntry=0, input={"leaderHprNumber": 999998, "members": [numbered]}
    )

    assert refused(payload) == [
        ("R-FLR-003", "teamId"),
        ("R-FLR-006", "input.leaderHprNumber"),
        ("R-FLR-003", "input.members.0.memberId"),
        ("R-LOG-009", "input.members.0.period.to"),
        ("R-FLR-006", "input.members.0.hprNumber"),
        ("R-FLR-018", "input.members.0.workingPercentage"),
        ("R-CODE-002", "input.members.0.role"),
    ]

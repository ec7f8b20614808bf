"""Primary health care teams set up, changed and removed."""

import pytest

from registers.database.database import Database
from tests.support.edits.gp_contracts import JANUARY, MARCH, Given, remove_team, set_team
from tests.support.requests import refused
from tests.support.scenario import Scenario

pytestmark = pytest.mark.anyio


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

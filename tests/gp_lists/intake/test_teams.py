"""Primary health care teams taken in, with their members."""

from pathlib import Path
from typing import Any

import pytest

from registers.database.database import Database
from registers.gp_lists.models import PrimaryHealthCareTeam, TeamMember
from registers.organisations.models import Organisation
from registers.personnel.models import HealthProfessional
from tests.support.importer import Importer, counts
from tests.support.records_ar import code
from tests.support.records_flr import contract, period

pytestmark = pytest.mark.anyio


@pytest.fixture
def importer(database: Database, tmp_path: Path) -> Importer:
    return Importer(database, tmp_path)


def member(**changes: Any) -> dict[str, Any]:
    return {
        "Id": 1,
        "HprNumber": 900000029,
        "Role": code(9060, "SP", "Sykepleier"),
        "IsSubstitute": True,
        "WorkingPercentage": 50,
        "MembershipPeriod": period(),
    } | changes


def team(*members: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {
        "Id": 501,
        "OrganizationNumber": 310001007,
        "PrimaryHealthCareLeaderHprNumber": 900000011,
        "People": list(members),
        "Contracts": [],
    } | changes


async def test_a_team_brings_references_to_its_organisation_and_members(importer: Importer):
    report = await importer(team(member()))

    assert counts(report) == {"read": 1, "new": 1, "announced": 3}
    assert await importer.row(PrimaryHealthCareTeam) == {
        "reference_only": False,
        "organisation_number": "310001007",
        "leader_hpr_number": 900000011,
    }
    row = await importer.row(TeamMember)
    assert (row["hpr_number"], row["role"], row["working_percentage"]) == (900000029, "9060/SP", 50)
    assert (await importer.row(Organisation))["reference_only"] is True
    assert [each["hpr_number"] for each in await importer.rows(HealthProfessional)] == [900000011, 900000029]
    assert (await importer.actions())[-1] == ("team:501", "PrimaryHealthCareTeamCreated")


async def test_a_team_that_a_contract_announced_is_created_when_its_record_comes(importer: Importer):
    await importer(contract(PatientList=None, PrimaryHealthCareTeamId=501))

    report = await importer(team())

    assert counts(report) == {"read": 1, "new": 1}
    assert (await importer.row(PrimaryHealthCareTeam))["reference_only"] is False
    assert (await importer.actions())[-1] == ("team:501", "PrimaryHealthCareTeamCreated")


async def test_members_that_are_reported_replace_those_that_are_stored(importer: Importer):
    await importer(team(member(), member(Id=2)))

    report = await importer(team(member(WorkingPercentage=60), member(Id=3)))

    assert counts(report) == {"read": 1, "changed": 1}
    assert [row["working_percentage"] for row in await importer.rows(TeamMember)] == [50, 60]
    assert (await importer.actions())[-1] == ("team:501", "PrimaryHealthCareTeamUpdated")


async def test_a_team_reported_again_changes_nothing(importer: Importer):
    await importer(team(member()))
    before = await importer.entries()

    report = await importer(team(member()))

    assert counts(report) == {"read": 1, "unchanged": 1}
    assert await importer.entries() == before

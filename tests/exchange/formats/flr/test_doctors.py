"""What FLR reports by doctor and by team: contracts with one doctor's cycle, and who works in a team."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from registers.core.identifiers import GpContractId, HprNumber, OrganisationNumber
from registers.gp_lists.intake.snapshot import TeamContractSnapshot, TeamMemberSnapshot, TeamSnapshot
from registers.intake.snapshot import NOT_REPORTED, CodeValue
from tests.support import records_flr as flr
from tests.support import soap
from tests.support.files import broken, one, read_back, refused
from tests.support.records_ar import code

YEAR_2024 = datetime(2023, 12, 31, 23, tzinfo=UTC)  # midnight in Norway


def doctor(*contracts: dict[str, Any]) -> dict[str, Any]:
    return {"Contracts": list(contracts), "GP": flr.person(), "HprNumber": 900000011, "Languages": []}


def shown(**changes: Any) -> dict[str, Any]:
    return flr.contract(DoctorCycles=None, PatientList=None, **changes)


def test_each_contract_of_a_doctor_is_a_record_with_the_doctor_s_cycle(tmp_path: Path):
    body = doctor(flr.cycle(GPContract=shown()), flr.cycle(Id=90003, GPContractId=70002, GPContract=shown(Id=70002)))
    first, second = read_back(tmp_path, body)

    assert (first.id, second.id) == (70001, 70002)
    assert (first.position, first.doctor_cycles) == ("file/Contracts[0]/GPContract", NOT_REPORTED)
    assert [(each.id, each.hpr_number) for each in second.further_cycles] == [(90003, 900000011)]


@pytest.mark.parametrize("operation", ["GetGPWithAssociatedGPContracts", None])
def test_xml_of_a_doctor_gives_what_json_gives(tmp_path: Path, operation: str | None):
    body = doctor(flr.cycle(GPContract=shown()))
    text = soap.answer(operation, body, soap.FLR) if operation else soap.document("GPDetails", body, soap.FLR)

    assert read_back(tmp_path, text) == read_back(tmp_path, body)


def test_a_cycle_without_its_contract_is_broken(tmp_path: Path):
    assert broken(tmp_path, doctor(flr.cycle())).rule == "cycle-without-contract"


def test_a_cycle_that_cannot_be_read_leaves_its_contract(tmp_path: Path):
    found = one(tmp_path, doctor(flr.cycle(GPContract=shown(), Valid=None)))

    assert (found.id, found.further_cycles, refused(found)) == (70001, [], ["period-missing"])


def team(**changes: Any) -> dict[str, Any]:
    member = {
        "Id": 1,
        "HprNumber": 900000029,
        "Role": code(9060, "SP", "Sykepleier"),
        "IsSubstitute": True,
        "WorkingPercentage": 50,
        "MembershipPeriod": flr.period(),
    }
    return {
        "Id": 55,
        "OrganizationNumber": 310001007,
        "PrimaryHealthCareLeaderHprNumber": 900000011,
        "People": [member, member | {"HprNumber": None}],
        "Contracts": [{"Id": 9, "FlrId": 70001, "MembershipPeriod": flr.period()}],
    } | changes


@pytest.mark.parametrize(
    "content",
    [team(), soap.answer("GetPrimaryHealthCareTeam", team(), soap.FLR)],
    ids=["JSON", "XML"],
)
def test_a_team_reports_its_leader_members_and_lists(tmp_path: Path, content: Any):
    found = one(tmp_path, content)

    assert [(remark.rule, remark.path) for remark in found.refused] == [("hpr-number", "People[1]")]
    found.refused.clear()
    assert found == TeamSnapshot(
        interface="flr-team",
        position="file",
        id=55,
        organisation_number=OrganisationNumber("310001007"),
        leader_hpr_number=HprNumber(900000011),
        members=[
            TeamMemberSnapshot(
                id=1,
                hpr_number=HprNumber(900000029),
                role=CodeValue("9060", "SP", "Sykepleier"),
                substitute=True,
                working_percentage=50,
                valid_from=YEAR_2024,
            )
        ],
        contracts=[TeamContractSnapshot(contract_id=GpContractId(70001), valid_from=YEAR_2024)],
    )

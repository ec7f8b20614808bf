"""Opening and changing GP contracts."""

import pytest

from registers.core.database import Database
from tests.gp_lists.builders import World
from tests.gp_lists.edits import (
    JANUARY,
    JULY,
    Ground,
    change_ceiling,
    entries,
    ground,
    opened,
    refused,
)

pytestmark = pytest.mark.anyio

READ = "query ($id: GpContractId!) { gpContract(id: $id) { maxPatients lastEntry history { nodes { action } } } }"


@pytest.fixture
async def laid(database: Database) -> Ground:
    return await ground(database)


async def test_an_opened_contract_tells_what_it_was_opened_with(edit, laid: Ground):
    payload = await opened(
        edit,
        laid,
        70001,
        name=" Fellesliste Øst ",
        agreedOn="2025-12-01",
        coopMunicipalities=["4601", "1103"],
        patientsOnWaitingList=3,
        commonList=True,
        fixedSalary=True,
        period={"from": JANUARY, "to": JULY},
    )

    assert payload["gpContract"] == {
        "contractId": "70001",
        "name": "Fellesliste Øst",
        "status": {"value": "FAAA"},
        "agreedOn": "2025-12-01",
        "municipality": {"value": "0301"},
        "coopMunicipalities": [{"value": "1103"}, {"value": "4601"}],
        "office": {"organisationNumber": laid.office},
        "maxPatients": 1000,
        "patientsOnWaitingList": 3,
        "commonList": True,
        "fixedSalary": True,
        "requiresMembership": None,
        "valid": {"from": JANUARY, "to": JULY},
        "referenceOnly": False,
        "lastEntry": payload["entry"],
    }


async def test_a_contract_that_flo_has_not_numbered_gets_the_number_after_the_highest(edit, laid: Ground):
    await opened(edit, laid, 70001)

    assert (await opened(edit, laid))["gpContract"]["contractId"] == "70002"


async def test_a_contract_known_by_reference_gets_its_own_record(edit, laid: Ground, world: World, database: Database):
    contract = world.contract(None, reference_only=True, status=None, municipality=None, max_patients=0)
    await world.write(database)

    payload = await opened(edit, laid, contract)

    assert (payload["gpContract"]["contractId"], payload["gpContract"]["referenceOnly"]) == (str(contract), False)


async def test_a_changed_ceiling_is_in_the_list_and_in_the_log(edit, laid: Ground):
    entry = (await opened(edit, laid, 70001))["entry"]

    rehearsed = await change_ceiling(edit, 70001, entry, maxPatients=0, dryRun=True)
    payload = await change_ceiling(edit, 70001, entry, maxPatients=0)

    assert entries(rehearsed) == [("70001", "GpContractUpdated")]
    assert payload["gpContract"] == rehearsed["gpContract"]
    assert (await edit(READ, id="70001"))["gpContract"] == {
        "maxPatients": 0,
        "lastEntry": payload["entry"],
        "history": {"nodes": [{"action": "GpContractUpdated"}, {"action": "GpContractCreated"}]},
    }


async def test_whoever_has_not_seen_the_newest_entry_gets_the_contract_as_it_is(edit, laid: Ground):
    entry = (await opened(edit, laid, 70001))["entry"]

    payload = await change_ceiling(edit, 70001, entry - 1, maxPatients=5)

    assert refused(payload) == [("R-LOG-001", "expectedEntry")]
    assert (payload["gpContract"]["maxPatients"], payload["gpContract"]["lastEntry"]) == (1000, entry)


async def test_all_that_is_wrong_with_a_contract_is_told_at_once(edit, laid: Ground):
    payload = await opened(
        edit,
        laid,
        10**10,
        status="HALV",
        municipality="0001",
        coopMunicipalities=["0301", "0301"],
        officeNumber="999977774",
        maxPatients=-1,
        patientsOnWaitingList=-1,
        teamId="7",
        period={"from": JANUARY, "to": JANUARY},
    )

    assert refused(payload) == [
        ("R-FLR-003", "contractId"),
        ("R-LOG-009", "input.period.to"),
        ("R-FLR-011", "input.status"),
        ("R-CODE-002", "input.municipality"),
        ("R-FLR-012", "input.coopMunicipalities"),
        ("R-FLR-005", "input.officeNumber"),
        ("R-FLR-008", "input.teamId"),
        ("R-FLR-009", "input.maxPatients"),
        ("R-FLR-010", "input.patientsOnWaitingList"),
    ]

"""Opening and changing GP contracts."""

import pytest

from registers.changelog.append import Register, append
from registers.code_systems.models import Code
from registers.core.codes import code_key
from registers.database.database import Database
from tests.support.edits.gp_contracts import (
    JANUARY,
    JULY,
    MARCH,
    Given,
    add_location,
    cancel_contract,
    change_ceiling,
    change_coop,
    change_municipality,
    change_office,
    change_status,
    change_team,
    change_waiting_list,
    doctor,
    opened,
    set_team,
)
from tests.support.requests import ANY, entries, refused
from tests.support.scenario import Scenario

pytestmark = pytest.mark.anyio

READ = "query ($id: GpContractId!) { gpContract(id: $id) { maxPatients lastEntry history { nodes { action } } } }"


async def test_an_opened_contract_reports_what_it_was_opened_with(edit, given: Given):
    payload = await opened(
        edit,
        given,
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
        "office": {"organisationNumber": given.office},
        "maxPatients": 1000,
        "patientsOnWaitingList": 3,
        "commonList": True,
        "fixedSalary": True,
        "requiresMembership": None,
        "valid": {"from": JANUARY, "to": JULY},
        "referenceOnly": False,
        "lastEntry": payload["entry"],
    }


async def test_a_contract_that_flo_has_not_numbered_gets_the_number_after_the_highest(edit, given: Given):
    await opened(edit, given, 70001)

    assert (await opened(edit, given))["gpContract"]["contractId"] == "70002"


async def test_a_contract_known_by_reference_gets_its_own_record(
    edit, given: Given, scenario: Scenario, database: Database
):
    contract = scenario.contract(None, reference_only=True, status=None, municipality=None, max_patients=0)
    await scenario.write(database)

    payload = await opened(edit, given, contract)

    assert (payload["gpContract"]["contractId"], payload["gpContract"]["referenceOnly"]) == (str(contract), False)


async def test_a_changed_ceiling_is_in_the_list_and_in_the_log(edit, given: Given):
    entry = (await opened(edit, given, 70001))["entry"]

    rehearsed = await change_ceiling(edit, 70001, entry, maxPatients=0, dryRun=True)
    payload = await change_ceiling(edit, 70001, entry, maxPatients=0)

    assert entries(rehearsed) == [("70001", "GpContractUpdated")]
    assert payload["gpContract"] == rehearsed["gpContract"]
    assert (await edit(READ, id="70001"))["gpContract"] == {
        "maxPatients": 0,
        "lastEntry": payload["entry"],
        "history": {"nodes": [{"action": "GpContractUpdated"}, {"action": "GpContractCreated"}]},
    }


async def test_whoever_has_not_seen_the_newest_entry_gets_the_contract_as_it_is(edit, given: Given):
    entry = (await opened(edit, given, 70001))["entry"]

    payload = await change_ceiling(edit, 70001, entry - 1, maxPatients=5)

    assert refused(payload) == [("R-LOG-001", "expectedEntry")]
    assert (payload["gpContract"]["maxPatients"], payload["gpContract"]["lastEntry"]) == (1000, entry)


async def test_all_that_is_wrong_with_a_contract_is_reported_at_once(edit, given: Given):
    payload = await opened(
        edit,
        given,
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


async def test_a_list_is_opened_with_its_first_doctors_or_not_at_all(edit, given: Given):
    gp, other, *_ = given.doctors

    refusal = await opened(edit, given, 70001, doctorCycles=[doctor(gp), doctor(other), doctor(999999, "LPDL")])
    opening = await opened(edit, given, 70001, commonList=True, doctorCycles=[doctor(gp), doctor(other)])

    assert refused(refusal) == [
        ("R-FLR-006", "input.doctorCycles.2.hprNumber"),
        ("R-FLR-020", "input.doctorCycles.0"),
        ("R-FLR-020", "input.doctorCycles.1"),
    ]
    assert opening["userErrors"] == []
    gps = (await edit("{ gpContract(id: 70001) { responsible { vacant gps { hprNumber } } } }"))["gpContract"]
    assert gps["responsible"] == {"vacant": False, "gps": [{"hprNumber": gp}, {"hprNumber": other}]}


async def test_a_waiting_list_an_office_and_a_team_are_changed(edit, given: Given):
    entry = (await opened(edit, given, 70001))["entry"]
    await set_team(edit, teamId="7", expectedEntry=0, input={})

    waiting = await change_waiting_list(edit, 70001, entry, patientsOnWaitingList=12)
    moved = await change_office(edit, 70001, waiting["entry"], officeNumber=given.other_office)
    attached = await change_team(edit, 70001, moved["entry"], teamId="7")
    detached = await change_team(edit, 70001, attached["entry"])

    assert waiting["gpContract"]["patientsOnWaitingList"] == 12
    assert moved["gpContract"]["office"] == {"organisationNumber": given.other_office}
    assert (attached["gpContract"]["team"], detached["gpContract"]["team"]) == ({"teamId": "7"}, None)


@pytest.mark.parametrize("field", ["maxPatients", "patientsOnWaitingList"])
async def test_a5_a_ceiling_or_waiting_list_below_zero_is_refused(edit, given: Given, field: str):
    change = {"maxPatients": change_ceiling, "patientsOnWaitingList": change_waiting_list}[field]
    entry = (await opened(edit, given, 70001, patientsOnWaitingList=3))["entry"]

    assert [path for _, path in refused(await change(edit, 70001, entry, **{field: -1}))] == [field]
    assert (await change(edit, 70001, entry, **{field: 0}))["gpContract"][field] == 0


async def test_a6_co_operating_municipalities_are_named_once_and_the_own_is_none_of_them(edit, given: Given):
    entry = (await opened(edit, given, 70001, coopMunicipalities=["1103"]))["entry"]

    twice = await change_coop(edit, 70001, entry, municipalities=["4601", "4601", "0301"])
    changed = await change_coop(edit, 70001, entry, municipalities=["5001", "4601"])
    own = await change_municipality(edit, 70001, changed["entry"], municipality="4601")
    cleared = await change_coop(edit, 70001, changed["entry"], municipalities=[])
    asked_terms = await change_municipality(edit, 70001, cleared["entry"], municipality="4601")

    assert refused(twice) == [("R-FLR-012", "municipalities"), ("R-FLR-013", "municipalities")]
    assert changed["gpContract"]["coopMunicipalities"] == [{"value": "4601"}, {"value": "5001"}]
    assert refused(own) == [("R-FLR-013", "municipality")]
    assert asked_terms["gpContract"]["municipality"] == {"value": "4601"}
    assert asked_terms["gpContract"]["coopMunicipalities"] == []


async def test_a7_a_list_is_open_closed_or_locked_whatever_files_have_brought(edit, given: Given, database: Database):
    entry = (await opened(edit, given, 70001))["entry"]
    await bring_status(database, "HALV")

    assert refused(await change_status(edit, 70001, entry, status="HALV")) == [("R-FLR-011", "status")]
    for status in ("LUKKET", "LAAST", "FAAA"):
        changed = await change_status(edit, 70001, ANY, status=status)
        assert changed["gpContract"]["status"] == {"value": status}


async def test_a_cancelled_contract_leaves_no_doctor_and_no_location_behind(edit, given: Given):
    coming = doctor(given.doctors[1], since=JULY)
    doctors = [doctor(given.doctors[0], until=JULY), coming]
    await opened(edit, given, 70001, doctorCycles=doctors)
    for since in (JANUARY, JULY):
        await add_location(edit, 70001, input={"period": {"from": since}})

    await cancel_contract(edit, 70001, input={"at": MARCH})

    left = await edit(WHO_IS_LEFT, before={"validAt": JANUARY})
    assert left["now"] == {
        "doctorCycles": [{"hprNumber": given.doctors[0], "valid": {"to": MARCH}}],
        "outOfOfficeLocations": [],
    }
    assert left["before"] == {"outOfOfficeLocations": [{"valid": {"to": MARCH}}]}


WHO_IS_LEFT = """query ($before: AsOf) {
  now: gpContract(id: 70001) {
    doctorCycles { hprNumber valid { to } } outOfOfficeLocations { valid { to } }
  }
  before: gpContract(id: 70001, asOf: $before) { outOfOfficeLocations { valid { to } } }
}"""


async def bring_status(database: Database, value: str) -> None:
    """A value that nobody has confirmed, as imports bring them."""
    async with database.writing() as session:
        await append(session, register=Register.CODE_SYSTEMS, key="7751", action="CodeAdded", caller="test")
        key = code_key("7751", value)
        session.add(Code(key=key, system="7751", value=value, display=value, active=True, confirmed=False))

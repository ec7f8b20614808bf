"""What is always true of lists, their doctors and their patients, whether files or edits brought them."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from registers.database.database import Database
from tests.conftest import Ask
from tests.support.importer import Importer, rules
from tests.support.records_ar import code
from tests.support.records_flr import NIN, OTHER_NIN, association, contract, cycle, period, person
from tests.support.scenario import Office, Scenario, change

pytestmark = pytest.mark.anyio

THIRD_NIN = "05837290297"
MAY = "2024-05-01T00:00:00"
OTHER_OFFICE = {"GPOffice": None, "GPOfficeOrganizationNumber": None, "DoctorCycles": None}

HISTORY = """query ($n: NationalId!) { patientHistory(nationalId: $n, purpose: REGISTRY_MAINTENANCE) {
  nodes { contract { contractId } active valid { from to } endCode { value } } } }"""
GP = """query ($n: NationalId!, $asOf: AsOf) {
  patientGp(nationalId: $n, purpose: REGISTRY_MAINTENANCE, asOf: $asOf) { outcome } }"""
LIST = """query ($id: GpContractId!) { gpContract(id: $id) {
  maxPatients patientsOnWaitingList placesAvailable patientCount
  status { value active confirmed } municipality { value } coopMunicipalities { value }
  doctorCycles { hprNumber workingPercentage workingOnDays } } }"""


@pytest.fixture
def importer(database: Database, tmp_path: Path) -> Importer:
    return Importer(database, tmp_path)


def patient(own_id: int, number: str, **changes: Any) -> dict[str, Any]:
    return association(Id=own_id, PatientNIN=number, Patient=person(NIN=number), GPContractId=None, **changes)


def numbered(number: int, *patients: dict[str, Any]) -> dict[str, Any]:
    return contract(Id=number, PatientList=list(patients), **OTHER_OFFICE)


async def list_of(ask: Ask, number: int = 70001) -> dict[str, Any]:
    return (await ask(LIST, id=number))["gpContract"]


async def history(ask: Ask, number: str) -> list[dict[str, Any]]:
    return (await ask(HISTORY, n=number))["patientHistory"]["nodes"]


async def test_a2_of_patients_moved_together_each_leaves_the_former_list_when_the_new_one_begins(
    importer: Importer, ask_editor: Ask
):
    moved = (NIN, OTHER_NIN, THIRD_NIN)
    await importer(numbered(70001, patient(1, NIN), patient(2, OTHER_NIN)), numbered(70002, patient(3, THIRD_NIN)))

    await importer(
        numbered(70003, *(patient(10 + index, each, Period=period(MAY)) for index, each in enumerate(moved)))
    )

    histories = [await history(ask_editor, each) for each in moved]
    lists = [[each["contract"]["contractId"] for each in associations] for associations in histories]
    assert lists == [["70003", "70001"], ["70003", "70001"], ["70003", "70002"]]
    for new, old in histories:
        assert old["valid"]["to"] == new["valid"]["from"] == "2024-04-30T22:00:00+00:00"
        assert (old["active"], new["active"], new["valid"]["to"]) == (False, True, None)


async def test_a3_a_cancelled_association_ends_with_its_reason_and_stays_readable_before(
    importer: Importer, ask_editor: Ask
):
    await importer(association(), patient(2, OTHER_NIN) | {"GPContractId": 70001})

    cancelled = period("2024-02-01T00:00:00", MAY)
    await importer(association(Period=cancelled, EndCode=code(7753, "OHID"), UpdatedOn="2026-02-01T00:00:00"))

    (ended,) = await history(ask_editor, NIN)
    assert (ended["active"], ended["valid"]["to"]) == (False, "2024-04-30T22:00:00+00:00")
    assert ended["endCode"] == {"value": "OHID"}
    before = {"validAt": "2024-04-30T21:59:59Z"}
    outcomes = [
        await ask_editor(GP, n=NIN),
        await ask_editor(GP, n=NIN, asOf=before),
        await ask_editor(GP, n=OTHER_NIN),
    ]
    assert [each["patientGp"]["outcome"] for each in outcomes] == ["NO_GP", "FOUND", "FOUND"]


async def test_a5_a_ceiling_or_waiting_list_below_zero_is_refused_and_what_is_stored_stays(
    importer: Importer, ask: Ask
):
    await importer(contract())

    report = await importer(contract(MaxPatients=-1, PatientsOnWaitingList=-3), contract(Id=70002, MaxPatients=-1))

    assert [(each.rule, each.path) for each in report.refusals if each.rule == "number-implausible"] == [
        ("number-implausible", "MaxPatients"),
        ("number-implausible", "PatientsOnWaitingList"),
        ("number-implausible", "MaxPatients"),
    ]
    lists = [await list_of(ask, number) for number in (70001, 70002)]
    assert [(each["maxPatients"], each["patientsOnWaitingList"]) for each in lists] == [(1000, 3), (0, 3)]


@pytest.mark.parametrize("column", ["max_patients", "patients_on_waiting_list"])
async def test_a5_a_count_below_zero_is_refused_by_the_database(scenario: Scenario, database: Database, column: str):
    own_id = scenario.contract(scenario.office())
    await scenario.write(database)

    with pytest.raises(IntegrityError, match=column):
        await change(database, "gp_contracts", {"id": own_id}, **{column: -1})


OSLO, BERGEN, TRONDHEIM = (code(3402, number) for number in ("0301", "4601", "5001"))


@pytest.mark.parametrize(
    "records",
    [
        pytest.param([contract(CoopMunicipalities=[BERGEN, OSLO, BERGEN, TRONDHEIM])], id="both in one record"),
        pytest.param(
            [contract(), contract(CoopMunicipalities=[BERGEN, OSLO, BERGEN, TRONDHEIM], Municipality=...)],
            id="the own one is stored",
        ),
        pytest.param(
            [
                contract(Municipality=code(3402, "1103"), CoopMunicipalities=[OSLO, BERGEN, TRONDHEIM]),
                contract(CoopMunicipalities=None),
            ],
            id="a co-operating one becomes the own",
        ),
    ],
)
async def test_a6_co_operating_municipalities_are_reported_once_and_the_own_is_none_of_them(
    importer: Importer, ask: Ask, records: list[dict[str, Any]]
):
    reports = [await importer({key: value for key, value in each.items() if value is not ...}) for each in records]

    gp_list = await list_of(ask)
    assert gp_list["municipality"] == {"value": "0301"}
    assert gp_list["coopMunicipalities"] == [{"value": "4601"}, {"value": "5001"}]
    assert rules(reports[-1]).count("own-municipality") == 1


async def test_a7_a_status_nobody_has_confirmed_is_shown_as_such_and_gives_no_free_place(importer: Importer, ask: Ask):
    report = await importer(contract(Status=code(7751, "HALV")))

    assert "code-unconfirmed" in rules(report)
    gp_list = await list_of(ask)
    assert gp_list["status"] == {"value": "HALV", "active": True, "confirmed": False}
    assert (gp_list["maxPatients"], gp_list["patientCount"], gp_list["placesAvailable"]) == (
        1000,
        1,
        0,
    )


async def test_a7_a_status_of_another_code_system_is_left_out(importer: Importer, ask: Ask):
    report = await importer(contract(Status=code(7753, "FAAA")))

    assert [(each.rule, each.path) for each in report.refusals] == [("code-of-other-system", "Status")]
    gp_list = await list_of(ask)
    assert (gp_list["status"], gp_list["placesAvailable"]) == (None, 0)


@pytest.mark.parametrize("status", ["7753/OHID", "7751/HALV"])
async def test_a7_a_status_that_is_none_is_refused_by_the_database(scenario: Scenario, database: Database, status: str):
    scenario.contract(scenario.office(), status=status)

    with pytest.raises(IntegrityError, match="gp_contracts_status"):
        await scenario.write(database)


async def test_a8_a_percentage_or_day_that_cannot_be_is_left_out_and_days_are_reported_once(
    importer: Importer, ask: Ask
):
    percentages = (0, 101, -1, 1, 100)
    cycles = [cycle(Id=number, WorkingPercentage=each) for number, each in enumerate(percentages, 1)]
    report = await importer(contract(DoctorCycles=[*cycles, cycle(Id=9, WorkingOnDays=[6, 7, 0, 6, -1, 0])]))

    assert rules(report).count("percentage-out-of-range") == 3
    assert rules(report).count("day-unknown") == 1
    cycles = (await list_of(ask))["doctorCycles"]
    assert sorted(each["workingPercentage"] or 0 for each in cycles) == [0, 0, 0, 1, 100, 100]
    assert [each["workingOnDays"] for each in cycles if len(each["workingOnDays"]) < 4] == [["SUNDAY", "SATURDAY"]]


SUMMER = period("2024-06-01T00:00:00", "2024-09-01T00:00:00")
SUBSTITUTE = {"Id": 90002, "HprNumber": 900000029, "Relationship": code(7750, "LPVI")}


@pytest.mark.parametrize(
    ("gp", "substitute", "flagged"),
    [
        pytest.param({}, {}, 1, id="the list has a GP"),
        pytest.param({"Valid": SUMMER}, {}, 1, id="the list has a GP for a part of the time"),
        pytest.param({}, {"SubstituteForHprNumber": 900000011}, 0, id="the GP is named"),
        pytest.param({"Valid": SUMMER}, {"Valid": period(SUMMER["To"])}, 0, id="the GP has gone"),
        pytest.param({"Valid": SUMMER}, {"Valid": period(MAY, SUMMER["From"])}, 0, id="the GP is yet to come"),
        pytest.param({"Relationship": code(7750, "LPDL")}, {}, 0, id="the other one is no GP"),
    ],
)
async def test_a8_a_substitute_for_nobody_on_a_list_with_a_gp_is_flagged_and_stored(
    importer: Importer, ask: Ask, gp: dict[str, Any], substitute: dict[str, Any], flagged: int
):
    report = await importer(contract(DoctorCycles=[cycle(**gp), cycle(**SUBSTITUTE | substitute)]))

    assert rules(report).count("substitute-for-nobody") == flagged
    assert sorted(each["hprNumber"] for each in (await list_of(ask))["doctorCycles"]) == [900000011, 900000029]


async def test_a8_an_association_that_brings_a_substitute_for_nobody_to_a_list_with_a_gp_is_flagged(
    importer: Importer, ask: Ask
):
    await importer(contract())

    report = await importer(association(Id=2, DoctorCycles=[cycle(**SUBSTITUTE)], Period=period("2024-01-15T00:00:00")))

    assert [each.path for each in report.flags if each.rule == "substitute-for-nobody"] == [
        "doctor_cycles[0]/substitute_for"
    ]
    assert len((await list_of(ask))["doctorCycles"]) == 2


@pytest.mark.parametrize(
    ("rule", "columns"),
    [
        ("working_percentage", {"working_percentage": 0}),
        ("working_percentage", {"working_percentage": 101}),
        ("working_on_days", {"working_on_days": [1, 7]}),
        ("working_on_days", {"working_on_days": [-1]}),
    ],
)
async def test_a8_a_percentage_or_day_that_cannot_be_is_refused_by_the_database(
    scenario: Scenario, database: Database, rule: str, columns: dict[str, Any]
):
    own_id = scenario.cycle(scenario.contract(scenario.office()), scenario.doctor())
    await scenario.write(database)

    with pytest.raises(IntegrityError, match=rule):
        await change(database, "doctor_cycles", {"id": own_id}, **columns)


async def test_a13_a_service_without_an_organisation_above_is_refused_by_the_database(
    scenario: Scenario, database: Database
):
    office = scenario.office()
    scenario.vacant_list_service(Office(office.number, scenario.party_of_doctor(office, scenario.doctor())))

    with pytest.raises(IntegrityError, match=r"depth_is_two|parent_her_id"):
        await scenario.write(database)


@pytest.mark.parametrize(
    ("field", "argument", "key", "type_", "unknown"),
    [
        ("communicationParties", "herIds", "herId", "HerId", 999999),
        ("organisations", "organisationNumbers", "organisationNumber", "OrganisationNumber", "310001007"),
        ("healthProfessionals", "hprNumbers", "hprNumber", "HprNumber", 999999),
        ("gpContracts", "ids", "contractId", "GpContractId", "999999"),
    ],
)
async def test_a34_every_batch_answers_each_input_in_its_position_and_says_when_there_is_none(
    scenario: Scenario, database: Database, ask: Ask, field: str, argument: str, key: str, type_: str, unknown: object
):
    office, doctor = scenario.office(), scenario.doctor()
    known = {
        "herId": office.her_id,
        "organisationNumber": office.number,
        "hprNumber": doctor,
        "contractId": str(scenario.contract(office)),
    }[key]
    await scenario.write(database)
    asked = [unknown, known, unknown, known]

    data = await ask(f"query ($keys: [{type_}!]!) {{ {field}({argument}: $keys) {{ {key} outcome }} }}", keys=asked)

    outcomes = ["UNKNOWN", "FOUND"] * 2
    assert data[field] == [{key: each, "outcome": came} for each, came in zip(asked, outcomes, strict=True)]

"""Patients in batches, lists and histories."""

from datetime import datetime

import pytest

from registers.core.caller import Role
from registers.database.database import Database
from tests.conftest import NOW, Ask
from tests.support.questions import PATIENT_GPS
from tests.support.scenario import JUNE, LAST_YEAR, MAY, NEXT_YEAR, Period, Scenario, synthetic_national_id

pytestmark = pytest.mark.anyio

LIST = """
query ($id: GpContractId!, $first: Int = 50, $after: String, $asOf: AsOf) {
  gpContract(id: $id, asOf: $asOf) {
    patients(purpose: REGISTRY_MAINTENANCE, first: $first, after: $after) {
      totalCount nodes { nationalId } pageInfo { hasNextPage endCursor }
    }
  }
}
"""

HISTORY = """
query ($nationalId: NationalId!, $first: Int = 50, $after: String) {
  patientHistory(nationalId: $nationalId, purpose: REGISTRY_MAINTENANCE, first: $first, after: $after) {
    totalCount nodes { contract { contractId } active valid { from to } } pageInfo { hasNextPage endCursor }
  }
}
"""


async def test_a34_a_batch_gives_one_answer_for_each_input_in_order_with_what_came_of_it(
    scenario: Scenario, database: Database, ask_editor: Ask
):
    office = scenario.office()
    first, second = scenario.contract(office), scenario.contract(office)
    moved, gone = scenario.person(), scenario.person()
    scenario.on_list(moved, first, valid=Period(LAST_YEAR, JUNE))
    scenario.on_list(moved, second, valid=Period(JUNE))
    scenario.on_list(gone, first, valid=Period(LAST_YEAR, MAY))
    await scenario.write(database)
    asked = [
        (gone.national_id, None),
        (moved.national_id, JUNE),
        (synthetic_national_id(900), None),
        (moved.national_id, MAY),
        (moved.national_id, None),
        (gone.national_id, LAST_YEAR),
        (moved.national_id, JUNE),
    ]

    data = await ask_editor(
        PATIENT_GPS,
        patients=[{"nationalId": number, "at": moment and moment.isoformat()} for number, moment in asked],
    )

    answers = data["patientGps"]
    assert [answer["at"] for answer in answers] == [(moment or NOW).isoformat() for _, moment in asked]
    assert [
        (answer["outcome"], answer["association"] and answer["association"]["contract"]["contractId"])
        for answer in answers
    ] == [
        ("NO_GP", None),
        ("FOUND", str(second)),
        ("UNKNOWN_PERSON", None),
        ("FOUND", str(first)),
        ("FOUND", str(second)),
        ("FOUND", str(first)),
        ("FOUND", str(second)),
    ]


async def test_more_than_five_hundred_patients_are_refused(ask_as):
    patients = [{"nationalId": synthetic_national_id(1)}] * 501

    assert await ask_as(Role.EDITOR, PATIENT_GPS, patients=patients) == (None, ["BAD_USER_INPUT"])


async def test_a_list_as_of_a_date_holds_who_was_on_it_then_longest_first(
    scenario: Scenario, database: Database, ask_editor: Ask
):
    contract = scenario.contract(scenario.office())
    stays, left, came, comes = (scenario.person() for _ in range(4))
    scenario.on_list(came, contract, valid=Period(JUNE))
    scenario.on_list(stays, contract, valid=Period(LAST_YEAR))
    scenario.on_list(left, contract, valid=Period(MAY, JUNE))
    scenario.on_list(comes, contract, valid=Period(NEXT_YEAR))
    await scenario.write(database)

    async def on_list_at(moment: datetime) -> tuple[list[str], int]:
        data = await ask_editor(LIST, id=contract, asOf={"validAt": moment.isoformat()})
        patients = data["gpContract"]["patients"]
        return [each["nationalId"] for each in patients["nodes"]], patients["totalCount"]

    assert await on_list_at(MAY) == ([stays.national_id, left.national_id], 2)
    assert await on_list_at(JUNE) == ([stays.national_id, came.national_id], 2)
    assert await on_list_at(NEXT_YEAR) == ([stays.national_id, came.national_id, comes.national_id], 3)


async def test_pages_of_a_list_give_every_patient_once_however_many_came_on_the_same_day(
    scenario: Scenario, database: Database, ask_editor: Ask
):
    contract = scenario.contract(scenario.office())
    people = [scenario.person() for _ in range(7)]
    for person in people:
        scenario.on_list(person, contract)
    await scenario.write(database)

    found, after = [], None
    while True:
        page = (await ask_editor(LIST, id=contract, first=3, after=after))["gpContract"]["patients"]
        found += [each["nationalId"] for each in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break

    assert found == [person.national_id for person in people]


async def test_a39_a_history_is_newest_first_and_the_same_by_every_number_of_the_person(
    scenario: Scenario, database: Database, ask_editor: Ask
):
    office, person = scenario.office(), scenario.person(former_numbers=1)
    first, second, third = (scenario.contract(office) for _ in range(3))
    scenario.on_list(person, first, valid=Period(LAST_YEAR, MAY))
    scenario.on_list(person, second, valid=Period(JUNE, NEXT_YEAR))
    scenario.on_list(person, third, valid=Period(NEXT_YEAR))
    await scenario.write(database)

    now, before = [
        (await ask_editor(HISTORY, nationalId=each))["patientHistory"] for each in (person.national_id, *person.former)
    ]
    page = (await ask_editor(HISTORY, nationalId=person.national_id, first=2))["patientHistory"]
    rest = await ask_editor(HISTORY, nationalId=person.national_id, after=page["pageInfo"]["endCursor"])

    assert [(each["contract"]["contractId"], each["active"]) for each in now["nodes"]] == [
        (str(third), False),
        (str(second), True),
        (str(first), False),
    ]
    assert now == before
    assert page["nodes"] + rest["patientHistory"]["nodes"] == now["nodes"]
    assert page["totalCount"] == 3


async def test_the_history_of_an_unknown_person_is_empty(ask_editor: Ask):
    data = await ask_editor(HISTORY, nationalId=synthetic_national_id(1))

    assert data["patientHistory"] == {
        "totalCount": 0,
        "nodes": [],
        "pageInfo": {"hasNextPage": False, "endCursor": None},
    }


CONFIRM = """
query ($nationalId: NationalId!, $hprNumber: HprNumber!, $substitutes: Boolean = true, $asOf: AsOf) {
  confirmGp(nationalId: $nationalId, hprNumber: $hprNumber, purpose: REGISTRY_MAINTENANCE,
            includeSubstitutes: $substitutes, asOf: $asOf) {
    outcome confirmed relationship { value } cycle { hprNumber }
  }
}
"""


async def test_a_gp_is_confirmed_as_what_the_doctor_is_on_the_list(
    scenario: Scenario, database: Database, ask_editor: Ask
):
    contract, patient = scenario.contract(scenario.office()), scenario.person()
    scenario.on_list(patient, contract, valid=Period(LAST_YEAR))
    gp, substitute, part_list, former, stranger = (scenario.doctor() for _ in range(5))
    scenario.cycle(contract, gp)
    scenario.cycle(contract, gp, "LPVI")
    scenario.cycle(contract, substitute, "LPVI")
    scenario.cycle(contract, part_list, "LPDL")
    scenario.cycle(contract, former, valid=Period(LAST_YEAR, JUNE))
    await scenario.write(database)

    async def confirmed(hpr_number: int, **options) -> str | None:
        data = await ask_editor(CONFIRM, nationalId=patient.national_id, hprNumber=hpr_number, **options)
        answer = data["confirmGp"]
        assert answer["confirmed"] == (answer["cycle"] is not None) == (answer["relationship"] is not None)
        return answer["relationship"] and answer["relationship"]["value"]

    assert [await confirmed(each) for each in (gp, substitute, part_list, former, stranger)] == [
        "LPFL",
        "LPVI",
        "LPDL",
        None,
        None,
    ]
    assert await confirmed(substitute, substitutes=False) is None
    assert await confirmed(gp, substitutes=False) == "LPFL"
    assert await confirmed(former, asOf={"validAt": MAY.isoformat()}) == "LPFL"


async def test_a_confirmation_reports_an_unknown_person_from_one_without_list(
    scenario: Scenario, database: Database, ask_editor: Ask
):
    known, doctor = scenario.person(), scenario.doctor()
    await scenario.write(database)

    outcomes = [
        (await ask_editor(CONFIRM, nationalId=number, hprNumber=doctor))["confirmGp"]
        for number in (known.national_id, synthetic_national_id(900))
    ]

    nothing = {"confirmed": False, "relationship": None, "cycle": None}
    assert outcomes == [{"outcome": "NO_GP", **nothing}, {"outcome": "UNKNOWN_PERSON", **nothing}]

"""An old organisation number or RESH-id answers with its record, and leads on to those of today."""

import pytest

from tests.support.edits.organisations import FREE, broken, changed, created, registered, succession
from tests.support.scenario import Scenario

pytestmark = pytest.mark.anyio

OLD, NEW, NEWEST, *OTHERS = FREE
READ = """query ($number: OrganisationNumber!, $asOf: AsOf) {
  organisation(organisationNumber: $number, asOf: $asOf) {
    organisationNumber status
    succeededBy { organisationNumber } surviving { organisationNumber }
    path { kind from to validFrom entry }
    predecessors { organisationNumber } pathHere { kind from to validFrom entry }
  }
}"""
JANUARY, FEBRUARY = "2026-01-01T00:00:00+00:00", "2026-02-01T00:00:00+00:00"


async def read(edit, number: str, **as_of) -> dict:
    return (await edit(READ, number=number, asOf=as_of or None))["organisation"]


def numbers(organisations: list[dict]) -> list[str]:
    return [each["organisationNumber"] for each in organisations]


def step(kind: str, old: str, new: str, since: str, payload: dict) -> dict:
    return {"kind": kind, "from": old, "to": new, "validFrom": since, "entry": payload["entry"]}


@pytest.fixture
async def organisations(edit) -> None:
    for number in (OLD, NEW, NEWEST, *OTHERS[:2]):
        await registered(edit, number)


async def test_under_an_old_number_the_old_record_is_reported_with_the_way_to_todays(edit, organisations):
    await changed(edit, "organisationClose", OLD, at=JANUARY)
    first = await changed(edit, "organisationSucceed", OLD, input=succession(NEW, kind="RENUMBERED", since=JANUARY))
    second = await changed(edit, "organisationSucceed", NEW, input=succession(NEWEST, kind="MERGED", since=FEBRUARY))

    chain = [step("RENUMBERED", OLD, NEW, JANUARY, first), step("MERGED", NEW, NEWEST, FEBRUARY, second)]
    assert await read(edit, OLD) == {
        "organisationNumber": OLD,
        "status": "ENDED",
        "succeededBy": [{"organisationNumber": NEW}],
        "surviving": [{"organisationNumber": NEWEST}],
        "path": chain,
        "predecessors": [],
        "pathHere": [],
    }
    newest = await read(edit, NEWEST)
    assert (newest["surviving"], newest["path"]) == ([{"organisationNumber": NEWEST}], [])
    assert (newest["predecessors"], newest["pathHere"]) == ([{"organisationNumber": NEW}], chain[::-1])


async def test_one_becomes_several_and_several_become_one(edit, organisations):
    split = succession(NEW, NEWEST, kind="SPLIT")
    await changed(edit, "organisationSucceed", OLD, input=split)
    for number in (NEW, NEWEST):
        await changed(edit, "organisationSucceed", number, input=succession(OTHERS[0], since=FEBRUARY))

    old, last = await read(edit, OLD), await read(edit, OTHERS[0])

    assert numbers(old["succeededBy"]) == sorted([NEW, NEWEST])
    assert numbers(old["surviving"]) == [OTHERS[0]]
    assert [(each["from"], each["to"]) for each in old["path"]] == [
        *((OLD, number) for number in sorted([NEW, NEWEST])),
        *((number, OTHERS[0]) for number in sorted([NEW, NEWEST])),
    ]
    assert numbers(last["predecessors"]) == sorted([NEW, NEWEST])
    assert len(last["pathHere"]) == 4


async def test_a_succession_counts_from_its_day_and_from_the_entry_that_reported_it(edit, organisations):
    before = (await registered(edit, OTHERS[2]))["entry"]
    await changed(edit, "organisationSucceed", OLD, input=succession(NEW, since=JANUARY))

    assert numbers((await read(edit, OLD))["succeededBy"]) == [NEW]
    assert (await read(edit, OLD, validAt="2025-12-31T23:59:59Z"))["succeededBy"] == []
    assert (await read(edit, OLD, entry=before))["succeededBy"] == []


async def test_a_succession_is_reported_anew_in_place_of_the_former_or_taken_back(edit, organisations):
    terms = await changed(edit, "organisationSucceed", OLD, input=succession(NEW))
    again = await changed(edit, "organisationSucceed", OLD, input=succession(NEW))
    corrected = await changed(edit, "organisationSucceed", OLD, input=succession(NEW, NEWEST, kind="SPLIT"))
    single = await changed(edit, "organisationSucceed", OLD, input=succession(NEWEST, kind="MOVED"))

    assert broken(again) == [("R-LOG-011", [], None)]
    assert [each["userErrors"] for each in (terms, corrected, single)] == [[], [], []]
    assert [(each["kind"], each["to"]) for each in (await read(edit, OLD))["path"]] == [("MOVED", NEWEST)]
    await changed(edit, "organisationSuccessionRevoke", OLD)
    assert (await read(edit, OLD))["path"] == []


async def test_nobody_is_succeeded_by_their_own_predecessor(edit, organisations):
    await changed(edit, "organisationSucceed", OLD, input=succession(NEW))
    await changed(edit, "organisationSucceed", NEW, input=succession(NEWEST))

    payload = await changed(edit, "organisationSucceed", NEWEST, input=succession(OTHERS[0], OLD, kind="SPLIT"))

    assert broken(payload) == [("R-ORG-020", ["input", "successors", "1"], NEWEST)]


async def test_an_office_under_its_old_number_leads_to_the_office_that_holds_its_lists(edit, database):
    scenario = Scenario()
    old, new = scenario.office(name="Gamle legekontor"), scenario.office(name="Nye legekontor")
    contract = scenario.contract(new)
    await scenario.write(database)

    await changed(edit, "organisationSucceed", old.number, input=succession(new.number, kind="MOVED"))

    data = await edit(
        """query ($number: OrganisationNumber!) {
          organisation(organisationNumber: $number) {
            gpContracts { contractId }
            surviving { gpContracts { contractId } }
          }
        }""",
        number=old.number,
    )
    assert data["organisation"] == {"gpContracts": [], "surviving": [{"gpContracts": [{"contractId": str(contract)}]}]}


async def test_a_resh_unit_that_merged_leads_to_the_other_and_one_that_moved_to_itself(edit):
    for resh_id in (1, 2, 3):
        await created(edit, resh_id)
    await changed(edit, "reshUnitMove", 3, parentReshId=2)
    merged = await changed(edit, "reshUnitSucceed", 1, input=succession(2, since=JANUARY))
    unit = """query ($id: ReshId!) { reshUnit(reshId: $id) {
      succeededBy { reshId } surviving { reshId } path { kind from to validFrom entry }
      predecessors { reshId } pathHere { from to } } }"""

    assert (await edit(unit, id=1))["reshUnit"] == {
        "succeededBy": [{"reshId": 2}],
        "surviving": [{"reshId": 2}],
        "path": [step("MERGED", "1", "2", JANUARY, merged)],
        "predecessors": [],
        "pathHere": [],
    }
    assert (await edit(unit, id=3))["reshUnit"] == {
        "succeededBy": [],
        "surviving": [{"reshId": 3}],
        "path": [],
        "predecessors": [],
        "pathHere": [],
    }
    assert (await edit(unit, id=2))["reshUnit"]["pathHere"] == [{"from": "1", "to": "2"}]
    await changed(edit, "reshUnitSuccessionRevoke", 1)
    assert (await edit(unit, id=1))["reshUnit"]["path"] == []

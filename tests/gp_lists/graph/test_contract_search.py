"""Searching GP contracts."""

import pytest

from registers.database.database import Database
from tests.conftest import Ask
from tests.support.scenario import ENDED, LAST_YEAR, Scenario

pytestmark = pytest.mark.anyio

SEARCH = """
query ($filter: GpContractFilter!, $first: Int = 50, $after: String, $asOf: AsOf) {
  searchGpContracts(filter: $filter, first: $first, after: $after, asOf: $asOf) {
    totalCount nodes { contractId } pageInfo { hasNextPage endCursor }
  }
}
"""


@pytest.fixture
async def many(scenario: Scenario, database: Database):
    """Lists that differ in one respect each from `plain`."""
    office, other, doctor = scenario.office(), scenario.office(), scenario.doctor()
    lists = {
        "plain": scenario.contract(office),
        "elsewhere": scenario.contract(other),
        "closed": scenario.contract(office, status="7751/LUKKET"),
        "full": scenario.contract(office, max_patients=1),
        "vacant": scenario.contract(office),
        "common": scenario.contract(office, common_list=True),
        "coop": scenario.contract(office, municipality="3402/3201"),
        "owned": scenario.contract(office, municipality="3402/1103"),
        "referred": scenario.contract(office, status=None),
        "ended": scenario.contract(office, valid=ENDED),
    }
    scenario.add("coop_municipalities", contract_id=lists["coop"], municipality="3402/1103")
    scenario.on_list(scenario.person(), lists["full"])
    for name, contract in lists.items():
        if name != "vacant":
            scenario.cycle(contract, doctor if name in ("plain", "ended") else scenario.doctor())
    scenario.cycle(lists["vacant"], doctor, "LPVI")
    scenario.cycle(lists["closed"], doctor, valid=ENDED)
    await scenario.write(database)
    return lists, office, other, doctor


IN_FORCE = ["plain", "elsewhere", "closed", "full", "vacant", "common", "coop", "owned", "referred"]

FINDS: list[tuple[dict[str, object], list[str]]] = [
    ({}, IN_FORCE),
    ({"municipality": "1103"}, ["coop", "owned"]),
    ({"municipality": "3201"}, ["coop"]),
    ({"status": "LUKKET"}, ["closed"]),
    ({"hasFreePlaces": False}, ["closed", "full", "referred"]),
    ({"hasFreePlaces": True}, ["plain", "elsewhere", "vacant", "common", "coop", "owned"]),
    ({"vacant": True}, ["vacant"]),
    ({"vacant": False}, [name for name in IN_FORCE if name != "vacant"]),
    ({"commonList": True}, ["common"]),
    ({"commonList": True, "vacant": True}, []),
]


async def test_a_search_finds_the_contracts_in_force_that_every_condition_holds_for(ask: Ask, many):
    lists, *_ = many
    names = {str(contract): name for name, contract in lists.items()}

    found = []
    for filter, _ in FINDS:
        answer = (await ask(SEARCH, filter=filter))["searchGpContracts"]
        found.append((filter, [names[each["contractId"]] for each in answer["nodes"]]))
        assert answer["totalCount"] == len(answer["nodes"])

    assert found == FINDS


async def test_a_search_by_office_and_doctor_looks_at_the_instant(ask: Ask, many):
    lists, _, other, doctor = many

    of_office = await ask(SEARCH, filter={"officeNumber": other.number})
    of_doctor = await ask(SEARCH, filter={"hprNumber": doctor})
    before = await ask(SEARCH, filter={"hprNumber": doctor}, asOf={"validAt": LAST_YEAR.isoformat()})

    def found(data):
        return [each["contractId"] for each in data["searchGpContracts"]["nodes"]]

    assert found(of_office) == [str(lists["elsewhere"])]
    assert found(of_doctor) == [str(lists["plain"]), str(lists["vacant"])]
    assert found(before) == [str(lists[name]) for name in ("plain", "closed", "vacant", "ended")]


async def test_pages_of_a_search_give_every_contract_once(ask: Ask, many):
    lists, *_ = many
    found, after = [], None
    while True:
        page = (await ask(SEARCH, filter={}, first=4, after=after))["searchGpContracts"]
        found += [each["contractId"] for each in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break

    assert found == [str(lists[name]) for name in IN_FORCE]

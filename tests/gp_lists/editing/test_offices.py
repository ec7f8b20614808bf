"""Contracts of an office moved together, and what FLR adds to an office."""

import pytest

from tests.support.edits.gp_contracts import JANUARY, JULY, Given, change_district, move_contracts, opened
from tests.support.requests import ANY, entries, refused

pytestmark = pytest.mark.anyio


async def test_all_lasting_contracts_of_an_office_move_each_under_its_own_entry(edit, given: Given):
    first, second = [(await opened(edit, given, number))["entry"] for number in (70001, 70002)]
    await opened(edit, given, 70003, period={"from": JANUARY, "to": JULY})
    contracts = [{"contractId": "70002", "expectedEntry": second}, {"contractId": "70001", "expectedEntry": first}]
    move = {"oldOfficeNumber": given.office, "newOfficeNumber": given.other_office, "contracts": contracts}

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
    contracts = [{"contractId": "70001", "expectedEntry": entry - 1}, {"contractId": "70009", "expectedEntry": ANY}]

    payload = await move_contracts(edit, oldOfficeNumber=given.office, newOfficeNumber="999977774", contracts=contracts)

    assert refused(payload) == [
        ("R-FLR-005", "newOfficeNumber"),
        ("R-LOG-001", "contracts.0.expectedEntry"),
        ("R-FLR-028", "contracts.1.contractId"),
    ]
    assert payload["gpOffice"]["gpContracts"] == [{"contractId": "70001", "lastEntry": entry}]


async def test_the_district_of_an_office_is_shown_by_it_and_by_its_contracts(edit, given: Given):
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
    contract = await edit("{ gpContract(id: 70001) { groupOffice district { value } gpOffice { lastEntry } } }")
    assert contract["gpContract"] == {
        "groupOffice": True,
        "district": {"value": "030105"},
        "gpOffice": {"lastEntry": payload["entry"]},
    }
    assert refused(await change_district(edit, expectedEntry=0, **change)) == [
        ("R-LOG-001", "expectedEntry"),
        ("R-LOG-011", ""),
    ]

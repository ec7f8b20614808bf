"""Out-of-office locations added, changed and given up."""

import pytest

from tests.support.edits.gp_contracts import (
    JANUARY,
    MARCH,
    MAY,
    Given,
    add_location,
    change_location,
    opened,
    remove_location,
)
from tests.support.requests import entries, refused

pytestmark = pytest.mark.anyio

LOCATION = {
    "description": "Utekontor",
    "period": {"from": JANUARY},
    "physicalAddresses": [{"type": "RES", "street": "Fjordveien 1", "postalCode": "0001", "city": "Oslo"}],
    "electronicAddresses": [{"type": "E_TLF", "address": "22222222"}],
}
USED = """query ($asOf: AsOf) { gpContract(id: 70001, asOf: $asOf) {
  outOfOfficeLocations { description valid { to } } } }"""


async def test_a_location_is_added_and_changed_with_its_addresses(edit, given: Given):
    await opened(edit, given, 70001)

    added = await add_location(edit, 70001, input=LOCATION)
    changed_to = {"period": {"from": MARCH}, "electronicAddresses": [{"type": "E_TLF", "address": "33333333"}]}
    changed = await change_location(edit, 70001, locationId="-1", input=changed_to)

    assert added["gpContract"]["outOfOfficeLocations"] == [
        {
            "locationId": "-1",
            "description": "Utekontor",
            "valid": {"from": JANUARY, "to": None},
            "physicalAddresses": [
                {"type": {"value": "RES"}, "street": "Fjordveien 1", "postalCode": "0001", "city": "Oslo"}
            ],
            "electronicAddresses": [{"type": {"value": "E_TLF"}, "address": "22222222"}],
        }
    ]
    assert changed["gpContract"]["outOfOfficeLocations"] == [
        {
            "locationId": "-1",
            "description": None,
            "valid": {"from": MARCH, "to": None},
            "physicalAddresses": [],
            "electronicAddresses": [{"type": {"value": "E_TLF"}, "address": "33333333"}],
        }
    ]
    assert refused(await change_location(edit, 70001, locationId="-1", input=changed_to)) == [("R-LOG-011", "input")]


async def test_a_location_has_one_address_of_each_type_in_known_codes(edit, given: Given):
    await opened(edit, given, 70001)
    twice = [{"type": "RES"}, {"type": "RES", "city": " "}]

    payload = await add_location(
        edit,
        70001,
        input=LOCATION | {"physicalAddresses": twice, "electronicAddresses": [{"type": "E_XXX", "address": "1"}]},
    )

    assert refused(payload) == [
        ("R-FLR-012", "input.physicalAddresses"),
        ("R-LOG-005", "input.physicalAddresses.1.city"),
        ("R-CODE-002", "input.electronicAddresses.0.type"),
    ]


async def test_a38_a_location_given_up_expires_and_stays_readable_before(edit, given: Given):
    await opened(edit, given, 70001)
    await add_location(edit, 70001, input=LOCATION)

    rehearsed = await remove_location(edit, 70001, locationId="-1", at=MAY, dryRun=True)
    await remove_location(edit, 70001, locationId="-1", at=MAY)

    assert entries(rehearsed) == [("70001", "OutOfOfficeLocationDeleted")]
    now, before = await edit(USED), await edit(USED, asOf={"validAt": MARCH})
    assert now["gpContract"]["outOfOfficeLocations"] == []
    assert before["gpContract"]["outOfOfficeLocations"] == [{"description": "Utekontor", "valid": {"to": MAY}}]
    assert refused(await remove_location(edit, 70001, locationId="-1")) == [("R-FLR-014", "at")]


async def test_a_location_is_given_up_now_unless_the_edit_names_another_time(edit, given: Given):
    await opened(edit, given, 70001)
    await add_location(edit, 70001, input=LOCATION)

    payload = await remove_location(edit, 70001, locationId="-1")

    assert payload["gpContract"]["outOfOfficeLocations"] == []

"""Adding and retiring codes."""

import pytest

from tests.support.edits.codes import READ, added, retired

pytestmark = pytest.mark.anyio


async def read(edit, value: str) -> dict:
    return (await edit(READ, oid="8666", value=value))["codeSystem"]["code"]


async def test_an_added_code_is_stored_and_in_the_log(edit):
    payload = await added(edit, display=" Prøvetjeneste ")

    assert payload["code"] == await read(edit, "KX99")
    assert payload["code"] == {
        "system": "8666",
        "value": "KX99",
        "display": "Prøvetjeneste",
        "active": True,
        "validTo": None,
        "lastEntry": payload["entry"],
    }


async def test_a_retired_code_stays_readable_and_says_so(edit):
    entry = (await added(edit))["entry"]

    payload = await retired(edit, "KX99", entry, validTo="2027-01-01")

    assert payload["code"] == await read(edit, "KX99")
    assert (payload["code"]["active"], payload["code"]["validTo"]) == (False, "2027-01-01")


async def test_a_system_is_named_by_its_oid_too(edit):
    payload = await added(edit, system="2.16.578.1.12.4.1.1.8666")

    assert payload["code"]["system"] == "8666"

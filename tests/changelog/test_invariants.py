"""What always holds of the log and of what is answered from it, whatever the register."""

import json
import re

import pytest
from sqlalchemy import text

from registers.database.database import Database
from tests.conftest import Ask
from tests.support.edits.codes import added, retired
from tests.support.edits.patients import assign, on, register
from tests.support.importer import Importer
from tests.support.records_ar import legacy_organisation
from tests.support.scenario import Scenario, synthetic_national_id

pytestmark = pytest.mark.anyio

CODES = """query ($asOf: AsOf) { codeSystem(oid: "8666", asOf: $asOf) { codes { value display active } } }"""
ELEVEN_DIGITS = re.compile(r"\d{11}")


async def test_a31_a_snapshot_and_what_the_entries_after_it_changed_give_the_later_snapshot(edit: Ask):
    first = (await added(edit, "A1"))["entry"]
    snapshot = {each["value"]: each for each in (await edit(CODES, asOf={"entry": first}))["codeSystem"]["codes"]}
    await added(edit, "A2")
    last = (await retired(edit, "A1", first))["entry"]

    for entry in range(first + 1, last + 1):
        [change] = [
            each
            for each in (await edit(CODES, asOf={"entry": entry}))["codeSystem"]["codes"]
            if each != snapshot.get(each["value"])
        ]
        snapshot[change["value"]] = change

    later = {each["value"]: each for each in (await edit(CODES))["codeSystem"]["codes"]}
    assert snapshot == later


async def test_a32_no_entry_of_a_patient_holds_a_national_id(edit: Ask, database: Database):
    scenario = Scenario()
    contract, person = scenario.contract(scenario.office()), scenario.person()
    await scenario.write(database)
    await assign(edit, nationalId=person.national_id, input=on(contract))
    await register(edit, nationalId=synthetic_national_id(5_555), input={"firstName": "Ny", "lastName": "Person"})

    async with database.reading() as session:
        entries = (await session.execute(text("SELECT row_to_json(entries) FROM entries WHERE number > 1"))).scalars()
        written = json.dumps([{**entry, "hash": None} for entry in entries])
    assert ELEVEN_DIGITS.search(written) is None


async def test_a36_far_ends_and_minus_one_never_reach_the_api(importer: Importer, edit: Ask):
    await importer(legacy_organisation(ParentHerId=-1))  # valid to 9999-12-31

    data = await edit("{ searchCommunicationParties(filter: {}) { nodes { valid { from to } parent { herId } } } }")
    assert data["searchCommunicationParties"]["nodes"] == [
        {"valid": {"from": "2023-04-03T22:00:00+00:00", "to": None}, "parent": None}
    ]


async def test_a37_a_retired_code_stays_on_old_records_and_is_refused_on_new_ones(edit: Ask, database: Database):
    scenario = Scenario()
    service = scenario.vacant_list_service(scenario.office(), system="8655")
    free = scenario.person()
    contract = scenario.contract(scenario.office())
    await scenario.write(database)
    code = (await added(edit, "X1", system="7754", display="Prøve"))["entry"]
    await retired(edit, "X1", code, system="7754")

    versions = await edit(
        "query ($id: HerId!) { communicationParty(herId: $id) { serviceType { value active } } }", id=service
    )
    new = await assign(edit, nationalId=free.national_id, input=on(contract, beginCode="X1"))

    assert versions["communicationParty"]["serviceType"] == {"value": "KX17", "active": False}
    assert [(error["rule"], error["path"]) for error in new["userErrors"]] == [("R-CODE-007", ["input", "beginCode"])]

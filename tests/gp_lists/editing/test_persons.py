"""Persons registered and changed by an editor, and what nobody else is shown of them."""

from typing import Any

import pytest

from registers.core.caller import Role
from registers.database.database import Database
from tests.conftest import Ask
from tests.support.edits.patients import (
    assign,
    change_national_id,
    change_person,
    change_protection,
    on,
    register,
)
from tests.support.requests import ANY, refused
from tests.support.scenario import Person, Scenario, synthetic_national_id

pytestmark = pytest.mark.anyio

NEW = synthetic_national_id(7_001)
WHO = """query ($n: NationalId!) { patientGp(nationalId: $n, purpose: REGISTRY_MAINTENANCE) {
  outcome patient { firstName middleName lastName bornOn diedOn sex { value } addressProtection lastEntry } } }"""


@pytest.fixture
async def person(scenario: Scenario, database: Database) -> Person:
    """A person who is registered and on no list."""
    made = scenario.person()
    await scenario.write(database)
    return made


async def who(ask: Ask, national_id: str) -> dict[str, Any]:
    return (await ask(WHO, n=national_id))["patientGp"]["patient"]


async def test_a_registered_person_is_on_no_list_and_known_by_the_number(edit):
    kari = {"firstName": " Kari ", "lastName": "Prøve", "bornOn": "2026-11-23", "sex": "2"}

    payload = await register(edit, nationalId=NEW, input=kari | {"addressProtection": "CONFIDENTIAL"})

    assert payload["userErrors"] == []
    assert payload["associations"] == {"nodes": []}
    assert await who(edit, NEW) == {
        "firstName": "Kari",
        "middleName": None,
        "lastName": "Prøve",
        "bornOn": "2026-11-23",
        "diedOn": None,
        "sex": {"value": "2"},
        "addressProtection": "CONFIDENTIAL",
        "lastEntry": payload["entry"],
    }


async def test_of_a_changed_person_what_is_left_out_stays_and_null_takes_away(edit, person: Person):
    seen = await who(edit, person.national_id)

    payload = await change_person(
        edit,
        nationalId=person.national_id,
        expectedEntry=seen["lastEntry"],
        input={"middleName": "Mellom", "firstName": None, "diedOn": "2026-11-01", "sex": "1"},
    )

    changed = {"middleName": "Mellom", "firstName": None, "diedOn": "2026-11-01", "sex": {"value": "1"}}
    assert payload["userErrors"] == []
    assert await who(edit, person.national_id) == seen | changed | {"lastEntry": payload["entry"]}


async def test_a_change_of_a_person_that_changes_nothing_is_refused(edit, person: Person):
    for input in ({}, {"firstName": "Prøve", "middleName": None}):
        payload = await change_person(edit, nationalId=person.national_id, expectedEntry=ANY, input=input)

        assert refused(payload) == [("R-LOG-011", "input")]


async def test_a_stale_caller_is_shown_the_person_as_it_is(edit, person: Person):
    first = await change_protection(edit, nationalId=person.national_id, expectedEntry=ANY, protection="CLIENT")

    payload = await change_person(
        edit, nationalId=person.national_id, expectedEntry=first["entry"] - 1, input={"lastName": "Ny"}
    )

    assert refused(payload) == [("R-LOG-001", "expectedEntry")]
    assert payload["patient"] == first["patient"]
    assert payload["patient"]["lastEntry"] == first["entry"]


async def test_a39_a_person_gets_a_former_number_back_and_answers_by_both(edit, person: Person):
    there = await change_national_id(edit, nationalId=person.national_id, expectedEntry=ANY, newNationalId=NEW)
    back = await change_national_id(edit, nationalId=NEW, expectedEntry=ANY, newNationalId=person.national_id)

    assert (there["userErrors"], back["userErrors"]) == ([], [])
    assert await who(edit, NEW) == await who(edit, person.national_id) == back["patient"]


async def test_a33_an_edit_shows_a_protected_person_to_the_editor_alone(edit, ask_as, person: Person):
    payload = await change_protection(
        edit, nationalId=person.national_id, expectedEntry=ANY, protection="STRICTLY_CONFIDENTIAL"
    )
    document = """mutation ($n: NationalId!) { patientChangeProtection(nationalId: $n, expectedEntry: 1,
      protection: NONE) { userErrors { rule } } }"""
    others = [role for role in Role if role is not Role.EDITOR]

    assert payload["patient"]["lastName"] == f"Person {person.person_id}"
    for role in others:
        assert await ask_as(role, document, n=person.national_id) == (None, ["FORBIDDEN"])


@pytest.mark.parametrize("purpose", ["TREATMENT", "ADMINISTRATION"])
async def test_whoever_treats_a_person_is_not_shown_who_the_person_is(ask_as, person: Person, purpose):
    document = WHO.replace("REGISTRY_MAINTENANCE", purpose)

    assert await ask_as(Role.EHR, document, n=person.national_id) == (None, ["FORBIDDEN"])


async def test_a_purpose_stated_within_a_mutation_is_the_one_that_counts(ask_as, database, scenario, person: Person):
    contract = scenario.contract(scenario.office())
    await scenario.write(database)
    document = """mutation ($n: NationalId!, $input: PatientAssignInput!) {
      patientAssign(nationalId: $n, input: $input) {
        associations { nodes { contract { patients(purpose: AUDIT) { totalCount } } } } } }"""

    assert await ask_as(Role.EDITOR, document, n=person.national_id, input=on(contract)) == (None, ["FORBIDDEN"])


async def test_a_dry_run_shows_the_association_and_leaves_none(edit, database, scenario, person: Person):
    contract = scenario.contract(scenario.office())
    await scenario.write(database)

    rehearsed = await assign(edit, nationalId=person.national_id, input=on(contract), dryRun=True)

    assert [each["contract"]["contractId"] for each in rehearsed["associations"]["nodes"]] == [str(contract)]
    made = await assign(edit, nationalId=person.national_id, input=on(contract))
    assert made["userErrors"] == []

"""National ids: what is refused, and that none stands where it does not belong."""

import base64
import json
import re

import pytest

from registers.api.graph.context import Context
from registers.api.graph.pagination import cursor_of
from registers.core.caller import Caller, Role
from registers.database.database import Database
from registers.objects import RegisterObjects
from registers.schema import build_schema
from tests.conftest import NOW, SCHEMA
from tests.support.scenario import Scenario, synthetic_national_id

pytestmark = pytest.mark.anyio


async def test_no_cursor_id_or_entry_holds_a_national_id(ask_as, scenario: Scenario, database: Database):
    contract = scenario.contract(scenario.office())
    people = [scenario.person(former_numbers=1) for _ in range(3)]
    for person in people:
        scenario.on_list(person, contract)
    await scenario.write(database, key=str(contract))
    document = """query ($list: GpContractId!, $nationalId: NationalId!) {
      gpContract(id: $list) { id history { edges { cursor node { key action reason } } }
        patients(purpose: REGISTRY_MAINTENANCE) { edges { cursor } pageInfo { endCursor } } }
      patientHistory(nationalId: $nationalId, purpose: REGISTRY_MAINTENANCE) { edges { cursor } }
      patientGp(nationalId: $nationalId, purpose: REGISTRY_MAINTENANCE) {
        association { patient { lastName } contract { id } lastEntry } }
    }"""

    data, _ = await ask_as(Role.EDITOR, document, list=contract, nationalId=people[0].national_id)

    answer = decoded(json.dumps(data))
    assert '"after":' not in answer and len(answer) > len(json.dumps(data)) / 2
    for number in [each for person in people for each in (person.national_id, *person.former)]:
        assert number not in answer


def decoded(text: str) -> str:
    """The text with everything in it that may be base64 spelt out beside it."""

    def spelt(match: re.Match[str]) -> str:
        padded = match[0] + "=" * (-len(match[0]) % 4)
        try:
            return match[0] + " " + base64.urlsafe_b64decode(padded).decode("latin-1")
        except ValueError:
            return match[0]

    return re.sub(r"[A-Za-z0-9_-]{8,}", spelt, text)


MALFORMED = ["01010112345", "0101011234", "010101123456", "x", "", "٠١٠١٠١١٢٣٤٥"]


async def test_a_malformed_national_id_is_refused_by_rule_and_never_repeated(database: Database):
    batch = """query ($p: [PatientAtInput!]!) {
      patientGps(patients: $p, purpose: REGISTRY_MAINTENANCE) { outcome } }"""
    alone = "query ($n: NationalId!) { patientGp(nationalId: $n, purpose: REGISTRY_MAINTENANCE) { outcome } }"
    context = Context(caller=Caller("test", Role.EDITOR), now=NOW, database=database, objects=RegisterObjects())
    sound = synthetic_national_id(1)
    for number in MALFORMED:
        literal = f'{{ patientGp(nationalId: "{number}", purpose: REGISTRY_MAINTENANCE) {{ outcome }} }}'
        for document, variables in (
            (alone, {"n": number}),
            (literal, {}),
            (batch, {"p": [{"nationalId": sound}, {"nationalId": number}]}),
        ):
            result = await SCHEMA.execute(document, variable_values=variables, context_value=context)

            assert result.data is None and result.errors
            errors = json.dumps([error.formatted for error in result.errors], ensure_ascii=False)
            assert "rule: " in errors and "BAD_USER_INPUT" in errors
            assert len(number) < 2 or number not in errors
            assert sound not in errors


@pytest.mark.parametrize(("production", "expected"), [(False, {"outcome": "UNKNOWN_PERSON"}), (True, None)])
async def test_a26_production_refuses_synthetic_numbers(database: Database, production, expected):
    context = Context(caller=Caller("test", Role.EDITOR), now=NOW, database=database, objects=RegisterObjects())
    result = await build_schema(production=production).execute(
        "query ($n: NationalId!) { patientGp(nationalId: $n, purpose: REGISTRY_MAINTENANCE) { outcome } }",
        variable_values={"n": synthetic_national_id(1)},
        context_value=context,
    )

    assert (result.data and result.data["patientGp"]) == expected
    assert bool(result.errors) is production


async def test_a_cursor_of_something_else_is_refused(ask_as, scenario: Scenario, database: Database):
    person = scenario.person()
    await scenario.write(database)
    document = """query ($n: NationalId!, $after: String) {
      patientHistory(nationalId: $n, purpose: REGISTRY_MAINTENANCE, after: $after) { totalCount } }"""
    for cursor in ("?", cursor_of(("a", 1)), cursor_of((2**62, 1))):
        assert await ask_as(Role.EDITOR, document, n=person.national_id, after=cursor) == (None, ["BAD_USER_INPUT"])

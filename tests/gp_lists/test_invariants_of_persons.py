"""What is always true of persons: which numbers are national ids, and that none is read for sex or day of birth."""

import json
from pathlib import Path

import pytest

from registers.api.graph.context import Context
from registers.database.database import Database
from registers.objects import RegisterObjects
from tests.conftest import EDITOR, NOW, Ask
from tests.core.test_national_id import INVALID, VALID
from tests.gp_lists.conftest import SCHEMA
from tests.support.importer import Importer
from tests.support.records_ar import code
from tests.support.records_flr import NIN, OTHER_NIN, association, contract, person

pytestmark = pytest.mark.anyio

THIRD_NIN = "05837290297"

GP = """query ($n: NationalId!) { patientGp(nationalId: $n, purpose: REGISTRY_MAINTENANCE) { outcome } }"""
PATIENTS = """query ($id: GpContractId!) { gpContract(id: $id) { patients(purpose: REGISTRY_MAINTENANCE) {
  nodes { nationalId patient { bornOn sex { value } } } } } }"""


@pytest.fixture
def importer(database: Database, tmp_path: Path) -> Importer:
    return Importer(database, tmp_path)


async def ask_for(database: Database, number: str):
    context = Context(caller=EDITOR, now=NOW, database=database, objects=RegisterObjects())
    return await SCHEMA.execute(GP, variable_values={"n": number}, context_value=context)


async def test_a25_every_number_on_the_list_of_valid_ones_is_a_national_id(database: Database):
    for number, *_ in (each.values for each in VALID):
        result = await ask_for(database, str(number))

        assert (result.errors, result.data) == (None, {"patientGp": {"outcome": "UNKNOWN_PERSON"}})


async def test_a25_every_number_on_the_list_of_invalid_ones_is_refused_by_its_rule_and_not_reported(database: Database):
    for number, rule in (each.values for each in INVALID):
        result = await ask_for(database, str(number))

        assert result.data is None and result.errors
        (error,) = [each.formatted for each in result.errors]
        assert f"rule: {rule}" in error.get("message", "")
        assert error.get("extensions", {}).get("code") == "BAD_USER_INPUT"
        assert str(number) not in json.dumps(error)


async def test_a27_sex_and_day_of_birth_are_the_registers_own_and_never_read_from_the_number(
    importer: Importer, ask_editor: Ask
):
    silent = person(NIN=OTHER_NIN)
    del silent["DateOfBirth"], silent["Sex"]
    patient = person(
        NIN=NIN, DateOfBirth="2001-12-24T00:00:00", Sex=code(3101, "1")
    )  # the number's digits say otherwise

    await importer(
        contract(
            PatientList=[
                association(Id=1, Patient=patient),
                association(Id=2, PatientNIN=OTHER_NIN, Patient=silent),
                association(Id=3, PatientNIN=THIRD_NIN, Patient=None),
            ]
        )
    )

    nodes = (await ask_editor(PATIENTS, id=70001))["gpContract"]["patients"]["nodes"]
    assert {each["nationalId"]: each["patient"] for each in nodes} == {
        NIN: {"bornOn": "2001-12-24", "sex": {"value": "1"}},
        OTHER_NIN: {"bornOn": None, "sex": None},
        THIRD_NIN: {"bornOn": None, "sex": None},
    }

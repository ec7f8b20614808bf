"""An empty register for every test, and ways to ask it."""

import pytest

from registers.api.graph.context import Context
from registers.core.caller import Caller, Role
from registers.database.database import Database
from registers.objects import RegisterObjects
from tests.conftest import EDITOR, NOW, SCHEMA, Ask, asking
from tests.support.edits.gp_contracts import Given, given_records
from tests.support.scenario import Scenario


@pytest.fixture
def scenario() -> Scenario:
    return Scenario()


@pytest.fixture
async def given(database: Database) -> Given:
    return await given_records(database)


@pytest.fixture
def ask_editor(database: Database) -> Ask:
    return asking(database, caller=EDITOR)


@pytest.fixture
def ask_as(database: Database):
    """Asks as a role; returns (data, codes of the errors)."""

    async def ask(role: Role, document: str, *, organisation_number: str | None = None, **variables):
        caller = Caller("test", role, organisation_number)
        context = Context(caller=caller, now=NOW, database=database, objects=RegisterObjects())
        result = await SCHEMA.execute(document, variable_values=variables, context_value=context)
        return result.data, [(error.extensions or {})["code"] for error in result.errors or []]

    return ask


@pytest.fixture
def ask(database: Database) -> Ask:
    """Asks as anybody: contracts are public."""
    return asking(database)


@pytest.fixture
def list_of(scenario: Scenario):
    """A list at an office with one patient."""
    office = scenario.office()
    contract = scenario.contract(office)
    patient = scenario.person()
    scenario.on_list(patient, contract)
    return office, contract, patient

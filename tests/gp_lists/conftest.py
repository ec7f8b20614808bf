"""An empty register for every test, what to write into it, and callers who ask it."""

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
    """Empty: the test adds to it, and writes it."""
    return Scenario()


@pytest.fixture
async def given(database: Database) -> Given:
    """Two offices and four doctors, written."""
    return await given_records(database)


@pytest.fixture
def ask_editor(database: Database) -> Ask:
    """Asks as an editor, who may ask about patients."""
    return asking(database, caller=EDITOR)


@pytest.fixture
def ask_as(database: Database):
    """Asks as a caller of a role; returns (data, codes of the errors)."""

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
    """A list at an office with one patient, yet to be written."""
    office = scenario.office()
    contract = scenario.contract(office)
    patient = scenario.person()
    scenario.on_list(patient, contract)
    return office, contract, patient

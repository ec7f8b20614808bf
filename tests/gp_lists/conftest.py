"""An empty register for every test, asked by a registry editor unless a test says otherwise."""

from collections.abc import Callable
from typing import Any

import pytest

from registers.access.caller import Caller, Role
from registers.api.context import Context
from registers.core.database import Database
from registers.loaders import Loaders
from registers.schema import build_schema
from tests.conftest import EDITOR, NOW, Ask, asking
from tests.gp_lists.builders import World

SCHEMA = build_schema()


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def ask_editor(database: Database) -> Ask:
    return asking(database, caller=EDITOR)


@pytest.fixture
def errors_of(database: Database) -> Callable[..., Any]:
    """Asks as a role and returns the answer's errors, formatted."""

    async def ask(document: str, role: Role, *, organisation_number: str | None = None, **variables: Any) -> list[Any]:
        caller = Caller("test", role, organisation_number)
        context = Context(caller=caller, now=NOW, database=database, loaders=Loaders(database))
        result = await SCHEMA.execute(document, variable_values=variables, context_value=context)
        return [error.formatted for error in result.errors or []]

    return ask

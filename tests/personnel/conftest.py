"""Callers of the register of health personnel."""

import pytest

from registers.core.caller import Caller, Role
from registers.database.database import Database
from tests.conftest import Ask, asking


@pytest.fixture
def ask_openly(database: Database) -> Ask:
    """Asks as an anonymous caller."""
    return asking(database)


@pytest.fixture
def ask_fully(database: Database) -> Ask:
    """Asks as an EHR, which may read all of health personnel."""
    return asking(database, caller=Caller("development-ehr", Role.EHR))

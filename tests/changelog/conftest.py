"""Ways to fill a database of the test's own."""

from pathlib import Path

import pytest

from registers.database.database import Database
from tests.support.importer import Importer
from tests.support.scenario import Scenario


@pytest.fixture
def importer(database: Database, tmp_path: Path) -> Importer:
    return Importer(database, tmp_path)


@pytest.fixture
def scenario() -> Scenario:
    return Scenario()

"""Ways to fill a database of the test's own."""

from pathlib import Path

import pytest

from registers.core.database import Database
from tests.exchange.importing import Importer
from tests.gp_lists.builders import World


@pytest.fixture
def importer(database: Database, tmp_path: Path) -> Importer:
    return Importer(database, tmp_path)


@pytest.fixture
def world() -> World:
    return World()

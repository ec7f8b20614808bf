"""An import into a database of the test's own."""

from pathlib import Path

import pytest

from registers.database.database import Database
from tests.support.importer import Importer


@pytest.fixture
def importer(database: Database, tmp_path: Path) -> Importer:
    return Importer(database, tmp_path)

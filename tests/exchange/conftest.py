"""An import into a database of the test's own."""

from pathlib import Path

import pytest

from registers.core.database import Database
from tests.exchange.importing import Importer


@pytest.fixture
def importer(database: Database, tmp_path: Path) -> Importer:
    return Importer(database, tmp_path)

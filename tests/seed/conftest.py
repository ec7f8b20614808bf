"""The synthetic registers, read back from their files."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from registers.database.database import Database
from registers.embedded.postgres import EmbeddedPostgres
from registers.seed import Scale, write
from registers.seed.bulk.load import BulkReport, load
from tests.seed.bulk_share import SIZE, clock, make_ready

Records = dict[str, list[dict[str, Any]]]
COMMITTED = Path(__file__).parents[2] / "seed_data"


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The files of SMALL, freshly written."""
    return write(tmp_path_factory.mktemp("small"), Scale.SMALL)


@pytest.fixture(scope="session")
def records(small: list[Path]) -> Records:
    """The records of SMALL by file name without its end."""
    return {path.stem: _read(path) for path in small}


@pytest.fixture(scope="session")
def parties(records: Records) -> dict[int, dict[str, Any]]:
    """The record of each party in either interface, by HER-id: `newer`, `older` or both."""
    found: dict[int, dict[str, Any]] = {}
    for party in records["communication-parties"]:
        found.setdefault(party["herId"], {})["newer"] = party
    for party in records["communication-parties-legacy"]:
        found.setdefault(party["herId"], {})["older"] = party["communicationParty"]
    return found


@pytest.fixture
async def ready(database: Database) -> Database:
    """A database that may be loaded."""
    await make_ready(database)
    return database


@pytest.fixture(scope="session")
async def loaded_once(postgres: EmbeddedPostgres, migrated: str) -> AsyncIterator[tuple[str, BulkReport]]:
    """A loaded database, shared by tests that only read."""
    connection = await asyncpg.connect(postgres.url_of("postgres").replace("postgresql+asyncpg", "postgresql"))
    await connection.execute(f'CREATE DATABASE bulk TEMPLATE "{migrated}"')
    await connection.close()
    database = Database(postgres.url_of("bulk"))
    await make_ready(database)
    report = await load(database, SIZE, now=clock)
    await database.close()
    yield postgres.url_of("bulk"), report


@pytest.fixture
async def loaded(loaded_once: tuple[str, BulkReport]) -> AsyncIterator[tuple[Database, BulkReport]]:
    url, report = loaded_once
    database = Database(url)
    yield database, report
    await database.close()


def _read(path: Path) -> list[dict[str, Any]]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ndjson":
        return [json.loads(line) for line in text.splitlines()]
    document = json.loads(text)
    return document["_embedded"][path.stem] if isinstance(document, dict) else document

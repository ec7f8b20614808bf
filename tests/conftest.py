"""Real PostgreSQL for every test: one embedded server a process, one database a test, cloned from a migrated one.

Under xdist each worker is a process with a server, a seed and a canary of its own; workers share nothing.
"""

import itertools
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from shutil import disk_usage
from tempfile import TemporaryDirectory
from typing import Any

import asyncpg
import pytest
from sqlalchemy import make_url

from registers.api.graph.context import Context
from registers.commands import keep_collector_off_the_schema
from registers.core.caller import ANONYMOUS, Caller, Role
from registers.core.rules import Language
from registers.database.database import Database
from registers.database.migrations import migrate
from registers.embedded.postgres import EmbeddedPostgres
from registers.exchange.run.import_run import import_files
from registers.objects import RegisterObjects
from registers.published_rules import RULE_OF_CONSTRAINT
from registers.schema import build_schema
from registers.seed.order import seed_paths
from tests.support.canary import Canary, listening

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SEED_DATA = Path(__file__).parents[1] / "seed_data"
EDITOR = Caller("development-editor", Role.EDITOR)
MEMORY, ROOM = Path("/dev/shm"), 4 << 30  # bytes; containers often have very little
SCHEMA = build_schema()  # one for all: it knows the documents it has seen
keep_collector_off_the_schema()
Ask = Callable[..., Awaitable[dict[str, Any]]]
numbers = itertools.count(1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long tests first: the last to end would else keep every other core waiting."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture(scope="session", autouse=True)
def canary() -> Iterator[Canary]:
    """Ends the run in an error when a national id has left the service by a way it must not take."""
    with listening() as canary:
        yield canary
    assert canary.reports == []


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


async def _execute(postgres: EmbeddedPostgres, *statements: str) -> None:
    connection = await asyncpg.connect(postgres.url_of("postgres").replace("postgresql+asyncpg", "postgresql"))
    for statement in statements:
        await connection.execute(statement)
    await connection.close()


def creation_of(name: str, template: str) -> str:
    """By copying files, which takes half the time of PostgreSQL's own way."""
    return f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY file_copy'


async def copy_of(postgres: EmbeddedPostgres, template: str, name: str) -> str:
    """URL of a new database."""
    await _execute(postgres, creation_of(name, template))
    return postgres.url_of(name)


@pytest.fixture(scope="session")
def folder_of_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """In memory where there is room: a database a test is gigabytes written, and a disk takes them ever slower."""
    if MEMORY.is_dir() and disk_usage(MEMORY).free > ROOM:
        with TemporaryDirectory(dir=MEMORY, prefix="registers-") as folder:
            yield Path(folder)
    else:
        yield tmp_path_factory.mktemp("pg")


@pytest.fixture(scope="session")
async def postgres(folder_of_server: Path) -> AsyncIterator[EmbeddedPostgres]:
    """A server of the process's own; it need not survive a crash, so it waits for no disk.

    Its socket lies in a private folder, so it asks for no password: to prove one takes asyncpg longer than all else
    of a connection.
    """
    server = EmbeddedPostgres(folder_of_server)
    server.start()
    (server.data / "pg_hba.conf").write_text("local all all trust\n")
    off = [f"ALTER SYSTEM SET {name} = off" for name in ("fsync", "full_page_writes", "synchronous_commit")]
    await _execute(server, *off, "SELECT pg_reload_conf()")
    yield server
    server.stop()


@pytest.fixture(scope="session")
async def admin(postgres: EmbeddedPostgres) -> AsyncIterator[asyncpg.Connection]:
    """What makes and drops databases: one connection for all tests."""
    connection = await asyncpg.connect(postgres.url_of("postgres").replace("+asyncpg", ""))
    yield connection
    await connection.close()


@pytest.fixture(scope="session")
def migrated(postgres: EmbeddedPostgres) -> str:
    """Name of a database with the newest schema and nothing in it but the code systems."""
    migrate(postgres.url)
    return make_url(postgres.url).database or ""


@pytest.fixture
async def database_url(postgres: EmbeddedPostgres, admin: asyncpg.Connection, migrated: str) -> AsyncIterator[str]:
    """A migrated database of the test's own."""
    name = f"test_{next(numbers)}"
    await admin.execute(creation_of(name, migrated))
    url = postgres.url_of(name)
    yield url
    assert await keys_like_national_ids(url) == 0
    await admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


async def keys_like_national_ids(url: str) -> int:
    """Rows of the two logs, and records remembered by the import, with eleven digits where no national id may be."""
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    try:
        return await connection.fetchval(
            r"""SELECT (SELECT count(*) FROM entries WHERE concat_ws(' ', key, action, reason) ~ '\y\d{11}\y')
                     + (SELECT count(*) FROM access_records
                        WHERE concat_ws(' ', caller, operation, fields::text, request_id) ~ '\d{11}')
                     + (SELECT count(*) FROM source_records WHERE key ~ '\y\d{11}\y')"""
        )
    finally:
        await connection.close()


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    database = Database(database_url)
    yield database
    await database.close()


@pytest.fixture(scope="session")
async def seed(postgres: EmbeddedPostgres, migrated: str) -> str:
    """Name of a database with seed_data, to be copied: nobody is ever connected to it."""
    database = Database(await copy_of(postgres, migrated, "seed"))
    report = await import_files(database, seed_paths(SEED_DATA), caller="seed", now=lambda: NOW, progress=None)
    assert report.exit_code == 0, report.to_json()
    await database.close()
    return "seed"


@pytest.fixture(scope="session")
async def seeded_url(postgres: EmbeddedPostgres, seed: str) -> str:
    """A database with seed_data, shared by tests that only read."""
    return await copy_of(postgres, seed, "seeded")


@asynccontextmanager
async def copied(postgres: EmbeddedPostgres, seed: str) -> AsyncIterator[str]:
    """A database like `seeded`, to be changed."""
    name = f"copy_{os.getpid()}_{next(numbers)}"
    yield await copy_of(postgres, seed, name)
    await _execute(postgres, f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
async def copied_url(postgres: EmbeddedPostgres, seed: str) -> AsyncIterator[str]:
    async with copied(postgres, seed) as url:
        yield url


@pytest.fixture
async def seeded(seeded_url: str) -> AsyncIterator[Database]:
    database = Database(seeded_url)
    yield database
    await database.close()


def asking(database: Database, *, caller: Caller = ANONYMOUS, now: datetime = NOW, language: Language = "en") -> Ask:
    """A function that runs an operation and returns the response's `data`."""

    async def ask(document: str, **variables: Any) -> dict[str, Any]:
        context = Context(
            caller=caller,
            now=now,
            database=database,
            objects=RegisterObjects(),
            language=language,
            rule_of_constraint=RULE_OF_CONSTRAINT,
        )
        result = await SCHEMA.execute(document, variable_values=variables, context_value=context)
        assert result.errors is None, [error.formatted for error in result.errors]
        assert result.data is not None
        return result.data

    return ask


@pytest.fixture
def edit(database: Database) -> Ask:
    """Asks registers of the test's own as an editor."""
    return asking(database, caller=EDITOR)


@pytest.fixture
def ask(seeded: Database) -> Ask:
    """Asks the seeded registers as an anonymous caller."""
    return asking(seeded)

"""What alembic/env.py does around a version, run by alembic's own command from a folder that is no checkout."""

import asyncio
import os
import shutil
import sys
from pathlib import Path

import asyncpg
import pytest
from alembic.script import ScriptDirectory

ROOT = Path(__file__).parents[2]
MIGRATIONS = ROOT / "alembic"

RAISES = """'''raise timeouts

Previous release on this schema: unaffected.'''
from pathlib import Path
import alembic.op as op
revision, down_revision = "raises", "{head}"
def upgrade():
    op.execute("SET LOCAL statement_timeout = '1h'")
    op.run_script(Path(__file__).with_suffix(".sql"))
"""
TIMEOUTS = """
CREATE TABLE timeouts (version text PRIMARY KEY, lock text, statement text);
INSERT INTO timeouts VALUES ('raises', current_setting('lock_timeout'), current_setting('statement_timeout'));
"""
INDEXES = """'''index timeouts

Previous release on this schema: unaffected.'''
import alembic.op as op
revision, down_revision = "indexes", "raises"
def upgrade():
    with op.get_context().autocommit_block():
        op.execute("SET lock_timeout = 0")
        op.execute("SET statement_timeout = 0")
        op.execute("CREATE INDEX CONCURRENTLY timeouts_lock_idx ON timeouts (lock)")
"""
MEASURES = """'''measure timeouts

Previous release on this schema: unaffected.'''
import alembic.op as op
revision, down_revision = "measures", "indexes"
def upgrade():
    op.run_script('''
        INSERT INTO timeouts
        VALUES ('measures', current_setting('lock_timeout'), current_setting('statement_timeout'));
        SELECT 1;
    ''')
"""


class Migrator:
    """A copy of the migrations with more versions, run by alembic's own command, far from any checkout."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder = folder
        self.environment = os.environ | {"DATABASE_URL": url, "PYTHONPATH": str(ROOT)}
        versions = folder / "_migrations" / "versions"
        shutil.copytree(MIGRATIONS, folder / "_migrations", ignore=shutil.ignore_patterns("__pycache__"))
        head = ScriptDirectory(MIGRATIONS).get_current_head()
        for name, text in (
            ("2030_01_01_0900_raise_timeouts.py", RAISES.format(head=head)),
            ("2030_01_01_0900_raise_timeouts.sql", TIMEOUTS),
            ("2030_01_01_1000_index_timeouts.py", INDEXES),
            ("2030_01_01_1100_measure_timeouts.py", MEASURES),
        ):
            (versions / name).write_text(text, encoding="utf-8")
        (folder / "alembic.ini").write_text("[alembic]\nscript_location = %(here)s/_migrations\n")

    async def upgrade(self, revision: str) -> None:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "alembic", "upgrade", revision),
            cwd=self.folder,
            env=self.environment,
            stderr=asyncio.subprocess.PIPE,
        )
        _, errors = await process.communicate()
        assert process.returncode == 0, errors.decode()


@pytest.fixture
def migrator(tmp_path, database_url) -> Migrator:
    return Migrator(tmp_path, database_url)


async def until(connection: asyncpg.Connection, query: str) -> None:
    """Waits until another session of this database has sent a statement that matches `query` as its newest one."""
    sessions = """SELECT count(*) FROM pg_stat_activity
                  WHERE datname = current_database() AND pid <> pg_backend_pid() AND query ~ $1"""
    async with asyncio.timeout(30):
        while not await connection.fetchval(sessions, query):  # noqa: ASYNC110 the server tells nobody
            await asyncio.sleep(0.05)


@pytest.mark.anyio
async def test_timeouts_that_a_version_sets_end_with_it(migrator, database_url):
    await migrator.upgrade("head")

    connection = await asyncpg.connect(database_url.replace("+asyncpg", ""))
    timeouts = await connection.fetch("SELECT version, lock, statement FROM timeouts ORDER BY version DESC")
    await connection.close()
    assert [tuple(row) for row in timeouts] == [("raises", "2s", "1h"), ("measures", "2s", "30s")]


@pytest.mark.anyio
async def test_a_waiting_migrator_does_not_hold_up_an_index_that_is_built_beside_readers(migrator, database_url):
    await migrator.upgrade("raises")
    writer, observer = [await asyncpg.connect(database_url.replace("+asyncpg", "")) for _ in range(2)]
    writing = writer.transaction()
    await writing.start()
    await writer.execute("INSERT INTO timeouts VALUES ('open')")  # the index waits for its end

    first = asyncio.create_task(migrator.upgrade("head"))
    await until(observer, "^CREATE INDEX CONCURRENTLY")
    second = asyncio.create_task(migrator.upgrade("head"))
    await until(observer, "advisory_lock|ROLLBACK")  # asks, or is between two attempts
    await writing.commit()
    await asyncio.gather(first, second)

    assert await observer.fetchval("SELECT indisvalid FROM pg_index WHERE indexrelid = 'timeouts_lock_idx'::regclass")
    await writer.close()
    await observer.close()

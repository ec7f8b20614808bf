"""Runs migrations one at a time (advisory lock), each in a transaction with timeouts for locks and statements."""

import asyncio
from pathlib import Path

from alembic import context
from alembic.runtime.migration import MigrationContext
from alembic.util import load_python_file
from sqlalchemy import Connection, pool, text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from registers.all_tables import ALL_MODELS
from registers.database.base import Base
from registers.settings import Settings

LOCK_TIMEOUT = "2s"  # a waiting migration holds up every reader behind it
STATEMENT_TIMEOUT = "30s"  # and one that has its lock holds them up until it ends
ONE_MIGRATOR = 2026_1123  # key of the advisory lock
POLL_SECONDS = 0.5

assert ALL_MODELS  # imported so that Base.metadata is whole
load_python_file(Path(__file__).parent, "script_operation.py")  # this folder is no package: its name is alembic's


def set_timeouts(connection: Connection) -> None:
    connection.exec_driver_sql(f"SET lock_timeout = '{LOCK_TIMEOUT}'")
    connection.exec_driver_sql(f"SET statement_timeout = '{STATEMENT_TIMEOUT}'")


def end_version(ctx: MigrationContext, step: object, heads: object, run_args: object) -> None:
    """What a version has set for itself ends with it. The parameters are named by alembic."""
    assert ctx.connection is not None
    set_timeouts(ctx.connection)


def run(connection: Connection) -> None:
    set_timeouts(connection)
    connection.commit()
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        compare_server_default=False,  # defaults are functions of the database, which it reprints
        transaction_per_migration=True,
        on_version_apply=end_version,
    )
    with context.begin_transaction():
        context.run_migrations()


async def await_other_migrators(connection: AsyncConnection) -> None:
    """Asks again and again: a statement that waits is waited for by the other's CREATE INDEX CONCURRENTLY, a deadlock."""
    while not await connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": ONE_MIGRATOR}):
        await connection.rollback()
        await asyncio.sleep(POLL_SECONDS)
    await connection.commit()


async def main(url: str) -> None:
    engine = create_async_engine(url, poolclass=pool.NullPool)
    async with engine.connect() as connection:
        await await_other_migrators(connection)
        await connection.run_sync(run)
    await engine.dispose()


asyncio.run(main(context.config.attributes.get("url") or Settings().require_database_url()))

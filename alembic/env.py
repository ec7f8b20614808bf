"""Runs migrations one at a time (advisory lock), each in a transaction with a lock timeout."""

import asyncio
from pathlib import Path

from alembic import context
from alembic.util import load_python_file
from sqlalchemy import Connection, pool, text
from sqlalchemy.ext.asyncio import create_async_engine

from registers.all_tables import ALL_MODELS
from registers.database.database import Base
from registers.settings import Settings

LOCK_TIMEOUT = "2s"  # a waiting migration holds up every reader behind it
ONE_MIGRATOR = 2026_1123  # key of the advisory lock

assert ALL_MODELS  # imported so that Base.metadata is whole
load_python_file(Path(__file__).parent, "script_operation.py")  # this folder is no package: its name is alembic's


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        compare_server_default=False,  # defaults are functions of the database, which it reprints
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


async def main(url: str) -> None:
    engine = create_async_engine(url, poolclass=pool.NullPool)
    async with engine.connect() as connection:
        await connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": ONE_MIGRATOR})
        await connection.execute(text(f"SET lock_timeout = '{LOCK_TIMEOUT}'"))
        await connection.commit()
        await connection.run_sync(run)
    await engine.dispose()


asyncio.run(main(context.config.attributes.get("url") or Settings().require_database_url()))

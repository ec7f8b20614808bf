"""Work that PostgreSQL would otherwise do in the first half hour after a bulk load, beside the first readers.

Autovacuum visits every new row again (to mark it visible to all, and frozen before transaction ids run out), and a
checkpoint writes every page, while readers wait for the disk to record their access.
"""

from collections.abc import Sequence

from sqlalchemy import text

from registers.database.database import Database

MAY_CHECKPOINT = text("SELECT pg_has_role(current_user, 'pg_checkpoint', 'USAGE')")


async def settle(database: Database, tables: Sequence[str]) -> None:
    """Vacuums, freezes and analyses the tables, then makes a checkpoint where our role may."""
    async with database.reading() as session:
        await session.execute(text("SET maintenance_work_mem = '1GB'"))
        await session.execute(text(f"VACUUM (FREEZE, ANALYZE) {', '.join(tables)}"))
        await session.execute(text("RESET maintenance_work_mem"))
        if await session.scalar(MAY_CHECKPOINT):
            await session.execute(text("CHECKPOINT"))

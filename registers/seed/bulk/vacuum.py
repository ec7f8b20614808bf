"""What PostgreSQL would otherwise do in the first half hour after a bulk load, beside the first readers.

Every new row is looked at once more (whether it is visible to all, and frozen before numbers of transactions run out),
and every page goes to the disk, while readers wait there for the record of their access.
"""

from collections.abc import Sequence

from sqlalchemy import text

from registers.database.database import Database

MAY_CHECKPOINT = text("SELECT pg_has_role(current_user, 'pg_checkpoint', 'USAGE')")


async def settle(database: Database, tables: Sequence[str]) -> None:
    """Vacuums, freezes and counts the tables; ends with everything on the disk where our role may ask for that."""
    async with database.reading() as session:
        await session.execute(text("SET maintenance_work_mem = '1GB'"))
        await session.execute(text(f"VACUUM (FREEZE, ANALYZE) {', '.join(tables)}"))
        await session.execute(text("RESET maintenance_work_mem"))
        if await session.scalar(MAY_CHECKPOINT):
            await session.execute(text("CHECKPOINT"))

"""Standing above and below, as the database holds it now."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession


async def stands_below(session: AsyncSession, model: type[Any], key: object, upwards: str, *, top: object) -> bool:
    """Whether the record `key` is `top`, or stands below it. `upwards`: the column that names the one above."""
    passed: set[object] = set()
    while key is not None and key not in passed:
        if key == top:
            return True
        passed.add(key)
        row = await session.get(model, key)
        key = getattr(row, upwards) if row is not None else None
    return False

"""Searching names: folded on both sides, by beginning or by likeness of trigrams."""

from typing import Any

from sqlalchemy import ColumnElement, Integer, cast, func, select
from sqlalchemy.ext.asyncio import AsyncSession

SIMILARITY_STEPS = 1_000_000  # similarity as a whole number, so that a cursor holds it exactly
WORD_SIMILARITY_LEAST = 0.45  # of 1: finds one wrong letter in a word of five


def begins_with(folded: Any, prefix: str) -> ColumnElement[bool]:
    """`folded`, a column made by fold(), begins with `prefix`; no character of it is a wildcard."""
    return folded.startswith(func.fold(prefix))


def resembles(folded: Any, name: str) -> ColumnElement[bool]:
    """`folded` holds words like `name`. Needs `with_least_similarity` in the same session."""
    return folded.op("%>")(func.fold(name))


def similarity(folded: Any, name: str) -> ColumnElement[int]:
    """Orders by likeness, the most similar first."""
    return cast(-func.round(func.word_similarity(func.fold(name), folded) * SIMILARITY_STEPS), Integer)


async def with_least_similarity(session: AsyncSession) -> None:
    """Sets what `resembles` finds, for this session's transaction."""
    setting = func.set_config("pg_trgm.word_similarity_threshold", str(WORD_SIMILARITY_LEAST), True)
    await session.execute(select(setting))

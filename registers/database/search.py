"""What the searches of all registers share: names folded on both sides, by beginning or by likeness of trigrams, and
the key a page starts after."""

from typing import Any

from sqlalchemy import ColumnElement, Index, Integer, cast, func

Key = tuple[str | int, ...]
"""What a row is ordered by in its list: the next page starts after it."""

SIMILARITY_STEPS = 1_000_000  # similarity as a whole number, so that a cursor holds it exactly


def name_indexes(table: str) -> tuple[Index, Index]:
    """What `resembles` and `begins_with` use on `search_name`, a column made by fold()."""
    trigrams, prefix = {"search_name": "gin_trgm_ops"}, {"search_name": "text_pattern_ops"}
    return (
        Index(f"{table}_search_name_trgm_idx", "search_name", postgresql_using="gin", postgresql_ops=trigrams),
        Index(f"{table}_search_name_prefix_idx", "search_name", postgresql_ops=prefix),
    )


def begins_with(folded: Any, prefix: str) -> ColumnElement[bool]:
    """`folded`, a column made by fold(), begins with `prefix`; no character of it is a wildcard."""
    return folded.startswith(func.fold(prefix))


def resembles(folded: Any, name: str) -> ColumnElement[bool]:
    """`folded` holds words like `name`. How much so is set on the connection (`database.py`)."""
    return folded.op("%>")(func.fold(name))


def similarity(folded: Any, name: str) -> ColumnElement[int]:
    """Orders by likeness, the most similar first."""
    return cast(-func.round(func.word_similarity(func.fold(name), folded) * SIMILARITY_STEPS), Integer)

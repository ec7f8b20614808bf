"""Constraints over half-open periods, kept by the database."""

from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.sql import column, func
from sqlalchemy.sql import text as sql_text


def one_at_a_time(*columns: str, name: str, where: str | None = None) -> ExcludeConstraint:
    """At any instant at most one row with the same `columns`."""
    return ExcludeConstraint(
        *((column(each), "=") for each in columns),
        (func.tstzrange(column("valid_from"), column("valid_to")), "&&"),
        name=name,
        using="gist",
        where=sql_text(where) if where else None,
    )

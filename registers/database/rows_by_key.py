"""Rows by their keys, as every repository reads them.

Keys go to the database as one array, so that a statement is the same for one key and for five hundred. A statement
over what is known now is built once: building it costs more than sending it.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import UTC, datetime
from functools import cache, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import ARRAY, ColumnElement, Executable, Select, any_, bindparam, or_, select

from registers.core.validity import Instant
from registers.database.direct.prepared import prepared
from registers.database.sessions import ReadSession
from registers.database.versions import Versioned, known_at

V = TypeVar("V", bound=Versioned)
Item = TypeVar("Item")
Key = TypeVar("Key")
S = TypeVar("S", bound=Executable)
P = ParamSpec("P")

KNOWN_NOW = Instant(datetime.max.replace(tzinfo=UTC))  # a statement takes its tables from the entry alone
LATEST_FIRST = ("-valid_from", "-id")


async def rows_with(
    session: ReadSession, model: type[V], instant: Instant, *, order: tuple[str, ...] = (), **keys: Collection[Any]
) -> Sequence[V]:
    """Rows of all valid times with any of the keys in any of the columns.

    `order` names columns, with `-` before one in descending order.
    """
    asked = {column: list(keys_of_column) for column, keys_of_column in keys.items() if keys_of_column}
    if not asked:
        return []
    statement = _rows_with(instant, model, tuple(asked), order)
    return (await session.scalars(statement, asked)).all()


def prepared_once(make: Callable[Concatenate[Instant, P], S]) -> Callable[Concatenate[Instant, P], S]:
    """`make` builds a statement from the instant's entry and from its other arguments, which decide its shape and take
    few values; all else is bound when it is sent. What it builds for "known now" is prepared and kept."""

    @cache
    def now(*shape: P.args, **keywords: P.kwargs) -> S:
        return prepared(make(KNOWN_NOW, *shape, **keywords))

    @wraps(make)
    def made(instant: Instant, *shape: P.args, **keywords: P.kwargs) -> S:
        return now(*shape, **keywords) if instant.entry is None else make(instant, *shape, **keywords)

    return made


def among(column: Any, keys: Collection[Any] | None = None) -> ColumnElement[bool]:
    """`column` is one of `keys`, sent as one array whatever their number; None = of the array sent under its name."""
    array = ARRAY(column.type)
    if keys is None:
        return column == any_(bindparam(column.key, type_=array))
    return column == any_(bindparam(None, list(keys), type_=array, unique=True))


@prepared_once
def _rows_with(instant: Instant, model: Any, columns: tuple[str, ...], order: tuple[str, ...]) -> Select[Any]:
    rows: Any = known_at(model, instant)
    ordered = (getattr(rows, name[1:]).desc() if name.startswith("-") else getattr(rows, name) for name in order)
    return select(rows).where(or_(*(among(getattr(rows, column)) for column in columns))).order_by(*ordered)


def grouped(rows: Iterable[Item], key: Callable[[Item], Key | None]) -> dict[Key, list[Item]]:
    """Rows by a key, in the order they came; rows without a key are left out."""
    groups: dict[Key, list[Item]] = {}
    for row in rows:
        name = key(row)
        if name is not None:
            groups.setdefault(name, []).append(row)
    return groups

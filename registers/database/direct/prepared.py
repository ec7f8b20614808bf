"""A statement as asyncpg takes it: its SQL, its parameters in order, and what its rows become.

SQLAlchemy compiles it, so that each statement is written once; only sending it and building its rows is done here.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, TypeVar

from asyncpg import Record
from sqlalchemy import Executable, Select, inspect
from sqlalchemy.dialects.postgresql.asyncpg import dialect as asyncpg_dialect
from sqlalchemy.engine import ChunkedIteratorResult
from sqlalchemy.engine.result import SimpleResultMetaData
from sqlalchemy.orm import Mapper

from registers.database.sessions import Rows

S = TypeVar("S", bound=Executable)
RowPart = Callable[[Record], Any]
"""Makes one element of a row from a record: the value of a column, or an object from several."""

DIALECT = asyncpg_dialect()
OPTION = "prepared_once"


@dataclass(frozen=True, slots=True)
class PreparedStatement:
    sql: str
    names: tuple[str, ...]
    constants: Mapping[str, Any]
    processors: Mapping[str, Callable[[Any], Any]]
    parts: tuple[RowPart, ...]
    metadata: SimpleResultMetaData

    def arguments(self, values: Mapping[str, Any]) -> list[Any]:
        """`values` by name and the statement's own constants, as the SQL counts them."""
        all_values = {**self.constants, **values}
        return [
            self.processors[name](all_values[name]) if name in self.processors else all_values[name]
            for name in self.names
        ]

    def result(self, records: Iterable[Record]) -> Rows:
        """The records as a Result. Rows of one part go in bare, as SQLAlchemy's own do: most are read by `scalars`."""
        if len(self.parts) == 1:
            rows = list(map(self.parts[0], records))
        else:
            rows = [tuple([part(record) for part in self.parts]) for record in records]
        return ChunkedIteratorResult(self.metadata, lambda _: iter([rows]), len(self.parts) == 1)


def prepared(statement: S) -> S:
    """`statement`, marked to be compiled once and remembered for as long as the process runs."""
    return statement.execution_options(**{OPTION: True})


def prepared_statement_of(statement: Executable, values: Mapping[str, Any]) -> PreparedStatement | None:
    """The compiled form of a statement marked by `prepared`; None for any other."""
    if not statement.get_execution_options().get(OPTION):
        return None
    found = _prepared.get(statement)
    if found is None:
        found = _prepared[statement] = _prepare(statement, values)
    return found


_prepared: dict[Executable, PreparedStatement] = {}


def _prepare(statement: Any, values: Mapping[str, Any]) -> PreparedStatement:
    """Names in `values` say which columns an INSERT fills."""
    names, parts, columns = [], [], []
    for description in statement.column_descriptions if isinstance(statement, Select) else ():
        names.append(description["name"])
        whole = description["expr"] is description.get("entity")  # only statements over models have entities
        chosen = _columns_of(description["expr"]) if whole else {description["name"]: description["expr"]}
        position = len(columns)
        columns.extend(chosen.values())
        parts.append(_entity(description["expr"], position, chosen) if whole else _value(description["expr"], position))
    if columns:
        statement = statement.with_only_columns(*columns)
    state = statement.compile(dialect=DIALECT, column_keys=list(values)).construct_expanded_state(values)
    return PreparedStatement(
        state.statement,
        tuple(state.positiontup or ()),
        {name: value for name, value in state.parameters.items() if name not in values},
        state.processors,
        tuple(parts),
        SimpleResultMetaData(names),
    )


def _columns_of(entity: Any) -> dict[str, Any]:
    """All columns of a model, or of an alias of one, by attribute."""
    return {attribute.key: getattr(entity, attribute.key) for attribute in inspect(entity).mapper.column_attrs}


def _value(column: Any, position: int) -> RowPart:
    process = _processor(column)
    return (lambda record: process(record[position])) if process else itemgetter(position)


def _entity(entity: Any, position: int, columns: Mapping[str, Any]) -> RowPart:
    """A new object for each row; None where an outer join found nothing."""
    mapper: Mapper[Any] = inspect(entity).mapper
    new, keys, end = mapper.class_manager.new_instance, tuple(columns), position + len(columns)
    identity = position + keys.index(mapper.get_property_by_column(mapper.primary_key[0]).key)
    processors = {key: process for key, column in columns.items() if (process := _processor(column))}

    def make(record: Record) -> Any:
        if record[identity] is None:
            return None
        row = new()
        attributes = vars(row)
        attributes.update(zip(keys, record[position:end], strict=True))
        for key, process in processors.items():
            attributes[key] = process(attributes[key])
        return row

    return make


def _processor(column: Any) -> Callable[[Any], Any] | None:
    return column.type.dialect_impl(DIALECT).result_processor(DIALECT, None)

"""Every `Any` of the service is counted, and stands here with its reason: what it hides no checker finds."""

import ast
from pathlib import Path

import pytest

from tests.architecture.layout import python_files

REGISTERS = Path(__file__).parents[2] / "registers"
TOTAL_MAX = 200

ANY: dict[str, tuple[int, str]] = {
    "access/authentication/development.py": (1, "claims of a token are JSON"),
    "api/engine/admission.py": (1, "options that Strawberry passes on"),
    "api/engine/executor.py": (2, "arguments of graphql-core's executor, passed on"),
    "api/engine/limits.py": (1, "JSON"),
    "api/graph/context.py": (4, "JSON; loaders of edges of any type"),
    "api/graph/scalars.py": (1, "a scalar takes what a caller sends"),
    "api/transport/body.py": (3, "JSON"),
    "api/transport/http.py": (1, "JSON"),
    "changelog/field_changes.py": (2, "values of columns of any type"),
    "changelog/models.py": (1, "JSON"),
    "changelog/versions.py": (9, "tables of all registers as JSON; statements over columns of any type"),
    "communication_parties/search.py": (2, "order by columns of two types"),
    "core/errors.py": (2, "JSON"),
    "database/database.py": (1, "SQLAlchemy's event hands over an untyped connection"),
    "database/direct/pool.py": (1, "options of the driver"),
    "database/direct/prepared.py": (19, "rows and columns of any type, through parts of SQLAlchemy that have no types"),
    "database/direct/session.py": (6, "as SQLAlchemy's AsyncSession: parameters and rows of any type"),
    "database/rows_by_key.py": (6, "keys and columns of any type"),
    "database/search.py": (3, "columns that exist in the database alone"),
    "database/sessions.py": (9, "as SQLAlchemy's AsyncSession: parameters and rows of any type"),
    "database/versions.py": (2, "a model's table, which SQLAlchemy does not type"),
    "editing/bulk_writes.py": (4, "values of columns of any type"),
    "exchange/reading/xml_documents.py": (1, "lxml's events are untyped"),
    "exchange/run/batch.py": (1, "outcomes of records of any kind"),
    "exchange/run/comparison.py": (1, "outcomes of records of any kind"),
    "exchange/run/intakes/by_kind.py": (1, "a table over records of every kind"),
    "exchange/run/report.py": (1, "JSON"),
    "gp_lists/intake/references.py": (1, "the referring record is of any kind"),
    "gp_lists/repository/contracts.py": (1, "a statement over columns of another register's table"),
    "intake/record_set.py": (4, "a row is a dict of columns of any type"),
    "objects.py": (4, "a table over links of every type"),
    "organisations/repository/organisations.py": (1, "a recursive statement over either table of successions"),
    "organisations/search.py": (2, "order by columns of two types"),
    "personnel/editing/authorisations.py": (4, "columns by name, of any type"),
    "personnel/editing/professionals.py": (4, "columns by name, of any type"),
    "personnel/editing/restrictions.py": (2, "columns by name, of any type"),
    "personnel/intake/authorisations.py": (1, "columns by name, of any type"),
    "quality/report.py": (1, "JSON"),
    "quality/repository/conditions.py": (1, "columns of any type"),
}
"""How often a file says Any, and why it must. Fewer is progress: lower the number with it."""


def count_any(source: str) -> int:
    """Times that `Any` or `typing.Any` is used, in quoted annotations too; its import is no use."""
    count = 0
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Name(id="Any") | ast.Attribute(attr="Any"):
                count += 1
            case (
                ast.arg(annotation=ast.Constant(value=str(quoted)))
                | ast.AnnAssign(annotation=ast.Constant(value=str(quoted)))
                | ast.FunctionDef(returns=ast.Constant(value=str(quoted)))
                | ast.AsyncFunctionDef(returns=ast.Constant(value=str(quoted)))
                | ast.Call(func=ast.Name(id="cast"), args=[ast.Constant(value=str(quoted)), *_])
            ):
                count += count_any(quoted)
    return count


COUNTED = {
    str(path.relative_to(REGISTERS)): count
    for path in python_files(REGISTERS)
    if (count := count_any(path.read_text(encoding="utf-8")))
}


def table() -> str:
    """What `ANY` would have to hold, to be pasted; reasons of files that are in it are kept."""
    lines = (f'    "{file}": ({count}, "{ANY.get(file, (0, ""))[1]}"),' for file, count in COUNTED.items())
    return "\n".join(("ANY = {", *lines, "}"))


def test_every_any_is_counted_and_has_its_reason():
    assert {file: number for file, (number, _) in ANY.items()} == COUNTED, table()
    assert [file for file, (_, reason) in ANY.items() if not reason] == []


def test_the_service_says_any_no_more_often_than_it_must():
    assert sum(COUNTED.values()) <= TOTAL_MAX


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("from typing import Any", 0),
        ("import typing\nvalue: typing.Any = 1", 1),
        ("from typing import Any\ndef f(a: Any, *b: list[Any]) -> dict[str, Any]: ...", 3),
        ("from typing import Any\nclass C: row: Any\nK = tuple[Any, ...]\nx = cast(Any, 1)", 3),
        ('from typing import Any\ndef f(a: "Any") -> "list[Any]": x: "Any" = cast("Any", 1)', 4),
        ('def f(a: int) -> str: return "Any"  # Any', 0),
        ("from typing import Any as Whatever", 0),
    ],
)
def test_uses_of_any_are_counted_however_they_are_written(source, count):
    assert count_any(source) == count

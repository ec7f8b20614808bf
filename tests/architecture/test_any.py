"""Every `Any` of the service is counted, and stands here with its reason: what it hides no checker finds."""

import ast
from pathlib import Path

import pytest

from tests.architecture.layout import python_files

REGISTERS = Path(__file__).parents[2] / "registers"
TOTAL_MAX = 200

ANY: dict[str, tuple[int, str]] = {}
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

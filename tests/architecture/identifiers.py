"""Identifiers of Python source, and the words they are made of."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


def words_of(identifier: str) -> set[str]:
    """Split at underscores and capitals: `toldOf_HTTPLane` is made of told, of, http and lane."""
    return {word.lower() for word in WORD.findall(identifier)}


def identifiers_in(source: str) -> Iterator[str]:
    """Every identifier that the source defines, uses or imports, as often as it stands there."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name):
                yield name
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.keyword(arg=str(name)) | ast.ExceptHandler(name=str(name)):
                yield name
            case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)) | ast.MatchMapping(rest=str(name)):
                yield name
            case ast.MatchClass(kwd_attrs=names) | ast.Global(names=names) | ast.Nonlocal(names=names):
                yield from names
            case ast.alias(name=name, asname=other):
                yield from name.split(".")
                yield from [other] if other else []
            case ast.ImportFrom(module=str(module)):
                yield from module.split(".")


def identifiers_of(path: Path) -> Iterator[str]:
    """Those in a file, and its own name."""
    yield path.stem
    yield from identifiers_in(path.read_text(encoding="utf-8"))

"""Codes of national code systems: their keys, and how a row refers to one."""

from typing import Annotated, NewType

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import mapped_column

CodeKey = NewType("CodeKey", str)
"""`<system>/<value>`, e.g. `9060/LE`: the key of a row in `codes`, readable in every row that points at it."""


def code_key(system: str, value: str) -> CodeKey:
    return CodeKey(f"{system}/{value}")


def split_code_key(key: CodeKey) -> tuple[str, str]:
    """(system, value). The value may contain a slash, the system never does."""
    system, _, value = key.partition("/")
    return system, value


CodeReference = Annotated[CodeKey, mapped_column(Text, ForeignKey("codes.key"))]
"""Column type of a row that points at a code."""


def of_system(column: str, *systems: str) -> CheckConstraint:
    """The code in `column` belongs to one of `systems`."""
    patterns = " OR ".join(f"{column} LIKE '{system}/%'" for system in systems)
    return CheckConstraint(patterns, name=f"{column}_system")

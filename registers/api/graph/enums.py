"""Enums of the rows in the graph, each value with its description."""

from enum import Enum
from typing import Any, TypeVar, cast

import strawberry

E = TypeVar("E", bound=Enum)


def described(enum: type[E], description: str, values: dict[E, str], *, name: str | None = None) -> type[E]:
    """`enum` as a GraphQL enum; every value must be described. Raises KeyError for one that is not."""
    graphql_enum = strawberry.enum(enum, name=name, description=description)
    for value in cast(Any, graphql_enum).__strawberry_definition__.values:
        value.description = values[enum[value.name]]
    return graphql_enum

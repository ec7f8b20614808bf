"""Enums of the models in the graph, each value with its description."""

from enum import Enum
from typing import TypeVar

import strawberry
from strawberry.types.enum import has_enum_definition

E = TypeVar("E", bound=Enum)


def described(enum: type[E], description: str, values: dict[E, str], *, name: str | None = None) -> type[E]:
    """`enum` as a GraphQL enum; every value must be described. Raises KeyError for one that is not."""
    graphql_enum = strawberry.enum(enum, name=name, description=description)
    assert has_enum_definition(graphql_enum)
    for value in graphql_enum.__strawberry_definition__.values:
        value.description = values[enum[value.name]]
    return graphql_enum

"""Limits on a document, and its shape: everything that can be refused without knowing the schema.

Counting expands fragments (a spread costs what it spreads) and keeps each fragment's count, so that
the work is linear in the document however fragments multiply each other.
"""

from collections import Counter
from dataclasses import dataclass, fields
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    SelectionSetNode,
    parse,
)

from registers.core.errors import RegisterError

NESTING_MAX = 60  # selection sets and fragments within each other; bounds our own recursion
SATURATED = 2**53 - 1  # the largest integer that every JSON reader keeps exact


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that one operation may ask for. Fragments count each time they are spread."""

    source: int = 32_768  # code points
    tokens: int = 2_000
    depth: int = 15  # fields within each other; below __schema and __type graphql-core counts
    aliases: int = 100
    introspection_aliases: int = 10  # on and below __schema and __type; each may walk the schema
    root_fields: int = 30
    directives: int = 30
    repeats: int = 100  # fields with a selection set of one name; validation compares all pairs
    cost: int = 50_000  # objects, see cost.py
    errors: int = 10  # validation errors answered at once; the last says that there are more


class TooComplex(RegisterError):
    """An operation over a limit. `found` may be where counting stopped."""

    code = "TOO_COMPLEX"

    def __init__(self, limit: str, found: int, allowed: int) -> None:
        self._figures = {"limit": limit, "found": min(found, SATURATED), "allowed": allowed}
        super().__init__(f"Too complex: {limit} {self._figures['found']}, allowed {allowed}.")

    @property
    def extensions(self) -> dict[str, Any]:
        return self._figures


@dataclass(slots=True)
class Shape:
    """What a selection set amounts to with its fragments expanded. `root_fields`: its top level."""

    depth: int = 0
    aliases: int = 0
    introspection_aliases: int = 0
    root_fields: int = 0
    directives: int = 0


def parse_within(limits: Limits, source: str) -> DocumentNode:
    """The document, its operations within the limits of source, tokens and shape.

    Raises TooComplex, GraphQLSyntaxError.
    """
    if len(source) > limits.source:
        raise TooComplex("source", len(source), limits.source)
    try:
        document = parse(source, max_lexical_tokens=limits.tokens)
    except GraphQLSyntaxError as error:
        if error.message.startswith("Syntax Error: Document contains more than"):
            raise TooComplex("tokens", limits.tokens + 1, limits.tokens) from error
        raise
    shapes = _Shapes(document)
    for definition in document.definitions:
        if isinstance(definition, OperationDefinitionNode):
            shape = shapes.operation(definition)
            for field in fields(shape):
                found, allowed = getattr(shape, field.name), getattr(limits, field.name)
                if found > allowed:
                    raise TooComplex(field.name, found, allowed)
    if (repeats := shapes.repeats()) > limits.repeats:
        raise TooComplex("repeats", repeats, limits.repeats)
    return document


class _Shapes:
    def __init__(self, document: DocumentNode) -> None:
        self._fragments = {
            definition.name.value: definition
            for definition in document.definitions
            if isinstance(definition, FragmentDefinitionNode)
        }
        self._counted: dict[str, Shape] = {}
        self._names: Counter[str] = Counter()

    def repeats(self) -> int:
        """How often the most frequent name is given to a field with a selection set."""
        for name in self._fragments:
            self._fragment(name, 1)
        return max(self._names.values(), default=0)

    def operation(self, operation: OperationDefinitionNode) -> Shape:
        shape = self._selections(operation.selection_set, 1)
        shape.directives += len(operation.directives or ())
        for variable in operation.variable_definitions or ():
            shape.directives += len(variable.directives or ())
        return shape

    def _selections(self, selection_set: SelectionSetNode | None, nesting: int) -> Shape:
        shape = Shape()
        if selection_set is None:
            return shape
        if nesting > NESTING_MAX:
            raise TooComplex("nesting", nesting, NESTING_MAX)
        for selection in selection_set.selections:
            shape.directives += len(selection.directives or ())
            if isinstance(selection, FieldNode):
                inner = self._selections(selection.selection_set, nesting + 1)
                inner.aliases += selection.alias is not None
                inner.depth += 1
                inner.root_fields = 1
                if selection.selection_set:
                    self._names[(selection.alias or selection.name).value] += 1
                    if selection.name.value.startswith("__"):
                        inner.introspection_aliases = inner.aliases
                        inner.depth = 1
            elif isinstance(selection, FragmentSpreadNode):
                inner = self._fragment(selection.name.value, nesting + 1)
            else:
                inner = self._selections(selection.selection_set, nesting + 1)  # pyright: ignore[reportAttributeAccessIssue]
            shape.depth = max(shape.depth, inner.depth)
            shape.aliases += inner.aliases
            shape.introspection_aliases += inner.introspection_aliases
            shape.root_fields += inner.root_fields
            shape.directives += inner.directives
        return shape

    def _fragment(self, name: str, nesting: int) -> Shape:
        """Nothing for a fragment within itself or unknown: validation reports those."""
        if name not in self._counted:
            self._counted[name] = Shape()
            if fragment := self._fragments.get(name):
                shape = self._selections(fragment.selection_set, nesting)
                shape.directives += len(fragment.directives or ())
                self._counted[name] = shape
        return self._counted[name]

"""What an operation may cost at most, counted before any resolver runs.

One object costs 1, a scalar nothing. A list costs its size times what one item costs. The size is
the argument `first`, else the length of a list argument (`herIds`), else LIST_SIZE_ASSUMED. The size
of a field that returns one object is that of `edges` and `nodes` directly below it: a page of a
connection is counted once, by its `first`. Introspection is free; `@skip` and `@include` change
nothing; every branch of a union counts.
"""

from collections.abc import Mapping
from typing import NamedTuple, cast

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    NullValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    Undefined,
    ValueNode,
    VariableNode,
    get_named_type,
    get_nullable_type,
    is_leaf_type,
    is_list_type,
)

from registers.api.engine.limits import SATURATED

LIST_SIZE_ASSUMED = 10  # items, where nothing in the request says how many
PAGE_FIELDS = ("edges", "nodes")
INT_DIGITS_MAX = 10  # more than 32 bits hold; int() refuses thousands of them
WithFields = GraphQLObjectType | GraphQLInterfaceType


def cost_of(
    schema: GraphQLSchema,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Mapping[str, object],
) -> int:
    """Objects that `operation` of a valid `document` can return, given its raw `variables`."""
    return _Calculator(schema, document, operation, variables).total()


class _Cost(NamedTuple):
    """`fixed` + n times `per_item`, where n is the page size of the field above."""

    fixed: int = 0
    per_item: int = 0

    def at(self, size: int) -> int:
        return self.fixed + size * self.per_item


class _Calculator:
    def __init__(
        self,
        schema: GraphQLSchema,
        document: DocumentNode,
        operation: OperationDefinitionNode,
        variables: Mapping[str, object],
    ) -> None:
        self._schema = schema
        self._operation = operation
        self._fragments = {
            definition.name.value: definition
            for definition in document.definitions
            if isinstance(definition, FragmentDefinitionNode)
        }
        self._known: dict[str, _Cost] = {}  # by fragment: linear however often it is spread
        self._variables = variables
        self._defaults = {
            definition.variable.name.value: definition.default_value
            for definition in operation.variable_definitions or ()
            if definition.default_value is not None
        }

    def total(self) -> int:
        root = self._schema.get_root_type(self._operation.operation)
        cost = self._selections(self._operation.selection_set, root)
        return min(cost.at(LIST_SIZE_ASSUMED), SATURATED)

    def _selections(self, selection_set: SelectionSetNode, parent: GraphQLNamedType | None) -> _Cost:
        fixed = per_item = 0
        for selection in selection_set.selections:
            if isinstance(selection, FieldNode):
                cost = self._field(selection, parent)
            elif isinstance(selection, FragmentSpreadNode):
                cost = self._fragment(selection.name.value)
            else:
                assert isinstance(selection, InlineFragmentNode)
                condition = selection.type_condition
                inner = self._schema.get_type(condition.name.value) if condition else parent
                cost = self._selections(selection.selection_set, inner)
            fixed += cost.fixed
            per_item += cost.per_item
        return _Cost(fixed, per_item)

    def _fragment(self, name: str) -> _Cost:
        if name not in self._known:
            fragment = self._fragments[name]
            on = self._schema.get_type(fragment.type_condition.name.value)
            self._known[name] = self._selections(fragment.selection_set, on)
        return self._known[name]

    def _field(self, node: FieldNode, parent: GraphQLNamedType | None) -> _Cost:
        name = node.name.value
        if name.startswith("__"):
            return _Cost()
        field = cast(WithFields, parent).fields[name]
        returned = get_named_type(field.type)
        if is_leaf_type(returned) or node.selection_set is None:
            return _Cost()
        inner = self._selections(node.selection_set, returned)
        size = self._size(node, field)
        if not is_list_type(get_nullable_type(field.type)):
            return _Cost(1 + inner.at(LIST_SIZE_ASSUMED if size is None else size))
        one = 1 + inner.at(LIST_SIZE_ASSUMED)
        if size is None and name in PAGE_FIELDS:
            return _Cost(0, one)
        return _Cost(one * (LIST_SIZE_ASSUMED if size is None else size))

    def _size(self, node: FieldNode, field: GraphQLField) -> int | None:
        """Items asked for, at least 1 (asking for none is work too); None when no argument says."""
        given = {argument.name.value: argument.value for argument in node.arguments or ()}
        sizes: list[int] = []
        for name, argument in field.args.items():
            is_list = is_list_type(get_nullable_type(argument.type))
            if name != "first" and not is_list:
                continue
            value = self._value(given.get(name))
            if value is None and argument.default_value is not Undefined:
                value = argument.default_value
            if value is None:
                continue
            if is_list:
                sizes.append(len(value) if isinstance(value, list | tuple) else 1)
            elif isinstance(value, int | float):
                return max(1, int(value))
        return max(1, *sizes) if sizes else None

    def _value(self, node: ValueNode | None) -> object:
        """The raw value of an argument as far as it can be a size: a number, or a list of anything."""
        if isinstance(node, VariableNode):
            name = node.name.value
            return self._variables[name] if name in self._variables else self._value(self._defaults.get(name))
        if node is None or isinstance(node, NullValueNode):
            return None
        if isinstance(node, ListValueNode):
            return node.values
        if isinstance(node, IntValueNode):
            return int(node.value) if len(node.value) <= INT_DIGITS_MAX else SATURATED
        return node

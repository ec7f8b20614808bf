"""Asks the policy about every field of an operation before any resolver runs, whichever path leads to the field.

A field is read for a purpose: that of the nearest argument `purpose` on it or around it; in a mutation without one, to
maintain the register.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple, cast

from graphql import (
    DocumentNode,
    EnumValueNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    ValueNode,
    VariableNode,
    get_named_type,
    get_operation_ast,
)
from strawberry.extensions import SchemaExtension
from strawberry.types import ExecutionContext

from registers.access.policy import PURPOSE_OF_MUTATIONS, may
from registers.access.purpose import Purpose
from registers.api.engine.admission import RegistersSchema

DOCUMENTS_MAX = 256
FORBIDDEN = "FORBIDDEN"


class FieldRead(NamedTuple):
    """A field an operation names. `purpose` is a value's name, or `$` and the name of a variable; None without."""

    type_name: str
    field: str
    purpose: str | None


class Gate(SchemaExtension):
    """Refuses an operation that reads a field its caller may not; the refusal names the first such field."""

    def on_validate(self) -> Iterator[None]:
        context = self.execution_context
        if not context.pre_execution_errors and context.graphql_document is not None:
            refusal = self._refusal()
            if refusal is not None:
                context.pre_execution_errors = [refusal]
        yield

    def _refusal(self) -> GraphQLError | None:
        caller = self.execution_context.context.caller
        stated = purposes(self.execution_context)
        for read in reads_of(self.execution_context):
            purpose = stated(read)
            if not may(caller, read.type_name, read.field, purpose):
                reason = f" for {purpose.name}" if purpose else ""
                message = f"{caller.role.value} may not read {read.type_name}.{read.field}{reason}"
                return GraphQLError(message, extensions={"code": FORBIDDEN})
        return None


def is_refusal(error: GraphQLError) -> bool:
    """Whether the error is a refusal by the gate."""
    return (error.extensions or {}).get("code") == FORBIDDEN


def reads_of(execution: ExecutionContext) -> tuple[FieldRead, ...]:
    """Every field that a valid operation names; none when the document holds no such operation."""
    document = execution.graphql_document
    if document is None or get_operation_ast(document, execution.operation_name) is None:
        return ()
    return fields_read(cast(RegistersSchema, execution.schema), execution.query or "", execution.operation_name)


def purposes(execution: ExecutionContext) -> Callable[[FieldRead], Purpose | None]:
    """A function that gives the purpose of a read, from the operation and its variables; None = none is stated."""
    assert execution.graphql_document is not None
    operation = get_operation_ast(execution.graphql_document, execution.operation_name)
    variables = {**(_defaults(operation) if operation else {}), **(execution.variables or {})}
    return lambda read: _purpose(read.purpose, variables)


@lru_cache(maxsize=DOCUMENTS_MAX)
def fields_read(schema: RegistersSchema, source: str, operation_name: str | None) -> tuple[FieldRead, ...]:
    """Every field the operation names, in its order, fragments included. Cached by the document's text, which Python
    hashes once: a parsed document is hashed node by node at each look-up."""
    document = schema.valid_document(source)
    operation = get_operation_ast(document, operation_name)
    assert operation is not None
    reader = _Reader(schema._schema, document)
    purpose = PURPOSE_OF_MUTATIONS.name if operation.operation is OperationType.MUTATION else None
    root = schema._schema.get_root_type(operation.operation)
    assert root is not None
    reader.read(operation.selection_set, root, purpose)
    return tuple(reader.found)


class _Reader:
    def __init__(self, schema: GraphQLSchema, document: DocumentNode) -> None:
        self._schema = schema
        self._fragments = {
            definition.name.value: definition
            for definition in document.definitions
            if isinstance(definition, FragmentDefinitionNode)
        }
        self._seen: set[tuple[str, str | None]] = set()  # a fragment is read once for each purpose
        self.found: dict[FieldRead, None] = {}

    def read(self, selections: SelectionSetNode, parent: GraphQLNamedType, purpose: str | None) -> None:
        for selection in selections.selections:
            if isinstance(selection, FieldNode):
                self._read_field(selection, parent, purpose)
            elif isinstance(selection, FragmentSpreadNode):
                name = selection.name.value
                if (name, purpose) not in self._seen:
                    self._seen.add((name, purpose))
                    self._read_typed(self._fragments[name], parent, purpose)
            else:
                assert isinstance(selection, InlineFragmentNode)
                self._read_typed(selection, parent, purpose)

    def _read_typed(
        self, fragment: FragmentDefinitionNode | InlineFragmentNode, parent: GraphQLNamedType, purpose: str | None
    ) -> None:
        condition = fragment.type_condition
        on = self._schema.get_type(condition.name.value) if condition else parent
        assert on is not None
        self.read(fragment.selection_set, on, purpose)

    def _read_field(self, node: FieldNode, parent: GraphQLNamedType, purpose: str | None) -> None:
        name = node.name.value
        for argument in node.arguments or ():
            if argument.name.value == "purpose":
                purpose = _argument_name(argument.value)
        self.found[FieldRead(parent.name, name, purpose)] = None
        if node.selection_set is not None and not name.startswith("__"):  # introspection is public
            assert isinstance(parent, GraphQLObjectType | GraphQLInterfaceType)
            self.read(node.selection_set, get_named_type(parent.fields[name].type), purpose)


def _argument_name(value: ValueNode) -> str | None:
    if isinstance(value, VariableNode):
        return f"${value.name.value}"
    return value.value if isinstance(value, EnumValueNode) else None


def _defaults(operation: OperationDefinitionNode) -> dict[str, object]:
    return {
        definition.variable.name.value: getattr(definition.default_value, "value", None)
        for definition in operation.variable_definitions or ()
    }


def _purpose(named_argument: str | None, variables: Mapping[str, object]) -> Purpose | None:
    if named_argument is None:
        return None
    value = variables.get(named_argument[1:]) if named_argument.startswith("$") else named_argument
    return Purpose.__members__.get(value) if isinstance(value, str) else None

"""Asks the policy about every field of an operation before any resolver runs: one way in for every path."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, cast

from graphql import DocumentNode, FieldNode, GraphQLError, GraphQLSchema, TypeInfo, TypeInfoVisitor, Visitor, visit
from strawberry.extensions import SchemaExtension

from registers.access.policy import may

DOCUMENTS_KEPT = 256


class Gate(SchemaExtension):
    """Refuses an operation that reads a field its caller may not; the refusal names the first such field."""

    def on_validate(self) -> Iterator[None]:
        yield
        context = self.execution_context
        if context.pre_execution_errors or context.graphql_document is None:
            return
        schema = cast(Any, context.schema)._schema
        caller = context.context.caller
        for type_name, field in fields_read(schema, context.graphql_document):
            if not may(caller, type_name, field):
                context.pre_execution_errors = [
                    GraphQLError(
                        f"{caller.role.value} may not read {type_name}.{field}", extensions={"code": "FORBIDDEN"}
                    )
                ]
                return


@lru_cache(maxsize=DOCUMENTS_KEPT)
def fields_read(schema: GraphQLSchema, document: DocumentNode) -> frozenset[tuple[str, str]]:
    """(type, field) of every field a document names, fragments of all its operations included."""
    info = TypeInfo(schema)
    collector = _Fields(info)
    visit(document, TypeInfoVisitor(info, collector))
    return frozenset(collector.found)


class _Fields(Visitor):
    def __init__(self, info: TypeInfo) -> None:
        super().__init__()
        self._info = info
        self.found: set[tuple[str, str]] = set()

    def enter_field(self, node: FieldNode, *_: Any) -> None:
        parent = self._info.get_parent_type()
        if parent is not None:
            self.found.add((parent.name, node.name.value))

"""A Strawberry schema that checks an operation before it runs it, and whose errors are safe to send.

Both apply to every transport: Strawberry's `execute`, `stream` and `subscribe` all pass here.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any, cast

import strawberry
from graphql import DocumentNode, GraphQLError, get_operation_ast, specified_rules, validate
from strawberry.extensions import SchemaExtension
from strawberry.schema.validation_rules.maybe_null import MaybeNullValidationRule
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule
from strawberry.types import ExecutionContext
from strawberry.types.graphql import OperationType

from registers.api.engine.cost import cost_of
from registers.api.engine.errors import make_public
from registers.api.engine.executor import Executor
from registers.api.engine.limits import Limits, TooComplex, parse_within
from registers.core.errors import BadInput

DOCUMENTS_MAX = 256  # valid documents, per schema; the largest allowed takes about 2 MB
RULES = (*specified_rules, MaybeNullValidationRule, OneOfInputValidationRule)


class InvalidDocument(BadInput):
    """A document that parses but does not fit the schema. Admission answers its `errors`, not itself."""

    def __init__(self, document: DocumentNode, errors: list[GraphQLError]) -> None:
        super().__init__(f"{len(errors)} validation errors")
        self.document = document
        self.errors = errors


class Admission(SchemaExtension):
    """Admits an operation or refuses it, before any resolver runs.

    Also adds to the answer what the operation cost, and the context's `response_extensions()` where
    it has them. Events of a subscription have neither.
    """

    def __init__(self, *, execution_context: ExecutionContext | None = None) -> None:
        super().__init__(execution_context=execution_context)
        self._errors: list[GraphQLError] = []
        self._cost: int | None = None

    @property
    def _schema(self) -> "RegistersSchema":
        return cast(RegistersSchema, self.execution_context.schema)

    def on_parse(self) -> Iterator[None]:
        context = self.execution_context
        if context.query:
            try:
                context.graphql_document = self._schema.valid_document(context.query)
            except InvalidDocument as invalid:
                context.graphql_document = invalid.document
                self._errors = invalid.errors
            self._require_operation(context.graphql_document)
        yield

    def on_validate(self) -> Iterator[None]:
        context = self.execution_context
        if not self._errors:
            self._errors = self._cost_errors()
        context.pre_execution_errors = self._errors
        yield

    def get_results(self) -> dict[str, object]:
        context = self.execution_context
        if self._cost is None or context.operation_type is OperationType.SUBSCRIPTION:
            return {}
        results: dict[str, object] = {"cost": {"requested": self._cost, "limit": self._schema.limits.cost}}
        response_extensions = getattr(context.context, "response_extensions", None)
        if response_extensions is not None and not self._errors:
            results |= response_extensions()
        return results

    def _require_operation(self, document: DocumentNode) -> None:
        """Strawberry would run the first of several operations where the caller named none."""
        name = self.execution_context._provided_operation_name
        if get_operation_ast(document, name) is None:
            raise GraphQLError(
                "operationName must say which of the operations to run."
                if name is None
                else f"There is no operation named {name!r}."
            )

    def _cost_errors(self) -> list[GraphQLError]:
        context = self.execution_context
        document = context.graphql_document
        assert document is not None
        operation = get_operation_ast(document, context.operation_name)
        assert operation is not None
        schema = self._schema
        self._cost = cost_of(schema._schema, document, operation, context.variables or {})
        allowed = schema.limits.cost
        if self._cost <= allowed:
            return []
        over = TooComplex("cost", self._cost, allowed)
        return [GraphQLError(over.message, original_error=over)]


class RegistersSchema(strawberry.Schema):
    """`strawberry.Schema` with limits, a bounded cache of valid documents, and no logged literals."""

    def __init__(
        self,
        query: type,
        mutation: type | None = None,
        subscription: type | None = None,
        *,
        limits: Limits | None = None,
        extensions: Iterable[type[SchemaExtension] | Callable[[], SchemaExtension]] = (),
        **options: Any,
    ) -> None:
        super().__init__(
            query,
            mutation,
            subscription,
            extensions=[Admission, *extensions],
            execution_context_class=Executor,
            **options,
        )
        self.limits = limits or Limits()
        self.valid_document = lru_cache(maxsize=DOCUMENTS_MAX)(self._read_document)

    def _read_document(self, source: str) -> DocumentNode:
        """The parsed document. Raises TooComplex, GraphQLSyntaxError, InvalidDocument."""
        document = parse_within(self.limits, source)
        errors = validate(
            self._schema,
            document,
            RULES,
            max_errors=self.limits.errors - 1,
            hide_suggestions=True,
        )
        if errors:
            raise InvalidDocument(document, errors)
        return document

    def process_errors(self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None) -> None:
        """Strawberry's own logs the document with its literals; this makes errors fit to send."""
        for error in errors:
            make_public(error)

"""Records every operation that asks about patients before its answer is sent; without a record there is no answer."""

from collections.abc import AsyncIterator, Iterator
from time import perf_counter

import structlog
from strawberry.extensions import SchemaExtension

from registers.access.gate import FieldRead, is_refusal, purposes, reads_of
from registers.access.log import Access, append
from registers.access.models import AccessOutcome
from registers.access.policy import PURPOSE_OF_TRAIL, asks_about_patients, may_show_patients
from registers.core.identifiers import without_national_ids


class AccessLogging(SchemaExtension):
    """Comes after the gate, so that a refusal is recorded too. An invalid document asks about nobody."""

    _reads: tuple[FieldRead, ...] = ()
    _admitted = False

    def on_validate(self) -> Iterator[None]:
        errors = self.execution_context.pre_execution_errors or []
        if self.execution_context.graphql_document is not None and all(map(is_refusal, errors)):
            self._reads = reads_of(self.execution_context)
            self._admitted = not errors
        yield

    async def on_operation(self) -> AsyncIterator[None]:
        started = perf_counter()
        yield
        duration_us = round((perf_counter() - started) * 1_000_000)
        persons = self.execution_context.context.persons_read if self._admitted else ()
        if persons or any(asks_about_patients(read.type_name, read.field) for read in self._reads):
            context = self.execution_context.context
            await append(context.database, self._access(duration_us, sorted(persons)))

    def _access(self, duration_us: int, persons: list[int]) -> Access:
        execution = self.execution_context
        context = execution.context
        caller = context.caller
        about_patients = [read for read in self._reads if may_show_patients(read.type_name, read.field)]
        stated = purposes(execution)
        why = {stated(read) for read in about_patients} - {None}
        if persons and not why:
            why = {PURPOSE_OF_TRAIL.get(caller.role)}
        return Access(
            asked_at=context.now,
            duration_us=duration_us,
            caller=caller.name,
            role=caller.role.value,
            organisation_number=caller.organisation_number,
            purposes=sorted(purpose.name for purpose in why if purpose),
            operation=without_national_ids(execution.operation_name) if execution.operation_name else None,
            fields=sorted({f"{read.type_name}.{read.field}" for read in about_patients}),
            persons=persons,
            outcome=self._outcome().value,
            request_id=structlog.contextvars.get_contextvars().get("request_id"),
        )

    def _outcome(self) -> AccessOutcome:
        if not self._admitted:
            return AccessOutcome.REFUSED
        result = self.execution_context.result
        return AccessOutcome.FAILED if result is None or result.errors else AccessOutcome.ANSWERED

"""How a mutation field runs an edit and what every payload tells of it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, cast
from uuid import UUID

import strawberry
from strawberry.annotation import StrawberryAnnotation
from strawberry.extensions import FieldExtension, SchemaExtension
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.field import StrawberryField
from strawberry.types.nodes import SelectedField

from registers.api.graph import links
from registers.api.graph.context import Freshness, Info
from registers.api.graph.links import LinkedImpact
from registers.api.graph.user_errors import UserError, user_errors
from registers.changelog import repository
from registers.changelog.as_of import instant_of
from registers.changelog.change import Entries
from registers.core.identifiers import EntryNumber
from registers.core.rules import Refused
from registers.core.validity import Instant
from registers.editing import transaction
from registers.editing.rules import STALE

ExpectedEntry = Annotated[
    EntryNumber,
    strawberry.argument(
        name="expectedEntry",
        description="Newest entry of the record that the caller has seen, its `lastEntry`; a newer one refuses the "
        "edit with STALE and the record as it is now.",
    ),
]


@dataclass(frozen=True, slots=True)
class EditOptions:
    """What every edit is asked with beside the change itself."""

    reason: str | None
    idempotency_key: UUID | None
    dry_run: bool


OPTIONS: ContextVar[EditOptions] = ContextVar("asked")
ARGUMENTS = (
    (
        "idempotency_key",
        UUID | None,
        None,
        "Chosen by the caller: the same edit sent again with it changes nothing and gets the first answer.",
    ),
    ("dry_run", bool, False, "Answer as if the edit were made, with its impact, and leave no trace."),
    ("reason", str | None, None, "Why; stands in the log. At most 500 characters, no national id."),
)
NOT_OF_THE_CHANGE = ("idempotencyKey", "dryRun")


class EditOptionsExtension(FieldExtension):
    """Gives a mutation field the arguments of every edit, and tells `edited` what was said in them."""

    def apply(self, field: StrawberryField) -> None:
        field.arguments = [
            *field.arguments,
            *(
                StrawberryArgument(
                    python_name=name,
                    graphql_name=None,
                    type_annotation=StrawberryAnnotation(type_),
                    description=description,
                    default=default,
                )
                for name, type_, default, description in ARGUMENTS
            ),
        ]

    async def resolve_async(self, next_: Callable[..., Awaitable[Any]], source: Any, info: Any, **kwargs: Any) -> Any:
        options = {name: kwargs.pop(name, default) for name, _, default, _ in ARGUMENTS}
        token = OPTIONS.set(EditOptions(**options))
        try:
            return await next_(source, info, **kwargs)
        finally:
            OPTIONS.reset(token)


def edit(description: str) -> Any:
    """A mutation field: `@edit("…")` in place of `@strawberry.mutation`."""
    return strawberry.mutation(description=description, extensions=[EditOptionsExtension()])


@dataclass(frozen=True, slots=True)
class Outcome:
    """`key` is the record's at `instant`: changed, or as it is when the caller had not seen it; None = refused."""

    key: str | None
    instant: Instant
    entry: EntryNumber | None = None
    impact: LinkedImpact | None = None
    user_errors: tuple[UserError, ...] = ()


@strawberry.type(description="What every mutation answers.")
class Payload:
    outcome: strawberry.Private[Outcome]

    @strawberry.field(description="The data as of this entry holds the change; null = nothing was changed.")
    def entry(self) -> EntryNumber | None:
        return self.outcome.entry

    @strawberry.field(description="What a dry run would have done; null = it was none, or was refused.")
    def impact(self) -> LinkedImpact | None:
        return self.outcome.impact

    @strawberry.field(description="Why nothing was changed; empty = the edit is made.")
    def user_errors(self) -> list[UserError]:
        return list(self.outcome.user_errors)


async def edited(
    info: Info,
    service: transaction.Service,
    *,
    record: str | None = None,
) -> Outcome:
    """Runs the edit of this mutation field. `record` is the key of the record it changes; None = a new one."""
    context, asked = info.context, OPTIONS.get()
    await context.start_afresh()
    request = transaction.Edit(
        operation=info.field_name,
        arguments=_arguments(info),
        caller=context.caller.name,
        at=context.now,
        reason=asked.reason,
        idempotency_key=asked.idempotency_key,
        persons_read=context.persons_read,
    )
    try:
        done = await transaction.run(
            context.database,
            request,
            service,
            rule_of_constraint=context.rule_of_constraint,
            dry_run=asked.dry_run,
        )
    except Refused as refused:
        stale = any(problem.rule is STALE for problem in refused.problems)
        if stale:
            context.freshness = None  # the record is read anew, as it is
            await instant_of(info, None)
        errors = tuple(user_errors(refused, context.language))
        return Outcome(record if stale else None, Instant(context.now), user_errors=errors)
    instant = Instant(done.at, done.last)
    if done.rehearsal is None:
        context.freshness = Freshness(entry=done.last, recorded_at=await _recorded_at(info, done.last))
        return Outcome(done.key, instant, entry=done.last)
    context.rehearse(done.rehearsal)
    entries = Entries(done.first, done.last, done.at)
    impact = await context.objects.load(info, links.IMPACT, entries, instant)
    return Outcome(done.key, instant, impact=impact)


class EndOfRehearsal(SchemaExtension):
    """A dry run is read until its operation is answered, and no longer."""

    async def on_execute(self) -> AsyncIterator[None]:
        try:
            yield
        finally:
            context = self.execution_context.context
            if context.rehearsal is not None:
                await context.start_afresh()


async def _recorded_at(info: Info, entry: EntryNumber) -> datetime | None:
    async with info.context.database.reading() as session:
        found = await repository.between(session, entry, entry)
    return found[0].recorded_at if found else None


def _arguments(info: Info) -> dict[str, Any]:
    """The field's arguments, variables filled in, without those about the request itself."""
    given = cast(SelectedField, info.selected_fields[0]).arguments
    return {name: value for name, value in given.items() if name not in NOT_OF_THE_CHANGE}

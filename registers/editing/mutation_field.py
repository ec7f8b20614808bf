"""The GraphQL side of an edit: the arguments of every mutation field, and the payload that runs the edit and answers.

A mutation field reads:

    @edit("Move a unit.")
    async def unit_move(self, info: Info, unit_id: UnitId, …) -> UnitPayload:
        return await UnitPayload.edited(info, unit_id, lambda transaction: units.move(transaction, unit_id, …))
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Self, cast
from uuid import UUID

import strawberry
from strawberry.annotation import StrawberryAnnotation
from strawberry.extensions import FieldExtension, SchemaExtension
from strawberry.extensions.field_extension import AsyncExtensionResolver
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.field import StrawberryField
from strawberry.types.nodes import SelectedField

from registers.api.graph import links
from registers.api.graph.context import EditOptions, Freshness, Info
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
OF_THE_REQUEST = ("idempotencyKey", "dryRun")  # arguments that do not describe the change


def _argument(name: str, type_: object, description: str, *, default: object = None) -> StrawberryArgument:
    return StrawberryArgument(
        python_name=name,
        graphql_name=None,
        type_annotation=StrawberryAnnotation(type_),
        description=description,
        default=default,
    )


class EditArguments(FieldExtension):
    """Gives a mutation field the arguments of every edit, and puts their values into the context, where
    `Payload.edited` finds them."""

    def apply(self, field: StrawberryField) -> None:
        field.arguments = [
            *field.arguments,
            _argument(
                "idempotency_key",
                UUID | None,
                "Chosen by the caller: the same edit sent again with it changes nothing and gets the first answer.",
            ),
            _argument(
                "dry_run",
                bool,
                "Answer as if the edit were made, with its impact, and leave no trace.",
                default=False,
            ),
            _argument("reason", str | None, "Why; stands in the log. At most 500 characters, no national id."),
        ]

    async def resolve_async(
        self,
        next_: AsyncExtensionResolver,
        source: object,
        info: Info,
        *,
        idempotency_key: UUID | None = None,
        dry_run: bool = False,
        reason: str | None = None,
        **arguments: object,
    ) -> object:
        info.context.edit_options = EditOptions(idempotency_key, dry_run, reason)
        return await next_(source, info, **arguments)


def edit(description: str) -> Callable[[Callable[..., Awaitable[object]]], StrawberryField]:
    """A mutation field: `@edit("…")` in place of `@strawberry.mutation`."""
    return strawberry.mutation(description=description, extensions=[EditArguments()])


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

    @classmethod
    async def edited(cls, info: Info, key: str | int | None, change: transaction.Edit) -> Self:
        """Runs the edit of this mutation field. `key` is that of the record in the log; None = a new record."""
        return cls(outcome=await _run(info, None if key is None else str(key), change))

    @strawberry.field(description="The data as of this entry holds the change; null = nothing was changed.")
    def entry(self) -> EntryNumber | None:
        return self.outcome.entry

    @strawberry.field(description="What a dry run would have done; null = it was none, or was refused.")
    def impact(self) -> LinkedImpact | None:
        return self.outcome.impact

    @strawberry.field(description="Why nothing was changed; empty = the edit is made.")
    def user_errors(self) -> list[UserError]:
        return list(self.outcome.user_errors)


async def _run(info: Info, key: str | None, change: transaction.Edit) -> Outcome:
    context, options = info.context, info.context.edit_options
    assert options is not None, "a field that edits is made by @edit"
    await context.start_afresh()
    request = transaction.EditRequest(
        operation=info.field_name,
        arguments=_arguments(info),
        caller=context.caller.name,
        at=context.now,
        reason=options.reason,
        idempotency_key=options.idempotency_key,
        persons_read=context.persons_read,
    )
    try:
        result = await transaction.run(
            context.database,
            request,
            change,
            rule_of_constraint=context.rule_of_constraint,
            dry_run=options.dry_run,
        )
    except Refused as refused:
        return await _refused(info, key, refused)
    instant = Instant(result.at, result.last)
    if result.rehearsal is None:
        context.freshness = Freshness(entry=result.last, recorded_at=await _recorded_at(info, result.last))
        return Outcome(result.key, instant, entry=result.last)
    context.rehearse(result.rehearsal)
    entries = Entries(result.first, result.last, result.at)
    impact = await context.objects.load(info, links.IMPACT, entries, instant)
    return Outcome(result.key, instant, impact=impact)


async def _refused(info: Info, key: str | None, refused: Refused) -> Outcome:
    """Nothing was changed; a caller who has not seen the newest version gets the record as it is."""
    context = info.context
    stale = any(problem.rule is STALE for problem in refused.problems)
    if stale:
        context.freshness = None  # the record is read anew
        await instant_of(info, None)
    errors = tuple(user_errors(refused, context.language))
    return Outcome(key if stale else None, Instant(context.now), user_errors=errors)


async def _recorded_at(info: Info, entry: EntryNumber) -> datetime | None:
    async with info.context.database.reading() as session:
        found = await repository.between(session, entry, entry)
    return found[0].recorded_at if found else None


def _arguments(info: Info) -> dict[str, object]:
    """What distinguishes this edit from another one: the field's arguments, variables filled in."""
    given = cast(SelectedField, info.selected_fields[0]).arguments
    return {name: value for name, value in given.items() if name not in OF_THE_REQUEST}


class EndOfRehearsal(SchemaExtension):
    """Ends a dry run when its operation is answered."""

    async def on_execute(self) -> AsyncIterator[None]:
        try:
            yield
        finally:
            context = self.execution_context.context
            if context.rehearsal is not None:
                await context.start_afresh()

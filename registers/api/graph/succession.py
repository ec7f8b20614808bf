"""Identifiers that were replaced by others, in the graph: one shape for every register."""

from datetime import datetime
from typing import TypeVar

import strawberry

from registers.api.graph.enums import described
from registers.core import succession
from registers.core.identifiers import EntryNumber

K = TypeVar("K")

SuccessionKind = succession.SuccessionKind
described(
    SuccessionKind,
    "How an identifier took the place of another.",
    {
        SuccessionKind.MERGED: "Several became one.",
        SuccessionKind.SPLIT: "One became several.",
        SuccessionKind.MOVED: "What it stood for went on under another one.",
        SuccessionKind.RENUMBERED: "The same under a new number.",
    },
)


@strawberry.type(description="A step from an identifier to one that took its place.")
class Succession:
    kind: SuccessionKind = strawberry.field(description="How it took its place.")
    from_: str = strawberry.field(name="from", description="The old identifier.")
    to: str = strawberry.field(description="The one that took its place.")
    valid_from: datetime | None = strawberry.field(description="Since when; null = the source does not tell.")
    entry: EntryNumber = strawberry.field(description="Entry that made this version of the step.")

    @classmethod
    def of(cls, step: succession.Step[K]) -> "Succession":
        return cls(
            kind=step.kind, from_=str(step.before), to=str(step.after), valid_from=step.valid_from, entry=step.entry
        )

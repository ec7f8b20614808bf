"""What one request carries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from strawberry.types.info import Info as _Info

from registers.core.identifiers import EntryNumber
from registers.core.rules import Language, Rule
from registers.database.database import Database, Rehearsal

if TYPE_CHECKING:
    from registers.core.caller import Caller
    from registers.loaders import Loaders


@dataclass(slots=True)
class Freshness:
    """Position of the log that the answer is at least as new as."""

    entry: EntryNumber
    recorded_at: datetime | None


@dataclass(slots=True)
class Context:
    """`now` is the request's only clock; sessions are opened from `database` by each batch of reads.

    During a `rehearsal` the loaders read what a dry run would have written.
    """

    caller: Caller
    now: datetime
    database: Database
    loaders: Loaders
    language: Language = "en"
    freshness: Freshness | None = None
    rehearsal: Rehearsal | None = None
    rule_of_constraint: Mapping[str, Rule] = field(default_factory=dict[str, Rule])
    """By which rule an edit reports what a constraint of the database refuses; needed by mutations alone."""

    @property
    def source(self) -> Database | Rehearsal:
        """What is read from: during a rehearsal, what a dry run would have written."""
        return self.rehearsal or self.database

    def rehearse(self, rehearsal: Rehearsal) -> None:
        """What is read from now on is read inside `rehearsal`, until `start_afresh`."""
        self.rehearsal = rehearsal
        self.loaders = self.loaders.reading_from(rehearsal)

    async def start_afresh(self) -> None:
        """Ends a rehearsal, and forgets what was read before a change."""
        rehearsal, self.rehearsal = self.rehearsal, None
        self.loaders = self.loaders.reading_from(self.database)
        if rehearsal is not None:
            await rehearsal.end()

    def response_extensions(self) -> dict[str, Any]:
        """How fresh the answer is; absent when nothing was read."""
        if self.freshness is None:
            return {}
        return {
            "registers": {
                "entry": self.freshness.entry,
                "asOf": self.now.isoformat(),
                "lagMs": 0,  # read from the database itself, not from a copy that follows it
            }
        }


Info = _Info[Context, None]

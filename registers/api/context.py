"""What one request carries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from strawberry.types.info import Info as _Info

from registers.core.database import Database
from registers.core.identifiers import EntryNumber

if TYPE_CHECKING:
    from registers.access.caller import Caller
    from registers.loaders import Loaders


@dataclass(slots=True)
class Freshness:
    """Position of the log that the answer is at least as new as."""

    entry: EntryNumber
    recorded_at: datetime | None


@dataclass(slots=True)
class Context:
    """`now` is the request's only clock; sessions are opened from `database` by each batch of reads."""

    caller: Caller
    now: datetime
    database: Database
    loaders: Loaders
    freshness: Freshness | None = None

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

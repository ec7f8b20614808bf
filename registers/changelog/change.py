"""The entries that one change made, and what was known before and after it."""

from dataclasses import dataclass
from datetime import datetime

from registers.core.identifiers import EntryNumber
from registers.core.validity import Instant


@dataclass(frozen=True, slots=True)
class Entries:
    """Entries `first` to `last` of one change, asked about at `at`."""

    first: EntryNumber
    last: EntryNumber
    at: datetime

    def before(self, moment: datetime) -> Instant:
        """What was known of `moment` before the change."""
        return Instant(moment, EntryNumber(self.first - 1))

    def after(self, moment: datetime) -> Instant:
        return Instant(moment, self.last)

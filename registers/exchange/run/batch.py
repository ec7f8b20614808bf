"""One batch of an import: records of one kind, compared with what is remembered of them, and written."""

from collections.abc import Sequence, Set
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from registers.code_systems.intake.codes import StoredCodes
from registers.core.identifiers import HerId
from registers.editing.bulk_writes import Writes
from registers.exchange.recognise import Record
from registers.exchange.run.comparison import Comparison
from registers.exchange.run.intakes.by_kind import INTAKES
from registers.intake.record_set import Outcome

AnyOutcome = Outcome[Any]
"""Of a record of any kind: a batch has records of one kind, but which is known only when it runs."""


class Batch:
    """Records of one transaction; their outcomes count once it is committed. `may_wait`: see `Comparison`."""

    def __init__(self, codes: StoredCodes, caller: str, now: datetime, *, may_wait: bool) -> None:
        self.outcomes: list[AnyOutcome] = []
        self._codes = codes
        self._caller = caller
        self._now = now
        self._comparison = Comparison(now, may_wait=may_wait)

    @property
    def overtaken(self) -> Set[HerId]:
        """Parties whose own records are to be read again: their parents have changed since."""
        return self._comparison.overtaken

    async def take(self, session: AsyncSession, records: Sequence[Record]) -> None:
        """All records, which are of one kind and none twice. Raises Unstorable, SerializationFailed."""
        self.outcomes = [Outcome(record) for record in records]
        intake = INTAKES[type(records[0])](self._codes, self._now)
        for outcome in self.outcomes:
            intake.check(outcome)
        await self._comparison.load(session, records)
        await intake.take(session, self.outcomes, self._comparison)
        writes = Writes()
        await intake.write(session, writes)
        await writes.apply(session, caller=self._caller)
        await self._comparison.remember(session)

"""What a batch does with records of one kind, whichever register they belong to."""

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from registers.code_systems.intake.codes import ReportedCode, StoredCodes
from registers.editing.bulk_writes import Writes
from registers.exchange.run.comparison import Comparison
from registers.exchange.run.identity import R
from registers.intake.record_set import Outcome


class Intake(Protocol[R]):
    """Records of one kind in one transaction. A batch calls the methods in this order."""

    def check(self, outcome: Outcome[R]) -> None:
        """Checks the codes of a record, before it is compared: a code that is refused is left out of its form."""
        ...

    async def take(self, session: AsyncSession, outcomes: Sequence[Outcome[R]], comparison: Comparison) -> None:
        """Loads what the records with news refer to, and takes these records in."""
        ...

    async def write(self, session: AsyncSession, writes: Writes) -> None:
        """Writes first the codes learned, then what the records only point at, then the records."""
        ...


class RegisterIntake(Protocol[R]):
    """What the intakes of most registers offer."""

    async def load_references(self, session: AsyncSession, outcomes: list[Outcome[R]], /) -> None: ...
    def take(self, outcome: Outcome[R], /) -> None: ...
    def write(self, writes: Writes, /) -> None: ...


class PlainRecords(Intake[R]):
    """Records that are told apart by their own keys and point at records of their own register alone."""

    def __init__(
        self, codes: StoredCodes, codes_of: Callable[[R], Iterable[ReportedCode]], intake: RegisterIntake[R]
    ) -> None:
        self._codes = codes
        self._codes_of = codes_of
        self._intake = intake

    def check(self, outcome: Outcome[R]) -> None:
        self._codes.check(self._codes_of(outcome.snapshot), outcome)

    async def take(self, session: AsyncSession, outcomes: Sequence[Outcome[R]], comparison: Comparison) -> None:
        news = comparison.with_news(outcomes)
        await self._intake.load_references(session, news)
        for outcome in news:
            self._intake.take(outcome)

    async def write(self, session: AsyncSession, writes: Writes) -> None:
        self._codes.write(writes)
        self._intake.write(writes)

"""The import: files of the registers, record by record, into rows.

A batch is one transaction with records of one kind. When the database refuses one of its records, the batch is
halved until that record is alone: it is reported, all others go in.
"""

from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence, Set
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import TypeGuard

from sqlalchemy.ext.asyncio import AsyncSession

from registers.changelog.append import check_deferred_constraints, lock_log
from registers.code_systems.intake.codes import StoredCodes
from registers.communication_parties.intake.snapshot import PartySnapshot
from registers.core.errors import DatabaseUnavailable
from registers.core.identifiers import HerId
from registers.database.database import Database
from registers.editing.bulk_writes import SerializationFailed, Unstorable, refusals_named
from registers.exchange.errors import UnknownFormat
from registers.exchange.recognise import Broken, Record, Source, open_source, recognise
from registers.exchange.run.batch import AnyOutcome, Batch
from registers.exchange.run.identity import Identity, identity
from registers.exchange.run.progress import Progress
from registers.exchange.run.report import FileReport, Report
from registers.gp_lists.intake.snapshot import GpContractSnapshot
from registers.intake.record_set import Outcome, Result
from registers.intake.snapshot import NOT_REPORTED, reported

BATCH_RECORDS = 1000  # of one transaction
PATIENTS_PER_RECORD = 10  # of a list, that fill a batch as much as one other record
ATTEMPTS = 3  # at a batch that other transactions make fail

Transaction = Callable[[], AbstractAsyncContextManager[AsyncSession]]

Counted = tuple[FileReport, AnyOutcome]
"""An outcome with the report that it counts in."""


async def import_files(
    database: Database,
    paths: Sequence[Path],
    *,
    format: str | None = None,
    her_id: HerId | None = None,
    dry_run: bool = False,
    caller: str,
    now: Callable[[], datetime],
    progress: Progress | None = None,
    batch_records: int = BATCH_RECORDS,
) -> Report:
    """Imports the files in their order, each batch in a transaction of its own.

    `dry_run`: everything in one transaction that is rolled back; until then it locks the log, so edits wait.
    A file that cannot be read does not stop the others. Raises DatabaseUnavailable.
    """
    async with _transactions(database, dry_run=dry_run) as transaction:
        run = _Import(transaction, caller, now(), Report(dry_run=dry_run), batch_records)
        await run.load_codes()
        sources = [(path, _opened(path, format, her_id)) for path in paths]
        size = sum(source.size for _, source in sources if isinstance(source, Source))
        done = 0  # bytes of the files before
        for path, source in sources:
            if isinstance(source, OSError):
                run.report.files.append(FileReport(name=path.name, problem=_unreadable(path, source)))
                continue
            await run.import_file(
                source, lambda read, done=done: progress and progress.advance(done + read, size, run.records)
            )
            done += source.size
        await run.take_postponed()
        return run.report


@asynccontextmanager
async def _transactions(database: Database, *, dry_run: bool) -> AsyncIterator[Transaction]:
    if not dry_run:
        yield database.writing
        return
    async with database.rehearsing() as session:

        @asynccontextmanager
        async def savepoint() -> AsyncIterator[AsyncSession]:
            async with session.begin_nested():
                yield session

        yield savepoint  # the transaction around these is rolled back when the session ends


def _opened(path: Path, format: str | None, her_id: HerId | None) -> Source | OSError:
    try:
        return open_source(path, format=format, her_id=her_id)
    except OSError as error:
        return error


def _unreadable(path: Path, error: OSError) -> str:
    return f"{path.name} cannot be read: {error.strerror or type(error).__name__}"


def _size(record: Record) -> int:
    """As how many records it counts in a batch."""
    patients = record.patients if isinstance(record, GpContractSnapshot) else NOT_REPORTED
    return 1 + len(reported(patients, [])) // PATIENTS_PER_RECORD


def _is_party_of(found: Record | Broken, her_ids: Set[HerId]) -> TypeGuard[PartySnapshot]:
    return isinstance(found, PartySnapshot) and found.her_id in her_ids


class _Import:
    """One run over several files. What is to be taken later is counted in the report when it has been taken."""

    def __init__(
        self, transaction: Transaction, caller: str, now: datetime, report: Report, batch_records: int
    ) -> None:
        self.report = report
        self.records = 0  # read so far
        self._transaction = transaction
        self._caller = caller
        self._now = now
        self._batch_records = batch_records
        self._codes = StoredCodes()
        self._seen: dict[HerId, Result] = {}  # parties of the file that have a parent
        self._overtaken: set[HerId] = set()  # parties whose parent has changed since they were read
        self._unfinished: list[Counted] = []  # records whose references may arrive later
        self._waiting: dict[Identity, Counted] = {}  # forms that a later one probably replaces again

    async def load_codes(self) -> None:
        async with self._transaction() as session:
            await self._codes.load(session)

    async def import_file(self, source: Source, advance: Callable[[int], object]) -> None:
        file = FileReport(name=source.name)
        self.report.files.append(file)
        try:
            format = recognise(source)
            file.note = format.note
            for records in self._batched(self._readable(format.read(source), file)):
                for outcome in await self._take(records):
                    self._count(file, outcome)
                advance(source.consumed)
            await self._take_overtaken(format.read(source), file)
        except UnknownFormat as unknown:
            file.problem = str(unknown)
        except OSError as error:
            file.problem = _unreadable(source.path, error)
        advance(source.size)

    def _readable(self, found_in_file: Iterable[Record | Broken], file: FileReport) -> Iterator[Record]:
        for found in found_in_file:
            self.records += 1
            if isinstance(found, Broken):
                self.report.refuse(file, found.position, found.rule, found.reason)
            else:
                yield found

    def _batched(self, records: Iterable[Record]) -> Iterator[list[Record]]:
        """Records of one kind, none of them twice, in the file's order."""
        batch: list[Record] = []
        keys: set[tuple[str, str]] = set()
        size = 0
        for found in records:
            key = identity(found)[:2]
            other_kind = batch and type(found) is not type(batch[0])
            if size >= self._batch_records or other_kind or key in keys:
                yield batch
                batch, keys, size = [], set(), 0
            batch.append(found)
            keys.add(key)
            size += _size(found)
        if batch:
            yield batch

    def _count(self, file: FileReport, outcome: AnyOutcome) -> None:
        snapshot = outcome.snapshot
        key = identity(snapshot)
        if isinstance(snapshot, PartySnapshot) and snapshot.parent:
            self._seen[snapshot.her_id] = outcome.result
        if outcome.result is Result.WAITING:
            self._waiting[key] = (file, outcome)
            return
        if not outcome.remembered and outcome.result is not Result.REFUSED:
            self._unfinished.append((file, outcome))
            return
        self.report.take(file, outcome)
        if key in self._waiting:  # the later form has come
            self._count_waiting(*self._waiting.pop(key))

    def _count_waiting(self, file: FileReport, outcome: AnyOutcome) -> None:
        outcome.result = Result.UNCHANGED
        self.report.take(file, outcome)

    async def take_postponed(self) -> None:
        """Takes the forms for which no later one came, and the records whose references may have arrived."""
        postponed = [*self._unfinished, *self._waiting.values()]
        self._unfinished, self._waiting = [], {}
        earlier = iter(postponed)
        for records in self._batched(outcome.snapshot for _, outcome in postponed):
            for outcome in await self._take(records, may_wait=False):
                file, former = next(earlier)
                outcome.add_earlier(former)
                self.report.take(file, outcome)

    async def _take_overtaken(self, found_again: Iterable[Record | Broken], file: FileReport) -> None:
        """Takes those parties again whose parent has changed further down in the file."""
        if overtaken := self._seen.keys() & self._overtaken:
            again = (each for each in found_again if _is_party_of(each, overtaken))
            for records in self._batched(again):
                for outcome in await self._take(records):
                    if outcome.result is Result.CHANGED:
                        self.report.correct(file, self._seen[outcome.snapshot.her_id], outcome)
        self._seen, self._overtaken = {}, set()

    async def _take(self, records: list[Record], *, may_wait: bool = True) -> list[AnyOutcome]:
        """The outcomes of the records, in their order."""
        try:
            batch = await self._stored(records, may_wait=may_wait)
        except Unstorable as refusal:
            await self.load_codes()  # the codes that the batch learned are not stored
            if len(records) == 1:
                alone: AnyOutcome = Outcome(records[0])
                alone.refuse("constraint", "", str(refusal))
                return [alone]
            half = len(records) // 2
            first = await self._take(records[:half], may_wait=may_wait)
            return first + await self._take(records[half:], may_wait=may_wait)
        self._codes.settle()
        self._overtaken |= batch.overtaken
        return batch.outcomes

    async def _stored(self, records: Sequence[Record], *, may_wait: bool) -> Batch:
        for attempt in range(1, ATTEMPTS + 1):
            batch = Batch(self._codes, self._caller, self._now, may_wait=may_wait)
            try:
                async with self._transaction() as session:
                    with refusals_named():
                        await lock_log(session)  # before anything is read: an edit in between would be overwritten
                        await batch.take(session, records)
                        await check_deferred_constraints(session)
                return batch
            except SerializationFailed:
                if attempt == ATTEMPTS:
                    raise DatabaseUnavailable from None
                await self.load_codes()
        raise AssertionError("unreachable")

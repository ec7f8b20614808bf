"""Health personnel and GP lists of national size, straight into PostgreSQL.

One transaction: readers see nothing or all of it, and a failure leaves nothing behind. Until it ends nobody else
writes, and nobody reads the large tables or the codes they refer to. One entry marks the load; then comes one
for each professional, office and contract. Persons come under the entry of their list.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import cast

import asyncpg
from sqlalchemy.ext.asyncio import AsyncSession

from registers.changelog.append import Change, Register, append_all
from registers.core.identifiers import EntryNumber
from registers.database.database import Database
from registers.seed.bulk import contracts as bulk_contracts
from registers.seed.bulk.constraints import drop_constraints, restore
from registers.seed.bulk.contracts import Record
from registers.seed.bulk.copy import Rows
from registers.seed.bulk.lists import gp_lists
from registers.seed.bulk.personnel import personnel_rows
from registers.seed.bulk.persons import person_rows
from registers.seed.bulk.prefetch import prefetched, processes
from registers.seed.bulk.prerequisites import LOADED, is_loaded, numbers_of_the_core, prepare
from registers.seed.bulk.size import NORWAY, CoreNumbers, Size
from registers.seed.bulk.vacuum import settle
from registers.seed.sources.numbers import hpr_number

LARGE = (
    *("health_professionals", "authorisations", "requisition_rights", "specialities"),
    *("persons", "person_national_ids", "patient_associations"),
)
OTHERS = ("gp_offices", "gp_contracts", "doctor_cycles", "entries")
PROFESSIONALS_AT_ONCE = 20_000
LISTS_AT_ONCE = 100  # about 100,000 persons
CALLER = "seed"

IDENTITIES = """
    SELECT attrelid::regclass::text AS owner, attname AS name FROM pg_attribute
    WHERE attidentity <> '' AND attrelid = ANY ($1::text[]::regclass[])
"""

Progress = Callable[[str, int, int], None]
"""Called with the step, how much of it is done, and how much there is."""


@dataclass(slots=True)
class BulkReport:
    """What a bulk load did. `added` = False: it had been loaded before, and nothing was done."""

    added: bool
    rows: Counter[str] = field(default_factory=Counter)  # by table
    seconds: dict[str, float] = field(default_factory=dict)  # by step, in order


async def load_norway(
    database: Database, *, now: Callable[[], datetime], progress: Progress | None = None
) -> BulkReport:
    """Adds 800,000 professionals, 5,700 GP lists and 5.6 million patients with their history.

    The organisations and parties of Scale.NORWAY must be there, and of people nobody but the core's.
    Raises NotReady. A second load adds nothing.
    """
    return await load(database, NORWAY, now=now, progress=progress)


async def load(
    database: Database, size: Size, *, now: Callable[[], datetime], progress: Progress | None = None
) -> BulkReport:
    """As `load_norway`, of any size."""
    async with database.writing() as session:
        await prepare(session)
        if await is_loaded(session, size):
            return BulkReport(added=False)
        load = _Load(session, await numbers_of_the_core(session, size), size, now, progress or _silent)
        await load.run()
    await load.settle(database)
    return load.report


class _Load:
    """The steps in the order of their entries: marker, professionals, offices, lists."""

    def __init__(
        self, session: AsyncSession, existing: CoreNumbers, size: Size, now: Callable[[], datetime], progress: Progress
    ) -> None:
        self.session, self.existing, self.size, self.progress = session, existing, size, progress
        self.report = BulkReport(added=True)
        self._now, self._began = now, now()

    async def run(self) -> None:
        self.driver = await _driver(self.session)
        (marker,) = await self._append(Register.GP_LISTS, LOADED, [self.size.scale.value])
        dropped = await drop_constraints(self.driver, LARGE)
        with processes() as pool:
            first_office = await self._people(pool, first_entry=marker + 1)
            first_list = await self._offices(first_entry=first_office)
            await self._lists(pool, first_entry=first_list)
        await restore(self.driver, dropped, lambda done: self.progress("constraints", done, len(dropped)))
        self._took("constraints")
        for owner, name in await self.driver.fetch(IDENTITIES, LARGE):
            # names of the catalogue, no value
            newest = f"SELECT setval(pg_get_serial_sequence('{owner}', '{name}'), max({name})) FROM {owner}"  # noqa: S608
            await self.driver.execute(newest)

    async def settle(self, database: Database) -> None:
        """After the commit. A load that is interrupted here is complete: PostgreSQL does this work later by itself."""
        self.progress("settling", 0, 1)
        await settle(database, (*LARGE, *OTHERS))
        self.progress("settling", 1, 1)
        self._took("settling")

    async def _people(self, pool: Executor, *, first_entry: int) -> int:
        """The next entry. Entries have no gaps and the log is locked, so their numbers are known beforehand."""
        everybody = [
            each for each in range(self.size.professionals) if hpr_number(each) not in self.existing.hpr_numbers
        ]
        batches = _batches(everybody, PROFESSIONALS_AT_ONCE)
        calls = [
            partial(personnel_rows, self.size, self.existing, batch, first_entry + index * PROFESSIONALS_AT_ONCE)
            for index, batch in enumerate(batches)
        ]
        done = 0
        async for rows in prefetched(pool, calls):
            await self._append(Register.PERSONNEL, "HealthProfessionalLoaded", map(hpr_number, batches[done]))
            await self._copy(rows)
            done += 1
            self.progress("health personnel", done, len(batches))
        self._took("health personnel")
        return first_entry + len(everybody)

    async def _offices(self, *, first_entry: int) -> int:
        """The next entry."""
        offices = bulk_contracts.offices_of(gp_lists(self.size), but=self.existing.offices)
        await self._append(Register.GP_LISTS, "GpOfficeLoaded", [each.office_number for each in offices])
        records = [bulk_contracts.office_record(each, entry) for entry, each in enumerate(offices, first_entry)]
        await self._insert("gp_offices", bulk_contracts.OFFICE_COLUMNS, records)
        return first_entry + len(offices)

    async def _lists(self, pool: Executor, *, first_entry: int) -> None:
        lists = list(enumerate(gp_lists(self.size), first_entry))
        await self._append(Register.GP_LISTS, "GpContractLoaded", [each.contract_id for _, each in lists])
        contracts = [bulk_contracts.contract_record(each, entry) for entry, each in lists]
        cycles = [record for entry, each in lists for record in bulk_contracts.cycle_records(each, entry)]
        await self._insert("gp_contracts", bulk_contracts.CONTRACT_COLUMNS, contracts)
        await self._insert("doctor_cycles", bulk_contracts.CYCLE_COLUMNS, cycles)
        self._took("contracts")
        batches = _batches(range(len(lists)), LISTS_AT_ONCE)
        calls = [partial(person_rows, self.size, self.existing, batch, first_entry) for batch in batches]
        done = 0
        async for rows in prefetched(pool, calls):
            await self._copy(rows)
            done += 1
            self.progress("patients", done, len(batches))
        self._took("patients")

    async def _append(self, register: Register, action: str, keys: Iterable[object]) -> list[EntryNumber]:
        changes = [Change(register, str(key), action) for key in keys]
        self.report.rows["entries"] += len(changes)
        return await append_all(self.session, changes, caller=CALLER)

    async def _copy(self, blocks: list[Rows]) -> None:
        for rows in blocks:
            await rows.copy(self.driver)
            self.report.rows[rows.table] += rows.count

    async def _insert(self, table: str, columns: Sequence[str], records: list[Record]) -> None:
        await self.driver.copy_records_to_table(table, columns=columns, records=records)
        self.report.rows[table] += len(records)

    def _took(self, step: str) -> None:
        """Ends a step of the report."""
        began, self._began = self._began, self._now()
        self.report.seconds[step] = (self._began - began).total_seconds()


def _batches(items: Sequence[int], length: int) -> list[Sequence[int]]:
    return [items[start : start + length] for start in range(0, len(items), length)]


async def _driver(session: AsyncSession) -> asyncpg.Connection:
    connection = await (await session.connection()).get_raw_connection()
    return cast(asyncpg.Connection, connection.driver_connection)


def _silent(step: str, done: int, of: int) -> None: ...

"""GP contracts, patients' associations with them, the patients themselves, and primary health care teams."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from registers.code_systems.intake.codes import StoredCodes
from registers.editing.bulk_writes import Writes
from registers.exchange.run.comparison import Comparison
from registers.exchange.run.intakes.intake import Intake
from registers.exchange.run.intakes.references import write_references_of_lists
from registers.gp_lists.intake import contracts, persons, teams
from registers.gp_lists.intake.snapshot import (
    GpContractSnapshot,
    PatientAssociationSnapshot,
    PatientPersonSnapshot,
    TeamSnapshot,
)
from registers.intake.record_set import Outcome


class ContractRecords(Intake[GpContractSnapshot]):
    def __init__(self, codes: StoredCodes, now: datetime) -> None:
        self._codes, self._now = codes, now
        self._intake = contracts.ContractIntake(codes, now)

    def check(self, outcome: Outcome[GpContractSnapshot]) -> None:
        contracts.flag_unplaced_patients(outcome)
        self._codes.check(contracts.codes_of(outcome.snapshot), outcome)

    async def take(
        self, session: AsyncSession, outcomes: Sequence[Outcome[GpContractSnapshot]], comparison: Comparison
    ) -> None:
        news = comparison.with_news(outcomes)
        await self._intake.load(session, news)
        for outcome in news:
            self._intake.take(outcome)

    async def write(self, session: AsyncSession, writes: Writes) -> None:
        await write_references_of_lists(session, writes, self._codes, self._now, self._intake.references)
        self._intake.write(writes)


class AssociationRecords(Intake[PatientAssociationSnapshot]):
    """Only the database knows the number of an association that its source has not numbered: all are loaded."""

    def __init__(self, codes: StoredCodes, now: datetime) -> None:
        self._codes, self._now = codes, now
        self._intake = contracts.ContractIntake(codes, now)

    def check(self, outcome: Outcome[PatientAssociationSnapshot]) -> None:
        self._codes.check(contracts.codes_of_association(outcome.snapshot), outcome)

    async def take(
        self, session: AsyncSession, outcomes: Sequence[Outcome[PatientAssociationSnapshot]], comparison: Comparison
    ) -> None:
        await self._intake.load_associations(session, outcomes)
        await comparison.load_stored_keys(session, outcomes, self._intake.patients.key_of)
        for outcome in comparison.with_news(outcomes):
            self._intake.take_association(outcome)

    async def write(self, session: AsyncSession, writes: Writes) -> None:
        await write_references_of_lists(session, writes, self._codes, self._now, self._intake.references)
        self._intake.write_associations(writes)


class PersonRecords(Intake[PatientPersonSnapshot]):
    """Only the database knows the number of our own that a person has: all are loaded."""

    def __init__(self, codes: StoredCodes, now: datetime) -> None:
        self._codes = codes
        self._intake = persons.PersonIntake(codes)

    def check(self, outcome: Outcome[PatientPersonSnapshot]) -> None:
        self._codes.check(persons.codes_of(outcome.snapshot.person, "person"), outcome)

    async def take(
        self, session: AsyncSession, outcomes: Sequence[Outcome[PatientPersonSnapshot]], comparison: Comparison
    ) -> None:
        await self._intake.load_references(session, outcomes)
        await comparison.load_stored_keys(session, outcomes, self._intake.key_of)
        for outcome in comparison.with_news(outcomes):
            self._intake.take_record(outcome)

    async def write(self, session: AsyncSession, writes: Writes) -> None:
        self._codes.write(writes)
        self._intake.write(writes)


class TeamRecords(Intake[TeamSnapshot]):
    def __init__(self, codes: StoredCodes, now: datetime) -> None:
        self._codes, self._now = codes, now
        self._intake = teams.TeamIntake(codes)

    def check(self, outcome: Outcome[TeamSnapshot]) -> None:
        self._codes.check(teams.codes_of(outcome.snapshot), outcome)

    async def take(
        self, session: AsyncSession, outcomes: Sequence[Outcome[TeamSnapshot]], comparison: Comparison
    ) -> None:
        news = comparison.with_news(outcomes)
        await self._intake.load_references(session, news)
        for outcome in news:
            self._intake.take(outcome, self._now)

    async def write(self, session: AsyncSession, writes: Writes) -> None:
        await write_references_of_lists(session, writes, self._codes, self._now, self._intake.references)
        self._intake.write(writes)

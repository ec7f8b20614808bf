"""Communication parties, and the certificates that come in files of their own."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from registers.changelog.append import Register
from registers.code_systems.intake.codes import StoredCodes
from registers.communication_parties.intake.certificate_files import CertificateFileIntake
from registers.communication_parties.intake.parties import REPORTS_NO_INHERITANCE, PartyIntake, codes_of
from registers.communication_parties.intake.snapshot import PartySnapshot
from registers.communication_parties.models import PartyKind
from registers.communication_parties.x509 import CertificateSnapshot
from registers.editing.bulk_writes import Writes
from registers.exchange.run.comparison import Comparison
from registers.exchange.run.identity import party_identity
from registers.exchange.run.intakes.intake import Intake
from registers.exchange.run.intakes.references import organisations_of
from registers.exchange.run.source_memory import reported_only_by
from registers.intake.record_set import Outcome


class PartyRecords(Intake[PartySnapshot]):
    """Organisations are taken first: what services and persons inherit depends on them."""

    def __init__(self, codes: StoredCodes, now: datetime) -> None:
        self._codes = codes
        self._intake = PartyIntake(codes, now)

    def check(self, outcome: Outcome[PartySnapshot]) -> None:
        self._codes.check(codes_of(outcome.snapshot), outcome)

    async def take(
        self, session: AsyncSession, outcomes: Sequence[Outcome[PartySnapshot]], comparison: Comparison
    ) -> None:
        organisations = [each for each in outcomes if each.snapshot.kind is PartyKind.ORGANISATION]
        others = [each for each in outcomes if each.snapshot.kind is not PartyKind.ORGANISATION]
        await self._take(session, organisations, comparison)
        await self._let_children_inherit(session, comparison)
        await self._take(session, others, comparison)
        await self._intake.link_certificates(session)

    async def _take(
        self, session: AsyncSession, outcomes: Sequence[Outcome[PartySnapshot]], comparison: Comparison
    ) -> None:
        news = comparison.with_news(outcomes)
        await self._intake.load(session, news)
        for outcome in news:
            self._intake.take(outcome, first_report=comparison.is_first(outcome.snapshot))

    async def _let_children_inherit(self, session: AsyncSession, comparison: Comparison) -> None:
        """Of the parties below, those for which no interface has reported what is their own."""
        below = await self._intake.load_children(session)
        if not below:
            return
        keys = {str(her_id) for children in below.values() for her_id in children}
        silent = await reported_only_by(session, Register.COMMUNICATION_PARTIES, keys, REPORTS_NO_INHERITANCE)
        for parent, children in below.items():
            concerned = [each for each in children if str(each) in silent]
            self._intake.inherit(parent, concerned)
            await comparison.parent_taken(session, party_identity(parent, REPORTS_NO_INHERITANCE), concerned)

    async def write(self, session: AsyncSession, writes: Writes) -> None:
        organisations = await organisations_of(session, self._codes, self._intake.organisations)
        for number, codes in self._intake.industries.items():
            organisations.take_industries(number, codes)
        self._codes.write(writes)
        organisations.write(writes)
        self._intake.write(writes, await self._intake.inheritors(session))


class CertificateRecords(Intake[CertificateSnapshot]):
    """Certificates carry no codes."""

    def __init__(self, codes: StoredCodes, now: datetime) -> None:
        self._intake = CertificateFileIntake(now)

    def check(self, outcome: Outcome[CertificateSnapshot]) -> None:
        pass

    async def take(
        self, session: AsyncSession, outcomes: Sequence[Outcome[CertificateSnapshot]], comparison: Comparison
    ) -> None:
        news = comparison.with_news(outcomes)
        await self._intake.load(session, news)
        for outcome in news:
            self._intake.take(outcome)

    async def write(self, session: AsyncSession, writes: Writes) -> None:
        self._intake.write(writes, await self._intake.inheritors(session))

"""One batch of an import: records of one kind, compared with what is remembered and held, and written."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from registers.changelog import repository as changelog
from registers.changelog.append import Register
from registers.code_systems.intake.codes import StoredCodes
from registers.communication_parties.intake import parties
from registers.communication_parties.intake.certificate_files import CertificateFileIntake
from registers.communication_parties.intake.snapshot import PartySnapshot
from registers.communication_parties.models import PartyKind
from registers.communication_parties.x509 import CertificateSnapshot
from registers.core.identifiers import HerId
from registers.editing.bulk_writes import Writes
from registers.exchange.recognise import Record
from registers.exchange.run import source_memory
from registers.exchange.run.source_memory import Identity, Remembered, identity
from registers.gp_lists.intake import contracts as gp_lists
from registers.gp_lists.intake import teams
from registers.gp_lists.intake.persons import PersonIntake
from registers.gp_lists.intake.persons import codes_of as codes_of_person
from registers.gp_lists.intake.references import OrganisationReference, References
from registers.gp_lists.intake.snapshot import (
    GpContractSnapshot,
    PatientAssociationSnapshot,
    PatientPersonSnapshot,
    TeamSnapshot,
)
from registers.intake.record_set import Outcome, Result
from registers.organisations.intake import organisations
from registers.organisations.intake import resh_units as resh
from registers.organisations.intake.snapshot import OrganisationSnapshot, ReshUnitSnapshot
from registers.personnel.intake import professionals as personnel
from registers.personnel.intake.snapshot import HealthProfessionalSnapshot


class Batch:
    """Records of one transaction. What became of them counts once it is committed.

    `may_wait`: a form that another one took the place of, in the import that brought both, is not
    taken at once: that other one may follow again.
    """

    def __init__(self, codes: StoredCodes, caller: str, now: datetime, *, may_wait: bool) -> None:
        self.outcomes: list[Outcome[Any]] = []
        self.overtaken: set[HerId] = set()  # read in the light of what their parent said before
        self._codes = codes
        self._caller = caller
        self._now = now
        self._may_wait = may_wait
        self._known: dict[Identity, Remembered] = {}
        self._forms: dict[Identity, tuple[Remembered, Outcome[Any]]] = {}
        self._stored_under: dict[Identity, Callable[[], str]] = {}  # where only the database knows the key
        self._digest_key = b""

    async def take(self, session: AsyncSession, records: Sequence[Record]) -> None:
        self.outcomes = [Outcome(record) for record in records]
        self._known = await source_memory.remembered(session, records)
        self._digest_key = await changelog.digest_key(session)
        writes = Writes()
        kind = type(records[0])
        if kind is OrganisationSnapshot:
            await self._take_organisations(session, writes)
        elif kind is ReshUnitSnapshot:
            await self._take_resh_units(session, writes)
        elif kind is PartySnapshot:
            await self._take_parties(session, writes)
        elif kind is CertificateSnapshot:
            await self._take_certificates(session, writes)
        elif kind is HealthProfessionalSnapshot:
            await self._take_professionals(session, writes)
        elif kind is GpContractSnapshot:
            await self._take_contracts(session, writes)
        elif kind is PatientAssociationSnapshot:
            await self._take_associations(session, writes)
        elif kind is PatientPersonSnapshot:
            await self._take_persons(session, writes)
        elif kind is TeamSnapshot:
            await self._take_teams(session, writes)
        await writes.apply(session, caller=self._caller)
        forms = [
            (self._stored_key(key), form)
            for key, (form, outcome) in self._forms.items()
            if outcome.remembered and outcome.result is not Result.REFUSED
        ]
        await source_memory.remember(session, forms, self._now)

    def _stored_key(self, key: Identity) -> Identity:
        late = self._stored_under.get(key)
        return (key[0], late(), key[2]) if late else key

    def _fresh(self, outcomes: Sequence[Outcome[Any]]) -> list[Outcome[Any]]:
        """Those that say something new."""
        return [each for each in outcomes if self._is_fresh(each)]

    def _is_fresh(self, outcome: Outcome[Any]) -> bool:
        snapshot, key = outcome.snapshot, identity(outcome.snapshot)
        digest, context = source_memory.digest_of(outcome, self._digest_key), self._context(snapshot)
        former: frozenset[bytes] = frozenset()
        if known := self._known.get(key):
            if (known.newest, known.context) == (digest, context):
                return False
            if snapshot.changed_at and known.changed_at and snapshot.changed_at < known.changed_at:
                outcome.flag("older-than-held", "", "what is held of this interface is newer")
                return False
            if self._may_wait and digest in known.former:
                outcome.result = Result.WAITING
                return False
            former = known.former
            if known.imported_at == self._now:
                former |= {known.newest}
            elif known.newest != digest:
                former = frozenset()
        form = Remembered(digest, context, former - {digest}, snapshot.changed_at, self._now)
        self._forms[key] = (form, outcome)
        return True

    def _context(self, snapshot: Record) -> bytes:
        parent = source_memory.of_parent(snapshot) if isinstance(snapshot, PartySnapshot) else None
        if parent is None:
            return source_memory.NO_CONTEXT
        if parent in self._forms:
            return self._forms[parent][0].newest
        return self._known[parent].newest if parent in self._known else source_memory.NO_CONTEXT

    async def _take_organisations(self, session: AsyncSession, writes: Writes) -> None:
        intake = organisations.OrganisationIntake(self._codes)
        for outcome in self.outcomes:
            self._codes.check(organisations.codes_of(outcome.snapshot), outcome)
        fresh = self._fresh(self.outcomes)
        await intake.load_references(session, fresh)
        for outcome in fresh:
            intake.take(outcome)
        self._codes.write(writes)
        intake.write(writes)

    async def _take_resh_units(self, session: AsyncSession, writes: Writes) -> None:
        intake = resh.ReshIntake(self._codes)
        for outcome in self.outcomes:
            self._codes.check(resh.codes_of(outcome.snapshot), outcome)
        fresh = self._fresh(self.outcomes)
        await intake.load_references(session, fresh)
        for outcome in fresh:
            intake.take(outcome)
        self._codes.write(writes)
        intake.write(writes)

    async def _take_parties(self, session: AsyncSession, writes: Writes) -> None:
        """Organisations first: what is below them is read in their light."""
        intake = parties.PartyIntake(self._codes, self._now)
        for outcome in self.outcomes:
            self._codes.check(parties.codes_of(outcome.snapshot), outcome)
        tops = [each for each in self.outcomes if each.snapshot.kind is PartyKind.ORGANISATION]
        others = [each for each in self.outcomes if each.snapshot.kind is not PartyKind.ORGANISATION]
        await self._take_wave(session, intake, tops)
        await self._let_children_inherit(session, intake)
        await self._take_wave(session, intake, others)
        await intake.link_certificates(session)
        references = await self._referenced_organisations(session, intake.organisations)
        for number, codes in intake.industries.items():
            references.take_industries(number, codes)
        self._codes.write(writes)
        references.write(writes)
        intake.write(writes, await intake.inheritors(session))

    async def _take_wave(self, session: AsyncSession, intake: parties.PartyIntake, wave: list[Outcome[Any]]) -> None:
        fresh = self._fresh(wave)
        await intake.load(session, fresh)
        for outcome in fresh:
            intake.take(outcome, first_report=identity(outcome.snapshot) not in self._known)

    async def _let_children_inherit(self, session: AsyncSession, intake: parties.PartyIntake) -> None:
        below = await intake.load_children(session)
        if not below:
            return
        keys = {str(her_id) for children in below.values() for her_id in children}
        silent = await source_memory.spoken_of_by_none_but(
            session, Register.COMMUNICATION_PARTIES, keys, parties.REPORTS_NO_INHERITANCE
        )
        for parent, children in below.items():
            concerned = [each for each in children if str(each) in silent]
            intake.inherit(parent, concerned)
            key = (Register.COMMUNICATION_PARTIES.value, str(parent), parties.REPORTS_NO_INHERITANCE)
            if key not in self._forms:
                continue
            form, outcome = self._forms[key]
            if outcome.result is Result.NEW:
                await source_memory.read_in_light_of(session, map(str, concerned), key, form.newest)
            else:
                self.overtaken.update(concerned)

    async def _referenced_organisations(
        self,
        session: AsyncSession,
        referred_by_records: Sequence[parties.OrganisationReference | OrganisationReference],
    ) -> organisations.OrganisationIntake:
        """The organisations that records point at, those nobody has given as references."""
        references = organisations.OrganisationIntake(self._codes)
        await references.load(session, {each.number for each in referred_by_records})
        for each in referred_by_records:
            reference = organisations.Reference(each.number, each.valid_from, each.name, each.check_digit_holds)
            if references.announce(reference):
                each.referred_by.announced += 1
                text = f"organisation {each.number} is not held yet"
                each.referred_by.flag("reference-announced", "organisation_number", text)
        return references

    async def _take_certificates(self, session: AsyncSession, writes: Writes) -> None:
        intake = CertificateFileIntake(self._now)
        fresh = self._fresh(self.outcomes)
        await intake.load(session, fresh)
        for outcome in fresh:
            intake.take(outcome)
        intake.write(writes, await intake.inheritors(session))

    async def _take_professionals(self, session: AsyncSession, writes: Writes) -> None:
        intake = personnel.ProfessionalIntake(self._codes, self._now)
        for outcome in self.outcomes:
            self._codes.check(personnel.codes_of(outcome.snapshot), outcome)
        fresh = self._fresh(self.outcomes)
        await intake.load_references(session, fresh)
        for outcome in fresh:
            intake.take(outcome)
        self._codes.write(writes)
        intake.write(writes)

    async def _take_contracts(self, session: AsyncSession, writes: Writes) -> None:
        intake = gp_lists.ContractIntake(self._codes, self._now)
        for outcome in self.outcomes:
            gp_lists.flag_unplaced_patients(outcome)
            self._codes.check(gp_lists.codes_of(outcome.snapshot), outcome)
        fresh = self._fresh(self.outcomes)
        await intake.load(session, fresh)
        for outcome in fresh:
            intake.take(outcome)
        await self._write_references(session, writes, intake.references)
        intake.write(writes)

    async def _take_associations(self, session: AsyncSession, writes: Writes) -> None:
        intake = gp_lists.ContractIntake(self._codes, self._now)
        for outcome in self.outcomes:
            self._codes.check(gp_lists.codes_of_association(outcome.snapshot), outcome)
        await intake.load_associations(session, self.outcomes)
        await self._recall(session, lambda snapshot: intake.patients.key_of(snapshot))
        for outcome in self._fresh(self.outcomes):
            intake.take_association(outcome)
        await self._write_references(session, writes, intake.references)
        intake.write_associations(writes)

    async def _write_references(self, session: AsyncSession, writes: Writes, references: References) -> None:
        """What the lists point at, and the codes learned, before the lists themselves."""
        offices = await self._referenced_organisations(session, references.organisations)
        doctors = personnel.ProfessionalIntake(self._codes, self._now)
        await doctors.load(session, {each.number for each in references.professionals})
        for each in references.professionals:
            if doctors.announce(each.number):
                each.referred_by.announced += 1
                each.referred_by.flag("reference-announced", each.path, f"HPR number {each.number} is not held yet")
        self._codes.write(writes)
        offices.write(writes)
        doctors.write(writes)

    async def _take_persons(self, session: AsyncSession, writes: Writes) -> None:
        intake = PersonIntake(self._codes)
        for outcome in self.outcomes:
            self._codes.check(codes_of_person(outcome.snapshot.person, "person"), outcome)
        await intake.load_references(session, self.outcomes)
        await self._recall(session, lambda snapshot: intake.key_of(snapshot))
        for outcome in self._fresh(self.outcomes):
            intake.take_record(outcome)
        self._codes.write(writes)
        intake.write(writes)

    async def _take_teams(self, session: AsyncSession, writes: Writes) -> None:
        intake = teams.TeamIntake(self._codes)
        for outcome in self.outcomes:
            self._codes.check(teams.codes_of(outcome.snapshot), outcome)
        fresh = self._fresh(self.outcomes)
        await intake.load_references(session, fresh)
        for outcome in fresh:
            intake.take(outcome, self._now)
        await self._write_references(session, writes, intake.references)
        intake.write(writes)

    async def _recall(self, session: AsyncSession, key_of: Callable[[Any], str | None]) -> None:
        """What is remembered of records that only the database has a key for, which is no national id."""
        by_identity: dict[Identity, str] = {}
        for outcome in self.outcomes:
            snapshot, key = outcome.snapshot, identity(outcome.snapshot)
            self._stored_under[key] = lambda snapshot=snapshot: key_of(snapshot) or ""
            if stored := key_of(snapshot):
                by_identity[key] = stored
        self._known |= await source_memory.stored_under(session, by_identity)

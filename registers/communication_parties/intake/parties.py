"""Taking communication parties in: each record merged into what is stored, with the records that it refers to."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain

from sqlalchemy.ext.asyncio import AsyncSession

from registers.changelog.append import Register
from registers.code_systems.intake.codes import ReportedCode, StoredCodes
from registers.communication_parties.editing.party import UPDATED
from registers.communication_parties.intake import inheritors, party_row
from registers.communication_parties.intake.addresses import AddressIntake
from registers.communication_parties.intake.certificate_uses import CertificateIntake
from registers.communication_parties.intake.snapshot import ParentReference, PartySnapshot
from registers.communication_parties.intake.timeline import IntakeContext
from registers.communication_parties.models import (
    CommunicationParty,
    CoverageArea,
    ElectronicAddress,
    PartyCertificate,
    PartyKind,
    PartyProperty,
    PhysicalAddress,
)
from registers.communication_parties.repository import current
from registers.core.code_systems import (
    BUSINESS_TYPES,
    COUNTRIES,
    ELECTRONIC_ADDRESS_TYPES,
    INDUSTRIES,
    MUNICIPALITIES,
    PHYSICAL_ADDRESS_TYPES,
)
from registers.core.codes import CodeKey
from registers.core.identifiers import HerId, OrganisationNumber
from registers.editing.bulk_writes import Writes
from registers.intake.record_set import ANNOUNCED, Outcome, RecordSet, Result, Row
from registers.intake.snapshot import NOT_REPORTED, reported

REPORTS_NO_INHERITANCE = "ar-rest"  # the interface that serves effective values and leaves open whose they are


@dataclass(frozen=True, slots=True)
class OrganisationReference:
    """An organisation that parties point at. It must be stored before `write`."""

    number: OrganisationNumber
    name: str | None
    check_digit_holds: bool
    valid_from: datetime
    referred_by: Outcome[PartySnapshot]


def codes_of(snapshot: PartySnapshot) -> Iterator[ReportedCode]:
    """All codes of the record, each to be checked before it is taken."""
    yield "business_type", snapshot.business_type, BUSINESS_TYPES
    yield "service_type", snapshot.service_type, None
    yield "municipality", snapshot.municipality, MUNICIPALITIES
    yield "coverage_area_type", snapshot.coverage_area_type, None
    if snapshot.parent:
        yield "parent/business_type", snapshot.parent.business_type, BUSINESS_TYPES
    for address in snapshot.electronic_addresses:
        yield "electronic_addresses", address.type, ELECTRONIC_ADDRESS_TYPES
    for address in snapshot.physical_addresses:
        yield "physical_addresses", address.type, PHYSICAL_ADDRESS_TYPES
        yield "physical_addresses/country", address.country, COUNTRIES
        yield "physical_addresses/municipality", address.municipality, MUNICIPALITIES
    for code in reported(snapshot.properties, []):
        yield "properties", code, None
    for code in reported(snapshot.industry_codes, []):
        yield "industry_codes", code, INDUSTRIES


def record_set() -> RecordSet[HerId]:
    """Empty: parties are loaded as records name them."""
    return RecordSet(
        "her_id",
        CommunicationParty,
        ElectronicAddress,
        PhysicalAddress,
        CoverageArea,
        PartyProperty,
        PartyCertificate,
    )


class PartyIntake:
    """Parties of one transaction: load, take in organisations and then the others, write."""

    def __init__(self, codes: StoredCodes, now: datetime) -> None:
        self._codes = codes
        self._now = now
        self._parties = record_set()
        self._addresses = AddressIntake(self._parties, codes)
        self._certificates = CertificateIntake(self._parties, now)
        self.organisations: list[OrganisationReference] = []
        self.industries: dict[OrganisationNumber, list[CodeKey]] = {}

    async def load(self, session: AsyncSession, outcomes: Collection[Outcome[PartySnapshot]]) -> None:
        """The parties of the records, those above them, and those they cover."""
        references = {each.snapshot.her_id for each in outcomes}
        for each in outcomes:
            references.update(area.her_id for area in reported(each.snapshot.coverage, []))
            references.update({each.snapshot.parent.her_id} if each.snapshot.parent else ())
        await self._parties.load(session, references)
        await self._certificates.load_references(session, (each.snapshot for each in outcomes))

    def take(self, outcome: Outcome[PartySnapshot], *, first_report: bool) -> None:
        """One loaded record. `first_report`: its interface has not reported this party before."""
        snapshot, her_id = outcome.snapshot, outcome.snapshot.her_id
        former = self._parties.row(her_id)
        parent = self._parties.row(snapshot.parent.her_id) if snapshot.parent else None
        if refusal := party_row.refusal(snapshot, former, parent):
            outcome.refuse(*refusal)
            return
        before = self._parties.copy_of(her_id)
        self._announce_references(outcome)
        self._parties.set_row(her_id, party_row.row_of(outcome, former, self._codes))
        is_new = former is None or former["reference_only"]
        context = IntakeContext(
            now=self._now,
            valid_from=snapshot.valid_from,
            changed_at=snapshot.changed_at,
            first_report=first_report,
            reports_plans=snapshot.electronic_types is None,
        )
        self._addresses.take(outcome, replace(context, replaces_placeholder=is_new))
        self._certificates.take_references(outcome, replace(context, reports_plans=False))
        self._take_sets(snapshot)
        if is_new:
            self._choose_transport(snapshot)
            self._codes.flag_retired(codes_of(snapshot), outcome)
            outcome.result = Result.NEW
        elif self._parties.copy_of(her_id) != before:
            outcome.result = Result.CHANGED
        industries = self._codes.keys(reported(snapshot.industry_codes, []), INDUSTRIES)
        if snapshot.organisation_number and industries and snapshot.kind is PartyKind.ORGANISATION:
            self.industries[snapshot.organisation_number] = industries

    def _choose_transport(self, snapshot: PartySnapshot) -> None:
        row = self._parties.row(snapshot.her_id)
        if row and snapshot.transport is NOT_REPORTED:
            types = self._addresses.electronic.slots_of(snapshot.her_id)
            transport = party_row.transport_by_default(snapshot.kind, types)
            self._parties.set_row(snapshot.her_id, {**row, "transport": transport.value})

    def _take_sets(self, snapshot: PartySnapshot) -> None:
        her_id = snapshot.her_id
        if snapshot.coverage is not NOT_REPORTED:
            covered = {area.her_id for area in snapshot.coverage}
            areas = [{"her_id": her_id, "covered_her_id": each} for each in sorted(covered)]
            self._parties.set_rows(her_id, CoverageArea, areas)
        if snapshot.properties is not NOT_REPORTED:
            codes = self._codes.keys(snapshot.properties)
            self._parties.set_rows(her_id, PartyProperty, [{"her_id": her_id, "code": each} for each in codes])

    def _announce_references(self, outcome: Outcome[PartySnapshot]) -> None:
        """Organisations and parties that the record points at; those that are not stored yet become references."""
        snapshot = outcome.snapshot
        if snapshot.kind is PartyKind.ORGANISATION and snapshot.organisation_number:
            self._refer_to(outcome, snapshot.organisation_number, snapshot.name, snapshot.check_digit_holds)
        if snapshot.kind is PartyKind.ORGANISATION and snapshot.parent:
            outcome.refuse_part("organisation-has-parent", "parent", "an organisation has none above it")
        elif snapshot.parent:
            self._announce(outcome, "parent", snapshot.parent)
        for area in reported(snapshot.coverage, []):
            self._announce(outcome, "coverage", ParentReference(area.her_id, area.name, area.organisation_number))

    def _announce(self, outcome: Outcome[PartySnapshot], path: str, reference: ParentReference) -> None:
        """What the record states of an organisation party that has no record of its own."""
        her_id, number = reference.her_id, reference.organisation_number
        stored = self._parties.row(her_id)
        if stored is not None and not stored["reference_only"]:
            return
        if stored is None:
            outcome.announced += 1
            outcome.flag(ANNOUNCED, path, f"HER-id {her_id} is not held yet")
            stored = party_row.referenced(her_id, outcome.snapshot.valid_from)
        values: Row = {
            "organisation_number": number,
            "business_type": self._codes.key(reference.business_type, BUSINESS_TYPES),
        }
        self._parties.set_row(her_id, party_row.completed(stored, reference.name, values))
        if number:
            self._refer_to(outcome, number, reference.name, reference.check_digit_holds)

    def _refer_to(
        self, outcome: Outcome[PartySnapshot], number: OrganisationNumber, name: str | None, holds: bool
    ) -> None:
        self.organisations.append(OrganisationReference(number, name, holds, outcome.snapshot.valid_from, outcome))

    async def load_children(self, session: AsyncSession) -> dict[HerId, list[HerId]]:
        """Parties below the organisation parties that are complete now, or whose addresses or certificates differ."""
        changed = [
            her_id
            for her_id, record in self._parties.records.items()
            if record.stored[self._parties.main]
            and (self._is_completed(her_id) or inheritors.own_values_differ(record))
        ]
        if not changed:
            return {}
        children = await current.children_of(session, changed)
        await self._parties.load(session, list(chain.from_iterable(children.values())))
        return children

    def _is_completed(self, her_id: HerId) -> bool:
        """Whether the party was known by reference only, and has a record of its own now."""
        row, stored = self._parties.row(her_id), self._parties.stored_row(her_id)
        return bool(row and stored and stored["reference_only"] and not row["reference_only"])

    def inherit(self, parent: HerId, children: Iterable[HerId]) -> None:
        """Children inherit what they repeat of the parent. To be called for those whose records never stated that it is
        theirs."""
        wholly = self._is_completed(parent)
        for her_id in children:
            row = self._parties.row(her_id)
            if row:
                at = max(self._now, row["valid_from"])
                self._addresses.inherit(her_id, parent, at, wholly=wholly)
                self._certificates.inherit(her_id, parent, at, wholly=wholly)

    async def link_certificates(self, session: AsyncSession) -> None:
        """Links certificates that are stored already to the parties whose addresses name their serial numbers."""
        await self._certificates.link_by_addresses(session)

    async def inheritors(self, session: AsyncSession) -> list[HerId]:
        """Parties for whom only what they inherit changes, once all records are taken."""
        return await inheritors.inheritors(session, self._parties)

    def write(self, writes: Writes, inheritors: Iterable[HerId]) -> None:
        self._certificates.write(writes)
        write_parties(self._parties, writes, inheritors)


def write_parties(parties: RecordSet[HerId], writes: Writes, inheritors: Iterable[HerId]) -> None:
    """One entry for each party whose rows differ, and for each that inherits a change."""
    for her_id, record in parties.records.items():
        if record.differs:
            action = parties.action(her_id, "CommunicationParty")
            under = writes.entry(Register.COMMUNICATION_PARTIES, str(her_id), action)
            writes.compare(record, under=under)
    for her_id in inheritors:
        writes.entry(Register.COMMUNICATION_PARTIES, str(her_id), UPDATED)

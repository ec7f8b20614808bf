"""Taking organisations in: those that sources report, and those that are known only because other records point at
them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from registers.changelog.append import Register
from registers.code_systems.intake.codes import ReportedCode, StoredCodes
from registers.core.code_systems import COUNTRIES, INDUSTRIES, MUNICIPALITIES, ORGANISATION_FORMS, SECTORS
from registers.core.codes import CodeKey
from registers.core.identifiers import OrganisationNumber
from registers.editing.bulk_writes import Writes
from registers.intake.aggregate import empty_row
from registers.intake.record_set import ANNOUNCED, Outcome, RecordSet, Result, Row
from registers.intake.snapshot import NOT_REPORTED, reported
from registers.organisations.intake.snapshot import OrganisationSnapshot
from registers.organisations.models import (
    Organisation,
    OrganisationAddress,
    OrganisationIndustryCode,
    OrganisationKind,
    OrganisationOpeningHours,
    OrganisationProperty,
)

COPIED = (  # from the snapshot as they are, under the same names
    "organisation_number",
    "check_digit_holds",
    "employees",
    "homepage",
    "language_form",
    "registered_on",
    "founded_on",
    "started_on",
    "bankrupt",
    "being_wound_up",
    "being_dissolved_by_force",
    "valid_from",
    "valid_to",
)


@dataclass(frozen=True, slots=True)
class Reference:
    """An organisation as another record names it."""

    number: OrganisationNumber
    valid_from: datetime  # of the record that names it
    name: str | None = None
    check_digit_holds: bool = True


def codes_of(snapshot: OrganisationSnapshot) -> Iterator[ReportedCode]:
    """All codes of the record, each to be checked before it is taken."""
    yield "form", snapshot.form, ORGANISATION_FORMS
    yield "sector", snapshot.sector, SECTORS
    yield "municipality", snapshot.municipality, MUNICIPALITIES
    for code in snapshot.industry_codes:
        yield "industry_codes", code, INDUSTRIES
    for address in snapshot.addresses:
        yield f"addresses/{address.kind.value}/municipality", address.municipality, MUNICIPALITIES
        yield f"addresses/{address.kind.value}/country", address.country, COUNTRIES
    for code in reported(snapshot.properties, []):
        yield "properties", code, None


class OrganisationIntake:
    """Organisations of one transaction: load, take in, then write."""

    def __init__(self, codes: StoredCodes) -> None:
        self._codes = codes
        self._records: RecordSet[OrganisationNumber] = RecordSet(
            "organisation_number",
            Organisation,
            OrganisationAddress,
            OrganisationIndustryCode,
            OrganisationOpeningHours,
            OrganisationProperty,
        )

    async def load(self, session: AsyncSession, numbers: Iterable[OrganisationNumber]) -> None:
        await self._records.load(session, set(numbers))

    async def load_references(self, session: AsyncSession, outcomes: Iterable[Outcome[OrganisationSnapshot]]) -> None:
        """The organisations of the records and those above them."""
        references = [(each.snapshot.organisation_number, each.snapshot.parent_number) for each in outcomes]
        await self.load(session, (number for pair in references for number in pair if number is not None))

    def take(self, outcome: Outcome[OrganisationSnapshot]) -> None:
        """One loaded record."""
        snapshot, number = outcome.snapshot, outcome.snapshot.organisation_number
        before, former = self._records.copy_of(number), self._records.row(number)
        if snapshot.parent_number == number:
            outcome.refuse("own-parent", "parent_number", "the unit is named as the unit above itself")
            return
        if snapshot.parent_number is not None:
            parent = Reference(
                snapshot.parent_number,
                snapshot.valid_from,
                check_digit_holds=snapshot.parent_check_digit_holds,
            )
            if self.announce(parent):
                outcome.announced += 1
                outcome.flag(ANNOUNCED, "parent_number", f"{parent.number} is not held yet")
        self._records.set_row(number, self._row(outcome, former))
        self._set_parts(snapshot)
        if former is None or former["reference_only"]:
            outcome.result = Result.NEW
            self._codes.flag_retired(codes_of(snapshot), outcome)
        elif self._records.copy_of(number) != before:
            outcome.result = Result.CHANGED

    def announce(self, reference: Reference) -> bool:
        """Adds an organisation that a record points at. False when it is stored already; one that was stored without a
        name gets the name."""
        stored = self._records.row(reference.number)
        if stored is not None:
            if reference.name and stored["reference_only"] and stored["name"] == reference.number:
                self._records.set_row(reference.number, {**stored, "name": reference.name})
            return False
        row = empty_row(Organisation) | {
            "organisation_number": reference.number,
            "check_digit_holds": reference.check_digit_holds,
            "reference_only": True,
            "kind": OrganisationKind.UNKNOWN.value,
            "name": reference.name or reference.number,
            "valid_from": reference.valid_from,
        }
        self._records.set_row(reference.number, row)
        return True

    def take_industries(self, number: OrganisationNumber, codes: list[CodeKey]) -> None:
        """Industry codes that the address register reports: taken only where Enhetsregisteret has reported none."""
        row = self._records.row(number)
        if row and (row["reference_only"] or not self._records.rows(number, OrganisationIndustryCode)):
            self._set_industries(number, codes)

    def write(self, writes: Writes) -> None:
        for number, record in self._records.records.items():
            if self._records.row(number) is not None and record.differs:
                action = self._records.action(number, "Organisation")
                writes.compare(record, under=writes.entry(Register.ORGANISATIONS, number, action))

    def _row(self, outcome: Outcome[OrganisationSnapshot], former: Row | None) -> Row:
        snapshot, key, stored = outcome.snapshot, self._codes.key, former or {}
        if snapshot.name is None:
            outcome.flag("name-missing", "name", "has no name and is called by its number")
        return {name: getattr(snapshot, name) for name in COPIED} | {
            "reference_only": False,
            "kind": snapshot.kind.value,
            "name": snapshot.name or stored.get("name") or snapshot.organisation_number,
            "display_name": reported(snapshot.display_name, stored.get("display_name")) or None,
            "parent_number": snapshot.parent_number,
            "form": key(snapshot.form, ORGANISATION_FORMS),
            "sector": key(snapshot.sector, SECTORS),
            "municipality": key(snapshot.municipality, MUNICIPALITIES),
            "opening_hours_text": reported(snapshot.opening_hours_text, stored.get("opening_hours_text")),
        }

    def _set_parts(self, snapshot: OrganisationSnapshot) -> None:
        number, key = snapshot.organisation_number, self._codes.key
        self._set_industries(number, self._codes.keys(snapshot.industry_codes, INDUSTRIES))
        addresses = [
            {
                "organisation_number": number,
                "kind": address.kind.value,
                "lines": list(address.lines),
                "postal_code": address.postal_code,
                "city": address.city,
                "municipality": key(address.municipality, MUNICIPALITIES),
                "country": key(address.country, COUNTRIES),
            }
            for address in snapshot.addresses
        ]
        self._records.set_rows(number, OrganisationAddress, addresses)
        if snapshot.opening_hours is not NOT_REPORTED:
            hours = [
                {"organisation_number": number, "opens_at": opens, "closes_at": closes}
                for opens, closes in snapshot.opening_hours
            ]
            self._records.set_rows(number, OrganisationOpeningHours, hours)
        if snapshot.properties is not NOT_REPORTED:
            properties = [
                {"organisation_number": number, "code": code} for code in self._codes.keys(snapshot.properties)
            ]
            self._records.set_rows(number, OrganisationProperty, properties)

    def _set_industries(self, number: OrganisationNumber, codes: list[CodeKey]) -> None:
        rows = [{"organisation_number": number, "rank": rank, "code": code} for rank, code in enumerate(codes, start=1)]
        self._records.set_rows(number, OrganisationIndustryCode, rows)

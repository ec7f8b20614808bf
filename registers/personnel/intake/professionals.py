"""Taking health professionals in: those that sources report, and those that other records only refer to."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from registers.changelog.append import Register
from registers.code_systems.intake.codes import ReportedCode, StoredCodes
from registers.core.code_systems import COUNTRIES, MUNICIPALITIES, PHYSICAL_ADDRESS_TYPES, SEXES
from registers.core.codes import CodeKey
from registers.core.identifiers import HprNumber
from registers.editing.bulk_writes import Writes
from registers.intake.aggregate import Aggregate, empty_row
from registers.intake.record_set import Outcome, Result, Row
from registers.intake.snapshot import NOT_REPORTED, CodeValue, NotReported, reported
from registers.personnel.intake.authorisations import (
    AuthorisationIntake,
    codes_of_authorisation,
    education_codes,
    reaction_codes,
)
from registers.personnel.intake.matching import IntakeContext, Parts
from registers.personnel.intake.snapshot import HealthProfessionalSnapshot
from registers.personnel.models import (
    AdditionalCompetence,
    AdministrativeReaction,
    AlternativeId,
    Authorisation,
    Condition,
    Education,
    HealthProfessional,
    ProfessionalAddress,
    RequisitionRight,
    Speciality,
    Suspension,
)

ON_AUTHORISATION = {"authorisation_id": Authorisation}
ON_ANY = {**ON_AUTHORISATION, "requisition_right_id": RequisitionRight, "speciality_id": Speciality}


def codes_of(snapshot: HealthProfessionalSnapshot) -> Iterator[ReportedCode]:
    yield "sex", snapshot.sex, SEXES
    yield "citizenship", snapshot.citizenship, COUNTRIES
    for index, authorisation in enumerate(reported(snapshot.authorisations, [])):
        yield from codes_of_authorisation(authorisation, f"authorisations[{index}]")
    yield from reaction_codes(snapshot.reactions, "person")
    yield from education_codes(snapshot.educations, "person")
    for each in reported(snapshot.alternative_ids, []):
        yield "alternative_ids/type", each.type, None
    for address in reported(snapshot.addresses, []):
        yield "addresses/type", address.type, PHYSICAL_ADDRESS_TYPES
        yield "addresses/municipality", address.municipality, MUNICIPALITIES
        yield "addresses/country", address.country, COUNTRIES


class ProfessionalIntake:
    """Professionals of one transaction: `load` their records, `take` each snapshot in, then `write` what differs."""

    def __init__(self, codes: StoredCodes, now: datetime) -> None:
        self._codes = codes
        self._now = now
        self._records: Aggregate[HprNumber] = Aggregate(
            "hpr_number",
            HealthProfessional,
            Authorisation,
            AdministrativeReaction,
            Education,
            AlternativeId,
            ProfessionalAddress,
            below={
                RequisitionRight: ON_AUTHORISATION,
                Speciality: ON_AUTHORISATION,
                AdditionalCompetence: ON_AUTHORISATION,
                Condition: ON_AUTHORISATION,
                Education: ON_AUTHORISATION,
                Suspension: ON_ANY,
                AdministrativeReaction: ON_ANY,
            },
        )

    async def load(self, session: AsyncSession, numbers: Iterable[HprNumber]) -> None:
        await self._records.load(session, set(numbers))

    async def load_references(
        self, session: AsyncSession, outcomes: Collection[Outcome[HealthProfessionalSnapshot]]
    ) -> None:
        """Loads the professionals of the snapshots, and all that these were merged into."""
        references = {each.snapshot.hpr_number for each in outcomes}
        references |= {number for each in outcomes if (number := reported(each.snapshot.replaced_by, None)) is not None}
        while references:
            await self.load(session, references)
            rows = [self._records.row(number) for number in references]
            references = {row["replaced_by"] for row in rows if row and row["replaced_by"] is not None}
            references -= self._records.records.keys()

    def take(self, outcome: Outcome[HealthProfessionalSnapshot]) -> None:
        snapshot, number = outcome.snapshot, outcome.snapshot.hpr_number
        before, former = self._records.copy_of(number), self._records.row(number)
        replaced_by = reported(snapshot.replaced_by, (former or {}).get("replaced_by"))
        if self._closes_circle(number, replaced_by):
            text = f"HPR number {replaced_by} is replaced by {number}, directly or through others"
            outcome.refuse("merge-cycle", "replaced_by", text)
            return
        if replaced_by is not None and self.announce(replaced_by):
            outcome.announced += 1
            outcome.flag("reference-announced", "replaced_by", f"HPR number {replaced_by} is not held yet")
        self._records.set_row(number, self._row(outcome, former or empty_row(HealthProfessional)))
        context = IntakeContext(self._now, snapshot.changed_at, snapshot.history_reported)
        AuthorisationIntake(self._records, self._codes, outcome, context).take()
        self._take_lists(snapshot, Parts(self._records, number, context))
        if former is None or former["reference_only"]:
            outcome.result = Result.NEW
            self._codes.flag_retired(codes_of(snapshot), outcome)
        elif self._records.copy_of(number) != before:
            outcome.result = Result.CHANGED

    def announce(self, number: HprNumber) -> bool:
        """Adds a professional that another record refers to. False when there is one already."""
        if self._records.row(number) is not None:
            return False
        self._records.set_row(number, {**empty_row(HealthProfessional), "hpr_number": number, "reference_only": True})
        return True

    def write(self, writes: Writes) -> None:
        for number, record in self._records.records.items():
            if self._records.row(number) is not None and record.differs:
                action = self._records.action(number, "HealthProfessional")
                writes.compare(record, under=writes.entry(Register.PERSONNEL, str(number), action))

    def _closes_circle(self, number: HprNumber, replaced_by: HprNumber | None) -> bool:
        passed: set[HprNumber] = set()
        while replaced_by is not None and replaced_by not in passed:
            if replaced_by == number:
                return True
            passed.add(replaced_by)
            row = self._records.row(replaced_by)
            replaced_by = row["replaced_by"] if row else None
        return False

    def _row(self, outcome: Outcome[HealthProfessionalSnapshot], stored: Row) -> Row:
        snapshot = outcome.snapshot
        row = stored | {
            "hpr_number": snapshot.hpr_number,
            "reference_only": False,
            "replaced_by": reported(snapshot.replaced_by, stored["replaced_by"]),
            "first_name": reported(snapshot.first_name, stored["first_name"]) or None,
            "middle_name": reported(snapshot.middle_name, stored["middle_name"]) or None,
            "last_name": reported(snapshot.last_name, stored["last_name"]) or None,
            "born_on": reported(snapshot.born_on, stored["born_on"]),
            "died_on": reported(snapshot.died_on, stored["died_on"]),
            "sex": self._key(stored["sex"], snapshot.sex, SEXES),
            "citizenship": self._key(stored["citizenship"], snapshot.citizenship, COUNTRIES),
        }
        if snapshot.national_id is not NOT_REPORTED and (
            snapshot.national_id or snapshot.missing_national_id is not False
        ):
            row["national_id"] = snapshot.national_id
            row["national_id_holds"] = snapshot.national_id_holds if snapshot.national_id else None
        if row["born_on"] and row["died_on"] and row["died_on"] < row["born_on"]:
            outcome.refuse_part("died-before-birth", "died_on", "lies before the date of birth that is held")
            row["died_on"] = None
        return row

    def _key(self, stored: CodeKey | None, code: CodeValue | NotReported | None, system: str) -> CodeKey | None:
        return stored if code is NOT_REPORTED else self._codes.key(code, system)

    def _take_lists(self, snapshot: HealthProfessionalSnapshot, parts: Parts) -> None:
        key, person = self._codes.key, {"hpr_number": snapshot.hpr_number}
        if snapshot.alternative_ids is not NOT_REPORTED:
            ids = [{"type": key(each.type), "value": each.value} for each in snapshot.alternative_ids]
            parts.replace(AlternativeId, person, ids, ("type",))
        if snapshot.addresses is not NOT_REPORTED:
            addresses = [
                {
                    "type": key(each.type, PHYSICAL_ADDRESS_TYPES),
                    "street": each.street,
                    "postal_code": each.postal_code,
                    "city": each.city,
                    "municipality": key(each.municipality, MUNICIPALITIES),
                    "country": key(each.country, COUNTRIES),
                }
                for each in snapshot.addresses
            ]
            parts.replace(ProfessionalAddress, person, addresses, ("type",))

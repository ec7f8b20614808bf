"""Taking RESH units in, with the units and organisations that they point at."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from registers.changelog.append import Register
from registers.code_systems.intake.codes import ReportedCode, StoredCodes
from registers.core.code_systems import ORGANISATION_DESIGNATIONS, ORGANISATION_LEVELS
from registers.core.identifiers import ReshId
from registers.editing.bulk_writes import Writes
from registers.intake.aggregate import empty_row
from registers.intake.record_set import ANNOUNCED, Outcome, RecordSet, Result, Row
from registers.organisations.intake.organisations import OrganisationIntake, Reference
from registers.organisations.intake.snapshot import ReshUnitSnapshot
from registers.organisations.log_keys import log_key
from registers.organisations.models import ReshUnit


def codes_of(snapshot: ReshUnitSnapshot) -> Iterator[ReportedCode]:
    """All codes of the record, each to be checked before it is taken."""
    yield "designation", snapshot.designation, ORGANISATION_DESIGNATIONS
    yield "level", snapshot.level, ORGANISATION_LEVELS


class ReshIntake:
    """RESH units of one transaction, with the organisations they name: load, take, then write."""

    def __init__(self, codes: StoredCodes) -> None:
        self._codes = codes
        self._records: RecordSet[ReshId] = RecordSet("resh_id", ReshUnit)
        self._organisations = OrganisationIntake(codes)

    async def load_references(self, session: AsyncSession, outcomes: Iterable[Outcome[ReshUnitSnapshot]]) -> None:
        """The units of the records, those above them, and their organisations."""
        snapshots = [each.snapshot for each in outcomes]
        references = [(each.resh_id, each.parent_resh_id) for each in snapshots]
        await self._records.load(session, {resh_id for pair in references for resh_id in pair if resh_id})
        numbers = {each.organisation_number for each in snapshots if each.organisation_number}
        await self._organisations.load(session, numbers)

    def take(self, outcome: Outcome[ReshUnitSnapshot]) -> None:
        """One loaded record."""
        snapshot = outcome.snapshot
        former = self._records.row(snapshot.resh_id)
        if snapshot.parent_resh_id == snapshot.resh_id:
            outcome.refuse("own-parent", "parent_resh_id", "the unit is named as the unit above itself")
            return
        if snapshot.name is None and (former is None or former["reference_only"]):
            outcome.flag("name-missing", "name", "has no name and is called by its RESH-id")
        self._announce_references(outcome)
        row = {
            "resh_id": snapshot.resh_id,
            "reference_only": False,
            "parent_resh_id": snapshot.parent_resh_id,
            "name": snapshot.name or (former or {}).get("name") or f"RESH-id {snapshot.resh_id}",
            "short_name": snapshot.short_name or None,
            "designation": self._codes.key(snapshot.designation, ORGANISATION_DESIGNATIONS),
            "level": self._codes.key(snapshot.level, ORGANISATION_LEVELS),
            "organisation_number": snapshot.organisation_number,
            "treatment_facility": snapshot.treatment_facility,
            "valid_from": snapshot.valid_from,
            "valid_to": snapshot.valid_to,
        }
        self._records.set_row(snapshot.resh_id, row)
        if former is None or former["reference_only"]:
            outcome.result = Result.NEW
            self._codes.flag_retired(codes_of(snapshot), outcome)
        elif former != row:
            outcome.result = Result.CHANGED

    def _announce_references(self, outcome: Outcome[ReshUnitSnapshot]) -> None:
        snapshot = outcome.snapshot
        number, parent = snapshot.organisation_number, snapshot.parent_resh_id
        if number and self._organisations.announce(Reference(number, snapshot.valid_from)):
            outcome.announced += 1
            outcome.flag(ANNOUNCED, "organisation_number", f"{number} is not held yet")
        if parent is not None and self._records.row(parent) is None:
            outcome.announced += 1
            outcome.flag(ANNOUNCED, "parent_resh_id", f"RESH-id {parent} is not held yet")
            self._records.set_row(parent, _referenced(parent, snapshot.valid_from))

    def write(self, writes: Writes) -> None:
        self._organisations.write(writes)
        for resh_id, record in self._records.records.items():
            if self._records.row(resh_id) is not None and record.differs:
                action = self._records.action(resh_id, "ReshUnit")
                writes.compare(record, under=writes.entry(Register.ORGANISATIONS, log_key(resh_id), action))


def _referenced(resh_id: ReshId, valid_from: datetime) -> Row:
    """A unit known only because a record points at it."""
    return empty_row(ReshUnit) | {
        "resh_id": resh_id,
        "reference_only": True,
        "name": f"RESH-id {resh_id}",
        "treatment_facility": False,
        "valid_from": valid_from,
    }

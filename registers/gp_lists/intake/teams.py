"""Primary health care teams and GP offices taken in: besides their own records contracts tell of them."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from registers.changelog.append import Register
from registers.code_systems.intake.codes import ReportedCode, StoredCodes
from registers.core.code_systems import CITY_DISTRICTS, PROFESSIONS
from registers.core.identifiers import OrganisationNumber
from registers.editing.bulk_writes import Writes
from registers.gp_lists.intake.references import OrganisationReference, References
from registers.gp_lists.intake.snapshot import GpContractSnapshot, TeamMemberSnapshot, TeamSnapshot
from registers.gp_lists.log_keys import office_key, team_key
from registers.gp_lists.models import GpOffice, PrimaryHealthCareTeam, TeamMember
from registers.intake.aggregate import empty_row
from registers.intake.record_set import Outcome, RecordSet, Result, Row
from registers.intake.snapshot import NOT_REPORTED, reported


def codes_of(snapshot: TeamSnapshot) -> Iterator[ReportedCode]:
    for index, member in enumerate(reported(snapshot.members, [])):
        yield f"members[{index}]/role", member.role, PROFESSIONS


class TeamIntake:
    """Teams, and those that contracts only point at: load, take in, then write.

    Which lists a team is attached to is told by the contracts themselves.
    """

    def __init__(self, codes: StoredCodes) -> None:
        self._codes = codes
        self.references = References()
        self._records: RecordSet[int] = RecordSet("team_id", PrimaryHealthCareTeam, TeamMember)

    async def load_references(self, session: AsyncSession, outcomes: Iterable[Outcome[TeamSnapshot]]) -> None:
        await self.load(session, (each.snapshot.id for each in outcomes))

    async def load(self, session: AsyncSession, ids: Iterable[int]) -> None:
        await self._records.load(session, set(ids))

    def take(self, outcome: Outcome[TeamSnapshot], now: datetime) -> None:
        snapshot, team_id = outcome.snapshot, outcome.snapshot.id
        before, former = self._records.copy_of(team_id), self._records.row(team_id)
        number = snapshot.organisation_number
        row = {
            "id": team_id,
            "reference_only": False,
            "organisation_number": number,
            "leader_hpr_number": snapshot.leader_hpr_number,
        }
        self._records.set_row(team_id, row)
        self.references.professional(snapshot.leader_hpr_number, "leader_hpr_number", outcome)
        members = reported(snapshot.members, [])
        if number is not None:
            start = min((each.valid_from for each in members), default=now)
            references = OrganisationReference(number, None, snapshot.check_digit_holds, start, outcome)
            self.references.organisations.append(references)
        if snapshot.members is not NOT_REPORTED:
            for index, member in enumerate(members):
                self.references.professional(member.hpr_number, f"members[{index}]/hpr_number", outcome)
            self._records.set_rows(team_id, TeamMember, [self._member_row(team_id, each) for each in members])
        if former is None or former["reference_only"]:
            outcome.result = Result.NEW
            self._codes.flag_retired(codes_of(snapshot), outcome)
        elif self._records.copy_of(team_id) != before:
            outcome.result = Result.CHANGED

    def _member_row(self, team_id: int, member: TeamMemberSnapshot) -> Row:
        return {
            "id": member.id,
            "team_id": team_id,
            "hpr_number": member.hpr_number,
            "role": self._codes.key(member.role, PROFESSIONS),
            "substitute": member.substitute,
            "working_percentage": member.working_percentage,
            "valid_from": member.valid_from,
            "valid_to": member.valid_to,
        }

    def announce(self, team_id: int | None, outcome: Outcome[Any], path: str) -> None:
        if team_id is None or self._records.row(team_id) is not None:
            return
        self._records.set_row(team_id, {**empty_row(PrimaryHealthCareTeam), "id": team_id, "reference_only": True})
        outcome.announced += 1
        outcome.flag("reference-announced", path, f"team {team_id} is not held yet")

    def write(self, writes: Writes) -> None:
        for team_id, record in self._records.records.items():
            if self._records.row(team_id) is not None and record.differs:
                action = self._records.action(team_id, "PrimaryHealthCareTeam")
                writes.compare(record, under=writes.entry(Register.GP_LISTS, team_key(team_id), action))


class OfficeIntake:
    """FLR's additions to the organisations that are GP offices."""

    def __init__(self, codes: StoredCodes, references: References) -> None:
        self._codes = codes
        self._references = references
        self._records: RecordSet[OrganisationNumber] = RecordSet("organisation_number", GpOffice)

    async def load(self, session: AsyncSession, numbers: Iterable[OrganisationNumber]) -> None:
        await self._records.load(session, set(numbers))

    def take(self, snapshot: GpContractSnapshot, outcome: Outcome[Any]) -> bool:
        """The office a contract names, and what it shows of it. Whether that changed anything."""
        office, number = snapshot.office, reported(snapshot.office_number, None)
        if office is not NOT_REPORTED:
            name = office.name or reported(office.display_name, None)
            start = office.valid_from or snapshot.valid_from
            self._name(office.organisation_number, name, office.check_digit_holds, start, outcome)
        if number is not None:
            self._name(number, None, snapshot.office_check_digit_holds, snapshot.valid_from, outcome)
        if office is NOT_REPORTED:
            return False
        stored = self._records.row(office.organisation_number)
        if stored is None and office.group_office is NOT_REPORTED:
            return False
        former = stored or {"group_office": False, "district": None}
        district = office.district
        row = {
            "organisation_number": office.organisation_number,
            "group_office": reported(office.group_office, former["group_office"]),
            "district": former["district"] if district is NOT_REPORTED else self._codes.key(district, CITY_DISTRICTS),
        }
        self._records.set_row(office.organisation_number, row)
        return row != stored

    def _name(
        self, number: OrganisationNumber, name: str | None, holds: bool, start: datetime, referred_by: Outcome[Any]
    ) -> None:
        self._references.organisations.append(OrganisationReference(number, name, holds, start, referred_by))

    def write(self, writes: Writes) -> None:
        for number, record in self._records.records.items():
            if record.differs:
                action = "GpOfficeUpdated" if self._records.stored_row(number) else "GpOfficeCreated"
                under = writes.entry(Register.GP_LISTS, office_key(number), action)
                writes.compare(record, under=under)

"""Taking in primary health care teams and GP offices. Teams have records of their own, offices none: contracts show
what FLR adds to them.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from registers.changelog.append import Register
from registers.code_systems.intake.codes import ReportedCode, StoredCodes
from registers.core.code_systems import CITY_DISTRICTS, PROFESSIONS
from registers.core.identifiers import OrganisationNumber
from registers.editing.bulk_writes import Writes
from registers.gp_lists.intake.references import References
from registers.gp_lists.intake.snapshot import GpContractSnapshot, TeamMemberSnapshot, TeamSnapshot
from registers.gp_lists.log_keys import office_key, team_key
from registers.gp_lists.models import GpOffice, PrimaryHealthCareTeam, TeamMember
from registers.intake.aggregate import empty_row
from registers.intake.record_set import Outcome, RecordSet, Result, Row, S
from registers.intake.snapshot import NOT_REPORTED, reported


def codes_of(snapshot: TeamSnapshot) -> Iterator[ReportedCode]:
    for index, member in enumerate(reported(snapshot.members, [])):
        yield f"members[{index}]/role", member.role, PROFESSIONS


class TeamIntake:
    """Teams, and those that contracts only refer to: `load` and `take` them, then write.

    The lists that a team is attached to are reported by the contracts themselves.
    """

    def __init__(self, codes: StoredCodes) -> None:
        self._codes = codes
        self.references = References()
        self._teams: RecordSet[int] = RecordSet("team_id", PrimaryHealthCareTeam, TeamMember)

    async def load_references(self, session: AsyncSession, outcomes: Iterable[Outcome[TeamSnapshot]]) -> None:
        await self.load(session, (each.snapshot.id for each in outcomes))

    async def load(self, session: AsyncSession, ids: Iterable[int]) -> None:
        await self._teams.load(session, set(ids))

    def take(self, outcome: Outcome[TeamSnapshot], now: datetime) -> None:
        snapshot, team_id = outcome.snapshot, outcome.snapshot.id
        before, former = self._teams.copy_of(team_id), self._teams.row(team_id)
        number = snapshot.organisation_number
        row = {
            "id": team_id,
            "reference_only": False,
            "organisation_number": number,
            "leader_hpr_number": snapshot.leader_hpr_number,
        }
        self._teams.set_row(team_id, row)
        self.references.professional(snapshot.leader_hpr_number, "leader_hpr_number", outcome)
        members = reported(snapshot.members, [])
        if number is not None:
            start = min((each.valid_from for each in members), default=now)
            self.references.organisation(number, None, snapshot.check_digit_holds, start, outcome)
        if snapshot.members is not NOT_REPORTED:
            for index, member in enumerate(members):
                self.references.professional(member.hpr_number, f"members[{index}]/hpr_number", outcome)
            self._teams.set_rows(team_id, TeamMember, [self._member_row(team_id, each) for each in members])
        if former is None or former["reference_only"]:
            outcome.result = Result.NEW
            self._codes.flag_retired(codes_of(snapshot), outcome)
        elif self._teams.copy_of(team_id) != before:
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

    def announce(self, team_id: int | None, outcome: Outcome[S], path: str) -> None:
        """A team that a record refers to, for which there is no record yet, is stored as a reference."""
        if team_id is None or self._teams.row(team_id) is not None:
            return
        self._teams.set_row(team_id, {**empty_row(PrimaryHealthCareTeam), "id": team_id, "reference_only": True})
        outcome.announced += 1
        outcome.flag("reference-announced", path, f"team {team_id} is not held yet")

    def write(self, writes: Writes) -> None:
        for team_id, record in self._teams.records.items():
            if self._teams.row(team_id) is not None and record.differs:
                action = self._teams.action(team_id, "PrimaryHealthCareTeam")
                writes.compare(record, under=writes.entry(Register.GP_LISTS, team_key(team_id), action))


class OfficeIntake:
    """FLR's additions to the organisations that are GP offices."""

    def __init__(self, codes: StoredCodes, references: References) -> None:
        self._codes = codes
        self._references = references
        self._offices: RecordSet[OrganisationNumber] = RecordSet("organisation_number", GpOffice)

    async def load(self, session: AsyncSession, numbers: Iterable[OrganisationNumber]) -> None:
        await self._offices.load(session, set(numbers))

    def take(self, snapshot: GpContractSnapshot, outcome: Outcome[S]) -> bool:
        """The office that a contract refers to, and what it shows of the office. Whether that changed anything."""
        office, number = snapshot.office, reported(snapshot.office_number, None)
        if office is not NOT_REPORTED:
            name = office.name or reported(office.display_name, None)
            start = office.valid_from or snapshot.valid_from
            self._references.organisation(office.organisation_number, name, office.check_digit_holds, start, outcome)
        if number is not None:
            holds, start = snapshot.office_check_digit_holds, snapshot.valid_from
            self._references.organisation(number, None, holds, start, outcome)
        if office is NOT_REPORTED:
            return False
        stored = self._offices.row(office.organisation_number)
        if stored is None and office.group_office is NOT_REPORTED:
            return False
        former = stored or {"group_office": False, "district": None}
        district = office.district
        row = {
            "organisation_number": office.organisation_number,
            "group_office": reported(office.group_office, former["group_office"]),
            "district": former["district"] if district is NOT_REPORTED else self._codes.key(district, CITY_DISTRICTS),
        }
        self._offices.set_row(office.organisation_number, row)
        return row != stored

    def write(self, writes: Writes) -> None:
        for number, record in self._offices.records.items():
            if record.differs:
                action = "GpOfficeUpdated" if self._offices.stored_row(number) else "GpOfficeCreated"
                under = writes.entry(Register.GP_LISTS, office_key(number), action)
                writes.compare(record, under=under)

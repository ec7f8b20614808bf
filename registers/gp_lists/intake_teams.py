"""Primary health care teams and offices: what contracts tell of them besides themselves."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from registers.changelog.service import Register
from registers.changelog.writes import Writes
from registers.code_systems.intake import CodesHeld
from registers.core.aggregate import empty_row
from registers.core.identifiers import OrganisationNumber
from registers.core.intake import Holding, Outcome
from registers.core.snapshot import NOT_SAID, said
from registers.gp_lists.intake_named import Named, NamedOrganisation
from registers.gp_lists.log_keys import office_key, team_key
from registers.gp_lists.models import GpOffice, PrimaryHealthCareTeam
from registers.gp_lists.snapshot import GpContractSnapshot

DISTRICTS = "3403"


class TeamIntake:
    """Teams that contracts point at; those nobody has given are kept as references."""

    def __init__(self) -> None:
        self._held: Holding[int] = Holding("team_id", PrimaryHealthCareTeam)

    async def load(self, session: AsyncSession, ids: Iterable[int]) -> None:
        await self._held.load(session, set(ids))

    def announce(self, team_id: int | None, outcome: Outcome[Any], path: str) -> None:
        if team_id is None or self._held.row(team_id) is not None:
            return
        self._held.want_row(team_id, {**empty_row(PrimaryHealthCareTeam), "id": team_id, "reference_only": True})
        outcome.announced += 1
        outcome.flag("reference-announced", path, f"team {team_id} is not held yet")

    def write(self, writes: Writes) -> None:
        for team_id, record in self._held.records.items():
            if record.differs:
                under = writes.entry(Register.GP_LISTS, team_key(team_id), "PrimaryHealthCareTeamReferenced")
                writes.compare(record, under=under)


class OfficeIntake:
    """FLR's additions to the organisations that are GP offices."""

    def __init__(self, codes: CodesHeld, named: Named) -> None:
        self._codes = codes
        self._named = named
        self._held: Holding[OrganisationNumber] = Holding("organisation_number", GpOffice)

    async def load(self, session: AsyncSession, numbers: Iterable[OrganisationNumber]) -> None:
        await self._held.load(session, set(numbers))

    def take(self, snapshot: GpContractSnapshot, outcome: Outcome[Any]) -> bool:
        """The office a contract names, and what it shows of it. Whether that changed anything."""
        office, number = snapshot.office, said(snapshot.office_number, None)
        if office is not NOT_SAID:
            name = office.name or said(office.display_name, None)
            start = office.valid_from or snapshot.valid_from
            self._name(office.organisation_number, name, office.check_digit_holds, start, outcome)
        if number is not None:
            self._name(number, None, snapshot.office_check_digit_holds, snapshot.valid_from, outcome)
        if office is NOT_SAID:
            return False
        held = self._held.row(office.organisation_number)
        if held is None and office.group_office is NOT_SAID:
            return False
        former = held or {"group_office": False, "district": None}
        district = office.district
        row = {
            "organisation_number": office.organisation_number,
            "group_office": said(office.group_office, former["group_office"]),
            "district": former["district"] if district is NOT_SAID else self._codes.key(district, DISTRICTS),
        }
        self._held.want_row(office.organisation_number, row)
        return row != held

    def _name(
        self, number: OrganisationNumber, name: str | None, holds: bool, start: datetime, named_by: Outcome[Any]
    ) -> None:
        self._named.organisations.append(NamedOrganisation(number, name, holds, start, named_by))

    def write(self, writes: Writes) -> None:
        for number, record in self._held.records.items():
            if record.differs:
                action = "GpOfficeUpdated" if self._held.held_row(number) else "GpOfficeCreated"
                under = writes.entry(Register.GP_LISTS, office_key(number), action)
                writes.compare(record, under=under)

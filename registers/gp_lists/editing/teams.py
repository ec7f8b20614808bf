"""Primary health care teams: set up, change and remove.

Each change returns the key of the team in the log, and raises Refused with all that is wrong.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from registers.changelog.append import Change, Register
from registers.code_systems.editing.codes import usable_or_none
from registers.core.code_systems import PROFESSIONS
from registers.core.codes import CodeKey
from registers.core.identifiers import EntryNumber, FlrId, HprNumber, OrganisationNumber
from registers.core.validity import Period
from registers.editing.periods import validated_period
from registers.editing.rules import NOTHING_TO_CHANGE
from registers.editing.transaction import EditTransaction
from registers.gp_lists.editing.references import (
    check_once,
    check_organisation,
    check_professional,
    number_parts,
)
from registers.gp_lists.editing.rules import PERCENTAGE, TEAM_ATTACHED, TEAM_UNKNOWN
from registers.gp_lists.log_keys import team_key
from registers.gp_lists.models import PrimaryHealthCareTeam, TeamMember
from registers.gp_lists.repository import current


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberTerms:
    """A membership as the input gives it."""

    member_id: FlrId | None  # None = new
    hpr_number: HprNumber
    role: str | None  # 9060
    substitute: bool
    working_percentage: int | None
    start: datetime
    end: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamTerms:
    """A team as the input gives it, with all its members."""

    organisation_number: OrganisationNumber | None
    leader_hpr_number: HprNumber | None
    members: Sequence[MemberTerms]


class Member(NamedTuple):
    """The values of a membership, stored or asked for."""

    hpr_number: HprNumber
    role: CodeKey | None
    substitute: bool
    working_percentage: int | None
    period: Period

    @classmethod
    def of(cls, row: TeamMember) -> "Member":
        return cls(row.hpr_number, row.role, row.substitute, row.working_percentage, row.period)

    def write_to(self, row: TeamMember) -> None:
        row.hpr_number = self.hpr_number
        row.role = self.role
        row.substitute = self.substitute
        row.working_percentage = self.working_percentage
        row.valid_from, row.valid_to = self.period.start, self.period.end


async def set_team(
    transaction: EditTransaction, team_id: FlrId | None, expected_entry: EntryNumber, terms: TeamTerms
) -> str:
    """Replaces the whole team with `terms`: members that these do not name are removed. A team that there is not, or
    one without a number, is new."""
    row = await transaction.session.get(PrimaryHealthCareTeam, team_id) if team_id is not None else None
    if team_id is None or row is None:
        [team_id] = await number_parts(transaction, PrimaryHealthCareTeam, [team_id], [("teamId",)])
    key = team_key(team_id)
    await transaction.expect(Register.GP_LISTS, key, expected_entry)
    if terms.organisation_number is not None:
        await check_organisation(transaction, terms.organisation_number, "input", "organisationNumber")
    if terms.leader_hpr_number is not None:
        await check_professional(transaction, terms.leader_hpr_number, "input", "leaderHprNumber")
    stored = await current.members_of(transaction.session, row.id) if row else {}
    target = await _validated_members(transaction, stored, terms.members)
    if row is not None and _is_unchanged(row, stored, terms, target):
        transaction.problems.add(NOTHING_TO_CHANGE, "input")
    action = "PrimaryHealthCareTeamCreated" if row is None or row.reference_only else "PrimaryHealthCareTeamUpdated"
    await transaction.write(Change(Register.GP_LISTS, key, action))
    row = row or PrimaryHealthCareTeam(id=team_id)
    row.reference_only = False
    row.organisation_number = terms.organisation_number
    row.leader_hpr_number = terms.leader_hpr_number
    transaction.session.add(row)
    await transaction.session.flush()
    await _write_members(transaction, row.id, stored, target)
    return key


async def remove_team(transaction: EditTransaction, team_id: FlrId, expected_entry: EntryNumber) -> str:
    """Removes a team that no list is attached to, with its members."""
    row = await transaction.session.get(PrimaryHealthCareTeam, team_id)
    if row is None:
        transaction.problems.add(TEAM_UNKNOWN, "teamId", value=team_id)
        raise transaction.problems.refusal()
    await transaction.expect(Register.GP_LISTS, team_key(team_id), expected_entry)
    contract_id = await current.first_contract_of_team(transaction.session, team_id)
    if contract_id is not None:
        transaction.problems.add(TEAM_ATTACHED, "teamId", value=contract_id)
    await transaction.write(Change(Register.GP_LISTS, team_key(team_id), "PrimaryHealthCareTeamDeleted"))
    for member in (await current.members_of(transaction.session, team_id)).values():
        await transaction.session.delete(member)
    await transaction.session.flush()
    await transaction.session.delete(row)
    return team_key(team_id)


def _is_unchanged(
    row: PrimaryHealthCareTeam, stored: Mapping[int, TeamMember], terms: TeamTerms, target: Mapping[int, Member]
) -> bool:
    """Whether the team is already as `terms` would have it."""
    return (
        not row.reference_only
        and (row.organisation_number, row.leader_hpr_number) == (terms.organisation_number, terms.leader_hpr_number)
        and {member_id: Member.of(each) for member_id, each in stored.items()} == target
    )


async def _validated_members(
    transaction: EditTransaction, stored: Mapping[int, TeamMember], members: Sequence[MemberTerms]
) -> dict[int, Member]:
    """The members by id: those that are stored keep their ids, others are numbered."""
    check_once(transaction, [each.member_id for each in members if each.member_id is not None], "input", "members")
    new = [(index, each) for index, each in enumerate(members) if each.member_id not in stored]
    paths = [("input", "members", str(index), "memberId") for index, _ in new]
    numbers = await number_parts(transaction, TeamMember, [each.member_id for _, each in new], paths)
    new_ids = {index: number for (index, _), number in zip(new, numbers, strict=True)}
    target: dict[int, Member] = {}
    for index, each in enumerate(members):
        path = ("input", "members", str(index))
        period = validated_period(transaction.problems, each.start, each.end, *path, "period")
        await check_professional(transaction, each.hpr_number, *path, "hprNumber")
        if each.working_percentage is not None and not 1 <= each.working_percentage <= 100:
            transaction.problems.add(PERCENTAGE, *path, "workingPercentage", value=each.working_percentage)
        role = await usable_or_none(transaction, PROFESSIONS, each.role, *path, "role")
        member_id = each.member_id if each.member_id is not None else new_ids[index]
        target[member_id] = Member(each.hpr_number, role, each.substitute, each.working_percentage, period)
    return target


async def _write_members(
    transaction: EditTransaction, team_id: int, stored: Mapping[int, TeamMember], target: Mapping[int, Member]
) -> None:
    """Makes the members of the team, which are `stored`, those of `target`."""
    for member_id, row in stored.items():
        if member_id not in target:
            await transaction.session.delete(row)
    for member_id, member in target.items():
        row = stored.get(member_id) or TeamMember(id=member_id, team_id=team_id)
        member.write_to(row)
        transaction.session.add(row)

"""Every change of primary health care teams."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from registers.changelog.append import Change, Register
from registers.code_systems.editing.codes import usable_or_none
from registers.core.code_systems import PROFESSIONS
from registers.core.identifiers import EntryNumber, FlrId, HprNumber, OrganisationNumber
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
from registers.gp_lists.models import GpContract, PrimaryHealthCareTeam, TeamMember


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberTerms:
    member_id: FlrId | None  # None = new
    hpr_number: HprNumber
    role: str | None  # 9060
    substitute: bool
    working_percentage: int | None
    start: datetime
    end: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamTerms:
    """What a team is to say; members not named are members no more."""

    organisation_number: OrganisationNumber | None
    leader_hpr_number: HprNumber | None
    members: Sequence[MemberTerms]


async def set_team(
    transaction: EditTransaction, team_id: FlrId | None, expected_entry: EntryNumber, terms: TeamTerms
) -> str:
    """The team says all that it is told, and nothing of what it said before; without a number it is a new one.
    Raises Refused."""
    row = await transaction.session.get(PrimaryHealthCareTeam, team_id) if team_id is not None else None
    if team_id is None or row is None:
        [team_id] = await number_parts(transaction, PrimaryHealthCareTeam, [team_id], [("teamId",)])
    key = team_key(team_id)
    await transaction.expect(Register.GP_LISTS, key, expected_entry)
    if terms.organisation_number is not None:
        await check_organisation(transaction, terms.organisation_number, "input", "organisationNumber")
    if terms.leader_hpr_number is not None:
        await check_professional(transaction, terms.leader_hpr_number, "input", "leaderHprNumber")
    stored = await _members_of(transaction, row.id) if row else {}
    target = await _validated_members(transaction, stored, terms.members)
    team = {
        "reference_only": False,
        "organisation_number": terms.organisation_number,
        "leader_hpr_number": terms.leader_hpr_number,
    }
    same = {own_id: {name: getattr(each, name) for name in MEMBER_COLUMNS} for own_id, each in stored.items()} == target
    if row is not None and same and all(getattr(row, name) == value for name, value in team.items()):
        transaction.problems.add(NOTHING_TO_CHANGE, "input")
    action = "PrimaryHealthCareTeamCreated" if row is None or row.reference_only else "PrimaryHealthCareTeamUpdated"
    await transaction.write(Change(Register.GP_LISTS, key, action))
    row = row or PrimaryHealthCareTeam(id=team_id)
    for name, value in team.items():
        setattr(row, name, value)
    transaction.session.add(row)
    await transaction.session.flush()
    await _write_members(transaction, row.id, stored, target)
    return key


async def remove_team(transaction: EditTransaction, team_id: FlrId, expected_entry: EntryNumber) -> str:
    """No list may be attached to it. Raises Refused."""
    row = await transaction.session.get(PrimaryHealthCareTeam, team_id)
    if row is None:
        transaction.problems.add(TEAM_UNKNOWN, "teamId", value=team_id)
        raise transaction.problems.refusal()
    await transaction.expect(Register.GP_LISTS, team_key(team_id), expected_entry)
    attached = select(GpContract.id).where(GpContract.team_id == team_id).order_by(GpContract.id).limit(1)
    contract_id = await transaction.session.scalar(attached)
    if contract_id is not None:
        transaction.problems.add(TEAM_ATTACHED, "teamId", value=contract_id)
    await transaction.write(Change(Register.GP_LISTS, team_key(team_id), "PrimaryHealthCareTeamDeleted"))
    for member in (await _members_of(transaction, team_id)).values():
        await transaction.session.delete(member)
    await transaction.session.flush()
    await transaction.session.delete(row)
    return team_key(team_id)


MEMBER_COLUMNS = ("hpr_number", "role", "substitute", "working_percentage", "valid_from", "valid_to")


async def _members_of(transaction: EditTransaction, team_id: int) -> dict[int, TeamMember]:
    rows = await transaction.session.scalars(select(TeamMember).where(TeamMember.team_id == team_id))
    return {row.id: row for row in rows}


async def _validated_members(
    transaction: EditTransaction, stored: dict[int, TeamMember], members: Sequence[MemberTerms]
) -> dict[int, dict[str, Any]]:
    """Columns of each member by id: those held keep theirs, others are new."""
    check_once(transaction, [each.member_id for each in members if each.member_id is not None], "input", "members")
    new = [(index, each) for index, each in enumerate(members) if each.member_id not in stored]
    paths = [("input", "members", str(index), "memberId") for index, _ in new]
    numbers = await number_parts(transaction, TeamMember, [each.member_id for _, each in new], paths)
    ids = {index: own_id for (index, _), own_id in zip(new, numbers, strict=True)}
    target = {}
    for index, each in enumerate(members):
        path = ("input", "members", str(index))
        period = validated_period(transaction.problems, each.start, each.end, *path, "period")
        await check_professional(transaction, each.hpr_number, *path, "hprNumber")
        if each.working_percentage is not None and not 1 <= each.working_percentage <= 100:
            transaction.problems.add(PERCENTAGE, *path, "workingPercentage", value=each.working_percentage)
        target[ids.get(index, each.member_id)] = {
            "hpr_number": each.hpr_number,
            "role": await usable_or_none(transaction, PROFESSIONS, each.role, *path, "role"),
            "substitute": each.substitute,
            "working_percentage": each.working_percentage,
            "valid_from": period.start,
            "valid_to": period.end,
        }
    return target


async def _write_members(
    transaction: EditTransaction, team_id: int, stored: dict[int, TeamMember], target: dict[int, dict[str, Any]]
) -> None:
    for own_id, row in stored.items():
        if own_id not in target:
            await transaction.session.delete(row)
    for own_id, columns in target.items():
        row = stored.get(own_id)
        if row is None:
            transaction.session.add(TeamMember(id=own_id, team_id=team_id, **columns))
        for name, value in columns.items() if row is not None else ():
            setattr(row, name, value)

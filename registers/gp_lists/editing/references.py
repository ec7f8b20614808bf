"""What an edit of a list names beside it: organisations, health personnel, teams, and numbers for new rows."""

from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import Table, func, select, union_all

from registers.core.identifiers import FlrId, HprNumber, OrganisationNumber
from registers.core.rules import Rule
from registers.database.database import Base, Versioned, history_of
from registers.editing.transaction import EditTransaction
from registers.gp_lists.editing.rules import (
    NAMED_TWICE,
    NUMBER_IMPLAUSIBLE,
    NUMBER_TAKEN,
    ORGANISATION_UNKNOWN,
    PROFESSIONAL_REPLACED,
    PROFESSIONAL_UNKNOWN,
    TEAM_UNKNOWN,
)
from registers.gp_lists.models import PrimaryHealthCareTeam

NUMBERS = range(1, 10**10)
"""What a new record may be numbered: eleven digits might be a national id, and stand in the log."""


async def check_organisation(transaction: EditTransaction, number: OrganisationNumber, *path: str) -> None:
    organisations = Base.metadata.tables["organisations"]
    statement = select(organisations.c.organisation_number).where(organisations.c.organisation_number == number)
    if await transaction.session.scalar(statement) is None:
        transaction.problems.add(ORGANISATION_UNKNOWN, *path, value=number)


async def check_professional(transaction: EditTransaction, number: HprNumber, *path: str) -> None:
    """Held, and not merged into another number."""
    professionals = Base.metadata.tables["health_professionals"]
    statement = select(professionals.c.replaced_by).where(professionals.c.hpr_number == number)
    stored = (await transaction.session.execute(statement)).one_or_none()
    if stored is None:
        transaction.problems.add(PROFESSIONAL_UNKNOWN, *path, value=number)
    elif stored.replaced_by is not None:
        transaction.problems.add(PROFESSIONAL_REPLACED, *path, value=stored.replaced_by)


async def check_team(transaction: EditTransaction, team_id: FlrId, *path: str) -> None:
    if await transaction.session.get(PrimaryHealthCareTeam, team_id) is None:
        transaction.problems.add(TEAM_UNKNOWN, *path, value=team_id)


def check_once(
    transaction: EditTransaction, references: Sequence[object], *path: str, rule: Rule = NAMED_TWICE
) -> None:
    """Nothing is named twice."""
    for each in dict.fromkeys(each for each in references if references.count(each) > 1):
        transaction.problems.add(rule, *path, value=each)


async def number_parts(
    transaction: EditTransaction, model: type[Versioned], asked: Sequence[FlrId | None], paths: Sequence[Sequence[str]]
) -> list[FlrId]:
    """A number for each new row: FLO's where one is told, which nothing has had before; else one of our own, counting
    down from -1 as those of patients' places do, so that it never meets one that FLO gives later."""
    given = [each for each in asked if each is not None]
    table = cast(Table, cast(Any, model).__table__)
    had = union_all(*(select(each.c.id) for each in (table, history_of(table)))).subquery()
    taken = set(await transaction.session.scalars(select(had.c.id).where(had.c.id.in_(given)))) if given else set()
    least = min(0, await transaction.session.scalar(select(func.min(had.c.id))) or 0) if len(given) < len(asked) else 0
    numbers: list[FlrId] = []
    for each, path in zip(asked, paths, strict=True):
        if each is None:
            least -= 1
            numbers.append(FlrId(least))
            continue
        if each not in NUMBERS:
            transaction.problems.add(NUMBER_IMPLAUSIBLE, *path, value=each)
        elif each in taken or each in numbers:
            transaction.problems.add(NUMBER_TAKEN, *path, value=each)
        numbers.append(each)
    return numbers

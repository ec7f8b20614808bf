"""Other records that an edit of a list names (organisations, health personnel, teams), and numbers for new rows."""

from collections.abc import Sequence

from registers.core.identifiers import FlrId, HprNumber, OrganisationNumber
from registers.core.rules import Rule
from registers.database.versions import Versioned
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
from registers.gp_lists.repository import current

NUMBERS = range(1, 10**10)
"""What a new record may be numbered: eleven digits might be a national id, and stand in the log."""


async def check_organisation(transaction: EditTransaction, number: OrganisationNumber, *path: str) -> None:
    """Adds a problem unless there is an organisation with the number."""
    if not await current.known_organisations(transaction.session, [number]):
        transaction.problems.add(ORGANISATION_UNKNOWN, *path, value=number)


async def check_professional(transaction: EditTransaction, number: HprNumber, *path: str) -> None:
    """Adds a problem unless there is a health professional with the number, not merged into another one."""
    replacements = await current.replacements_of_professionals(transaction.session, [number])
    if number not in replacements:
        transaction.problems.add(PROFESSIONAL_UNKNOWN, *path, value=number)
    elif replacements[number] is not None:
        transaction.problems.add(PROFESSIONAL_REPLACED, *path, value=replacements[number])


async def check_team(transaction: EditTransaction, team_id: FlrId, *path: str) -> None:
    """Adds a problem unless there is a team with the id, be it known only by reference."""
    if await transaction.session.get(PrimaryHealthCareTeam, team_id) is None:
        transaction.problems.add(TEAM_UNKNOWN, *path, value=team_id)


def check_once(transaction: EditTransaction, values: Sequence[object], *path: str, rule: Rule = NAMED_TWICE) -> None:
    """Adds a problem for each value that stands in the sequence more than once."""
    for each in dict.fromkeys(each for each in values if values.count(each) > 1):
        transaction.problems.add(rule, *path, value=each)


async def number_parts(
    transaction: EditTransaction, model: type[Versioned], asked: Sequence[FlrId | None], paths: Sequence[Sequence[str]]
) -> list[FlrId]:
    """The number of each new row. Where the input gives one it is FLO's, and no row may have had it before. Where it
    gives None the number is our own: they count down from -1, as those of associations do, so that none ever meets a
    number that FLO gives later."""
    given = [each for each in asked if each is not None]
    taken = await current.numbers_taken(transaction.session, model, given) if given else set[FlrId]()
    lowest = 0
    if len(given) < len(asked):
        lowest = min(0, await current.lowest_number(transaction.session, model) or 0)
    numbers: list[FlrId] = []
    for each, path in zip(asked, paths, strict=True):
        if each is None:
            lowest -= 1
            numbers.append(FlrId(lowest))
            continue
        if each not in NUMBERS:
            transaction.problems.add(NUMBER_IMPLAUSIBLE, *path, value=each)
        elif each in taken or each in numbers:
            transaction.problems.add(NUMBER_TAKEN, *path, value=each)
        numbers.append(each)
    return numbers

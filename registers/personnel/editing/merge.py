"""Merging two numbers of one person. Raises Refused.

A question about the outgoing number is answered with the surviving record alone (`record.resolve`). What decides
whether the person may practise therefore moves there: an authorisation or a suspension left behind would have no
effect. Addresses stay, since the surviving record has its own.
"""

from registers.changelog import repository as changelog
from registers.changelog.append import Change, Register
from registers.core.identifiers import EntryNumber, HprNumber
from registers.core.validity import Instant
from registers.editing.transaction import EditTransaction
from registers.personnel.editing.granting import check_no_overlap
from registers.personnel.editing.professionals import stored_professional
from registers.personnel.editing.rules import (
    DIFFERENT_PERSONS,
    MERGED_IN_A_CIRCLE,
    MERGED_WITH_ITSELF,
    PROFESSIONAL_REPLACED,
)
from registers.personnel.entitlement import AUTHORISATION_KIND
from registers.personnel.models import HealthProfessional
from registers.personnel.repository import current, professionals

MERGED = "HprNumbersMerged"
DAYS = ("born_on", "died_on")
TAKEN_OVER = (*DAYS, "sex", "citizenship")


async def merge(
    transaction: EditTransaction,
    outgoing: HprNumber,
    surviving: HprNumber,
    *,
    expected: EntryNumber,
    expected_outgoing: EntryNumber,
) -> str:
    """The outgoing number stays readable and points at the surviving one, which is returned as the key."""
    former = await stored_professional(transaction, outgoing, "outgoing")
    successor = await stored_professional(transaction, surviving, "surviving")
    await transaction.expect(Register.PERSONNEL, str(surviving), expected)
    newest = await changelog.newest_of(transaction.session, Register.PERSONNEL.value, str(outgoing))
    transaction.expect_version(expected_outgoing, newest, "expectedEntryOfOutgoing")
    await _check_numbers(transaction, former, successor)
    for name in DAYS:
        days = {getattr(row, name) for row in (former, successor)} - {None}
        if len(days) > 1:
            transaction.problems.add(DIFFERENT_PERSONS, "outgoing", value=" / ".join(str(day) for day in sorted(days)))
    await _check_authorisations(transaction, outgoing, surviving)
    changes = (Change(Register.PERSONNEL, str(number), MERGED) for number in (surviving, outgoing))
    _, of_outgoing = await transaction.write(*changes)
    for row in await current.parts_moved_by_merger(transaction.session, outgoing):
        row.hpr_number = surviving
    _take_over(former, successor)
    former.replaced_by = surviving
    former.since_entry = of_outgoing
    return str(surviving)


async def _check_numbers(
    transaction: EditTransaction, former: HealthProfessional, successor: HealthProfessional
) -> None:
    if former.hpr_number == successor.hpr_number:
        transaction.problems.add(MERGED_WITH_ITSELF, "surviving", value=successor.hpr_number)
    for row, path in ((former, "outgoing"), (successor, "surviving")):
        if row.replaced_by is not None:
            transaction.problems.add(PROFESSIONAL_REPLACED, path, value=row.replaced_by)
    number = successor.hpr_number
    resolved = await professionals.surviving(transaction.session, [number], instant=Instant(transaction.at))
    if former.hpr_number in resolved[number].path[1:]:
        transaction.problems.add(MERGED_IN_A_CIRCLE, "surviving", value=number)


async def _check_authorisations(transaction: EditTransaction, outgoing: HprNumber, surviving: HprNumber) -> None:
    """Adds a problem for authorisations of both numbers that overlap. Of two at once the better one counts, so that a
    suspension of the other would have no effect."""
    rows = await current.authorisations_of(transaction.session, surviving)
    own = [row for row in rows if row.kind == AUTHORISATION_KIND]
    for row in await current.authorisations_of(transaction.session, outgoing):
        if row.ended_status is None and outgoing != surviving:
            alike = [each for each in own if (each.profession, each.kind) == (row.profession, row.kind)]
            check_no_overlap(transaction, row.period, alike, "outgoing")


def _take_over(former: HealthProfessional, successor: HealthProfessional) -> None:
    """Copies what only the outgoing record knows of the person. Else somebody dead or over eighty might practise."""
    for name in TAKEN_OVER:
        if getattr(successor, name) is None:
            setattr(successor, name, getattr(former, name))
    if successor.national_id is None:
        successor.national_id, successor.national_id_holds = former.national_id, former.national_id_holds
    names = ("first_name", "middle_name", "last_name")
    if all(getattr(successor, name) is None for name in names):
        for name in names:
            setattr(successor, name, getattr(former, name))

"""What applies to everything that is granted for a period: who may get it, when, and how it ends."""

from collections.abc import Iterable
from datetime import datetime

from registers.code_systems.editing.codes import usable_or_none
from registers.core.code_systems import ENDED_STATUSES
from registers.core.codes import CodeKey
from registers.core.validity import Period
from registers.editing.periods import validated_period
from registers.editing.rules import NOTHING_TO_CHANGE
from registers.editing.transaction import EditTransaction
from registers.personnel.editing.parts import part_id_of
from registers.personnel.editing.rules import (
    ENDS_EARLIER,
    GRANTED_ALREADY,
    NO_FIELD_GIVEN,
    NOT_ENDED,
    PAST_AGE_LIMIT,
    PROFESSIONAL_DEAD,
)
from registers.personnel.entitlement import AUTHORISATION_KIND, age_limit, day_of, start_of
from registers.personnel.models import Authorisation, HealthProfessional, Restriction, Right


def check_begins(
    transaction: EditTransaction, person: HealthProfessional, start: datetime, *path: str, kind: CodeKey | None = None
) -> None:
    """Adds a problem when the person is dead at `start` or, where an authorisation of `kind` begins, too old for it."""
    if person.died_on is not None and day_of(start) > person.died_on:
        transaction.problems.add(PROFESSIONAL_DEAD, *path, value=person.died_on)
    if kind == AUTHORISATION_KIND and person.born_on is not None:
        lapses_on = age_limit(person.born_on)
        if start >= start_of(lapses_on):
            transaction.problems.add(PAST_AGE_LIMIT, *path, value=lapses_on)


def check_no_overlap(
    transaction: EditTransaction,
    period: Period,
    alike: Iterable[Authorisation | Right | Restriction],
    *path: str,
    apart_from: Authorisation | Right | Restriction | None = None,
) -> None:
    """Adds a problem when one of the rows `alike`, which grant or restrict the same, overlaps `period`. Those with an
    ended status do not count."""
    for row in alike:
        if row is not apart_from and getattr(row, "ended_status", None) is None and row.period.overlaps(period):
            transaction.problems.add(GRANTED_ALREADY, *path, value=part_id_of(row))
            return


def check_can_be_lifted(transaction: EditTransaction, row: Authorisation | Right) -> None:
    """Adds a problem when the row has no ended status to lift."""
    if row.ended_status is None:
        transaction.problems.add(NOT_ENDED, "input", "liftEnding", value=part_id_of(row))


async def validated_ending(
    transaction: EditTransaction, row: Authorisation | Right, ended_status: str | None, to: datetime | None
) -> tuple[CodeKey | None, datetime | None]:
    """(ended status, end) of a row that ends with a status, at an earlier time, or both. Adds a problem when neither
    is given, when the end is later than the present one, and when nothing changes."""
    if ended_status is None and to is None:
        transaction.problems.add(NO_FIELD_GIVEN, "input")
        return row.ended_status, row.valid_to
    status = await usable_or_none(transaction, ENDED_STATUSES, ended_status, "input", "endedStatus")
    if to is not None:
        validated_period(transaction.problems, row.valid_from, to, "input")
        if row.valid_to is not None and to > row.valid_to:
            transaction.problems.add(ENDS_EARLIER, "input", "to", value=row.valid_to.isoformat())
    found = (status or row.ended_status, to or row.valid_to)
    if found == (row.ended_status, row.valid_to):
        transaction.problems.add(NOTHING_TO_CHANGE, "input")
    return found

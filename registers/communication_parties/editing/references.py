"""Records that an edit of a party refers to: organisations, health professionals and the organisation party above.

What is wrong with a reference is added to the transaction's problems, at `path`.
"""

from datetime import datetime

from registers.communication_parties.editing.rules import (
    ORGANISATION_ENDED,
    ORGANISATION_UNKNOWN,
    PARENT_IS_NO_ORGANISATION,
    PARENT_NOT_IN_USE,
    PARTY_UNKNOWN,
    PROFESSIONAL_REPLACED,
    PROFESSIONAL_UNKNOWN,
)
from registers.communication_parties.models import CommunicationParty, PartyKind
from registers.communication_parties.repository import current
from registers.core.identifiers import HerId, HprNumber, OrganisationNumber
from registers.core.validity import Period
from registers.editing.transaction import EditTransaction


async def name_of_organisation(
    transaction: EditTransaction, number: OrganisationNumber, start: datetime, *path: str
) -> str | None:
    """The legal name; None when there is no such organisation. A party that begins at `start` needs one that has not
    ended by then."""
    found = await current.name_of_organisation(transaction.session, number)
    if found is None:
        transaction.problems.add(ORGANISATION_UNKNOWN, *path, value=number)
        return None
    if found.valid_to is not None and found.valid_to <= start:
        transaction.problems.add(ORGANISATION_ENDED, *path, value=found.valid_to.isoformat())
    return found.name


async def name_of_professional(transaction: EditTransaction, number: HprNumber, *path: str) -> str | None:
    """The full name; None when no part of it is known. The professional must not be replaced by another number."""
    found = await current.name_of_professional(transaction.session, number)
    if found is None:
        transaction.problems.add(PROFESSIONAL_UNKNOWN, *path, value=number)
        return None
    if found.replaced_by is not None:
        transaction.problems.add(PROFESSIONAL_REPLACED, *path, value=found.replaced_by)
    return found.name


async def organisation_above(
    transaction: EditTransaction, her_id: HerId, period: Period, *path: str
) -> CommunicationParty:
    """The organisation party that another is to be active below for all of `period`. Raises Refused when there is
    none: nothing else can be checked then."""
    parent = await transaction.session.get(CommunicationParty, her_id)
    if parent is None or parent.kind != PartyKind.ORGANISATION.value:
        transaction.problems.add(PARENT_IS_NO_ORGANISATION if parent else PARTY_UNKNOWN, *path, value=her_id)
        raise transaction.problems.refusal()
    if not (parent.active and parent.period.contains(period)):
        transaction.problems.add(PARENT_NOT_IN_USE, *path, value=parent.her_id)
    return parent

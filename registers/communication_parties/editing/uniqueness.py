"""What an office has one of while it is active: the party of a health professional, the service for vacant lists.

The database refuses the same to edits. Files of the real registers break both rules; they are taken in and reported.
"""

from dataclasses import dataclass

from registers.communication_parties.editing.rules import ONE_OF_A_PROFESSIONAL, ONE_VACANT_LIST_SERVICE
from registers.communication_parties.models import CommunicationParty
from registers.communication_parties.repository import current
from registers.core.code_systems import VACANT_LIST_SERVICES
from registers.core.codes import CodeKey
from registers.core.identifiers import HerId, HprNumber
from registers.core.validity import Period
from registers.editing.transaction import EditTransaction


@dataclass(frozen=True, slots=True)
class PartyInUse:
    """A party that is to be active for `period` below the organisation party."""

    her_id: HerId
    parent_her_id: HerId | None
    period: Period
    hpr_number: HprNumber | None = None
    service_type: CodeKey | None = None


async def check_one_in_use(transaction: EditTransaction, party: PartyInUse, *path: str) -> None:
    """Adds a problem for another of its kind that is active at the same office at any time of the period."""
    session, problems = transaction.session, transaction.problems
    parent = await session.get(CommunicationParty, party.parent_her_id) if party.parent_her_id else None
    if parent is None:
        return
    if party.hpr_number is not None:
        other = await current.first_person_in_use(
            session, parent, party.hpr_number, party.period, other_than=party.her_id
        )
        if other is not None:
            problems.add(ONE_OF_A_PROFESSIONAL, *path, value=other)
    if party.service_type in VACANT_LIST_SERVICES:
        other = await current.first_service_in_use(
            session, parent, VACANT_LIST_SERVICES, party.period, other_than=party.her_id
        )
        if other is not None:
            problems.add(ONE_VACANT_LIST_SERVICE, *path, value=other)

"""What there is one of at an office while it is active: a health professional's party, the service for vacant lists.

The database holds edits to the same; files of the register break both, and are reported instead.
"""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Text, and_, cast, func, or_, select, true
from sqlalchemy.orm import aliased

from registers.communication_parties.editing.rules import ONE_OF_A_PROFESSIONAL, ONE_VACANT_LIST_SERVICE
from registers.communication_parties.models import CommunicationParty
from registers.core.code_systems import VACANT_LIST_SERVICES
from registers.core.codes import CodeKey
from registers.core.identifiers import HerId, HprNumber
from registers.core.validity import Period
from registers.editing.transaction import EditTransaction


async def check_one_in_use(
    transaction: EditTransaction,
    her_id: HerId,
    parent_her_id: HerId | None,
    hpr_number: HprNumber | None,
    service_type: CodeKey | None,
    period: Period,
    *path: str,
) -> None:
    """For the party `her_id`, which is to be active for `period` below the organisation party."""
    parent = await transaction.session.get(CommunicationParty, parent_her_id) if parent_her_id else None
    if parent is None:
        return
    if hpr_number is not None:
        for other in await _others(transaction, her_id, parent, CommunicationParty.hpr_number == hpr_number, period):
            transaction.problems.add(ONE_OF_A_PROFESSIONAL, *path, value=other)
    if service_type in VACANT_LIST_SERVICES:
        alike = CommunicationParty.service_type.in_(VACANT_LIST_SERVICES)
        for other in await _others(transaction, her_id, parent, alike, period):
            transaction.problems.add(ONE_VACANT_LIST_SERVICE, *path, value=other)


async def _others(
    transaction: EditTransaction, her_id: HerId, parent: CommunicationParty, alike: ColumnElement[bool], period: Period
) -> Sequence[HerId]:
    """The first active one of the same organisation at any time of the period."""
    party, above = CommunicationParty, aliased(CommunicationParty)
    office = func.coalesce(above.organisation_number, cast(above.her_id, Text))
    statement = (
        select(party.her_id)
        .join(above, above.her_id == party.parent_her_id)
        .where(office == (parent.organisation_number or str(parent.her_id)), party.active, alike)
        .where(party.her_id != her_id, overlapping(party, period))
        .order_by(party.her_id)
        .limit(1)
    )
    return (await transaction.session.scalars(statement)).all()


def overlapping(rows: type[CommunicationParty], period: Period) -> ColumnElement[bool]:
    """Rows whose own period has an instant in common with `period`."""
    begins_in_time = true() if period.end is None else rows.valid_from < period.end
    return and_(begins_in_time, or_(rows.valid_to.is_(None), rows.valid_to > period.start))

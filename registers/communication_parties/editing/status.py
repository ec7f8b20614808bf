"""Whether and until when a communication party is in use. Its HER-id stays readable and is never given away."""

from datetime import datetime

from sqlalchemy import func, or_, select

from registers.communication_parties.editing.addresses import expected
from registers.communication_parties.editing.details import updating
from registers.communication_parties.editing.references import organisation_above
from registers.communication_parties.editing.rules import PARTY_ENDED, STILL_ACTIVE_BELOW
from registers.communication_parties.editing.uniqueness import check_one_in_use
from registers.communication_parties.models import CommunicationParty, PartyKind
from registers.core.identifiers import EntryNumber, HerId
from registers.core.validity import Period
from registers.editing.periods import validated_end
from registers.editing.rules import NOTHING_TO_CHANGE
from registers.editing.transaction import EditTransaction


async def deactivate(transaction: EditTransaction, her_id: HerId, expected_entry: EntryNumber) -> str:
    """Raises Refused."""
    party = await expected(transaction, her_id, expected_entry)
    if not party.active:
        transaction.problems.add(NOTHING_TO_CHANGE)
    await _check_below(transaction, party, transaction.at, "herId")
    await updating(transaction, party)
    party.active = False
    return str(her_id)


async def reactivate(transaction: EditTransaction, her_id: HerId, expected_entry: EntryNumber) -> str:
    """Raises Refused."""
    party = await expected(transaction, her_id, expected_entry)
    if party.active:
        transaction.problems.add(NOTHING_TO_CHANGE)
    if party.valid_to is not None and party.valid_to <= transaction.at:
        transaction.problems.add(PARTY_ENDED, "herId", value=party.valid_to.isoformat())
    await _check_above(transaction, party, party.period, "herId")
    await updating(transaction, party)
    party.active = True
    return str(her_id)


async def end(transaction: EditTransaction, her_id: HerId, expected_entry: EntryNumber, *, at: datetime | None) -> str:
    """The party is in use until `at`; None = now. An end told before can be moved. Raises Refused."""
    party = await expected(transaction, her_id, expected_entry)
    at = validated_end(transaction.problems, party.valid_from, at or transaction.at, "at")
    if party.valid_to == at:
        transaction.problems.add(NOTHING_TO_CHANGE, "at")
    if party.valid_to is None or at < party.valid_to:
        await _check_below(transaction, party, at, "at")
    elif party.active:
        await _check_above(transaction, party, Period(party.valid_from, at), "at")
    await updating(transaction, party)
    party.valid_to = at
    return str(her_id)


async def reopen(transaction: EditTransaction, her_id: HerId, expected_entry: EntryNumber) -> str:
    """The party has no end any more. Raises Refused."""
    party = await expected(transaction, her_id, expected_entry)
    if party.valid_to is None:
        transaction.problems.add(NOTHING_TO_CHANGE)
    elif party.active:
        await _check_above(transaction, party, Period(party.valid_from, None), "herId")
    await updating(transaction, party)
    party.valid_to = None
    return str(her_id)


async def _check_below(transaction: EditTransaction, party: CommunicationParty, moment: datetime, *path: str) -> None:
    """Nothing below an organisation is active from `moment` on."""
    if party.kind != PartyKind.ORGANISATION.value:
        return
    child = CommunicationParty
    goes_on = or_(child.valid_to.is_(None), child.valid_to > moment)
    below = select(func.count(), func.min(child.her_id)).where(
        child.parent_her_id == party.her_id, child.active, goes_on
    )
    number, first = (await transaction.session.execute(below)).one()
    if number:
        transaction.problems.add(
            STILL_ACTIVE_BELOW, *path, value=f"{number}, HER-id {first}" + (" …" if number > 1 else "")
        )


async def _check_above(transaction: EditTransaction, party: CommunicationParty, period: Period, *path: str) -> None:
    """The party may be active for `period`, by the organisation above it and by others like it."""
    if party.parent_her_id is None:
        return
    await organisation_above(transaction, party.parent_her_id, period, *path)
    await check_one_in_use(
        transaction, party.her_id, party.parent_her_id, party.hpr_number, party.service_type, period, *path
    )

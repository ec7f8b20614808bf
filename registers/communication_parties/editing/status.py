"""Whether and until when a communication party is in use. Its HER-id stays readable and is never given to another.

All changes raise Refused.
"""

from datetime import datetime

from registers.communication_parties.editing.party import expected_party, write_update
from registers.communication_parties.editing.references import organisation_above
from registers.communication_parties.editing.rules import PARTY_ENDED, STILL_ACTIVE_BELOW
from registers.communication_parties.editing.uniqueness import PartyInUse, check_one_in_use
from registers.communication_parties.models import CommunicationParty, PartyKind
from registers.communication_parties.repository import current
from registers.core.identifiers import EntryNumber, HerId
from registers.core.validity import Period
from registers.editing.periods import validated_end
from registers.editing.rules import NOTHING_TO_CHANGE
from registers.editing.transaction import EditTransaction


async def deactivate(transaction: EditTransaction, her_id: HerId, expected_entry: EntryNumber) -> str:
    """Switches the party off. Nothing below an organisation party may still be active."""
    party = await expected_party(transaction, her_id, expected_entry)
    if not party.active:
        transaction.problems.add(NOTHING_TO_CHANGE)
    await _check_below(transaction, party, transaction.at, "herId")
    await write_update(transaction, her_id)
    party.active = False
    return str(her_id)


async def reactivate(transaction: EditTransaction, her_id: HerId, expected_entry: EntryNumber) -> str:
    """Switches a party on again that has not ended."""
    party = await expected_party(transaction, her_id, expected_entry)
    if party.active:
        transaction.problems.add(NOTHING_TO_CHANGE)
    if party.valid_to is not None and party.valid_to <= transaction.at:
        transaction.problems.add(PARTY_ENDED, "herId", value=party.valid_to.isoformat())
    await _check_above(transaction, party, party.period, "herId")
    await write_update(transaction, her_id)
    party.active = True
    return str(her_id)


async def end(transaction: EditTransaction, her_id: HerId, expected_entry: EntryNumber, *, at: datetime | None) -> str:
    """The party is in use until `at`; None = now. An end that is set already can be moved."""
    party = await expected_party(transaction, her_id, expected_entry)
    at = validated_end(transaction.problems, party.valid_from, at or transaction.at, "at")
    if party.valid_to == at:
        transaction.problems.add(NOTHING_TO_CHANGE, "at")
    if party.valid_to is None or at < party.valid_to:
        await _check_below(transaction, party, at, "at")
    elif party.active:
        await _check_above(transaction, party, Period(party.valid_from, at), "at")
    await write_update(transaction, her_id)
    party.valid_to = at
    return str(her_id)


async def reopen(transaction: EditTransaction, her_id: HerId, expected_entry: EntryNumber) -> str:
    """The party has no end any more."""
    party = await expected_party(transaction, her_id, expected_entry)
    if party.valid_to is None:
        transaction.problems.add(NOTHING_TO_CHANGE)
    elif party.active:
        await _check_above(transaction, party, Period(party.valid_from, None), "herId")
    await write_update(transaction, her_id)
    party.valid_to = None
    return str(her_id)


async def _check_below(transaction: EditTransaction, party: CommunicationParty, moment: datetime, *path: str) -> None:
    """Nothing below an organisation party is active from `moment` on."""
    if party.kind != PartyKind.ORGANISATION.value:
        return
    number, first = await current.active_below(transaction.session, party.her_id, since=moment)
    if number:
        transaction.problems.add(
            STILL_ACTIVE_BELOW, *path, value=f"{number}, HER-id {first}" + (" …" if number > 1 else "")
        )


async def _check_above(transaction: EditTransaction, party: CommunicationParty, period: Period, *path: str) -> None:
    """The party may be active for `period`, as the organisation party above and others of its kind allow."""
    if party.parent_her_id is None:
        return
    await organisation_above(transaction, party.parent_her_id, period, *path)
    in_use = PartyInUse(party.her_id, party.parent_her_id, period, party.hpr_number, party.service_type)
    await check_one_in_use(transaction, in_use, *path)

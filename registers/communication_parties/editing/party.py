"""The party that an edit changes: found as its caller has seen it, and the entries of its change in the log.

Functions that look a party up raise Refused when there is none: nothing else of the edit can be checked then.
"""

from collections.abc import Iterable

from registers.changelog.append import Change, Register
from registers.communication_parties.editing.rules import PARTY_UNKNOWN, SERVICES_ONLY
from registers.communication_parties.models import CommunicationParty, PartyKind
from registers.core.identifiers import EntryNumber, HerId
from registers.editing.transaction import EditTransaction

UPDATED = "CommunicationPartyUpdated"


async def expected_party(
    transaction: EditTransaction, her_id: HerId, expected_entry: EntryNumber
) -> CommunicationParty:
    """The party; a problem is added when it has changed since the caller read it."""
    party = await transaction.session.get(CommunicationParty, her_id)
    if party is None:
        transaction.problems.add(PARTY_UNKNOWN, "herId", value=her_id)
        raise transaction.problems.refusal()
    await transaction.expect(Register.COMMUNICATION_PARTIES, str(her_id), expected_entry)
    return party


async def expected_service(
    transaction: EditTransaction, her_id: HerId, expected_entry: EntryNumber
) -> CommunicationParty:
    """As `expected_party`, of a party that must be a service."""
    party = await expected_party(transaction, her_id, expected_entry)
    if party.kind != PartyKind.SERVICE.value:
        transaction.problems.add(SERVICES_ONLY, "herId", value=party.kind)
        raise transaction.problems.refusal()
    return party


async def write_update(transaction: EditTransaction, her_id: HerId, inheritors: Iterable[HerId] = ()) -> None:
    """Appends the party's own entry, then one for each party that inherits the change. Raises Refused when there are
    problems."""
    changes = [Change(Register.COMMUNICATION_PARTIES, str(each), UPDATED) for each in (her_id, *inheritors)]
    await transaction.write(*changes)

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
from registers.editing.periods import told_end
from registers.editing.rules import NOTHING_TO_CHANGE
from registers.editing.transaction import Turn


async def deactivate(turn: Turn, her_id: HerId, expected_entry: EntryNumber) -> str:
    """Raises Refused."""
    party = await expected(turn, her_id, expected_entry)
    if not party.active:
        turn.problems.add(NOTHING_TO_CHANGE)
    await _check_below(turn, party, turn.at, "herId")
    await updating(turn, party)
    party.active = False
    return str(her_id)


async def reactivate(turn: Turn, her_id: HerId, expected_entry: EntryNumber) -> str:
    """Raises Refused."""
    party = await expected(turn, her_id, expected_entry)
    if party.active:
        turn.problems.add(NOTHING_TO_CHANGE)
    if party.valid_to is not None and party.valid_to <= turn.at:
        turn.problems.add(PARTY_ENDED, "herId", value=party.valid_to.isoformat())
    await _check_above(turn, party, party.period, "herId")
    await updating(turn, party)
    party.active = True
    return str(her_id)


async def end(turn: Turn, her_id: HerId, expected_entry: EntryNumber, *, at: datetime | None) -> str:
    """The party is in use until `at`; None = now. An end told before can be moved. Raises Refused."""
    party = await expected(turn, her_id, expected_entry)
    at = told_end(turn.problems, party.valid_from, at or turn.at, "at")
    if party.valid_to == at:
        turn.problems.add(NOTHING_TO_CHANGE, "at")
    if party.valid_to is None or at < party.valid_to:
        await _check_below(turn, party, at, "at")
    elif party.active:
        await _check_above(turn, party, Period(party.valid_from, at), "at")
    await updating(turn, party)
    party.valid_to = at
    return str(her_id)


async def reopen(turn: Turn, her_id: HerId, expected_entry: EntryNumber) -> str:
    """The party has no end any more. Raises Refused."""
    party = await expected(turn, her_id, expected_entry)
    if party.valid_to is None:
        turn.problems.add(NOTHING_TO_CHANGE)
    elif party.active:
        await _check_above(turn, party, Period(party.valid_from, None), "herId")
    await updating(turn, party)
    party.valid_to = None
    return str(her_id)


async def _check_below(turn: Turn, party: CommunicationParty, moment: datetime, *path: str) -> None:
    """Nothing below an organisation is active from `moment` on."""
    if party.kind != PartyKind.ORGANISATION.value:
        return
    child = CommunicationParty
    goes_on = or_(child.valid_to.is_(None), child.valid_to > moment)
    below = select(func.count(), func.min(child.her_id)).where(
        child.parent_her_id == party.her_id, child.active, goes_on
    )
    number, first = (await turn.session.execute(below)).one()
    if number:
        turn.problems.add(STILL_ACTIVE_BELOW, *path, value=f"{number}, HER-id {first}" + (" …" if number > 1 else ""))


async def _check_above(turn: Turn, party: CommunicationParty, period: Period, *path: str) -> None:
    """The party may be active for `period`, by the organisation above it and by others like it."""
    if party.parent_her_id is None:
        return
    await organisation_above(turn, party.parent_her_id, period, *path)
    await check_one_in_use(turn, party.her_id, party.parent_her_id, party.hpr_number, party.service_type, period, *path)

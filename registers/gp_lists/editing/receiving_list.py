"""The list that patients come to: it must hold for the time, be open and have room.

The database as well keeps a list to its ceiling.
"""

from collections.abc import Sequence

from registers.core.codes import split_code_key
from registers.core.identifiers import GpContractId
from registers.core.validity import Period
from registers.editing.transaction import EditTransaction
from registers.gp_lists.editing.rules import CONTRACT_UNKNOWN, REFERENCE_ONLY
from registers.gp_lists.editing.rules_patients import LIST_FULL, LIST_NOT_OPEN, OUTSIDE_CONTRACT
from registers.gp_lists.models import OPEN, GpContract
from registers.gp_lists.repository import current_patients


async def existing_list(transaction: EditTransaction, contract_id: GpContractId, *path: str) -> GpContract:
    """The contract, even if it has ended or is known only by reference: patients may be on it. Raises Refused at once
    when there is none."""
    contract = await transaction.session.get(GpContract, contract_id)
    if contract is None:
        transaction.problems.add(CONTRACT_UNKNOWN, *path, value=contract_id)
        raise transaction.problems.refusal()
    return contract


async def receiving_list(
    transaction: EditTransaction, contract_id: GpContractId, period: Period, *path: str
) -> GpContract:
    """The contract, which must hold for all of the period. Raises Refused at once when there is none, or only one that
    is known by reference."""
    contract = await existing_list(transaction, contract_id, *path)
    if contract.reference_only:
        transaction.problems.add(REFERENCE_ONLY, *path, value=contract_id)
        raise transaction.problems.refusal()
    if not contract.period.contains(period):
        transaction.problems.add(OUTSIDE_CONTRACT, *path, value=contract_id)
    return contract


async def check_room(
    transaction: EditTransaction,
    contract: GpContract,
    periods: Sequence[Period],
    *path: str,
    by_exception: bool = False,
) -> None:
    """Adds a problem unless the list takes new patients, and has room at every moment for one more patient in each of
    the periods. `by_exception` lets a list take patients that is not open."""
    if contract.status != OPEN and not by_exception:
        status = split_code_key(contract.status)[1] if contract.status else "-"
        transaction.problems.add(LIST_NOT_OPEN, *path, value=status)
    if not periods:
        return
    length = await current_patients.greatest_length(
        transaction.session, contract.id, added=periods, within=span(periods)
    )
    if length > contract.max_patients:
        transaction.problems.add(LIST_FULL, *path, value=length)


def span(periods: Sequence[Period]) -> Period:
    """From the first start to the last end of one or more periods."""
    start = min(each.start for each in periods)
    ends = [each.end for each in periods if each.end is not None]
    return Period(start, max(ends) if len(ends) == len(periods) else None)

"""GP offices: which contracts are at one, and what FLR adds to the organisation.

Each change returns the key of the office in the log, and raises Refused with all that is wrong.
"""

from collections.abc import Sequence
from typing import NamedTuple

from registers.changelog import repository as changelog
from registers.changelog.append import Change, Register
from registers.code_systems.editing.codes import usable_or_none
from registers.core.code_systems import CITY_DISTRICTS
from registers.core.identifiers import EntryNumber, GpContractId, OrganisationNumber
from registers.editing.rules import NOTHING_TO_CHANGE
from registers.editing.transaction import EditTransaction
from registers.gp_lists.editing.references import check_once, check_organisation
from registers.gp_lists.editing.rules import ALSO_AT_OFFICE, NO_CONTRACTS_AT_OFFICE, NOT_AT_OFFICE
from registers.gp_lists.log_keys import office_key
from registers.gp_lists.models import GpOffice
from registers.gp_lists.repository import current


class ContractRef(NamedTuple):
    """A contract, and its newest entry that the caller has seen."""

    contract_id: GpContractId
    expected_entry: EntryNumber


async def move_contracts(
    transaction: EditTransaction, old: OrganisationNumber, new: OrganisationNumber, contracts: Sequence[ContractRef]
) -> str:
    """Moves all contracts of the office that are in force or to come, each under an entry of its own. Ended ones stay
    where they were. `contracts` must name them all."""
    await check_organisation(transaction, new, "newOfficeNumber")
    if old == new:
        transaction.problems.add(NOTHING_TO_CHANGE, "newOfficeNumber")
    check_once(transaction, [each.contract_id for each in contracts], "contracts")
    moving = await current.contracts_at_office(transaction.session, old, since=transaction.at)
    if not moving:
        transaction.problems.add(NO_CONTRACTS_AT_OFFICE, "oldOfficeNumber", value=old)
    for contract_id in sorted(moving.keys() - {each.contract_id for each in contracts}):
        transaction.problems.add(ALSO_AT_OFFICE, "contracts", value=contract_id)
    for index, each in enumerate(contracts):
        if each.contract_id not in moving:
            transaction.problems.add(NOT_AT_OFFICE, "contracts", str(index), "contractId", value=each.contract_id)
            continue
        newest = await changelog.newest_of(transaction.session, Register.GP_LISTS.value, str(each.contract_id))
        transaction.expect_version(each.expected_entry, newest, "contracts", str(index), "expectedEntry")
    transaction.problems.refuse()
    in_order = sorted(moving)
    entries = await transaction.write(*(Change(Register.GP_LISTS, str(each), "GpContractUpdated") for each in in_order))
    for contract_id, entry in zip(in_order, entries, strict=True):
        moving[contract_id].office_number = new
        moving[contract_id].since_entry = entry
    return office_key(new)


async def change_district(
    transaction: EditTransaction,
    number: OrganisationNumber,
    expected_entry: EntryNumber,
    *,
    district: str | None,
    group_office: bool,
) -> str:
    await check_organisation(transaction, number, "officeNumber")
    await transaction.expect(Register.GP_LISTS, office_key(number), expected_entry)
    key = await usable_or_none(transaction, CITY_DISTRICTS, district, "district")
    row = await transaction.session.get(GpOffice, number)
    if row is not None and (row.district, row.group_office) == (key, group_office):
        transaction.problems.add(NOTHING_TO_CHANGE)
    action = "GpOfficeUpdated" if row is not None else "GpOfficeCreated"
    await transaction.write(Change(Register.GP_LISTS, office_key(number), action))
    row = row or GpOffice(organisation_number=number)
    row.district, row.group_office = key, group_office
    transaction.session.add(row)
    return office_key(number)

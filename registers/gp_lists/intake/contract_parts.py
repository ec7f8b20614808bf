"""Taking in the parts of contracts that have ids of their own: doctors' cycles and out-of-office locations."""

from collections.abc import Collection, Iterable
from datetime import datetime

from registers.code_systems.intake.codes import StoredCodes
from registers.core.code_systems import DOCTOR_RELATIONSHIPS, ELECTRONIC_ADDRESS_TYPES, PHYSICAL_ADDRESS_TYPES
from registers.core.identifiers import GpContractId
from registers.gp_lists.intake.patients import period_of
from registers.gp_lists.intake.references import References
from registers.gp_lists.intake.snapshot import DoctorCycleSnapshot, OutOfOfficeSnapshot
from registers.gp_lists.models import (
    GP,
    SUBSTITUTE,
    DoctorCycle,
    OutOfOfficeAddress,
    OutOfOfficeContact,
    OutOfOfficeLocation,
)
from registers.intake.aggregate import Aggregate
from registers.intake.record_set import Outcome, Row, S


class PartIntake:
    """The parts of the contracts of one transaction."""

    def __init__(
        self, contracts: Aggregate[GpContractId], codes: StoredCodes, references: References, now: datetime
    ) -> None:
        self._contracts = contracts
        self._codes = codes
        self._references = references
        self._now = now
        self._owners: dict[int, GpContractId] = {}  # the contract of each cycle, by the id of the cycle

    def note_owners(self, contract_id: GpContractId) -> None:
        """Remembers the stored cycles of a contract that has been loaded."""
        for row in self._contracts.rows(contract_id, DoctorCycle).values():
            self._owners[row["id"]] = contract_id

    def take_cycles(
        self,
        contract_id: GpContractId,
        reported: Collection[DoctorCycleSnapshot],
        outcome: Outcome[S],
        *,
        whole: bool,
    ) -> None:
        """`whole`: these are all the cycles of the contract, and others are deleted. Otherwise they only add to those
        that are stored."""
        rows = {row["id"]: row for row in self._contracts.rows(contract_id, DoctorCycle).values()}
        reported_ids = {cycle.id for cycle in reported}
        taken: dict[int, str] = {}  # the path in the record of each cycle taken, by its id
        if whole:
            rows = {cycle_id: row for cycle_id, row in rows.items() if cycle_id in reported_ids}
        for index, cycle in enumerate(reported):
            if whole or cycle.id not in self._owners:
                path = f"doctor_cycles[{index}]"
                row = self._cycle_row(contract_id, cycle, outcome, path)
                if row is not None:
                    self._take_over(contract_id, cycle.id)
                    rows[cycle.id], taken[cycle.id] = row, path
        for cycle_id, path in taken.items():
            if _stands_in_for_nobody(rows[cycle_id], rows.values()):
                text = "names no doctor, while the list has a GP for at least a part of the period"
                outcome.flag("substitute-for-nobody", f"{path}/substitute_for", text)
        self._contracts.set_rows(contract_id, DoctorCycle, list(rows.values()))

    def _cycle_row(
        self, contract_id: GpContractId, cycle: DoctorCycleSnapshot, outcome: Outcome[S], path: str
    ) -> Row | None:
        """None when the relationship is a code that was refused: a cycle is nothing without it."""
        relationship = self._codes.key(cycle.relationship, DOCTOR_RELATIONSHIPS)
        if relationship is None:
            outcome.refuse_part("without-its-code", path, "was left out with its relationship")
            return None
        self._references.professional(cycle.hpr_number, f"{path}/hpr_number", outcome)
        self._references.professional(cycle.substitute_for, f"{path}/substitute_for", outcome)
        return {
            "id": cycle.id,
            "contract_id": contract_id,
            "hpr_number": cycle.hpr_number,
            "relationship": relationship,
            "substitute_for": cycle.substitute_for,
            "working_percentage": cycle.working_percentage,
            "working_on_days": list(cycle.working_on_days),
            "valid_from": cycle.valid_from,
            "valid_to": cycle.valid_to,
        }

    def _take_over(self, contract_id: GpContractId, cycle_id: int) -> None:
        """A cycle that another contract had is this one's from now on."""
        owner = self._owners.get(cycle_id, contract_id)
        if owner != contract_id:
            others = self._contracts.rows(owner, DoctorCycle).values()
            self._contracts.set_rows(owner, DoctorCycle, [row for row in others if row["id"] != cycle_id])
        self._owners[cycle_id] = contract_id

    def take_locations(
        self,
        contract_id: GpContractId,
        reported: Iterable[OutOfOfficeSnapshot],
        outcome: Outcome[S],
    ) -> None:
        """These are all the locations of the contract. One that is no longer reported expires: it stays readable at
        earlier moments."""
        rows = {row["id"]: row for row in self._contracts.rows(contract_id, OutOfOfficeLocation).values()}
        reported_ids: set[int] = set()
        addresses = list(self._contracts.rows(contract_id, OutOfOfficeAddress).values())
        contacts = list(self._contracts.rows(contract_id, OutOfOfficeContact).values())
        for location in reported:
            reported_ids.add(location.id)
            rows[location.id] = {
                "id": location.id,
                "contract_id": contract_id,
                "description": location.description or None,
                "valid_from": location.valid_from,
                "valid_to": location.valid_to,
            }
            addresses = [row for row in addresses if row["location_id"] != location.id]
            addresses += self._address_rows(location)
            contacts = [row for row in contacts if row["location_id"] != location.id]
            contacts += self._contact_rows(location)
        for location_id, row in rows.items():
            if location_id not in reported_ids and row["valid_from"] < self._now:
                rows[location_id] = self._expired(row, outcome.snapshot.changed_at)
        self._contracts.set_rows(contract_id, OutOfOfficeLocation, list(rows.values()))
        self._contracts.set_rows(contract_id, OutOfOfficeAddress, addresses)
        self._contracts.set_rows(contract_id, OutOfOfficeContact, contacts)

    def _expired(self, row: Row, changed_at: datetime | None) -> Row:
        """The location ends when the record changed, or now when that is not known or no moment of its period."""
        if row["valid_to"] is not None and row["valid_to"] <= self._now:
            return row
        dated = changed_at is not None and row["valid_from"] < changed_at <= self._now
        return {**row, "valid_to": changed_at if dated else self._now}

    def _address_rows(self, location: OutOfOfficeSnapshot) -> list[Row]:
        return [
            {
                "location_id": location.id,
                "type": key,
                "street": address.street,
                "postbox": address.postbox,
                "postal_code": address.postal_code,
                "city": address.city,
            }
            for address in location.addresses
            if (key := self._codes.key(address.type, PHYSICAL_ADDRESS_TYPES)) is not None
        ]

    def _contact_rows(self, location: OutOfOfficeSnapshot) -> list[Row]:
        return [
            {"location_id": location.id, "type": key, "address": contact.address}
            for contact in location.contacts
            if (key := self._codes.key(contact.type, ELECTRONIC_ADDRESS_TYPES)) is not None
        ]


def _stands_in_for_nobody(cycle: Row, of_list: Iterable[Row]) -> bool:
    """Whether a cycle is a substitute's who names no doctor, while the list has a GP at some moment of it."""
    if cycle["relationship"] != SUBSTITUTE or cycle["substitute_for"] is not None:
        return False
    period = period_of(cycle)
    return any(each["relationship"] == GP and period_of(each).overlaps(period) for each in of_list)

"""Taking in GP contracts, with their doctors, locations and patients, and all that they refer to.

A source reports either whole contracts or associations by themselves, each with what it shows of its contract.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from registers.changelog.append import Register
from registers.code_systems.intake.codes import StoredCodes
from registers.core.code_systems import MUNICIPALITIES
from registers.core.identifiers import GpContractId
from registers.editing.bulk_writes import Writes
from registers.gp_lists.intake.contract_codes import CODED, codes_of, codes_of_association
from registers.gp_lists.intake.contract_parts import PartIntake
from registers.gp_lists.intake.patients import PatientIntake
from registers.gp_lists.intake.references import References
from registers.gp_lists.intake.snapshot import GpContractSnapshot, PatientAssociationSnapshot
from registers.gp_lists.intake.teams import OfficeIntake, TeamIntake
from registers.gp_lists.models import (
    CoopMunicipality,
    DoctorCycle,
    GpContract,
    OutOfOfficeAddress,
    OutOfOfficeContact,
    OutOfOfficeLocation,
)
from registers.gp_lists.repository import current
from registers.intake.aggregate import Aggregate, empty_row
from registers.intake.record_set import Outcome, Result, Row, S
from registers.intake.snapshot import NOT_REPORTED, Remark, reported

REPORTED_AS_STORED = (
    "agreement_date",
    "office_number",
    "max_patients",
    "patients_on_waiting_list",
    "common_list",
    "fixed_salary",
    "team_id",
)
"""Columns that take what is reported as it is."""


def flag_unplaced_patients(outcome: Outcome[GpContractSnapshot]) -> None:
    """Adds the remarks on the patients of a list to those on the list, whose record they are part of."""
    for index, patient in enumerate(reported(outcome.snapshot.patients, [])):
        outcome.flags.extend(_at(f"patients[{index}]", each) for each in patient.flags)
        outcome.refused.extend(_at(f"patients[{index}]", each) for each in patient.refused)


def _at(path: str, remark: Remark) -> Remark:
    return Remark(remark.rule, f"{path}/{remark.path}", remark.text)


class ContractIntake:
    """The contracts, or the associations reported by themselves, of one transaction: `load` and `take` them, then
    `write`.

    What `references` gathers must be written to its own registers before `write`.
    """

    def __init__(self, codes: StoredCodes, now: datetime) -> None:
        self._codes = codes
        self._contracts: Aggregate[GpContractId] = Aggregate(
            "contract_id",
            GpContract,
            CoopMunicipality,
            DoctorCycle,
            OutOfOfficeLocation,
            below={
                OutOfOfficeAddress: {"location_id": OutOfOfficeLocation},
                OutOfOfficeContact: {"location_id": OutOfOfficeLocation},
            },
        )
        self.references = References()
        self.patients = PatientIntake(codes)
        self._parts = PartIntake(self._contracts, codes, self.references, now)
        self._teams = TeamIntake(codes)
        self._offices = OfficeIntake(codes, self.references)

    async def load(self, session: AsyncSession, outcomes: Collection[Outcome[GpContractSnapshot]]) -> None:
        contracts = [each.snapshot for each in outcomes]
        await self._load_contracts(session, contracts, [])
        await self.patients.load(session, [each for contract in contracts for each in reported(contract.patients, [])])

    async def load_associations(
        self, session: AsyncSession, outcomes: Collection[Outcome[PatientAssociationSnapshot]]
    ) -> None:
        associations = [each.snapshot for each in outcomes]
        shown = [each.contract for each in associations if each.contract is not None]
        await self._load_contracts(session, shown, associations)
        await self.patients.load(session, associations)

    async def _load_contracts(
        self,
        session: AsyncSession,
        contracts: Collection[GpContractSnapshot],
        associations: Collection[PatientAssociationSnapshot],
    ) -> None:
        cycles = {cycle.id for each in contracts for cycle in reported(each.doctor_cycles, [])}
        cycles |= {cycle.id for each in associations for cycle in reported(each.cycles, [])}
        ids = {each.id for each in contracts} | {each.contract_id for each in associations}
        await self._contracts.load(session, ids | await current.contracts_of_cycles(session, cycles))
        for contract_id in self._contracts.records:
            self._parts.note_owners(contract_id)
        await self._teams.load(
            session, {team for each in contracts if (team := reported(each.team_id, None)) is not None}
        )
        offices = {each.office.organisation_number for each in contracts if each.office is not NOT_REPORTED}
        await self._offices.load(session, offices)

    def take(self, outcome: Outcome[GpContractSnapshot]) -> None:
        snapshot = outcome.snapshot
        former = self._contracts.row(snapshot.id)
        changed = self._take_contract(snapshot, outcome, whole=True)
        for index, patient in enumerate(reported(snapshot.patients, [])):
            changed = self.patients.take(patient, outcome, f"patients[{index}]") or changed
        if former is None or former["reference_only"]:
            outcome.result = Result.NEW
            self._codes.flag_retired(codes_of(snapshot), outcome)
        elif changed:
            outcome.result = Result.CHANGED

    def take_association(self, outcome: Outcome[PatientAssociationSnapshot]) -> None:
        """What the record shows of the contract is taken only when there is no record of the contract itself, which
        says more."""
        snapshot = outcome.snapshot
        former = self._contracts.row(snapshot.contract_id)
        known = self.patients.is_stored(snapshot)
        refused = len(outcome.refused)
        changed = self.patients.take(snapshot, outcome, "patient")
        if any(remark.path == "patient" for remark in outcome.refused[refused:]):
            reason = outcome.refused.pop()
            outcome.refuse(reason.rule, reason.path, reason.text)
            return
        shown = snapshot.contract
        if shown is not None and (former is None or former["reference_only"]):
            self._take_contract(shown, outcome, whole=False)
        elif former is None:
            self._announce(snapshot, outcome)
        before = self._contracts.copy_of(snapshot.contract_id)
        self._parts.take_cycles(snapshot.contract_id, reported(snapshot.cycles, []), outcome, whole=False)
        changed = changed or self._contracts.copy_of(snapshot.contract_id) != before
        if not known:
            outcome.result = Result.NEW
            self._codes.flag_retired(codes_of_association(snapshot), outcome)
        elif changed:
            outcome.result = Result.CHANGED

    def _take_contract(self, snapshot: GpContractSnapshot, outcome: Outcome[S], *, whole: bool) -> bool:
        contract_id = snapshot.id
        before = self._contracts.copy_of(contract_id)
        self._contracts.set_row(contract_id, self._row(snapshot, self._contracts.row(contract_id)))
        self._teams.announce(reported(snapshot.team_id, None), outcome, "team_id")
        self._take_coop_municipalities(snapshot, outcome)
        if snapshot.doctor_cycles is not NOT_REPORTED:
            self._parts.take_cycles(contract_id, snapshot.doctor_cycles, outcome, whole=whole)
        if snapshot.out_of_office is not NOT_REPORTED:
            self._parts.take_locations(contract_id, snapshot.out_of_office, outcome)
        office_changed = self._offices.take(snapshot, outcome)
        return self._contracts.copy_of(contract_id) != before or office_changed

    def _take_coop_municipalities(self, snapshot: GpContractSnapshot, outcome: Outcome[S]) -> None:
        """The contract's own municipality is never one of them, whether either was reported or was stored before."""
        contract_id = snapshot.id
        if snapshot.coop_municipalities is NOT_REPORTED:
            keys = [row["municipality"] for row in self._contracts.rows(contract_id, CoopMunicipality).values()]
        else:
            keys = self._codes.keys(snapshot.coop_municipalities, MUNICIPALITIES)
        own = (self._contracts.row(contract_id) or {})["municipality"]
        if own in keys:
            text = "names the contract's own municipality, which was left out"
            outcome.flag("own-municipality", "coop_municipalities", text)
        others = [{"contract_id": contract_id, "municipality": key} for key in keys if key != own]
        self._contracts.set_rows(contract_id, CoopMunicipality, others)

    def _row(self, snapshot: GpContractSnapshot, former: Row | None) -> Row:
        """What is not reported stays as it is stored; for a new contract it is null, 0 or false."""
        stored = former or _reference_row(snapshot.id, snapshot.valid_from)
        row = {name: reported(getattr(snapshot, name), stored[name]) for name in REPORTED_AS_STORED}
        for name, system in CODED.items():
            code = getattr(snapshot, name)
            row[name] = stored[name] if code is NOT_REPORTED else self._codes.key(code, system)
        return row | {
            "id": snapshot.id,
            "reference_only": False,
            "name": reported(snapshot.name, stored["name"]) or None,
            "valid_from": snapshot.valid_from,
            "valid_to": snapshot.valid_to,
        }

    def _announce(self, snapshot: PatientAssociationSnapshot, outcome: Outcome[S]) -> None:
        self._contracts.set_row(snapshot.contract_id, _reference_row(snapshot.contract_id, snapshot.valid_from))
        outcome.announced += 1
        outcome.flag("reference-announced", "contract_id", f"contract {snapshot.contract_id} is not held yet")

    def write(self, writes: Writes) -> None:
        """Writes each contract under one entry, its patients and new persons included. Stored persons who change get
        entries of their own."""
        self._write_others(writes)
        lists = self.patients.by_contract()
        for contract_id in {**self._contracts.records, **lists}:
            record, patients = self._contracts.records.get(contract_id), lists.get(contract_id)
            if patients is None and (record is None or not record.differs):
                continue
            action = (
                self._contracts.action(contract_id, "GpContract")
                if record and record.differs
                else "GpContractPatientsLoaded"
            )
            under = writes.entry(Register.GP_LISTS, str(contract_id), action)
            if record is not None:
                writes.compare(record, under=under)
            if patients is not None:
                for person_id in patients.persons:
                    self.patients.persons.write_new(writes, person_id, under=under)
                writes.compare(patients.record, under=under)
        self.patients.persons.write(writes)

    def write_associations(self, writes: Writes) -> None:
        """Writes each association, and each contract and stored person that changes, under an entry of its own."""
        self._write_others(writes)
        for contract_id, record in self._contracts.records.items():
            if record.differs:
                under = writes.entry(
                    Register.GP_LISTS, str(contract_id), self._contracts.action(contract_id, "GpContract")
                )
                writes.compare(record, under=under)
        self.patients.write_each(writes)

    def _write_others(self, writes: Writes) -> None:
        self._teams.write(writes)
        self._offices.write(writes)


def _reference_row(contract_id: GpContractId, valid_from: datetime) -> Row:
    """The row of a contract known only because another record names it."""
    return {
        **empty_row(GpContract),
        "id": contract_id,
        "reference_only": True,
        "max_patients": 0,
        "patients_on_waiting_list": 0,
        "common_list": False,
        "fixed_salary": False,
        "valid_from": valid_from,
    }

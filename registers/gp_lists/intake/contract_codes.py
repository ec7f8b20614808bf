"""The codes that a contract, or an association reported by itself, brings with it: each with its path in the record."""

from collections.abc import Iterable, Iterator

from registers.code_systems.intake.codes import ReportedCode
from registers.core.code_systems import (
    CITY_DISTRICTS,
    DOCTOR_RELATIONSHIPS,
    ELECTRONIC_ADDRESS_TYPES,
    END_REASONS,
    LIST_MEMBERSHIPS,
    LIST_STATUSES,
    MUNICIPALITIES,
    PHYSICAL_ADDRESS_TYPES,
)
from registers.gp_lists.intake.patients import codes_of as codes_of_patient
from registers.gp_lists.intake.snapshot import (
    DoctorCycleSnapshot,
    GpContractSnapshot,
    OutOfOfficeSnapshot,
    PatientAssociationSnapshot,
)
from registers.intake.snapshot import NOT_REPORTED, reported

CODED = {
    "status": LIST_STATUSES,
    "municipality": MUNICIPALITIES,
    "requires_membership": LIST_MEMBERSHIPS,
    "end_reason": END_REASONS,
}
"""Code systems of a contract's own fields."""


def codes_of(snapshot: GpContractSnapshot, path: str = "") -> Iterator[ReportedCode]:
    for name, system in CODED.items():
        yield f"{path}{name}", getattr(snapshot, name), system
    for code in reported(snapshot.coop_municipalities, []):
        yield f"{path}coop_municipalities", code, MUNICIPALITIES
    if snapshot.office is not NOT_REPORTED:
        yield f"{path}office/district", snapshot.office.district, CITY_DISTRICTS
    yield from _codes_of_cycles(reported(snapshot.doctor_cycles, []), f"{path}doctor_cycles")
    yield from _codes_of_locations(reported(snapshot.out_of_office, []), f"{path}out_of_office")
    for index, patient in enumerate(reported(snapshot.patients, [])):
        yield from codes_of_patient(patient, f"{path}patients[{index}]")


def codes_of_association(snapshot: PatientAssociationSnapshot) -> Iterator[ReportedCode]:
    yield from codes_of_patient(snapshot, "patient")
    yield from _codes_of_cycles(reported(snapshot.cycles, []), "doctor_cycles")
    if snapshot.contract is not None:
        yield from codes_of(snapshot.contract, "contract/")


def _codes_of_cycles(cycles: Iterable[DoctorCycleSnapshot], path: str) -> Iterator[ReportedCode]:
    for index, cycle in enumerate(cycles):
        yield f"{path}[{index}]/relationship", cycle.relationship, DOCTOR_RELATIONSHIPS


def _codes_of_locations(locations: Iterable[OutOfOfficeSnapshot], path: str) -> Iterator[ReportedCode]:
    for index, location in enumerate(locations):
        for address in location.addresses:
            yield f"{path}[{index}]/addresses", address.type, PHYSICAL_ADDRESS_TYPES
        for contact in location.contacts:
            yield f"{path}[{index}]/contacts", contact.type, ELECTRONIC_ADDRESS_TYPES

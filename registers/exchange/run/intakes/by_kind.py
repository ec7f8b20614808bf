"""Which intake takes which kind of record."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from registers.code_systems.intake.codes import StoredCodes
from registers.communication_parties.intake.snapshot import PartySnapshot
from registers.communication_parties.x509 import CertificateSnapshot
from registers.exchange.recognise import Record
from registers.exchange.run.intakes.gp_lists import AssociationRecords, ContractRecords, PersonRecords, TeamRecords
from registers.exchange.run.intakes.intake import Intake, PlainRecords
from registers.exchange.run.intakes.parties import CertificateRecords, PartyRecords
from registers.gp_lists.intake.snapshot import (
    GpContractSnapshot,
    PatientAssociationSnapshot,
    PatientPersonSnapshot,
    TeamSnapshot,
)
from registers.organisations.intake import organisations, resh_units
from registers.organisations.intake.snapshot import OrganisationSnapshot, ReshUnitSnapshot
from registers.personnel.intake import professionals
from registers.personnel.intake.snapshot import HealthProfessionalSnapshot


def _organisations(codes: StoredCodes, now: datetime) -> Intake[OrganisationSnapshot]:
    return PlainRecords(codes, organisations.codes_of, organisations.OrganisationIntake(codes))


def _resh_units(codes: StoredCodes, now: datetime) -> Intake[ReshUnitSnapshot]:
    return PlainRecords(codes, resh_units.codes_of, resh_units.ReshIntake(codes))


def _professionals(codes: StoredCodes, now: datetime) -> Intake[HealthProfessionalSnapshot]:
    return PlainRecords(codes, professionals.codes_of, professionals.ProfessionalIntake(codes, now))


INTAKES: Mapping[type[Record], Callable[[StoredCodes, datetime], Intake[Any]]] = {
    OrganisationSnapshot: _organisations,
    ReshUnitSnapshot: _resh_units,
    PartySnapshot: PartyRecords,
    CertificateSnapshot: CertificateRecords,
    HealthProfessionalSnapshot: _professionals,
    GpContractSnapshot: ContractRecords,
    PatientAssociationSnapshot: AssociationRecords,
    PatientPersonSnapshot: PersonRecords,
    TeamSnapshot: TeamRecords,
}
"""`Any`: the records of a batch are of one kind, which no type can tell once it is drawn from this table."""

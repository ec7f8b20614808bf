"""What tells the records of the registers apart: register, key and the interface that reports them."""

from hashlib import sha256
from secrets import token_bytes
from typing import TypeVar

from registers.changelog.append import Register
from registers.communication_parties.intake.snapshot import PartySnapshot
from registers.communication_parties.models import PartyKind
from registers.communication_parties.x509 import CertificateSnapshot
from registers.exchange.recognise import Record
from registers.gp_lists.intake.snapshot import (
    GpContractSnapshot,
    PatientAssociationSnapshot,
    PatientPersonSnapshot,
    TeamSnapshot,
)
from registers.gp_lists.log_keys import association_key, team_key
from registers.intake.snapshot import NOT_REPORTED
from registers.organisations.intake.snapshot import OrganisationSnapshot, ReshUnitSnapshot
from registers.organisations.log_keys import log_key
from registers.personnel.intake.snapshot import HealthProfessionalSnapshot

Identity = tuple[str, str, str]
"""Register, key of the record in the log, interface."""

R = TypeVar("R", bound=Record)

_SECRET = token_bytes(32)


def identity(record: Record) -> Identity:
    """The key is never a national id. Where a record has no other, it is a digest that only this process can make:
    the database knows the key to store it under (see `Intake.stored_key`)."""
    match record:
        case PartySnapshot():
            register, key = Register.COMMUNICATION_PARTIES, str(record.her_id)
        case CertificateSnapshot():
            register, key = Register.COMMUNICATION_PARTIES, record.thumbprint
        case OrganisationSnapshot():
            register, key = Register.ORGANISATIONS, record.organisation_number
        case ReshUnitSnapshot():
            register, key = Register.ORGANISATIONS, log_key(record.resh_id)
        case HealthProfessionalSnapshot():
            register, key = Register.PERSONNEL, str(record.hpr_number)
        case GpContractSnapshot():
            register, key = Register.GP_LISTS, str(record.id)
        case PatientAssociationSnapshot(id=int(own_id)):
            register, key = Register.GP_LISTS, association_key(own_id)
        case PatientAssociationSnapshot():
            text = f"{record.national_id} {record.contract_id} {record.valid_from}"
            register, key = Register.GP_LISTS, _of_this_process(text)
        case PatientPersonSnapshot():
            register, key = Register.GP_LISTS, _of_this_process(record.national_id)
        case TeamSnapshot():
            register, key = Register.GP_LISTS, team_key(record.id)
    return register.value, key, record.interface


def _of_this_process(text: str) -> str:
    return sha256(_SECRET + text.encode()).hexdigest()


def parent_of(record: Record) -> Identity | None:
    """The record of the same interface that decides what this one means: where a party leaves open whether an
    address or certificate is its own or inherited, its parent's record says so."""
    if not isinstance(record, PartySnapshot) or record.parent is None or record.kind is PartyKind.ORGANISATION:
        return None
    addresses = (*record.electronic_addresses, *record.physical_addresses)
    if record.certificates is NOT_REPORTED and all(each.inherited is not None for each in addresses):
        return None
    return party_identity(record.parent.her_id, record.interface)


def party_identity(her_id: int, interface: str) -> Identity:
    return Register.COMMUNICATION_PARTIES.value, str(her_id), interface

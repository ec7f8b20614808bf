"""A patient's association with a list: PatientToGPContractAssociation, alone or in a contract's PatientList."""

from datetime import datetime

from registers.core.code_systems import BEGIN_REASONS, END_REASONS, SEXES
from registers.core.identifiers import GpContractId, NationalId
from registers.exchange.errors import Unreadable
from registers.exchange.formats.flr.doctors import doctor_cycles, same_contract
from registers.exchange.formats.flr.values import contract_id, optional_id, protection, validity
from registers.exchange.reading import values
from registers.exchange.reading.node import Node
from registers.exchange.reading.parts import reported
from registers.exchange.reading.times import birth_and_death, optional_instant
from registers.exchange.reading.values import national_id
from registers.gp_lists.intake.snapshot import PatientAssociationSnapshot, PersonSnapshot
from registers.intake.snapshot import NOT_REPORTED, NotReported


def association(
    node: Node, position: str, *, interface: str, of: GpContractId | None = None
) -> PatientAssociationSnapshot:
    """`of`: the contract in whose list it stands. Raises Unreadable without patient, contract or period."""
    changed_at = optional_instant(node, "UpdatedOn")
    number, holds = _national_id(node)
    contract = _contract_id(node, of)
    valid_from, valid_to = validity(node, "Period")
    return PatientAssociationSnapshot(
        interface=interface,
        position=position,
        changed_at=changed_at,
        id=optional_id(node, "Id"),
        contract_id=contract,
        national_id=number,
        national_id_holds=holds,
        person=_person(node.node("Patient"), changed_at),
        valid_from=valid_from,
        valid_to=valid_to,
        begin_code=reported(node, "BeginCode", lambda inner, key: values.code(inner, key, BEGIN_REASONS)),
        end_code=reported(node, "EndCode", lambda inner, key: values.code(inner, key, END_REASONS)),
        gp_her_id=values.her_id(node, "GPHerId"),
        cycles=doctor_cycles(node, "DoctorCycles", contract),
        flags=node.remarks.flags,
        refused=node.remarks.refused,
    )


def _contract_id(node: Node, of: GpContractId | None) -> GpContractId:
    """Raises Unreadable when there is none: a look-up may answer with patient and HER-id alone, which is no record."""
    if of is not None:
        return same_contract(node, of)
    found = contract_id(node, "GPContractId") or contract_id(node.node("GPContract"), "Id")
    if found is None:
        absent = {"id": optional_id(node, "Id") is None, "contract": True, "period": not node.node("Period")}
        missing = ", no ".join(name for name, is_absent in absent.items() if is_absent)
        raise Unreadable("association-without-contract", f"the answer has no {missing}")
    return found


def _national_id(node: Node) -> tuple[NationalId, bool]:
    stated = national_id(node, "PatientNIN")
    of_person = "".join((node.node("Patient").text("NIN") or "").split())
    found = stated or national_id(node.node("Patient"), "NIN")
    if found is None:
        raise Unreadable("national-id-missing", "the patient has no readable national id")
    if stated and of_person and of_person != stated[0]:
        node.flag("national-ids-differ", "Patient.NIN", "is not the number that the association names")
    return found


def _person(patient: Node, changed_at: datetime | None) -> PersonSnapshot | NotReported:
    if not patient:
        return NOT_REPORTED
    born_on, died_on = birth_and_death(patient, "DateOfBirth", "DateOfDeath")
    return PersonSnapshot(
        first_name=reported(patient, "FirstName", Node.text),
        middle_name=reported(patient, "MiddleName", Node.text),
        last_name=reported(patient, "LastName", Node.text),
        born_on=born_on,
        died_on=died_on,
        sex=reported(patient, "Sex", lambda inner, key: values.code(inner, key, SEXES)),
        protection=protection(patient, changed_at),
    )

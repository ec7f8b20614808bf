"""Reads GP contracts of Fastlegeregisteret, and the associations of patients with them.

    flr-contracts   GPContract, alone, in lists and pages, in SOAP answers and in the files of an export
    flr-patient     PatientToGPContractAssociation, likewise

JSON and XML alike. A contract or patient list that an answer leaves out or shows as null is not reported.
"""

from collections.abc import Iterator, Set

from registers.exchange.formats.flr.contract import contract, nested_contract
from registers.exchange.formats.flr.patient import association
from registers.exchange.reading.documents import Broken, Document
from registers.exchange.reading.files import Source
from registers.exchange.reading.records import documents, records
from registers.gp_lists.intake.snapshot import GpContractSnapshot, PatientAssociationSnapshot

CONTRACTS = "flr-contracts"
PATIENTS = "flr-patient"
# XML elements whose content belongs to the record around them
IN_CONTRACT = frozenset({"doctorcycles", "gpoffice", "outofofficeoffices", "patientlist"})
IN_ASSOCIATION = frozenset({"doctorcycles", "gpcontract", "patient"})

_OF_CONTRACTS = {
    "agreementdate",
    "coopmunicipalities",
    "gpofficeorganizationnumber",
    "isfixedsalary",
    "maxpatients",
    "outofofficeoffices",
    "participatesoncommonlist",
    "patientlist",
    "patientsonwaitinglist",
}


def is_contract(keys: Set[str]) -> bool:
    """A contract, whose id may stand behind long lists and beyond the keys seen so far."""
    return not keys.isdisjoint(_OF_CONTRACTS)


def is_association(keys: Set[str]) -> bool:
    """An association, or the answer of a look-up, which has no more than patient and HER-id."""
    return "patientnin" in keys or {"gpcontractid", "period"} <= keys


def read_contracts(source: Source) -> Iterator[GpContractSnapshot | Broken]:
    return records(documents(source, is_contract, within=IN_CONTRACT), _contract)


def read_patients(source: Source) -> Iterator[PatientAssociationSnapshot | Broken]:
    return records(documents(source, is_association, within=IN_ASSOCIATION), _association)


def _contract(document: Document) -> GpContractSnapshot:
    return contract(document.node, document.position, interface=CONTRACTS)


def _association(document: Document) -> PatientAssociationSnapshot:
    node, position = document.node, document.position
    found = association(node, position, interface=PATIENTS)
    found.contract = nested_contract(node, position, interface=PATIENTS, of=found.contract_id)
    return found

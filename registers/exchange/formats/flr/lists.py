"""Reads GP contracts and patients' places on them as Fastlegeregisteret gives them.

    flr-contracts   GPContract, alone, in lists and pages, in SOAP answers and in the files of an export
    flr-patient     PatientToGPContractAssociation, likewise

JSON and XML alike. A contract or patient list that an answer leaves out or shows as null is not said.
"""

from collections.abc import Iterator, Set

from registers.exchange.formats.flr.contract import contract, nested_contract
from registers.exchange.formats.flr.patient import association
from registers.exchange.reading.documents import Broken, Document, Writing, attempt, json_documents, writing
from registers.exchange.reading.files import Source
from registers.exchange.reading.xml_documents import xml_documents
from registers.gp_lists.intake.snapshot import GpContractSnapshot, PatientAssociationSnapshot

CONTRACTS = "flr-contracts"
PATIENTS = "flr-patient"
IN_CONTRACT = frozenset({"doctorcycles", "gpoffice", "outofofficeoffices", "patientlist"})
IN_ASSOCIATION = frozenset({"doctorcycles", "gpcontract", "patient"})  # elements that belong to the record around

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
    """A contract. One whose long lists come first may not have shown its id yet."""
    return not keys.isdisjoint(_OF_CONTRACTS)


def is_association(keys: Set[str]) -> bool:
    """An association, or the answer of a look-up that holds no more than patient and HER-id."""
    return "patientnin" in keys or {"gpcontractid", "period"} <= keys


def read_contracts(source: Source) -> Iterator[GpContractSnapshot | Broken]:
    if writing(source) is Writing.XML:
        documents = xml_documents(source, is_contract, apart=IN_CONTRACT)
    else:
        documents = json_documents(source, is_contract)
    for document in documents:
        yield document if isinstance(document, Broken) else attempt(document.position, _contract, document)


def read_patients(source: Source) -> Iterator[PatientAssociationSnapshot | Broken]:
    if writing(source) is Writing.XML:
        documents = xml_documents(source, is_association, apart=IN_ASSOCIATION)
    else:
        documents = json_documents(source, is_association)
    for document in documents:
        yield document if isinstance(document, Broken) else attempt(document.position, _association, document)


def _contract(document: Document) -> GpContractSnapshot:
    return contract(document.node, document.position, interface=CONTRACTS)


def _association(document: Document) -> PatientAssociationSnapshot:
    node, position = document.node, document.position
    found = association(node, position, interface=PATIENTS)
    found.contract = nested_contract(node, position, interface=PATIENTS, of=found.contract_id)
    return found

"""Reads doctors with their contracts (GPDetails), as FLR gives them: JSON and XML.

    {HprNumber, GP, Languages, Contracts: [GPOnContractAssociation with its GPContract]}

Each contract is a record, with the doctor's own period on it beside: other doctors may have periods on
it too. The doctor's person and languages belong to other registers and are left alone.
"""

from collections.abc import Iterator, Set

from registers.exchange.formats.flr.contract import contract
from registers.exchange.formats.flr.doctors import doctor_cycle
from registers.exchange.formats.parts import part
from registers.exchange.reading.documents import Broken, Document, Writing, attempt, json_documents, writing
from registers.exchange.reading.files import Source
from registers.exchange.reading.node import Node, Unreadable
from registers.exchange.reading.xml_documents import xml_documents
from registers.gp_lists.intake.snapshot import GpContractSnapshot

INTERFACE = "flr-gp"
WITHIN = frozenset({"contracts", "gp", "languages"})  # elements that belong to the doctor around them


def is_doctor(keys: Set[str]) -> bool:
    return {"hprnumber", "contracts"} <= keys


def read(source: Source) -> Iterator[GpContractSnapshot | Broken]:
    if writing(source) is Writing.XML:
        documents = xml_documents(source, is_doctor, apart=WITHIN)
    else:
        documents = json_documents(source, is_doctor)
    for document in documents:
        if isinstance(document, Broken):
            yield document
        else:
            yield from _contracts(document)


def _contracts(document: Document) -> Iterator[GpContractSnapshot | Broken]:
    for each in document.node.nodes("Contracts"):
        position = f"{document.position}/{each.path}"
        yield attempt(position, _contract, Node(each.values), position)


def _contract(cycle: Node, position: str) -> GpContractSnapshot:
    shown = cycle.node("GPContract")
    if not shown:
        raise Unreadable("cycle-without-contract", "the doctor's period comes without its contract")
    found = contract(Node(shown.values), f"{position}/GPContract", interface=INTERFACE)
    reported = part(cycle, lambda node: doctor_cycle(node, found.id))
    found.further_cycles = [reported] if reported else []
    found.flags += cycle.remarks.flags
    found.refused += cycle.remarks.refused
    return found

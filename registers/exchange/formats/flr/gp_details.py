"""Reads doctors with their contracts (GPDetails of FLR): JSON and XML.

    {HprNumber, GP, Languages, Contracts: [GPOnContractAssociation with its GPContract]}

Each contract is a record, and the doctor's own cycle one of its further cycles: other doctors may have cycles on
it too. The doctor's person and languages belong to other registers and are ignored.
"""

from collections.abc import Iterator, Set

from registers.exchange.errors import Unreadable
from registers.exchange.formats.flr.contract import contract
from registers.exchange.formats.flr.doctors import doctor_cycle
from registers.exchange.reading.documents import Broken, Document
from registers.exchange.reading.files import Source
from registers.exchange.reading.node import Node
from registers.exchange.reading.parts import part
from registers.exchange.reading.records import attempt, documents, records_within
from registers.gp_lists.intake.snapshot import GpContractSnapshot

INTERFACE = "flr-gp"
WITHIN = frozenset({"contracts", "gp", "languages"})  # elements that belong to the doctor around them


def is_doctor(keys: Set[str]) -> bool:
    return {"hprnumber", "contracts"} <= keys


def read(source: Source) -> Iterator[GpContractSnapshot | Broken]:
    return records_within(documents(source, is_doctor, within=WITHIN), _contracts)


def _contracts(document: Document) -> Iterator[GpContractSnapshot | Broken]:
    for each in document.node.nodes("Contracts"):
        position = f"{document.position}/{each.path}"
        yield attempt(position, _contract, Node(each.values), position)


def _contract(node: Node, position: str) -> GpContractSnapshot:
    shown = node.node("GPContract")
    if not shown:
        raise Unreadable("cycle-without-contract", "the doctor's period comes without its contract")
    found = contract(Node(shown.values), f"{position}/GPContract", interface=INTERFACE)
    cycle = part(node, lambda inner: doctor_cycle(inner, found.id))
    found.further_cycles = [cycle] if cycle else []
    found.flags += node.remarks.flags
    found.refused += node.remarks.refused
    return found

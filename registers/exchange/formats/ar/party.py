"""What both interfaces of Adresseregisteret leave to their readers in the same way."""

from registers.core.identifiers import HerId
from registers.exchange.reading.node import Node
from registers.intake.snapshot import CodeValue


def named(node: Node, her_id: HerId, service_type: CodeValue | None) -> str:
    """The party's name; where it is missing, what it would be called by, with a flag."""
    if name := node.text("name"):
        return name
    node.flag("name-missing", "name", "has no name and is called by what else is known of it")
    service = service_type.display if service_type else None
    return node.text("displayName") or service or f"HER-id {her_id}"

"""What both interfaces of Adresseregisteret have in common."""

from registers.core.identifiers import HerId
from registers.exchange.reading.node import Node
from registers.intake.snapshot import CodeValue

# Rule and reason of a party that is unreadable.
NO_KIND = ("type-missing", "the party is neither organisation, service nor person")
NO_PARENT = ("parent-missing", "the service or person names no organisation above it")


def name_of(node: Node, her_id: HerId, service_type: CodeValue | None) -> str:
    """The party's name. Where it is missing, with a flag, its display name, service type or HER-id."""
    if name := node.text("name"):
        return name
    node.flag("name-missing", "name", "has no name and is called by what else is known of it")
    service = service_type.display if service_type else None
    return node.text("displayName") or service or f"HER-id {her_id}"

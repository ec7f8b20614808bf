"""Trails of records asked for through GraphQL."""

from typing import Any

from registers.core.caller import Caller, Role
from registers.database.database import Database
from tests.conftest import EDITOR, asking

CHANGES = "nodes { action more changes { part key field old new } }"
PARTY = f"""query ($key: HerId!, $asOf: AsOf) {{
  record: communicationParty(herId: $key, asOf: $asOf) {{ history {{ {CHANGES} }} }} }}"""
PROFESSIONAL = (
    f"query ($key: HprNumber!) {{ record: healthProfessional(hprNumber: $key) {{ history {{ {CHANGES} }} }} }}"
)
CONTRACT = f"query ($key: GpContractId!) {{ record: gpContract(id: $key) {{ history {{ {CHANGES} }} }} }}"

Trail = list[tuple[str, list[tuple[str | None, ...]]]]


async def trail(database: Database, document: str, *, caller: Caller = EDITOR, **variables: Any) -> Trail:
    """(action, changes) of each entry of a record, newest first; a change is (part, key, field, old, new)."""
    data = await asking(database, caller=caller)(document, **variables)
    entries = data["record"]["history"]["nodes"]
    assert not any(entry["more"] for entry in entries)
    return [(entry["action"], [tuple(change.values()) for change in entry["changes"]]) for entry in entries]


def as_(role: Role) -> Caller:
    return Caller(role.value, role)

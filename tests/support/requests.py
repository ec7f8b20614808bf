"""Edits of any register as an editor sends them, and how their payloads are read."""

from collections.abc import Awaitable, Callable
from typing import Any

from tests.conftest import Ask
from tests.support.provoking import ERRORS

ANY = 10**9
"""As expected entry: nothing is newer, so that no edit is stale."""

ENTRIES = "impact { entries { entry key action } }"
Payload = dict[str, Any]
Request = Callable[..., Awaitable[Payload]]


def mutation(field: str, record: str, *, impact: str = ENTRIES, beside: str = "", **types: str) -> str:
    """The document of an edit with arguments of these types, and with `dryRun` and `reason`. It answers with the
    `record`, the entry, the `impact` and the user errors. `beside` is answered after the edit."""
    types |= {"dryRun": "Boolean", "reason": "String"}
    declared = ", ".join(f"${name}: {type_}" for name, type_ in types.items())
    passed = ", ".join(f"{name}: ${name}" for name in types)
    return f"mutation ({declared}) {{ {field}({passed}) {{ {record} entry {impact} {ERRORS} }} {beside} }}"


def request(field: str, record: str, **types: str) -> Request:
    """A function that sends an edit with arguments of these types: `send(edit, argument=value, …)`. It returns the
    payload."""
    document = mutation(field, record, **types)

    async def send(edit: Ask, **variables: Any) -> Payload:
        return (await edit(document, **variables))[field]

    return send


def refused(payload: Payload) -> list[tuple[str, str]]:
    """(rule, path) of each refusal."""
    return [(error["rule"], ".".join(error["path"])) for error in payload["userErrors"]]


def entries(payload: Payload) -> list[tuple[str, str]]:
    """(key, action) of each entry that a dry run would have written."""
    return [(entry["key"], entry["action"]) for entry in payload["impact"]["entries"]]

"""Edits of code systems as an editor writes them."""

from typing import Any

from tests.conftest import Ask
from tests.support.provoking import ERRORS

CODE = "code { system value display active validTo lastEntry }"
ADD = f"""mutation ($system: String!, $value: String!, $input: CodeAddInput!, $key: UUID, $dryRun: Boolean = false,
                    $reason: String) {{
  codeAdd(system: $system, value: $value, input: $input, idempotencyKey: $key, dryRun: $dryRun, reason: $reason) {{
    {CODE} entry impact {{ entries {{ entry register key action caller reason }} }} {ERRORS}
  }}
}}"""
RETIRE = f"""mutation ($system: String!, $value: String!, $expected: EntryNumber!, $validTo: Date) {{
  codeRetire(system: $system, value: $value, expectedEntry: $expected, validTo: $validTo) {{ {CODE} entry {ERRORS} }}
}}"""
READ = f"""query ($oid: String!, $value: String!) {{
  codeSystem(oid: $oid) {{ {CODE.replace("code", "code(value: $value)", 1)} }}
}}"""


async def added(edit: Ask, value: str = "KX99", *, display: str = "Prøvetjeneste", **more: Any) -> dict[str, Any]:
    """Payload of adding a service type."""
    asked = {"system": "8666", "input": {"display": display}} | more
    return (await edit(ADD, value=value, **asked))["codeAdd"]


async def retired(edit: Ask, value: str, expected: int, **more: Any) -> dict[str, Any]:
    return (await edit(RETIRE, **{"system": "8666", "value": value, "expected": expected} | more))["codeRetire"]

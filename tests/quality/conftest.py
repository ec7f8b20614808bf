"""Empty registers for every test, and what one rule finds in them."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from registers.database.database import Database
from tests.conftest import asking
from tests.quality.builders import Registers

FINDINGS = """query ($rule: [String!], $asOf: AsOf) {
  dataQuality(rule: $rule, examples: 100, asOf: $asOf) { rule count register examples { key register text } }
}"""
Found = Callable[..., Awaitable[list[tuple[str, str]]]]


@pytest.fixture
def registers() -> Registers:
    return Registers()


@pytest.fixture
def found(database: Database, registers: Registers) -> Found:
    """Writes what was gathered; the (key, text) of all that breaks a rule, asked for by anybody."""
    ask = asking(database)

    async def found(rule: str, **as_of: Any) -> list[tuple[str, str]]:
        await registers.write(database)
        [finding] = (await ask(FINDINGS, rule=[rule], asOf=as_of))["dataQuality"]
        assert finding["rule"] == rule
        assert finding["count"] == len(finding["examples"])
        return [(example["key"], example["text"]) for example in finding["examples"]]

    return found

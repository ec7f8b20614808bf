"""Requests that break a rule, by its number. Each register lists its own in `refusals.py`."""

from collections.abc import Awaitable, Callable
from typing import Any

from registers.database.database import Database
from tests.conftest import Ask

Answer = dict[str, Any]
Provoke = Callable[[Ask, Database], Awaitable[Answer]]
PROVOKED: dict[str, Provoke] = {}
ERRORS = "userErrors { code rule path value message }"


def provokes(number: str) -> Callable[[Provoke], Provoke]:
    """Marks a request that must be refused by the rule; it returns the payload."""

    def mark(provoke: Provoke) -> Provoke:
        assert number not in PROVOKED, f"{number} is provoked twice"
        PROVOKED[number] = provoke
        return provoke

    return mark

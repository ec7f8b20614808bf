"""Random edits against a plain Python model: what every register's machine stands on.

A register's machine inherits from `EditingMachine` and names its rules and bundles after itself, so that one machine
can inherit from all of them and edit all registers in one run.
"""

import asyncio
import itertools
import os
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

import asyncpg
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from registers.database.database import Database
from registers.embedded.postgres import EmbeddedPostgres
from tests.conftest import EDITOR, asking, copy_of

T = TypeVar("T")
Answer = dict[str, Any]
numbers = itertools.count(1)


class EditingMachine(RuleBasedStateMachine):
    """Edits a database of its own as an editor. `edit` and `ask` are one: they run an operation and return its data."""

    def __init__(self, postgres: EmbeddedPostgres, template: str) -> None:
        super().__init__()
        self._runner = asyncio.Runner()
        self._postgres = postgres
        self._name = f"editing_{os.getpid()}_{next(numbers)}"
        self.database = Database(self.await_(copy_of(postgres, template, self._name)))
        self._ask = asking(self.database, caller=EDITOR)

    def await_(self, coroutine: Coroutine[Any, Any, T]) -> T:
        return self._runner.run(coroutine)

    def edit(self, document: str, **variables: Any) -> Answer:
        return self.await_(self._ask(document, **variables))  # pyright: ignore[reportArgumentType]

    ask = edit

    def teardown(self) -> None:
        self.await_(self.database.close())
        self._execute(f'DROP DATABASE "{self._name}" WITH (FORCE)')
        self._runner.close()

    def _execute(self, statement: str) -> None:
        async def execute() -> None:
            connection = await asyncpg.connect(self._postgres.url_of("postgres").replace("+asyncpg", ""))
            await connection.execute(statement)
            await connection.close()

        self.await_(execute())


def rules_of(payload: Answer) -> list[str]:
    """Numbers of the rules that refused, sorted; empty = the edit is made."""
    return sorted({error["rule"] for error in payload["userErrors"]})


def run(machine: Callable[..., EditingMachine], postgres: EmbeddedPostgres, template: str, *, steps: int) -> None:
    """At least `steps` random edits in all, in runs of fifty."""
    each = min(steps, 50)
    run_state_machine_as_test(
        lambda: machine(postgres, template),  # pyright: ignore[reportArgumentType] - a function does as well
        settings=settings(
            max_examples=-(-steps // each),
            stateful_step_count=each,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
        ),
    )

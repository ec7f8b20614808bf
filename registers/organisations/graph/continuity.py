"""Which organisations and RESH units took the place of others, at one instant."""

from collections.abc import Iterable
from typing import TypeVar

from registers.api.graph.context import Info
from registers.api.graph.edges import Edge
from registers.core.succession import Step, chain
from registers.core.validity import Instant

K = TypeVar("K")

PATH = "Every step to those that have taken its place by now, the nearest first; empty = none has."
PATH_HERE = "Every step that led to it by now, the nearest first; empty = it took nobody's place."


async def chain_from(info: Info, steps: Edge[K, list[Step[K]]], key: K, instant: Instant) -> list[Step[K]]:
    """Steps on from `key`, the nearest first."""
    return chain(key, _taken(await info.context.load(steps, instant, key), instant))


async def chain_to(info: Info, steps: Edge[K, list[Step[K]]], key: K, instant: Instant) -> list[Step[K]]:
    """Steps that lead to `key`, the nearest first."""
    taken = _taken(await info.context.load(steps, instant, key), instant)
    backwards = chain(key, (step.reversed() for step in taken))
    return [step.reversed() for step in backwards]


def _taken(steps: Iterable[Step[K]] | None, instant: Instant) -> list[Step[K]]:
    return [step for step in steps or () if step.valid_from is None or step.valid_from <= instant.valid_at]

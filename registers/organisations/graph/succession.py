"""The chains of successions that an organisation or a RESH unit is part of, as they stand at an instant."""

from collections.abc import Iterable
from typing import TypeVar

from registers.api.graph.context import Info
from registers.api.graph.edges import Edge
from registers.core.succession import Step, chain
from registers.core.validity import Instant

K = TypeVar("K")

PATH = "Every step to those that have taken its place by now, the nearest first; empty = none has."
PATH_HERE = "Every step that led to it by now, the nearest first; empty = it took nobody's place."


async def chain_from(info: Info, successions: Edge[K, list[Step[K]]], key: K, instant: Instant) -> list[Step[K]]:
    """The steps from `key` to its successors and theirs, the nearest first."""
    return chain(key, _happened(await info.context.load(successions, instant, key), instant))


async def chain_to(info: Info, successions: Edge[K, list[Step[K]]], key: K, instant: Instant) -> list[Step[K]]:
    """The steps to `key` from its predecessors and theirs, the nearest first."""
    steps = _happened(await info.context.load(successions, instant, key), instant)
    backwards = chain(key, (step.reversed() for step in steps))
    return [step.reversed() for step in backwards]


def _happened(steps: Iterable[Step[K]] | None, instant: Instant) -> list[Step[K]]:
    return [step for step in steps or () if step.valid_from is None or step.valid_from <= instant.valid_at]

"""Identifiers that were replaced by others, and the chain of successors from an old one to today's."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Generic, TypeVar

from registers.core.identifiers import EntryNumber

K = TypeVar("K")


class SuccessionKind(Enum):
    """How an identifier replaced another."""

    MERGED = "MERGED"
    SPLIT = "SPLIT"
    MOVED = "MOVED"
    RENUMBERED = "RENUMBERED"


@dataclass(frozen=True, slots=True)
class Step(Generic[K]):
    """`before` was succeeded by `after`, from `valid_from` on; None = the source does not report when."""

    kind: SuccessionKind
    before: K
    after: K
    valid_from: datetime | None
    entry: EntryNumber

    def reversed(self) -> "Step[K]":
        return Step(self.kind, self.after, self.before, self.valid_from, self.entry)


def chain(start: K, steps: Iterable[Step[K]]) -> list[Step[K]]:
    """The steps from `start` to its successors and theirs, the nearest first, none twice."""
    following: dict[K, list[Step[K]]] = defaultdict(list)
    for step in steps:
        following[step.before].append(step)
    passed, reached = [], [start]
    for key in reached:
        for step in following.pop(key, ()):
            passed.append(step)
            reached.append(step.after)
    return passed


def surviving(start: K, passed: Iterable[Step[K]]) -> list[K]:
    """Where the steps of a `chain` end; `start` itself when there are none."""
    passed = list(passed)
    left = {step.before for step in passed}
    return list(dict.fromkeys(step.after for step in passed if step.after not in left)) or [start]

"""Chance without a generator: every draw is a pure function of what is drawn and of an index.

The standard library promises no sequence for most methods of `random`; a hash is the same on every
machine and in every Python, and record 70,000 can be drawn without drawing those before it.
"""

from collections.abc import Sequence
from hashlib import blake2b
from typing import TypeVar

T = TypeVar("T")


def share(what: str, index: int, parts: int) -> int:
    """0 to `parts` - 1, evenly spread."""
    digest = blake2b(f"{what}/{index}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") % parts


def pick(what: str, index: int, options: Sequence[T]) -> T:
    """One of `options`, evenly spread."""
    return options[share(what, index, len(options))]


def words(text: str) -> tuple[str, ...]:
    """The words of a text, to draw from."""
    return tuple(text.split())

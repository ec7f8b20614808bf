"""Parts of a record: each is taken in or refused alone, and what is not carried is not said."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from registers.exchange.reading import times
from registers.exchange.reading.node import Node, Unreadable
from registers.intake.snapshot import NOT_REPORTED, NotReported

T = TypeVar("T")


def parts(node: Node, key: str, make: Callable[[Node], T | None]) -> list[T] | NotReported:
    """The elements of a list. One that is absent or null is not said: answers of basic data have such."""
    if node.get(key) is None:
        return NOT_REPORTED
    read = (part(each, make) for each in node.nodes(key))
    return [each for each in read if each is not None]


def part(node: Node, make: Callable[[Node], T | None]) -> T | None:
    """What `make` makes of it; None, with a remark, when it cannot be read."""
    try:
        return make(node)
    except Unreadable as unreadable:
        node.refuse(unreadable.rule, "", str(unreadable))
        return None


def reported(node: Node, key: str, value: Callable[[Node, str], T]) -> T | NotReported:
    """`value` of the key, unless the record lacks it."""
    return value(node, key) if key in node else NOT_REPORTED


def period(node: Node, start_key: str, end_key: str) -> tuple[datetime, datetime | None]:
    """As `times.period`; year 1, which stands for "not set", is refused. Raises Unreadable."""
    start, end = times.period(node, start_key, end_key)
    if start.year <= 1:
        raise Unreadable("period-implausible", "the record begins in year 1")
    return start, end

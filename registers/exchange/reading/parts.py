"""Parts of a record: each is read or refused by itself, and what the record does not carry is NOT_REPORTED."""

from collections.abc import Callable
from typing import TypeVar

from registers.exchange.errors import Unreadable
from registers.exchange.reading.node import Node
from registers.intake.snapshot import NOT_REPORTED, NotReported

T = TypeVar("T")


def parts(node: Node, key: str, make: Callable[[Node], T | None]) -> list[T] | NotReported:
    """The elements of a list that could be read. A null list is not reported: answers of basic data have such."""
    if node.get(key) is None:
        return NOT_REPORTED
    read = (part(each, make) for each in node.nodes(key))
    return [each for each in read if each is not None]


def part(node: Node, make: Callable[[Node], T | None]) -> T | None:
    """What `make` makes of the part; None, with a remark, when it cannot be read."""
    try:
        return make(node)
    except Unreadable as unreadable:
        node.refuse(unreadable.rule, "", str(unreadable))
        return None


def reported(node: Node, key: str, value: Callable[[Node, str], T]) -> T | NotReported:
    """`value` of the key, unless the record lacks it."""
    return value(node, key) if key in node else NOT_REPORTED

"""National ids in the registers' files. No remark here holds a digit of one."""

import re

from registers.core.identifiers import InvalidIdentifier, NationalId
from registers.core.national_id import parse_national_id
from registers.exchange.reading.node import Node

LENGTH = 11  # digits
_ELEVEN_DIGITS = re.compile(r"[0-9]{11}")


def national_id(node: Node, key: str) -> tuple[NationalId, bool] | None:
    """The number and whether it keeps the rules: one of eleven digits that breaks them is kept.

    A number that was written as such has lost its leading zero. None when there is none, with a
    remark when what stands there is none.
    """
    text = "".join((node.text(key) or "").split())
    if isinstance(node.get(key), int | float):
        text = text.zfill(LENGTH)
    if not text.strip("0"):
        return None
    if not _ELEVEN_DIGITS.fullmatch(text):
        node.refuse("national-id", key, "is not made of eleven digits")
        return None
    try:
        return parse_national_id(text), True
    except InvalidIdentifier as invalid:
        node.flag("national-id-fails", key, f"is kept although it breaks a rule ({invalid.rule})")
        return NationalId(text), False

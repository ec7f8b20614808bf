"""Codes and identifiers of the sources as our types.

What is only spelled differently is put right without a remark (blanks, lost zeros, -1 for none). What is
doubtful is kept and flagged; what cannot be stored is refused, with a remark. No remark repeats a text of
the source, which may be a person's data, nor a digit of a national id.
"""

import re
from collections.abc import Callable, Iterable
from typing import TypeVar

from registers.core.code_systems import INDUSTRIES, MUNICIPALITIES
from registers.core.identifiers import (
    HerId,
    HprNumber,
    InvalidIdentifier,
    NationalId,
    OrganisationNumber,
    PostalCode,
    municipality_number_from_source,
    organisation_number_from_source,
    parse_her_id,
    parse_hpr_number,
    postal_code_from_source,
)
from registers.core.national_id import parse_national_id
from registers.exchange.errors import Unreadable
from registers.exchange.reading.node import Node
from registers.intake.snapshot import CodeValue

NATIONAL_CODE_SYSTEMS = "2.16.578.1.12.4.1.1."
NATIONAL_ID_DIGITS = 11

_NONE = {"", "0", "-1"}  # spellings of "no such number"
_ELEVEN_DIGITS = re.compile(r"[0-9]{11}")
T = TypeVar("T")


def code(node: Node, key: str, *systems: str) -> CodeValue | None:
    """The code in `node`; see `code_of`."""
    inner = node.node(key)
    return code_of(inner, *systems) if inner else None


def code_of(node: Node, *systems: str) -> CodeValue | None:
    """A code object: {OID, CodeValue, CodeText, SimpleType} or {codeListId, value, name}.

    Its system is the OID, never the name of the group. With `systems` it must be one of them; a single one is
    assumed where the source names none. Any other code is refused, with a remark.
    """
    value = node.text("CodeValue") or node.text("value")
    if value is None:
        return None
    system = _system(node) or (systems[0] if len(systems) == 1 else None)
    if system is None:
        node.refuse("code-without-system", "", "the code names no code system")
        return None
    if systems and system not in systems:
        node.refuse("code-of-other-system", "", "the code is of another system")
        return None
    return CodeValue(system, value, node.text("CodeText") or node.text("name"))


def _system(node: Node) -> str | None:
    number = node.text("OID") or node.text("codeListId") or ""
    number = number.removeprefix(NATIONAL_CODE_SYSTEMS)
    if number in _NONE:
        return INDUSTRIES if (node.text("SimpleType") or "").lower() == "naringskode" else None
    return number if number.isascii() and number.isdigit() else None


def codes(node: Node, key: str, *systems: str) -> list[CodeValue]:
    """The codes of a list in its order, each once."""
    found = (code_of(each, *systems) for each in node.nodes(key))
    return unique((each for each in found if each), lambda each: each.key)


def unique(values: Iterable[T], key: Callable[[T], object]) -> list[T]:
    """`values` in order, without those whose key came before."""
    found: dict[object, T] = {}
    for value in values:
        found.setdefault(key(value), value)
    return list(found.values())


def municipality(node: Node, key: str) -> CodeValue | None:
    """A municipality code whose leading zero may be lost."""
    found = code(node, key, MUNICIPALITIES)
    return municipality_code(node, key, found.value, found.display) if found else None


def municipality_code(node: Node, key: str, number: str | None, name: str | None) -> CodeValue | None:
    if number is None or number.strip("0") in ("", "-1"):
        return None
    try:
        return CodeValue(MUNICIPALITIES, municipality_number_from_source(number), name)
    except InvalidIdentifier as invalid:
        node.refuse("municipality", key, _broken(invalid))
        return None


def number_text(node: Node, key: str) -> str | None:
    """Digits of an identifier; None for the spellings of "none": absent, 0, -1."""
    text = node.text(key)
    return None if text is None or text in _NONE else text


def _broken(invalid: InvalidIdentifier) -> str:
    return f"is no such number (rule: {invalid.rule})"


def own_her_id(node: Node, key: str) -> HerId:
    """The key of the record itself. Raises Unreadable."""
    try:
        return parse_her_id(node.text(key) or "")
    except InvalidIdentifier as invalid:
        raise Unreadable("her-id", _broken(invalid)) from None


def _identifier(node: Node, key: str, rule: str, parse: Callable[[str], T]) -> T | None:
    text = number_text(node, key)
    try:
        return parse(text) if text else None
    except InvalidIdentifier as invalid:
        node.refuse(rule, key, _broken(invalid))
        return None


def her_id(node: Node, key: str) -> HerId | None:
    return _identifier(node, key, "her-id", parse_her_id)


def hpr_number(node: Node, key: str) -> HprNumber | None:
    return _identifier(node, key, "hpr-number", parse_hpr_number)


def postal_code(node: Node, key: str) -> PostalCode | None:
    """Four digits whose leading zeros may be lost; other countries' codes are refused."""
    return _identifier(node, key, "postal-code", postal_code_from_source)


def organisation_number(node: Node, key: str) -> tuple[OrganisationNumber | None, bool]:
    """The number, and whether its check digit is right; flagged when it is not. (None, True) when there is none."""
    found = _identifier(node, key, "organisation-number", _padded_organisation_number)
    if found is None:
        return None, True
    number, holds = found
    if not holds:
        node.flag("check-digit", key, f"organisation number {number} fails modulus 11")
    return number, holds


def _padded_organisation_number(text: str) -> tuple[OrganisationNumber, bool]:
    # an integer of the source has lost its leading zero; with fewer digits it is no such number
    return organisation_number_from_source(text.zfill(9) if len(text) == 8 and text.isdigit() else text)


def national_id(node: Node, key: str) -> tuple[NationalId, bool] | None:
    """The number, and whether it keeps the rules of national ids; flagged when it does not, and kept.

    One that the source writes as a number has lost its leading zero. None when there is none, or, with a
    remark, when the value has not eleven digits.
    """
    text = "".join((node.text(key) or "").split())
    if isinstance(node.get(key), int | float):
        text = text.zfill(NATIONAL_ID_DIGITS)
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

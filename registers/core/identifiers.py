"""Identifiers of the registers: each a type of its own, checked once where it comes in.

Two readers per identifier where sources are dirty: `parse_…` is strict and serves callers of the
API, `…_from_source` is lenient and serves imports. National ids are read in `national_id`.
"""

import re
from collections.abc import Sequence
from typing import Literal, NewType

HerId = NewType("HerId", int)
HprNumber = NewType("HprNumber", int)
HprPartId = NewType("HprPartId", str)
ReshId = NewType("ReshId", int)
EntryNumber = NewType("EntryNumber", int)
GpContractId = NewType("GpContractId", int)
FlrId = NewType("FlrId", int)
OrganisationNumber = NewType("OrganisationNumber", str)
NationalId = NewType("NationalId", str)
PostalCode = NewType("PostalCode", str)
MunicipalityNumber = NewType("MunicipalityNumber", str)
Thumbprint = NewType("Thumbprint", str)

Rule = Literal[
    "digits",
    "length",
    "range",
    "check digit",
    "date",
    "historic business",
    "synthetic",
    "local help number",
    "hexadecimal",
    "form",
]

# No digit stands in these texts: a national id's message is then known to hold none of its digits.
_MEANINGS: dict[Rule, str] = {
    "digits": "may hold nothing but the ASCII digits",
    "length": "has the wrong number of characters",
    "range": "lies outside the range of this identifier",
    "check digit": "has a wrong check digit",
    "date": "holds no date of birth that can exist",
    "historic business": "is negative: a historic business that never had a real number",
    "synthetic": "belongs to a synthetic person and is refused in production",
    "local help number": "is local to one enterprise and is refused in production",
    "hexadecimal": "may hold nothing but hexadecimal digits",
    "form": "is not written like an identifier of this kind",
}

INT32_MAX = 2**31 - 1
INT64_MAX = 2**63 - 1
SAFE_INTEGER_MAX = 2**53 - 1  # the largest whole number every JSON reader keeps exact
HPR_NUMBER_MAX = 999_999_999
SHOWN_MAX = 40  # characters of a refused value repeated in a message

_ORGANISATION_NUMBER_WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)
_HPR_PART_ID = re.compile(r"[a-z]+(-[a-z]+)?-[1-9][0-9]{0,9}")
_LIKE_NATIONAL_ID = re.compile(r"(?<!\d)\d{6}[\s.-]?\d{5}(?!\d)")


class InvalidIdentifier(ValueError):
    """Text or number that is no identifier of its kind; `rule` is the stable name of what it broke.

    The message names kind, rule and `value`. Leave `value` out for national ids. Eleven digits
    typed into the wrong field may be a national id, so they are not repeated either.
    """

    def __init__(self, kind: str, rule: Rule, value: object = None) -> None:
        subject = kind if value is None else f"{kind} {_shown(value)}"
        super().__init__(f"{subject} {_MEANINGS[rule]} (rule: {rule})")
        self.rule: Rule = rule


def without_national_ids(text: str) -> str:
    """`text` with whatever looks like a national id masked."""
    return _LIKE_NATIONAL_ID.sub("(eleven digits)", text)


def _shown(value: object) -> str:
    if isinstance(value, int) and abs(value) < 10**SHOWN_MAX:
        text = str(value)
    elif isinstance(value, str):
        text = repr(value)
    else:  # Python refuses to spell out numbers of thousands of digits
        text = f"of type {type(value).__name__}"
    text = without_national_ids(text)
    return text if len(text) <= SHOWN_MAX else text[: SHOWN_MAX - 1] + "…"


def broken_digit_rule(text: object, length: int) -> Rule | None:
    """The rule `text` breaks as a string of `length` ASCII digits; None when it breaks none."""
    if not isinstance(text, str) or not text.isascii() or not text.isdigit():
        return "digits"
    return None if len(text) == length else "length"


def weighted_sum(weights: Sequence[int], digits: str) -> int:
    """Sum of weight times digit, left to right. As many weights as digits, else ValueError."""
    return sum(w * int(digit) for w, digit in zip(weights, digits, strict=True))


def _whole_number(kind: str, value: int | str, *, least: int = 1, most: int) -> int:
    """A number or a string of digits, no longer than `most` is; leading zeros count for nothing."""
    if isinstance(value, str):
        if broken_digit_rule(value, len(value)):
            raise InvalidIdentifier(kind, "digits", value)
        if len(value) > len(str(most)):
            raise InvalidIdentifier(kind, "range", value)
    elif not isinstance(value, int) or isinstance(value, bool):
        raise InvalidIdentifier(kind, "digits", value)
    number = int(value)
    if not least <= number <= most:
        raise InvalidIdentifier(kind, "range", value)
    return number


def parse_her_id(value: int | str) -> HerId:
    """HER-id: 1 to 2,147,483,647, no check digit. Source: AR. Raises InvalidIdentifier."""
    return HerId(_whole_number("HER-id", value, most=INT32_MAX))


def parse_hpr_number(value: int | str) -> HprNumber:
    """HPR number: 1 to 999,999,999, no check digit. Source: HPR. Raises InvalidIdentifier."""
    return HprNumber(_whole_number("HPR number", value, most=HPR_NUMBER_MAX))


def parse_hpr_part_id(text: str) -> HprPartId:
    """Id of a part of a professional's record: what it is and a number of our own, e.g. `authorisation-12`.
    Raises InvalidIdentifier."""
    if not isinstance(text, str) or not _HPR_PART_ID.fullmatch(text):
        raise InvalidIdentifier("id of a part of a professional", "form", text)
    return HprPartId(text)


def parse_resh_id(value: int | str) -> ReshId:
    """RESH-id: 1 to 2,147,483,647, no check digit. Source: RESH. Raises InvalidIdentifier."""
    return ReshId(_whole_number("RESH-id", value, most=INT32_MAX))


def parse_entry_number(value: int | str) -> EntryNumber:
    """Entry number: 0, before the first entry, to 2^53 - 1. Raises InvalidIdentifier."""
    return EntryNumber(_whole_number("entry number", value, least=0, most=SAFE_INTEGER_MAX))


def parse_gp_contract_id(value: int | str) -> GpContractId:
    """GP contract id: 1 to 2^63 - 1. Source: FLR. Raises InvalidIdentifier."""
    return GpContractId(_whole_number("GP contract id", value, most=INT64_MAX))


def parse_flr_id(value: int | str) -> FlrId:
    """Id of a part of a GP list: FLO's own are 1 to 2^63 - 1, those it has not numbered count down from -1.
    Raises InvalidIdentifier."""
    below_zero = value.startswith("-") if isinstance(value, str) else isinstance(value, int) and value < 0
    if not below_zero:
        return FlrId(_whole_number("FLR id", value, most=INT64_MAX))
    unsigned = value[1:] if isinstance(value, str) else -value
    return FlrId(-_whole_number("FLR id", unsigned, most=INT64_MAX))


def organisation_check_digit(first_eight: str) -> str | None:
    """Ninth digit of an organisation number; None when no number begins with these eight digits.

    Modulus 11, weights 3 2 7 6 5 4 3 2. Source: Brønnøysundregistrene.
    """
    if rule := broken_digit_rule(first_eight, 8):
        raise InvalidIdentifier("first eight digits of an organisation number", rule, first_eight)
    check = -weighted_sum(_ORGANISATION_NUMBER_WEIGHTS, first_eight) % 11
    return None if check == 10 else str(check)


def parse_organisation_number(text: str) -> OrganisationNumber:
    """Organisation number from exactly nine digits, the last a check digit (modulus 11).

    The first digit is not looked at: real numbers begin with 8 or 9, synthetic ones with 2 or 3.
    Raises InvalidIdentifier.
    """
    if rule := broken_digit_rule(text, 9):
        raise InvalidIdentifier("organisation number", rule, text)
    if organisation_check_digit(text[:8]) != text[8]:
        raise InvalidIdentifier("organisation number", "check digit", text)
    return OrganisationNumber(text)


def organisation_number_from_source(value: int | str) -> tuple[OrganisationNumber, bool]:
    """Organisation number as a source spells it, and whether its check digit holds.

    Numbers are padded to nine digits; text loses its blanks, a leading NO and a trailing MVA.
    FLR gives historic businesses negative numbers: "historic business". Raises InvalidIdentifier.
    """
    if isinstance(value, str):
        digits = "".join(value.split()).upper().removeprefix("NO").removesuffix("MVA")
    else:
        number = _whole_number("organisation number", value, least=-INT32_MAX - 1, most=999_999_999)
        digits = f"{number:09}"
    unsigned = digits.removeprefix("-")
    if unsigned != digits and not broken_digit_rule(unsigned, len(unsigned)):
        raise InvalidIdentifier("organisation number", "historic business", value)
    if rule := broken_digit_rule(digits, 9):
        raise InvalidIdentifier("organisation number", rule, value)
    return OrganisationNumber(digits), organisation_check_digit(digits[:8]) == digits[8]


def parse_postal_code(text: str) -> PostalCode:
    """Postal code of four digits. Raises InvalidIdentifier."""
    return PostalCode(_four_digits("postal code", text))


def postal_code_from_source(value: int | str) -> PostalCode:
    """Postal code whose leading zeros a source may have lost. Raises InvalidIdentifier."""
    return PostalCode(_four_digits_from_source("postal code", value))


def parse_municipality_number(text: str) -> MunicipalityNumber:
    """Municipality number of four digits, the first two its county. Raises InvalidIdentifier."""
    return MunicipalityNumber(_four_digits("municipality number", text))


def municipality_number_from_source(value: int | str) -> MunicipalityNumber:
    """Municipality number whose leading zero a source may have lost. Raises InvalidIdentifier."""
    return MunicipalityNumber(_four_digits_from_source("municipality number", value))


def _four_digits(kind: str, text: str) -> str:
    if rule := broken_digit_rule(text, 4):
        raise InvalidIdentifier(kind, rule, text)
    return text


def _four_digits_from_source(kind: str, value: int | str) -> str:
    trimmed = value.strip() if isinstance(value, str) else value
    return f"{_whole_number(kind, trimmed, least=0, most=9999):04}"


def parse_thumbprint(text: str) -> Thumbprint:
    """SHA-1 thumbprint of a certificate: 40 hexadecimal digits, upper-case in the answer.

    Raises InvalidIdentifier.
    """
    if not isinstance(text, str) or not re.fullmatch("[0-9A-Fa-f]*", text):
        raise InvalidIdentifier("thumbprint", "hexadecimal", text)
    if len(text) != 40:
        raise InvalidIdentifier("thumbprint", "length", text)
    return Thumbprint(text.upper())

"""Numbers, days and protection as Fastlegeregisteret writes them."""

from datetime import datetime

from registers.core.identifiers import (
    INT32_MAX,
    INT64_MAX,
    GpContractId,
    InvalidIdentifier,
    OrganisationNumber,
    parse_gp_contract_id,
)
from registers.exchange.errors import Unreadable
from registers.exchange.reading import values
from registers.exchange.reading.node import Node
from registers.exchange.reading.times import optional_instant, period
from registers.gp_lists.models import Protection
from registers.intake.snapshot import NOT_REPORTED, NotReported

DAYS = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
FULL_TIME = 100  # per cent
# Of the statuses of a person (5510, 5511) only the words are public. The strictest comes first.
PROTECTED_IN_WORDS = {
    "strengt fortrolig": Protection.STRICTLY_CONFIDENTIAL,
    "fortrolig": Protection.CONFIDENTIAL,
    "klientadresse": Protection.CLIENT,
}


def whole_number(text: str | None, *, least: int, most: int) -> int | None:
    """None when it is no whole number from `least` to `most`."""
    if text is None or not text.isascii() or not text.isdigit() or len(text) > len(str(most)):
        return None
    return number if least <= (number := int(text)) <= most else None


def own_id(node: Node, key: str) -> int:
    """The record's key, as FLO gave it. Raises Unreadable."""
    number = optional_id(node, key)
    if number is None:
        raise Unreadable("id-missing", f"has no readable {key}")
    return number


def optional_id(node: Node, key: str) -> int | None:
    return whole_number(node.text(key), least=1, most=INT64_MAX)


def contract_id(node: Node, key: str) -> GpContractId | None:
    """None when it is absent, 0 or -1. Raises Unreadable when it is no such id."""
    text = values.number_text(node, key)
    try:
        return parse_gp_contract_id(text) if text else None
    except InvalidIdentifier as invalid:
        raise Unreadable("contract-id", f"names a GP contract by what is no id ({invalid.rule})") from None


def count(node: Node, key: str) -> int | NotReported:
    """A number of persons; refused when it is none."""
    if node.get(key) is None:
        return NOT_REPORTED
    number = whole_number(node.text(key), least=0, most=INT32_MAX)
    if number is None:
        node.refuse("number-implausible", key, "is no number of persons")
        return NOT_REPORTED
    return number


def truth(node: Node, key: str) -> bool | NotReported:
    found = node.truth(key)
    return NOT_REPORTED if found is None else found


def percentage(node: Node, key: str) -> int | None:
    """1 to 100; anything else is left out, with a flag."""
    if node.get(key) in (None, ""):
        return None
    number = whole_number(node.text(key), least=1, most=FULL_TIME)
    if number is None:
        node.flag("percentage-out-of-range", key, "is no whole number from 1 to 100 and was left out")
    return number


def days(node: Node, key: str) -> tuple[int, ...]:
    """Numbers of weekdays in order, 0 = Sunday, from numbers or names: a list, XML elements, or words in a text."""
    value = node.get(key)
    while isinstance(value, dict):  # the elements around the days
        value = next((inner for name, inner in value.items() if not name.startswith("@")), None)
    stated = value if isinstance(value, list) else str(value or "").replace(",", " ").split()
    found = {_day(each) for each in stated}
    if None in found:
        node.flag("day-unknown", key, "names something that is no day of the week")
    return tuple(sorted(day for day in found if day is not None))


def _day(stated: object) -> int | None:
    text = Node({"day": stated}).text("day") or ""
    if text.lower() in DAYS:
        return DAYS.index(text.lower())
    return whole_number(text, least=0, most=len(DAYS) - 1)


def office_number(node: Node, key: str) -> tuple[OrganisationNumber | None, bool]:
    """The organisation number and whether its check digit holds; see `is_historic`."""
    if is_historic(node, key):
        node.flag("historic-business", key, "is a historic business, which never had an organisation number")
        return None, True
    return values.organisation_number(node, key)


def is_historic(node: Node, key: str) -> bool:
    """Businesses that FLR took over without an organisation number have a negative number there."""
    text = values.number_text(node, key) or ""
    return text.startswith("-") and text[1:].isascii() and text[1:].isdigit()


def protection(person: Node, changed_at: datetime | None) -> Protection | NotReported:
    """The strictest protection that a status of the person names in words and that has not ended.

    Not reported by other statuses: which of their values mean protection is not public.
    """
    reported = [
        " ".join(filter(None, (status.node("Code").text("CodeText"), status.node("Code").text("CodeValue")))).lower()
        for status in person.nodes("Status")
        if not _ended(status, changed_at)
    ]
    for words, found in PROTECTED_IN_WORDS.items():
        if any(words in each for each in reported):
            return found
    return NOT_REPORTED


def _ended(status: Node, changed_at: datetime | None) -> bool:
    end = optional_instant(status.node("Period"), "To")
    return end is not None and changed_at is not None and end <= changed_at


def validity(node: Node, key: str) -> tuple[datetime, datetime | None]:
    """[start, end), UTC. Raises Unreadable."""
    return period(node.node(key), "From", "To", year_1_is_unset=True)

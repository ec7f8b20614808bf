"""Parts of an organisation as an edit says them, checked, and as rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from registers.code_systems.editing.codes import usable, usable_or_none
from registers.core.code_systems import COUNTRIES, INDUSTRIES, MUNICIPALITIES
from registers.core.identifiers import MunicipalityNumber, OrganisationNumber, PostalCode
from registers.editing.texts import validated_text, validated_text_or_none
from registers.editing.transaction import EditTransaction
from registers.intake.record_set import Row
from registers.organisations.editing import rules
from registers.organisations.models import AddressKind, OrganisationKind

INDUSTRY_CODES_MAX = 3  # naeringskode1 to 3
WEEK_MINUTES = 7 * 24 * 60
NOT_OF = {OrganisationKind.MAIN_UNIT: AddressKind.LOCATION, OrganisationKind.SUB_UNIT: AddressKind.BUSINESS}
"""The address that is another kind of unit's."""


@dataclass(frozen=True, slots=True)
class Address:
    kind: AddressKind
    lines: Sequence[str]
    postal_code: PostalCode | None
    city: str | None
    municipality: MunicipalityNumber | None
    country: str | None


@dataclass(frozen=True, slots=True)
class Hours:
    """Minutes since Monday 00:00."""

    opens_at: int
    closes_at: int


async def addresses(
    transaction: EditTransaction, number: OrganisationNumber, unit: OrganisationKind, terms: Sequence[Address]
) -> list[Row]:
    rows: dict[AddressKind, Row] = {}
    for index, address in enumerate(terms):
        path = ("input", "addresses", str(index))
        if address.kind in rows:
            transaction.problems.add(rules.ADDRESS_TWICE, *path, "kind", value=address.kind.name)
        if address.kind is NOT_OF.get(unit):
            transaction.problems.add(rules.ADDRESS_OF_OTHERS, *path, "kind", value=address.kind.name)
        if not address.lines and address.postal_code is None and address.city is None:
            transaction.problems.add(rules.ADDRESS_EMPTY, *path, value=address.kind.name)
        rows[address.kind] = {
            "organisation_number": number,
            "kind": address.kind.value,
            "lines": [validated_text(transaction.problems, line, *path, "lines") for line in address.lines],
            "postal_code": address.postal_code,
            "city": validated_text_or_none(transaction.problems, address.city, *path, "city"),
            "municipality": await usable_or_none(
                transaction, MUNICIPALITIES, address.municipality, *path, "municipality"
            ),
            "country": await usable_or_none(transaction, COUNTRIES, address.country, *path, "country"),
        }
    return list(rows.values())


async def industry_codes(transaction: EditTransaction, number: OrganisationNumber, terms: Sequence[str]) -> list[Row]:
    """The main one first."""
    path = ("input", "industryCodes")
    if not 1 <= len(terms) <= INDUSTRY_CODES_MAX or len(set(terms)) < len(terms):
        transaction.problems.add(rules.INDUSTRY_CODES, *path, value=", ".join(terms))
    codes = [await usable(transaction, INDUSTRIES, code, *path) for code in terms]
    return [{"organisation_number": number, "rank": rank, "code": code} for rank, code in enumerate(codes, start=1)]


def opening_hours(transaction: EditTransaction, number: OrganisationNumber, terms: Sequence[Hours]) -> list[Row]:
    in_order = sorted(terms, key=lambda hours: (hours.opens_at, hours.closes_at))
    path = ("input", "openingHours")
    for each in in_order:
        if not (0 <= each.opens_at < WEEK_MINUTES and each.opens_at < each.closes_at <= each.opens_at + WEEK_MINUTES):
            transaction.problems.add(rules.HOURS_IMPLAUSIBLE, *path, value=f"{each.opens_at}-{each.closes_at}")
    if in_order:
        again = Hours(in_order[0].opens_at + WEEK_MINUTES, in_order[0].closes_at + WEEK_MINUTES)
        for each, following in pairwise([*in_order, again]):
            if following.opens_at < each.closes_at:
                transaction.problems.add(rules.HOURS_OVERLAP, *path, value=f"{each.opens_at}-{each.closes_at}")
    return [
        {"organisation_number": number, "opens_at": each.opens_at, "closes_at": each.closes_at} for each in in_order
    ]


async def properties(
    transaction: EditTransaction, number: OrganisationNumber, terms: Sequence[tuple[str, str]]
) -> list[Row]:
    """Codes by (system, value); the same twice is one."""
    keys = [await usable(transaction, system, value, "input", "properties") for system, value in terms]
    return [{"organisation_number": number, "code": key} for key in dict.fromkeys(keys)]

"""Details and parts of an organisation as an editor states them, validated and turned into rows.

What is wrong with them is added to the transaction's problems.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TypedDict

from registers.code_systems.editing.codes import usable, usable_or_none
from registers.core.code_systems import COUNTRIES, INDUSTRIES, MUNICIPALITIES, ORGANISATION_FORMS, SECTORS
from registers.core.identifiers import MunicipalityNumber, OrganisationNumber, PostalCode
from registers.editing.rules import TEXT_EMPTY
from registers.editing.texts import validated_text, validated_text_or_none
from registers.editing.transaction import EditTransaction
from registers.intake.record_set import Row
from registers.organisations.editing import rules
from registers.organisations.models import AddressKind, OrganisationKind

TEXTS = {"name": "name", "homepage": "homepage", "language_form": "languageForm"}
"""Texts among the details: fields of the schema by column."""
CODES = {"form": ORGANISATION_FORMS, "sector": SECTORS}
"""Codes among the details: their systems by column."""
ADDITIONAL_TEXTS = {"display_name": ("displayName", 150), "opening_hours_text": ("openingHoursText", 1000)}
"""Texts among the additions: field of the schema and most characters, BEDREG's own bound, by column."""
EMPLOYEES = range(1_000_001)
INDUSTRY_CODES_MAX = 3  # naeringskode1 to 3
WEEK_MINUTES = 7 * 24 * 60
NOT_OF = {OrganisationKind.MAIN_UNIT: AddressKind.LOCATION, OrganisationKind.SUB_UNIT: AddressKind.BUSINESS}
"""The kind of address that a unit of this kind cannot have."""


class Details(TypedDict, total=False):
    """What Enhetsregisteret has of an organisation, by column; a column that is left out stays as it is. Codes as
    values of their systems. `name` None is refused."""

    name: str | None
    form: str | None
    sector: str | None
    employees: int | None
    homepage: str | None
    language_form: str | None
    registered_on: date | None
    founded_on: date | None
    started_on: date | None
    bankrupt: bool | None
    being_wound_up: bool | None
    being_dissolved_by_force: bool | None


@dataclass(frozen=True, slots=True)
class Address:
    """Codes as values of their systems."""

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


class Additions(TypedDict, total=False):
    """What BEDREG adds to an organisation; what is left out stays as it is. Properties as (system, value)."""

    display_name: str | None
    opening_hours_text: str | None
    opening_hours: Sequence[Hours]
    properties: Sequence[tuple[str, str]]


async def validated_details(transaction: EditTransaction, details: Details, *path: str) -> Row:
    """The columns that change."""
    row: Row = dict(details)
    if details.get("name", "") is None:
        transaction.problems.add(TEXT_EMPTY, *path, "name")
    for name, field in TEXTS.items():
        if (text := row.get(name)) is not None:
            row[name] = validated_text(transaction.problems, text, *path, field)
    for name, system in CODES.items():
        if name in row:
            row[name] = await usable_or_none(transaction, system, row[name], *path, name)
    employees = details.get("employees")
    if employees is not None and employees not in EMPLOYEES:
        transaction.problems.add(rules.EMPLOYEES_IMPLAUSIBLE, *path, "employees", value=employees)
    return row


def validated_additional_texts(transaction: EditTransaction, additions: Additions) -> Row:
    """The columns that change."""
    row: Row = dict(additions)
    return {
        name: validated_text_or_none(transaction.problems, row[name], "input", field, most=most)
        for name, (field, most) in ADDITIONAL_TEXTS.items()
        if name in row
    }


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
    """One to three, the main one first."""
    path = ("input", "industryCodes")
    if not 1 <= len(terms) <= INDUSTRY_CODES_MAX or len(set(terms)) < len(terms):
        transaction.problems.add(rules.INDUSTRY_CODES, *path, value=", ".join(terms))
    codes = [await usable(transaction, INDUSTRIES, code, *path) for code in terms]
    return [{"organisation_number": number, "rank": rank, "code": code} for rank, code in enumerate(codes, start=1)]


def opening_hours(transaction: EditTransaction, number: OrganisationNumber, terms: Sequence[Hours]) -> list[Row]:
    """In order of the week, from which the hours may run over into the next one."""
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
    """Codes by (system, value); one that is given twice counts once."""
    keys = [await usable(transaction, system, value, "input", "properties") for system, value in terms]
    return [{"organisation_number": number, "code": key} for key in dict.fromkeys(keys)]

"""The schema's scalars: identifiers are checked where they come in, times are in UTC."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from typing import Any
from uuid import UUID

import strawberry
from graphql import GraphQLError
from strawberry.types.scalar import ScalarDefinition

from registers.core.identifiers import (
    EntryNumber,
    FlrId,
    GpContractId,
    HerId,
    HprNumber,
    HprPartId,
    InvalidIdentifier,
    MunicipalityNumber,
    NationalId,
    OrganisationNumber,
    PostalCode,
    ReshId,
    Thumbprint,
    parse_entry_number,
    parse_flr_id,
    parse_gp_contract_id,
    parse_her_id,
    parse_hpr_number,
    parse_hpr_part_id,
    parse_municipality_number,
    parse_organisation_number,
    parse_postal_code,
    parse_resh_id,
    parse_thumbprint,
)
from registers.core.national_id import parse_national_id

Convert = Callable[[Any], object]
"""From what the caller sent, of any type, to a value; and back to what JSON has."""


def parse_instant(value: object) -> datetime:
    """ISO 8601 with an offset, in UTC. Raises ValueError."""
    if not isinstance(value, str):
        raise ValueError("DateTime must be a string in ISO 8601")
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError(f"DateTime needs an offset, e.g. {value[:19]}Z")
    return moment.astimezone(UTC)


def parse_day(value: object) -> date:
    """ISO 8601 date. Raises ValueError."""
    if not isinstance(value, str):
        raise ValueError("Date must be a string in ISO 8601")
    return date.fromisoformat(value)


def parse_uuid(value: object) -> UUID:
    """In any spelling that Python reads. Raises ValueError."""
    if not isinstance(value, str):
        raise ValueError("UUID must be a string")
    try:
        return UUID(value)
    except ValueError:
        raise ValueError("UUID: not 32 hexadecimal digits with dashes") from None


def refusing(parse: Convert, what: str) -> Convert:
    """`parse`, each failure turned into a GraphQLError that names the rule."""

    def checked(value: object) -> object:
        try:
            return parse(value)
        except InvalidIdentifier as refusal:
            raise GraphQLError(str(refusal), extensions={"rule": refusal.rule}) from None
        except (ValueError, OverflowError, TypeError) as failure:
            reason = str(failure) if str(failure).startswith(what) else "not in ISO 8601"
            raise GraphQLError(f"{what}: {reason}") from None

    return checked


def _scalar(name: str, parse: Convert, description: str, *, serialize: Convert) -> ScalarDefinition:
    return strawberry.scalar(name=name, parse_value=refusing(parse, name), description=description, serialize=serialize)


_SCALARS: dict[object, ScalarDefinition] = {
    HerId: _scalar(
        "HerId",
        parse_her_id,
        "HER-id of a communication party: a positive whole number below 2147483648; digits in a string do too.",
        serialize=int,
    ),
    HprNumber: _scalar(
        "HprNumber",
        parse_hpr_number,
        "HPR number of a health professional: a whole number of at most nine digits; a string does too.",
        serialize=int,
    ),
    HprPartId: _scalar(
        "HprPartId",
        parse_hpr_part_id,
        "A part of a professional's record, e.g. authorisation-12: what it is and a number given by this service, "
        "which stays the same for as long as the part is held.",
        serialize=str,
    ),
    ReshId: _scalar(
        "ReshId",
        parse_resh_id,
        "RESH-id of a unit in the specialist health service: a positive whole number; a string does too.",
        serialize=int,
    ),
    GpContractId: _scalar(
        "GpContractId",
        parse_gp_contract_id,
        "Number of a GP contract, issued by FLO: positive, below 2^63. Digits in a string, since it may be larger than "
        "the whole numbers a JSON reader keeps exact; a number does too.",
        serialize=str,
    ),
    FlrId: _scalar(
        "FlrId",
        parse_flr_id,
        "Number of a part of a GP list, of a place or of a team: FLO's own are positive and below 2^63; those that FLO "
        "has not numbered count down from -1. Digits in a string; a number does too.",
        serialize=str,
    ),
    EntryNumber: _scalar(
        "EntryNumber",
        parse_entry_number,
        "Number of an entry in the log: dense, in order of commit. The newest is the version of all data.",
        serialize=int,
    ),
    OrganisationNumber: _scalar(
        "OrganisationNumber",
        parse_organisation_number,
        "Organisation number: nine digits in a string, the last a check digit (modulus 11).",
        serialize=str,
    ),
    PostalCode: _scalar(
        "PostalCode",
        parse_postal_code,
        "Norwegian postal code: four digits in a string.",
        serialize=str,
    ),
    MunicipalityNumber: _scalar(
        "MunicipalityNumber",
        parse_municipality_number,
        "Municipality number (code system 3402): four digits in a string.",
        serialize=str,
    ),
    Thumbprint: _scalar(
        "Thumbprint",
        parse_thumbprint,
        "SHA-1 thumbprint of a certificate: forty hexadecimal digits, capitals in answers.",
        serialize=str,
    ),
    datetime: _scalar(
        "DateTime",
        parse_instant,
        "An instant, ISO 8601 with an offset; answers are in UTC.",
        serialize=lambda moment: moment.astimezone(UTC).isoformat(),
    ),
    UUID: _scalar("UUID", parse_uuid, "A UUID, RFC 9562: 36 characters.", serialize=str),
    date: _scalar("Date", parse_day, "A day in Norway, ISO 8601 (2026-01-31).", serialize=date.isoformat),
}


def scalars(*, production: bool) -> dict[object, ScalarDefinition]:
    """The scalars by Python type. In `production` national ids of synthetic persons are refused."""
    national_id = _scalar(
        "NationalId",
        partial(parse_national_id, production=production),
        "National id of a person: fødselsnummer, D-number or common help number, eleven digits in a string, both check "
        "digits right. A refusal names the rule and never the number.",
        serialize=str,
    )
    return {**_SCALARS, NationalId: national_id}

"""What a service is: its type, and where and what it is in words."""

from dataclasses import dataclass
from typing import NamedTuple

from registers.code_systems.editing.codes import usable
from registers.code_systems.models import Code
from registers.communication_parties.editing.rules import NO_SERVICE_TYPE
from registers.core.codes import CodeKey, code_key
from registers.editing.texts import validated_text_or_none
from registers.editing.transaction import EditTransaction

SERVICE_TYPES = ("8658", "8659", "8660", "8663", "8664", "8666", "8668", "8669")
"""Code systems in use for addressing by service. Source: no-basis-service-type. 8655 is on old records only."""


@dataclass(frozen=True, slots=True)
class ServiceTerms:
    """The type as a value of its code system, the rest as free text."""

    system: str
    value: str
    specification: str | None
    location: str | None


class ServiceColumns(NamedTuple):
    """Named as the columns of a party."""

    service_type: CodeKey | None
    service_specification: str | None
    location_description: str | None


async def validated_service(
    transaction: EditTransaction, terms: ServiceTerms, *, stored: CodeKey | None = None
) -> ServiceColumns:
    """What is wrong with the terms is added to the transaction's problems. The `stored` type of a service may stay even
    where its code is retired."""
    problems = transaction.problems
    service_type = stored
    if stored != code_key(terms.system, terms.value):
        service_type = await _usable_type(transaction, terms)
    return ServiceColumns(
        service_type,
        validated_text_or_none(problems, terms.specification, "input", "serviceSpecification"),
        validated_text_or_none(problems, terms.location, "input", "locationDescription"),
    )


async def name_of_type(transaction: EditTransaction, service_type: CodeKey | None) -> str | None:
    """What a service of the type is called; None when there is no such code."""
    code = await transaction.session.get(Code, service_type) if service_type else None
    return code.display if code else None


async def _usable_type(transaction: EditTransaction, terms: ServiceTerms) -> CodeKey | None:
    path = ("input", "serviceType")
    if terms.system not in SERVICE_TYPES:
        transaction.problems.add(NO_SERVICE_TYPE, *path, "system", value=terms.system)
        return None
    return await usable(transaction, terms.system, terms.value, *path, "value")

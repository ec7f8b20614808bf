"""What an edit of a party names beside it: organisations, health personnel, parties, types of service."""

from datetime import datetime

from sqlalchemy import Row, select

from registers.code_systems.editing.codes import usable
from registers.code_systems.models import Code
from registers.communication_parties.editing.rules import (
    NO_SERVICE_TYPE,
    ORGANISATION_ENDED,
    ORGANISATION_UNKNOWN,
    PARENT_IS_NO_ORGANISATION,
    PARENT_NOT_IN_USE,
    PARTY_UNKNOWN,
    PROFESSIONAL_REPLACED,
    PROFESSIONAL_UNKNOWN,
)
from registers.communication_parties.models import CommunicationParty, PartyKind
from registers.core.codes import CodeKey
from registers.core.identifiers import HerId, HprNumber, OrganisationNumber
from registers.core.validity import Period
from registers.database.database import Base
from registers.editing.transaction import EditTransaction

SERVICE_TYPES = ("8658", "8659", "8660", "8663", "8664", "8666", "8668", "8669")
"""Code systems in use for addressing by service. Source: no-basis-service-type. 8655 is on old records only."""


async def name_of_organisation(
    transaction: EditTransaction, number: OrganisationNumber, start: datetime, *path: str
) -> str | None:
    """Its legal name; None when it is not held. A party is to begin at `start`."""
    table = Base.metadata.tables["organisations"]
    found = (
        await transaction.session.execute(
            select(table.c.name, table.c.valid_to).where(table.c.organisation_number == number)
        )
    ).one_or_none()
    if found is None:
        transaction.problems.add(ORGANISATION_UNKNOWN, *path, value=number)
        return None
    if found.valid_to is not None and found.valid_to <= start:
        transaction.problems.add(ORGANISATION_ENDED, *path, value=found.valid_to.isoformat())
    return found.name


async def name_of_professional(transaction: EditTransaction, number: HprNumber, *path: str) -> str | None:
    """The full name; None when none is held. Not merged into another number."""
    table = Base.metadata.tables["health_professionals"]
    names = (table.c.first_name, table.c.middle_name, table.c.last_name)
    found: Row | None = (
        await transaction.session.execute(select(table.c.replaced_by, *names).where(table.c.hpr_number == number))
    ).one_or_none()
    if found is None:
        transaction.problems.add(PROFESSIONAL_UNKNOWN, *path, value=number)
        return None
    if found.replaced_by is not None:
        transaction.problems.add(PROFESSIONAL_REPLACED, *path, value=found.replaced_by)
    return " ".join(name for name in found[1:] if name) or None


async def organisation_above(
    transaction: EditTransaction, her_id: HerId, period: Period, *path: str
) -> CommunicationParty:
    """The organisation party that something is to be active below for all of `period`. Raises Refused when there is
    none: nothing else can be looked at then."""
    parent = await transaction.session.get(CommunicationParty, her_id)
    if parent is None or parent.kind != PartyKind.ORGANISATION.value:
        transaction.problems.add(PARENT_IS_NO_ORGANISATION if parent else PARTY_UNKNOWN, *path, value=her_id)
        raise transaction.problems.refusal()
    begins, ends = parent.valid_from <= period.start, parent.valid_to
    lasts = ends is None or (period.end is not None and period.end <= ends)
    if not (parent.active and begins and lasts):
        transaction.problems.add(PARENT_NOT_IN_USE, *path, value=parent.her_id)
    return parent


async def usable_service_type(transaction: EditTransaction, system: str, value: str, *path: str) -> CodeKey | None:
    """The key of a type that a service may have from now on; None when there is none."""
    if system not in SERVICE_TYPES:
        transaction.problems.add(NO_SERVICE_TYPE, *path, "system", value=system)
        return None
    return await usable(transaction, system, value, *path, "value")


async def name_of_type(transaction: EditTransaction, service_type: CodeKey | None) -> str | None:
    code = await transaction.session.get(Code, service_type) if service_type else None
    return code.display if code else None

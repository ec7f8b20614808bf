"""New communication parties. AR issues their HER-ids."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from registers.changelog.append import Change, Register
from registers.code_systems.editing.codes import usable_or_none
from registers.communication_parties.editing.references import (
    name_of_organisation,
    name_of_professional,
    name_of_type,
    organisation_above,
    usable_service_type,
)
from registers.communication_parties.editing.rules import HER_ID_TAKEN
from registers.communication_parties.editing.uniqueness import check_one_in_use
from registers.communication_parties.models import CommunicationParty, PartyKind, TransportStatus
from registers.core.code_systems import BUSINESS_TYPES, MUNICIPALITIES
from registers.core.identifiers import HerId, HprNumber, MunicipalityNumber, OrganisationNumber
from registers.core.validity import Period
from registers.editing.periods import validated_period
from registers.editing.texts import validated_text_or_none
from registers.editing.transaction import EditTransaction

SERIES_END = 10**9 - 1
"""Above it the next free HER-id is not looked for: one number out of the way must not use up all others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewParty:
    """What every new party is told with. `start` None = now."""

    her_id: HerId | None
    display_name: str | None
    start: datetime | None
    end: datetime | None


async def create_organisation(
    transaction: EditTransaction,
    new: NewParty,
    *,
    organisation_number: OrganisationNumber,
    business_type: str | None,
    municipality: MunicipalityNumber | None,
) -> str:
    """Called as the organisation is. One only pointed at so far gets its own record. Raises Refused."""
    values = await _validated(transaction, new, PartyKind.ORGANISATION, organisation_number)
    name = await name_of_organisation(
        transaction, organisation_number, values["valid_from"], "input", "organisationNumber"
    )
    values |= {
        "name": name,
        "organisation_number": organisation_number,
        "business_type": await usable_or_none(transaction, BUSINESS_TYPES, business_type, "input", "businessType"),
        "municipality": await usable_or_none(transaction, MUNICIPALITIES, municipality, "input", "municipality"),
        "transport": TransportStatus.DISABLED.value,
    }
    return await _write(transaction, values)


async def create_service(
    transaction: EditTransaction,
    new: NewParty,
    *,
    parent_her_id: HerId,
    system: str,
    value: str,
    specification: str | None,
    location: str | None,
) -> str:
    """Called as its type is. Raises Refused."""
    values = await _validated(transaction, new, PartyKind.SERVICE)
    service_type = await usable_service_type(transaction, system, value, "input", "serviceType")
    values |= {
        "name": await name_of_type(transaction, service_type),
        "parent_her_id": parent_her_id,
        "service_type": service_type,
        "service_specification": validated_text_or_none(
            transaction.problems, specification, "input", "serviceSpecification"
        ),
        "location_description": validated_text_or_none(transaction.problems, location, "input", "locationDescription"),
    }
    await _check_below(transaction, values, "input", "serviceType")
    return await _write(transaction, values)


async def create_person(
    transaction: EditTransaction, new: NewParty, *, parent_her_id: HerId, hpr_number: HprNumber, title: str | None
) -> str:
    """Called as the health professional is. Raises Refused."""
    values = await _validated(transaction, new, PartyKind.PERSON)
    values |= {
        "name": await name_of_professional(transaction, hpr_number, "input", "hprNumber"),
        "parent_her_id": parent_her_id,
        "hpr_number": hpr_number,
        "title": validated_text_or_none(transaction.problems, title, "input", "title"),
    }
    await _check_below(transaction, values, "input", "hprNumber")
    return await _write(transaction, values)


async def _validated(
    transaction: EditTransaction, new: NewParty, kind: PartyKind, organisation_number: OrganisationNumber | None = None
) -> dict[str, Any]:
    """Columns that every kind has, by name."""
    period = validated_period(transaction.problems, new.start or transaction.at, new.end, "input", "period")
    if new.her_id is not None:
        stored = await transaction.session.get(CommunicationParty, new.her_id)
        if stored is not None and not _only_pointed_at(stored, kind, organisation_number):
            transaction.problems.add(HER_ID_TAKEN, "herId", value=new.her_id)
    return {
        "her_id": new.her_id or await _next_her_id(transaction),
        "kind": kind.value,
        "reference_only": False,
        "display_name": validated_text_or_none(transaction.problems, new.display_name, "input", "displayName"),
        "active": True,
        "messaging_valid": True,
        "transport": TransportStatus.INHERITED.value,
        "valid_from": period.start,
        "valid_to": period.end,
    }


def _only_pointed_at(stored: CommunicationParty, kind: PartyKind, number: OrganisationNumber | None) -> bool:
    """Whether the party has no record of its own yet, and what is known of it does not speak against the new one."""
    return stored.reference_only and kind is PartyKind.ORGANISATION and stored.organisation_number in (None, number)


async def _next_her_id(transaction: EditTransaction) -> HerId:
    highest = await transaction.session.scalar(
        select(func.max(CommunicationParty.her_id)).where(CommunicationParty.her_id < SERIES_END)
    )
    return HerId((highest or 0) + 1)


async def _check_below(transaction: EditTransaction, values: dict[str, Any], *path: str) -> None:
    period = Period(values["valid_from"], values["valid_to"])
    parent = await organisation_above(transaction, values["parent_her_id"], period, "input", "parentHerId")
    await check_one_in_use(
        transaction,
        values["her_id"],
        parent.her_id,
        values.get("hpr_number"),
        values.get("service_type"),
        period,
        *path,
    )


async def _write(transaction: EditTransaction, values: dict[str, Any]) -> str:
    await transaction.write(Change(Register.COMMUNICATION_PARTIES, str(values["her_id"]), "CommunicationPartyCreated"))
    stored = await transaction.session.get(CommunicationParty, values["her_id"])
    row = stored if stored is not None and stored.reference_only else CommunicationParty()
    for name, value in values.items():
        setattr(row, name, value)
    row.name = values["name"] or f"HER-id {row.her_id}"
    transaction.session.add(row)
    return str(row.her_id)

"""New communication parties. AR issues their HER-ids.

Each function checks everything first and then writes; all of them raise Refused.
"""

from dataclasses import dataclass
from datetime import datetime

from registers.changelog.append import Change, Register
from registers.code_systems.editing.codes import usable_or_none
from registers.communication_parties.editing.references import (
    name_of_organisation,
    name_of_professional,
    organisation_above,
)
from registers.communication_parties.editing.rules import HER_ID_TAKEN
from registers.communication_parties.editing.services import ServiceTerms, name_of_type, validated_service
from registers.communication_parties.editing.uniqueness import PartyInUse, check_one_in_use
from registers.communication_parties.models import CommunicationParty, PartyKind, TransportStatus
from registers.communication_parties.repository import current
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
    """What every new party is created with. `her_id` None = the next free one; `start` None = now."""

    her_id: HerId | None
    display_name: str | None
    start: datetime | None
    end: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOrganisation(NewParty):
    """Codes as values of their systems."""

    organisation_number: OrganisationNumber
    business_type: str | None
    municipality: MunicipalityNumber | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewService(NewParty):
    parent_her_id: HerId
    service: ServiceTerms


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPerson(NewParty):
    parent_her_id: HerId
    hpr_number: HprNumber
    title: str | None


@dataclass(frozen=True, slots=True)
class _Validated:
    """What every kind of party has. `columns` by name."""

    her_id: HerId
    period: Period
    columns: dict[str, object]


async def create_organisation(transaction: EditTransaction, new: NewOrganisation) -> str:
    """Named as the organisation. A party known only because others point at it gets its own record."""
    party = await _validated(transaction, new, PartyKind.ORGANISATION, new.organisation_number)
    name = await name_of_organisation(
        transaction, new.organisation_number, party.period.start, "input", "organisationNumber"
    )
    columns: dict[str, object] = {
        "organisation_number": new.organisation_number,
        "business_type": await usable_or_none(transaction, BUSINESS_TYPES, new.business_type, "input", "businessType"),
        "municipality": await usable_or_none(transaction, MUNICIPALITIES, new.municipality, "input", "municipality"),
        "transport": TransportStatus.DISABLED.value,
    }
    return await _write(transaction, party, name, columns)


async def create_service(transaction: EditTransaction, new: NewService) -> str:
    """Named as its type."""
    party = await _validated(transaction, new, PartyKind.SERVICE)
    service = await validated_service(transaction, new.service)
    name = await name_of_type(transaction, service.service_type)
    in_use = PartyInUse(party.her_id, new.parent_her_id, party.period, service_type=service.service_type)
    await _check_below(transaction, in_use, new.parent_her_id, "serviceType")
    return await _write(transaction, party, name, {"parent_her_id": new.parent_her_id, **service._asdict()})


async def create_person(transaction: EditTransaction, new: NewPerson) -> str:
    """Named as the health professional."""
    party = await _validated(transaction, new, PartyKind.PERSON)
    name = await name_of_professional(transaction, new.hpr_number, "input", "hprNumber")
    title = validated_text_or_none(transaction.problems, new.title, "input", "title")
    in_use = PartyInUse(party.her_id, new.parent_her_id, party.period, hpr_number=new.hpr_number)
    await _check_below(transaction, in_use, new.parent_her_id, "hprNumber")
    columns = {"parent_her_id": new.parent_her_id, "hpr_number": new.hpr_number, "title": title}
    return await _write(transaction, party, name, columns)


async def _validated(
    transaction: EditTransaction, new: NewParty, kind: PartyKind, number: OrganisationNumber | None = None
) -> _Validated:
    """`number`: that of an organisation party."""
    period = validated_period(transaction.problems, new.start or transaction.at, new.end, "input", "period")
    if new.her_id is not None:
        stored = await transaction.session.get(CommunicationParty, new.her_id)
        if stored is not None and not _can_become(stored, kind, number):
            transaction.problems.add(HER_ID_TAKEN, "herId", value=new.her_id)
    columns: dict[str, object] = {
        "kind": kind.value,
        "reference_only": False,
        "display_name": validated_text_or_none(transaction.problems, new.display_name, "input", "displayName"),
        "active": True,
        "messaging_valid": True,
        "transport": TransportStatus.INHERITED.value,
        "valid_from": period.start,
        "valid_to": period.end,
    }
    return _Validated(new.her_id or await _next_her_id(transaction), period, columns)


def _can_become(stored: CommunicationParty, kind: PartyKind, number: OrganisationNumber | None) -> bool:
    """Whether the stored party has no record of its own yet, and nothing known of it contradicts the new one."""
    return stored.reference_only and kind is PartyKind.ORGANISATION and stored.organisation_number in (None, number)


async def _next_her_id(transaction: EditTransaction) -> HerId:
    return HerId((await current.highest_her_id(transaction.session, below=SERIES_END) or 0) + 1)


async def _check_below(transaction: EditTransaction, party: PartyInUse, parent: HerId, field: str) -> None:
    """Whether the party may be active below the organisation party for all of its period."""
    await organisation_above(transaction, parent, party.period, "input", "parentHerId")
    await check_one_in_use(transaction, party, "input", field)


async def _write(transaction: EditTransaction, party: _Validated, name: str | None, columns: dict[str, object]) -> str:
    """Raises Refused when there are problems."""
    key = str(party.her_id)
    await transaction.write(Change(Register.COMMUNICATION_PARTIES, key, "CommunicationPartyCreated"))
    stored = await transaction.session.get(CommunicationParty, party.her_id)
    row = stored if stored is not None and stored.reference_only else CommunicationParty(her_id=party.her_id)
    for column, value in (party.columns | columns).items():
        setattr(row, column, value)
    row.name = name or f"HER-id {party.her_id}"
    transaction.session.add(row)
    return key

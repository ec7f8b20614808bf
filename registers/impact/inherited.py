"""Parties for whom something else is in effect after a change: their own values, or those they inherit."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from enum import Enum
from typing import NamedTuple, TypeVar

from registers.changelog.change import Entries
from registers.communication_parties.effective import effective_addresses, effective_certificate, effective_transport
from registers.communication_parties.models import (
    CertificateUsage,
    CommunicationParty,
    ElectronicAddress,
    PhysicalAddress,
    UsedCertificate,
)
from registers.communication_parties.repository import parties
from registers.core.identifiers import HerId
from registers.core.validity import Instant
from registers.database.sessions import ReadSession
from registers.impact import repository

T = TypeVar("T")


class Contact(Enum):
    """What a sender uses of a party."""

    ELECTRONIC_ADDRESSES = "ELECTRONIC_ADDRESSES"
    PHYSICAL_ADDRESSES = "PHYSICAL_ADDRESSES"
    TRANSPORT = "TRANSPORT"
    ENCRYPTION_CERTIFICATE = "ENCRYPTION_CERTIFICATE"
    SIGNING_CERTIFICATE = "SIGNING_CERTIFICATE"


class PartyAffected(NamedTuple):
    """`inherited`: no row of the party's own was touched. `since`: the first moment at which it differs."""

    her_id: HerId
    since: datetime
    contacts: list[Contact]
    inherited: bool


class _Known(NamedTuple):
    """Rows of all valid times, as known at one entry."""

    parties: Mapping[HerId, CommunicationParty]
    electronic: Mapping[HerId, Sequence[ElectronicAddress]]
    physical: Mapping[HerId, Sequence[PhysicalAddress]]
    certificates: Mapping[HerId, Sequence[UsedCertificate]]


async def parties_affected(session: ReadSession, entries: Entries) -> list[PartyAffected]:
    """Parties by HER-id whose effective contact differs at the moment asked about or at a later boundary."""
    touched = await repository.parties_touched(session, entries)
    if not touched:
        return []
    moments = await repository.boundaries(session, entries)
    everyone = touched | await _below(session, touched, entries)
    before, after = [
        await _known(session, everyone, instant) for instant in (entries.before(entries.at), entries.after(entries.at))
    ]
    found = []
    for her_id in sorted(everyone):
        for moment in moments:
            old, new = _in_effect(before, her_id, moment), _in_effect(after, her_id, moment)
            contacts = [contact for contact in Contact if old.get(contact) != new.get(contact)]
            if contacts:
                found.append(PartyAffected(her_id, moment, contacts, her_id not in touched))
                break
    return found


async def _below(session: ReadSession, touched: Collection[HerId], entries: Entries) -> set[HerId]:
    children = [
        await parties.children_of(session, touched, instant=instant)
        for instant in (entries.before(entries.at), entries.after(entries.at))
    ]
    return {child.her_id for each in children for rows in each.values() for child in rows}


async def _known(session: ReadSession, her_ids: Collection[HerId], instant: Instant) -> _Known:
    own = await parties.by_her_id(session, her_ids, instant=instant)
    above = {row.parent_her_id for row in own.values() if row.parent_her_id is not None} - own.keys()
    all_ids = {*her_ids, *above}
    return _Known(
        own | await parties.by_her_id(session, above, instant=instant),
        await parties.electronic_addresses_of(session, all_ids, instant=instant),
        await parties.physical_addresses_of(session, all_ids, instant=instant),
        await parties.certificates_of(session, all_ids, instant=instant),
    )


def _in_effect(known: _Known, her_id: HerId, moment: datetime) -> dict[Contact, object]:
    """What is in effect for the party; empty for one that does not exist."""
    party = known.parties.get(her_id)
    if party is None:
        return {}
    parent_id = party.parent_her_id
    parent = known.parties.get(parent_id) if parent_id is not None else None

    def both(rows: Mapping[HerId, Sequence[T]]) -> tuple[Sequence[T], Sequence[T]]:
        """The party's own rows and its parent's."""
        return rows.get(her_id, ()), rows.get(parent_id, ()) if parent_id is not None else ()

    def thumbprint(usage: CertificateUsage) -> str | None:
        found = effective_certificate(*both(known.certificates), usage, moment)
        return found.value.certificate.thumbprint if found else None

    electronic = effective_addresses(*both(known.electronic), moment)
    physical = effective_addresses(*both(known.physical), moment)
    return {
        Contact.ELECTRONIC_ADDRESSES: [(each.value.type, each.value.address) for each in electronic],
        Contact.PHYSICAL_ADDRESSES: [_physical_value(each.value) for each in physical],
        Contact.TRANSPORT: effective_transport(party, parent).value,
        Contact.ENCRYPTION_CERTIFICATE: thumbprint(CertificateUsage.ENCRYPTION),
        Contact.SIGNING_CERTIFICATE: thumbprint(CertificateUsage.SIGNING),
    }


def _physical_value(row: PhysicalAddress) -> tuple[object, ...]:
    columns = ("type", "street", "postbox", "postal_code", "city", "country", "municipality", "description")
    return tuple(getattr(row, name) for name in columns)

"""Changes of which certificate is a party's current one.

Each change checks everything first and then writes; all of them raise Refused.
"""

import base64
import binascii
import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from registers.communication_parties.editing import slots
from registers.communication_parties.editing.party import expected_party
from registers.communication_parties.editing.rules_contact import (
    CERTIFICATE_EXPIRED,
    CERTIFICATE_UNREADABLE,
    KEY_WEAK,
    NOT_IN_USE,
    OF_ANOTHER_ORGANISATION,
    USAGE_NOT_ALLOWED,
)
from registers.communication_parties.editing.slots import slot_of
from registers.communication_parties.models import (
    Certificate,
    CertificateUsage,
    CommunicationParty,
    PartyCertificate,
)
from registers.communication_parties.x509 import (
    USAGE_NEEDS,
    CertificateSnapshot,
    NotACertificate,
    certificate_of,
    columns_of,
    has_strong_key,
)
from registers.core.identifiers import EntryNumber, HerId, without_national_ids
from registers.editing.periods import validated_period, validated_time
from registers.editing.rules import NOTHING_TO_CHANGE, TEXT_HOLDS_NATIONAL_ID
from registers.editing.transaction import EditTransaction

PEM = re.compile(r"-----BEGIN CERTIFICATE-----([^-]*)-----END CERTIFICATE-----")


@dataclass(frozen=True, slots=True)
class CertificateTerms:
    """`certificate` in base64 or PEM. `since` None = now."""

    certificate: str
    usage: CertificateUsage
    since: datetime | None


async def add_certificate(
    transaction: EditTransaction, her_id: HerId, expected_entry: EntryNumber, terms: CertificateTerms
) -> str:
    """The party's current certificate for the usage from `since` on; the one before ends there."""
    party = await expected_party(transaction, her_id, expected_entry)
    start = validated_period(transaction.problems, terms.since or transaction.at, None, "input").start
    read = _read(transaction, terms.certificate)
    await _check(transaction, party, read, terms.usage, start)
    slot = await slot_of(transaction.session, PartyCertificate, her_id, terms.usage.value)
    stored = slot.at(start)
    if stored is not None and stored.thumbprint == read.thumbprint:
        transaction.problems.add(NOTHING_TO_CHANGE)
    new = PartyCertificate(
        her_id=her_id,
        usage=slot.name,
        thumbprint=read.thumbprint,
        valid_from=start,
        valid_to=slot.next_start(start),
    )
    await slots.write_entries_of_new(transaction, slot, new)
    await _store_certificate(transaction.session, read)
    await slots.put(transaction.session, slot, new)
    return str(her_id)


async def end_certificate(
    transaction: EditTransaction,
    her_id: HerId,
    expected_entry: EntryNumber,
    usage: CertificateUsage,
    *,
    at: datetime | None,
) -> str:
    """The own certificate is no longer current from `at` on (None = now); it stays readable for messages of before."""
    await expected_party(transaction, her_id, expected_entry)
    moment = validated_time(transaction.problems, at or transaction.at, "at")
    slot = await slot_of(transaction.session, PartyCertificate, her_id, usage.value)
    if slot.at(moment) is None:
        transaction.problems.add(NOT_IN_USE, "usage")
    await slots.write_entries_of_end(transaction, slot, moment)
    await slots.end(transaction.session, slot, moment)
    return str(her_id)


def _read(transaction: EditTransaction, text: str) -> CertificateSnapshot:
    """Raises Refused when there is no certificate in the text: nothing else can be checked then."""
    block = PEM.search(text)
    try:
        der = base64.b64decode("".join((block[1] if block else text).split()), validate=True)
        return certificate_of(der, "")
    except (binascii.Error, ValueError, NotACertificate):
        transaction.problems.add(CERTIFICATE_UNREADABLE, "input", "certificate")
        raise transaction.problems.refusal() from None


async def _check(
    transaction: EditTransaction,
    party: CommunicationParty,
    read: CertificateSnapshot,
    usage: CertificateUsage,
    start: datetime,
) -> None:
    if not read.not_before <= start < read.not_after:
        stated = f"{read.not_before.date()} – {read.not_after.date()}"
        transaction.problems.add(CERTIFICATE_EXPIRED, "input", "certificate", value=stated)
    if not USAGE_NEEDS[usage] & set(read.key_usage):
        transaction.problems.add(USAGE_NOT_ALLOWED, "input", "usage", value=", ".join(read.key_usage) or "-")
    if without_national_ids(read.subject) != read.subject:
        transaction.problems.add(TEXT_HOLDS_NATIONAL_ID, "input", "certificate")  # all may read whose certificate it is
    if not has_strong_key(read.der):
        transaction.problems.add(KEY_WEAK, "input", "certificate")
    above = await transaction.session.get(CommunicationParty, party.parent_her_id) if party.parent_her_id else party
    number = above.organisation_number if above else None
    if read.subject_organisation_number is not None and read.subject_organisation_number != number:
        transaction.problems.add(
            OF_ANOTHER_ORGANISATION, "input", "certificate", value=read.subject_organisation_number
        )


async def _store_certificate(session: AsyncSession, read: CertificateSnapshot) -> None:
    """The certificate itself, once; its bytes complete what was known by thumbprint alone."""
    row = await session.get(Certificate, read.thumbprint)
    if row is None:
        row = Certificate(thumbprint=read.thumbprint)
        session.add(row)
    if row.der is None:
        for name, value in columns_of(read).items():
            setattr(row, name, value)
    await session.flush()

"""Changes of which certificate is a party's current one."""

import base64
import binascii
import re
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from registers.communication_parties.editing import inheritors
from registers.communication_parties.editing.addresses import expected
from registers.communication_parties.editing.own_periods import end_at, next_after, stored_at
from registers.communication_parties.editing.rules_contact import (
    CERTIFICATE_EXPIRED,
    CERTIFICATE_UNREADABLE,
    KEY_WEAK,
    NOT_IN_USE,
    OF_ANOTHER_ORGANISATION,
    USAGE_NOT_ALLOWED,
)
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
    has_strong_key,
)
from registers.core.identifiers import EntryNumber, HerId, without_national_ids
from registers.editing.periods import validated_period, validated_time
from registers.editing.rules import NOTHING_TO_CHANGE, TEXT_HOLDS_NATIONAL_ID
from registers.editing.transaction import EditTransaction

PEM = re.compile(r"-----BEGIN CERTIFICATE-----([^-]*)-----END CERTIFICATE-----")


async def add_certificate(
    transaction: EditTransaction,
    *,
    her_id: HerId,
    expected_entry: EntryNumber,
    certificate: str,
    usage: CertificateUsage,
    since: datetime | None,
) -> str:
    """The party's current certificate for the usage from `since` on; the one before ends there. Raises Refused."""
    party = await expected(transaction, her_id, expected_entry)
    start = validated_period(transaction.problems, since or transaction.at, None, "input").start
    read = _read(transaction, certificate)
    rows = await _uses(transaction, her_id, usage)
    await _check(transaction, party, read, usage, start)
    stored = stored_at(rows, start)
    if stored is not None and stored.thumbprint == read.thumbprint:
        transaction.problems.add(NOTHING_TO_CHANGE)
    before = _dated(rows)
    below = await _inheritors(transaction, her_id, usage, before, inheritors.replaced(before, start, read.thumbprint))
    await transaction.write(*inheritors.changes_of(her_id, below))
    await _store_certificate(transaction, read)
    await end_at(transaction.session, stored, start)
    end = next_after(rows, start)
    transaction.session.add(
        PartyCertificate(her_id=her_id, usage=usage.value, thumbprint=read.thumbprint, valid_from=start, valid_to=end)
    )
    return str(her_id)


async def end_certificate(
    transaction: EditTransaction,
    *,
    her_id: HerId,
    expected_entry: EntryNumber,
    usage: CertificateUsage,
    at: datetime | None,
) -> str:
    """The own certificate is no longer current from `at` on; it stays readable for messages of before."""
    await expected(transaction, her_id, expected_entry)
    moment = validated_time(transaction.problems, at or transaction.at, "at")
    rows = await _uses(transaction, her_id, usage)
    stored = stored_at(rows, moment)
    if stored is None:
        transaction.problems.add(NOT_IN_USE, "usage")
    before = _dated(rows)
    below = await _inheritors(transaction, her_id, usage, before, inheritors.ended(before, moment))
    await transaction.write(*inheritors.changes_of(her_id, below))
    await end_at(transaction.session, stored, moment)
    return str(her_id)


async def _uses(transaction: EditTransaction, her_id: HerId, usage: CertificateUsage) -> list[PartyCertificate]:
    use = PartyCertificate
    return list(await transaction.session.scalars(select(use).where(use.her_id == her_id, use.usage == usage.value)))


def _dated(rows: Iterable[PartyCertificate]) -> list[inheritors.Spell]:
    return [inheritors.Spell(row.period, row.thumbprint) for row in rows]


async def _inheritors(
    transaction: EditTransaction,
    her_id: HerId,
    usage: CertificateUsage,
    before: list[inheritors.Spell],
    after: list[inheritors.Spell],
) -> list[HerId]:
    use = PartyCertificate
    return await inheritors.inheritors_of(transaction.session, her_id, use, use.usage == usage.value, before, after)


def _read(transaction: EditTransaction, text: str) -> CertificateSnapshot:
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


async def _store_certificate(transaction: EditTransaction, read: CertificateSnapshot) -> None:
    """The certificate itself, once; bytes complete what was known by thumbprint alone."""
    row = await transaction.session.get(Certificate, read.thumbprint)
    if row is None:
        row = Certificate(thumbprint=read.thumbprint)
        transaction.session.add(row)
    if row.der is None:
        row.der, row.serial_number = read.der, read.serial_number
        row.subject, row.issuer = read.subject, read.issuer
        row.subject_organisation_number = read.subject_organisation_number
        row.key_usage = read.key_usage
        row.not_before, row.not_after = read.not_before, read.not_after
    await transaction.session.flush()

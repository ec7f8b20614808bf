"""Certificates that arrive in bytes: what they say, and to which parties they belong."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from registers.communication_parties.intake import inheritors
from registers.communication_parties.intake.certificate_uses import CertificateIntake
from registers.communication_parties.intake.parties import record_set, write_parties
from registers.communication_parties.models import PartyCertificate
from registers.communication_parties.x509 import CertificateSnapshot
from registers.core.identifiers import HerId, Thumbprint
from registers.editing.bulk_writes import Writes
from registers.intake.record_set import Outcome, Result, Row, any_of

CERTIFICATES_IN_ADDRESSES = text("""
    SELECT her_id, address, serial[1] AS serial
    FROM electronic_addresses, regexp_matches(address, 'certificateSerialNumber=(\\d+)', 'gi') AS serial
    WHERE type = '9044/E_DS' AND serial[1] = ANY(CAST(:serials AS text[]))
      AND (valid_to IS NULL OR valid_to > :now)
    ORDER BY her_id
""")


class CertificateFileIntake:
    """Certificates of one transaction: load, take in, then write."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._parties = record_set()
        self._uses = CertificateIntake(self._parties, now)
        self._certificates = self._uses.certificates
        self._used: set[Thumbprint] = set()
        self._references: dict[Thumbprint, list[HerId]] = {}

    async def load(self, session: AsyncSession, outcomes: Collection[Outcome[CertificateSnapshot]]) -> None:
        """The certificates and their possible users."""
        snapshots = {each.snapshot.thumbprint: each.snapshot for each in outcomes}
        await self._certificates.load(session, list(snapshots))
        by_serial = {each.serial_number: each for each in snapshots.values()}
        found = await session.execute(CERTIFICATES_IN_ADDRESSES, {"serials": list(by_serial), "now": self._now})
        for her_id, address, serial in found:
            snapshot = by_serial[serial]
            if snapshot.ldap_url is None or snapshot.ldap_url == address:
                self._references.setdefault(snapshot.thumbprint, []).append(her_id)
        users = await session.execute(
            select(PartyCertificate.thumbprint, PartyCertificate.her_id).where(
                any_of(PartyCertificate.thumbprint, list(snapshots))
            )
        )
        self._used = {thumbprint for thumbprint, _ in users}
        asked = {each.her_id for each in snapshots.values() if each.her_id is not None}
        await self._parties.load(session, asked | {each for found in self._references.values() for each in found})
        rows = [self._parties.row(her_id) for her_id in self._parties.records]
        await self._parties.load(
            session, {row["parent_her_id"] for row in rows if row and row["parent_her_id"] is not None}
        )

    def take(self, outcome: Outcome[CertificateSnapshot]) -> None:
        """One loaded certificate."""
        snapshot = outcome.snapshot
        former = self._certificates.row(snapshot.thumbprint)
        row = _row(snapshot)
        if former and former["der"] is None:
            stated = (former["not_before"], former["not_after"])
            if stated != (snapshot.not_before, snapshot.not_after):
                outcome.flag("certificate-dates-differ", "not_before", "is not what the party's record stated")
        self._certificates.set_row(snapshot.thumbprint, row)
        if former is None:
            outcome.result = Result.NEW
        elif former != row:
            outcome.result = Result.CHANGED
        self._link_all(outcome, row)

    def _link_all(self, outcome: Outcome[CertificateSnapshot], row: Row) -> None:
        snapshot = outcome.snapshot
        if snapshot.usage is None:
            outcome.flag("certificate-usage-unclear", "usage", "is kept and linked to nobody")
            return
        targets = {
            her_id for her_id in (snapshot.her_id, *self._references.get(snapshot.thumbprint, [])) if her_id is not None
        }
        known = {her_id for her_id in targets if self._parties.row(her_id)}
        for her_id in sorted(known):
            before = self._parties.copy_of(her_id)
            if not self._uses.link(her_id, snapshot.usage, row, is_current=snapshot.current):
                outcome.flag("certificate-overlap", "", f"HER-id {her_id} uses another from the same day on")
            if outcome.result is Result.UNCHANGED and self._parties.copy_of(her_id) != before:
                outcome.result = Result.CHANGED
        if (not known and snapshot.thumbprint not in self._used) or snapshot.her_id in targets - known:
            outcome.remembered = False  # whose it is may arrive later
            outcome.flag("certificate-unassigned", "", "no party held is known to use it")

    async def inheritors(self, session: AsyncSession) -> list[HerId]:
        """Parties that inherit one of the certificates from now on, or no longer the one before."""
        return await inheritors.inheritors(session, self._parties)

    def write(self, writes: Writes, inheritors: Iterable[HerId]) -> None:
        self._uses.write(writes)
        write_parties(self._parties, writes, inheritors)


def _row(snapshot: CertificateSnapshot) -> Row:
    return {
        "thumbprint": snapshot.thumbprint,
        "der": snapshot.der,
        "serial_number": snapshot.serial_number,
        "subject": snapshot.subject,
        "issuer": snapshot.issuer,
        "subject_organisation_number": snapshot.subject_organisation_number,
        "key_usage": list(snapshot.key_usage),
        "not_before": snapshot.not_before,
        "not_after": snapshot.not_after,
    }

"""Certificates that arrive in bytes: what they state, and to which parties they belong."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from registers.communication_parties.intake import inheritors
from registers.communication_parties.intake.certificate_uses import CertificateIntake
from registers.communication_parties.intake.parties import record_set, write_parties
from registers.communication_parties.repository import current
from registers.communication_parties.x509 import CertificateSnapshot, columns_of
from registers.core.identifiers import HerId, Thumbprint
from registers.editing.bulk_writes import Writes
from registers.intake.record_set import Outcome, Result, Row


class CertificateFileIntake:
    """Certificates of one transaction: load, take, then write."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._parties = record_set()
        self._uses = CertificateIntake(self._parties, now)
        self._certificates = self._uses.certificates
        self._used: set[Thumbprint] = set()  # by any party, as its own
        self._named_by: dict[Thumbprint, list[HerId]] = {}  # parties with an address that names the certificate

    async def load(self, session: AsyncSession, outcomes: Collection[Outcome[CertificateSnapshot]]) -> None:
        """The certificates, the parties that may use them, and those above these."""
        snapshots = {each.snapshot.thumbprint: each.snapshot for each in outcomes}
        await self._certificates.load(session, list(snapshots))
        by_serial = {each.serial_number: each for each in snapshots.values()}
        for her_id, address, serial in await current.addresses_with_serials(session, by_serial, now=self._now):
            snapshot = by_serial[serial]
            if snapshot.ldap_url is None or snapshot.ldap_url == address:
                self._named_by.setdefault(snapshot.thumbprint, []).append(her_id)
        self._used = await current.used_certificates(session, snapshots)
        stated = {each.her_id for each in snapshots.values() if each.her_id is not None}
        await self._parties.load(session, stated.union(*self._named_by.values()))
        rows = [self._parties.row(her_id) for her_id in self._parties.records]
        await self._parties.load(
            session, {row["parent_her_id"] for row in rows if row and row["parent_her_id"] is not None}
        )

    def take(self, outcome: Outcome[CertificateSnapshot]) -> None:
        """One loaded certificate."""
        snapshot = outcome.snapshot
        former = self._certificates.row(snapshot.thumbprint)
        row: Row = columns_of(snapshot)
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

    async def inheritors(self, session: AsyncSession) -> list[HerId]:
        """Parties that inherit one of the certificates from now on, or no longer the one before."""
        return await inheritors.inheritors(session, self._parties)

    def write(self, writes: Writes, inheritors: Iterable[HerId]) -> None:
        self._uses.write(writes)
        write_parties(self._parties, writes, inheritors)

    def _link_all(self, outcome: Outcome[CertificateSnapshot], row: Row) -> None:
        """Links the certificate to the parties that its file or an address of theirs names."""
        snapshot = outcome.snapshot
        if snapshot.usage is None:
            outcome.flag("certificate-usage-unclear", "usage", "is kept and linked to nobody")
            return
        stated = {snapshot.her_id} if snapshot.her_id is not None else set[HerId]()
        users = stated.union(self._named_by.get(snapshot.thumbprint, []))
        known = {her_id for her_id in users if self._parties.row(her_id)}
        for her_id in sorted(known):
            before = self._parties.copy_of(her_id)
            if not self._uses.link(her_id, snapshot.usage, row, is_current=snapshot.current):
                outcome.flag("certificate-overlap", "", f"HER-id {her_id} uses another from the same day on")
            if outcome.result is Result.UNCHANGED and self._parties.copy_of(her_id) != before:
                outcome.result = Result.CHANGED
        if (not known and snapshot.thumbprint not in self._used) or not stated <= known:
            outcome.remembered = False  # the party it belongs to may arrive later
            outcome.flag("certificate-unassigned", "", "no party held is known to use it")

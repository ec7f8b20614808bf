"""Certificates that parties' records and addresses name, and the periods in which each was in use."""

import re
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from registers.changelog.append import Register
from registers.communication_parties.intake.snapshot import CertificateReference, PartySnapshot
from registers.communication_parties.intake.timeline import (
    IntakeContext,
    Reported,
    Spell,
    current,
    follow,
    inserted,
    unless_repeated,
)
from registers.communication_parties.models import (
    Certificate,
    CertificateUsage,
    ElectronicAddress,
    PartyCertificate,
    PartyKind,
)
from registers.core.identifiers import HerId, Thumbprint
from registers.editing.bulk_writes import Writes
from registers.intake.record_set import Outcome, RecordSet, Row, any_of, table_of
from registers.intake.snapshot import NOT_REPORTED, reported

CERTIFICATE_ADDRESS = "9044/E_DS"
SERIAL_NUMBER = re.compile(r"certificateSerialNumber=(\d+)", re.IGNORECASE)
ENCRYPTING = {"keyEncipherment", "keyAgreement", "dataEncipherment"}
SIGNING = {"contentCommitment", "digitalSignature"}

Uses = dict[str, list[Spell[Thumbprint]]]
"""Periods of use by usage."""


def usage_of(key_usage: Iterable[str]) -> CertificateUsage | None:
    """What a certificate is for by its key usage; None = it does not tell."""
    if not ENCRYPTING.isdisjoint(key_usage):
        return CertificateUsage.ENCRYPTION
    return CertificateUsage.SIGNING if not SIGNING.isdisjoint(key_usage) else None


class CertificateIntake:
    """Certificates and their use by the parties of one transaction."""

    def __init__(self, parties: RecordSet[HerId], now: datetime) -> None:
        self._parties = parties
        self._now = now
        self.certificates: RecordSet[Thumbprint] = RecordSet("thumbprint", Certificate)

    async def load_references(self, session: AsyncSession, snapshots: Iterable[PartySnapshot]) -> None:
        referenced = {each.thumbprint for snapshot in snapshots for each in reported(snapshot.certificates, [])}
        await self.certificates.load(session, referenced)

    def uses(self, her_id: HerId) -> Uses:
        uses: Uses = {}
        for row in self._parties.rows(her_id, PartyCertificate).values():
            spell = Spell(row["thumbprint"], row["valid_from"], row["valid_to"], row.get("id"))
            uses.setdefault(row["usage"], []).append(spell)
        return uses

    def want_uses(self, her_id: HerId, uses: Uses) -> None:
        rows: list[Row] = [
            {
                "id": spell.id,
                "her_id": her_id,
                "usage": usage,
                "thumbprint": spell.value,
                "valid_from": spell.start,
                "valid_to": spell.end,
            }
            for usage, spells in uses.items()
            for spell in spells
        ]
        self._parties.set_rows(her_id, PartyCertificate, rows)

    def take_references(self, outcome: Outcome[PartySnapshot], moment: IntakeContext) -> None:
        """What a party's record tells of its certificates, own or inherited as served."""
        snapshot = outcome.snapshot
        if snapshot.certificates is NOT_REPORTED:
            return
        her_id = snapshot.her_id
        uses = self.uses(her_id)
        for usage in CertificateUsage:
            references = [each for each in snapshot.certificates if each.usage is usage]
            references.sort(key=lambda each: (each.not_before, each.not_after))
            for reference in references:
                self._name(reference)
            spells = uses.get(usage.value, [])
            for earlier in references[:-1]:
                spells = self._with_earlier(outcome, spells, earlier)
            newest = references[-1] if references else None
            inherited = newest and self._of_parent(snapshot, usage, moment.at) == newest.thumbprint
            reported_now = []
            if newest and not inherited:
                reported_now = [Reported(newest.thumbprint, min(newest.not_before, moment.at))]
            uses[usage.value] = follow(spells, reported_now, moment)
        self.want_uses(her_id, uses)

    def _with_earlier(
        self, outcome: Outcome[PartySnapshot], spells: list[Spell[Thumbprint]], earlier: CertificateReference
    ) -> list[Spell[Thumbprint]]:
        slot = inserted(spells, earlier.thumbprint, start=earlier.not_before, until=earlier.not_after, is_current=False)
        if slot is None:
            outcome.flag("certificate-overlap", "certificates", f"{earlier.thumbprint} has no time of its own")
        return spells if slot is None else slot

    def _name(self, reference: CertificateReference) -> None:
        if self.certificates.row(reference.thumbprint) is None:
            row: Row = {
                "thumbprint": reference.thumbprint,
                "der": None,
                "serial_number": None,
                "subject": None,
                "issuer": None,
                "subject_organisation_number": None,
                "key_usage": [],
                "not_before": reference.not_before,
                "not_after": reference.not_after,
            }
            self.certificates.set_row(reference.thumbprint, row)

    def _of_parent(self, snapshot: PartySnapshot, usage: CertificateUsage, at: datetime) -> Thumbprint | None:
        if snapshot.parent is None or snapshot.kind is PartyKind.ORGANISATION:
            return None
        return self._current(snapshot.parent.her_id, usage, at)

    def _current(self, her_id: HerId, usage: CertificateUsage, at: datetime) -> Thumbprint | None:
        spell = current(self.uses(her_id).get(usage.value, []), at)
        return spell.value if spell else None

    def inherit(self, her_id: HerId, parent: HerId, moment: IntakeContext, *, wholly: bool) -> None:
        """Ends own uses that merely repeat the parent's; `wholly` = they never were its own."""
        uses, above = self.uses(her_id), self.uses(parent)
        remaining = {
            usage: unless_repeated(spells, above.get(usage, []), moment.at, wholly=wholly)
            for usage, spells in uses.items()
        }
        if remaining != uses:
            self.want_uses(her_id, remaining)

    async def link_by_addresses(self, session: AsyncSession) -> None:
        """Links certificates whose serial number a new own address of a loaded party names."""
        referenced: dict[str, list[HerId]] = {}
        for her_id in self._parties.records:
            for serial in self._new_serials(her_id):
                referenced.setdefault(serial, []).append(her_id)
        if not referenced:
            return
        found = await session.execute(
            select(Certificate.thumbprint, Certificate.serial_number).where(
                any_of(Certificate.serial_number, list(referenced))
            )
        )
        serials = {row.thumbprint: row.serial_number for row in found}
        await self.certificates.load(session, list(serials))
        for thumbprint, serial in sorted(serials.items()):
            row = self.certificates.row(thumbprint)
            usage = usage_of(row["key_usage"]) if row else None
            if row and usage:
                for her_id in referenced[serial]:
                    self.link(her_id, usage, row, is_current=None)

    def _new_serials(self, her_id: HerId) -> list[str]:
        record = self._parties.records[her_id]
        table = table_of(ElectronicAddress)
        stored = {row["address"] for row in record.stored[table].values() if row["type"] == CERTIFICATE_ADDRESS}
        new = {
            row["address"]
            for row in record.target[table].values()
            if row["type"] == CERTIFICATE_ADDRESS and row["address"] not in stored
        }
        return [serial for address in sorted(filter(None, new)) for serial in SERIAL_NUMBER.findall(address)]

    def link(self, her_id: HerId, usage: CertificateUsage, certificate: Row, *, is_current: bool | None) -> bool:
        """The certificate becomes the party's own from its first day on. False when another holds its place."""
        party = self._parties.row(her_id)
        parent = party["parent_her_id"] if party else None
        if parent is not None and self._current(parent, usage, self._now) == certificate["thumbprint"]:
            return True
        uses = self.uses(her_id)
        slot = inserted(
            uses.get(usage.value, []),
            certificate["thumbprint"],
            start=certificate["not_before"],
            until=certificate["not_after"],
            is_current=is_current,
        )
        if slot is None:
            return False
        self.want_uses(her_id, {**uses, usage.value: slot})
        return True

    def write(self, writes: Writes) -> None:
        for thumbprint, record in self.certificates.records.items():
            if record.differs:
                stored = self.certificates.stored_row(thumbprint)
                action = "CertificateRegistered"
                if stored is not None:
                    action = "CertificateCompleted" if stored["der"] is None else "CertificateUpdated"
                under = writes.entry(Register.COMMUNICATION_PARTIES, thumbprint, action)
                writes.compare(record, under=under)

"""Certificates that parties' records and addresses name, and the periods in which each was in use."""

import re
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from registers.changelog.append import Register
from registers.communication_parties.intake.slots import OwnValues
from registers.communication_parties.intake.snapshot import CertificateReference, PartySnapshot
from registers.communication_parties.intake.timeline import IntakeContext, Reported, inserted, merged
from registers.communication_parties.models import (
    CERTIFICATE_ADDRESS,
    Certificate,
    CertificateUsage,
    ElectronicAddress,
    PartyCertificate,
    PartyKind,
)
from registers.communication_parties.repository import current
from registers.communication_parties.x509 import usage_of
from registers.core.identifiers import HerId, Thumbprint
from registers.core.validity import Dated, current_at
from registers.editing.bulk_writes import Writes
from registers.intake.aggregate import empty_row
from registers.intake.record_set import Outcome, RecordSet, Row, Rows, table_of
from registers.intake.snapshot import NOT_REPORTED, reported

SERIAL_NUMBER = re.compile(r"certificateSerialNumber=(\d+)", re.IGNORECASE)


class CertificateIntake:
    """Certificates and their use by the parties of one transaction."""

    def __init__(self, parties: RecordSet[HerId], now: datetime) -> None:
        self._parties = parties
        self._now = now
        self._uses: OwnValues[Thumbprint] = OwnValues(parties, PartyCertificate, Thumbprint)
        self.certificates: RecordSet[Thumbprint] = RecordSet("thumbprint", Certificate)

    async def load_references(self, session: AsyncSession, snapshots: Iterable[PartySnapshot]) -> None:
        """The certificates that parties' records name."""
        referenced = {each.thumbprint for snapshot in snapshots for each in reported(snapshot.certificates, [])}
        await self.certificates.load(session, referenced)

    def take_references(self, outcome: Outcome[PartySnapshot], context: IntakeContext) -> None:
        """The certificates that a party's record names: of each usage the current one, own or inherited, and earlier
        ones."""
        snapshot = outcome.snapshot
        if snapshot.certificates is NOT_REPORTED:
            return
        uses = self._uses.slots_of(snapshot.her_id)
        for usage in CertificateUsage:
            references = [each for each in snapshot.certificates if each.usage is usage]
            references.sort(key=lambda each: (each.not_before, each.not_after))
            for reference in references:
                self._announce(reference)
            values = uses.get(usage.value, [])
            for earlier in references[:-1]:
                values = _with_earlier(outcome, values, earlier)
            newest = references[-1] if references else None
            reported_now = []
            if newest and self._current_of_parent(snapshot, usage, context.at) != newest.thumbprint:
                reported_now = [Reported(newest.thumbprint, min(newest.not_before, context.at))]
            uses[usage.value] = merged(values, reported_now, context)
        self._uses.set_slots(snapshot.her_id, uses)

    def inherit(self, her_id: HerId, parent: HerId, at: datetime, *, wholly: bool) -> None:
        """Ends own uses that merely repeat the parent's; `wholly` = they never were the party's own."""
        self._uses.end_repeated(her_id, parent, at, wholly=wholly)

    async def link_by_addresses(self, session: AsyncSession) -> None:
        """Links certificates whose serial number a new own address of a loaded party names."""
        named_by: dict[str, list[HerId]] = {}
        for her_id in self._parties.records:
            for serial in self._new_serials(her_id):
                named_by.setdefault(serial, []).append(her_id)
        if not named_by:
            return
        serials = await current.certificates_by_serial(session, named_by)
        await self.certificates.load(session, list(serials))
        for thumbprint, serial in sorted(serials.items()):
            row = self.certificates.row(thumbprint)
            usage = usage_of(row["key_usage"]) if row else None
            if row and usage:
                for her_id in named_by[serial]:
                    self.link(her_id, usage, row, is_current=None)

    def link(self, her_id: HerId, usage: CertificateUsage, certificate: Row, *, is_current: bool | None) -> bool:
        """The certificate becomes the party's own from its first day on. False when another one has that period."""
        party = self._parties.row(her_id)
        parent = party["parent_her_id"] if party else None
        if parent is not None and self._current(parent, usage, self._now) == certificate["thumbprint"]:
            return True
        uses = self._uses.slots_of(her_id)
        values = inserted(
            uses.get(usage.value, []),
            certificate["thumbprint"],
            start=certificate["not_before"],
            until=certificate["not_after"],
            is_current=is_current,
        )
        if values is None:
            return False
        self._uses.set_slots(her_id, {**uses, usage.value: values})
        return True

    def write(self, writes: Writes) -> None:
        """An entry for each certificate that differs; parties' uses are written with the parties."""
        for thumbprint, record in self.certificates.records.items():
            if record.differs:
                stored = self.certificates.stored_row(thumbprint)
                action = "CertificateRegistered"
                if stored is not None:
                    action = "CertificateCompleted" if stored["der"] is None else "CertificateUpdated"
                under = writes.entry(Register.COMMUNICATION_PARTIES, thumbprint, action)
                writes.compare(record, under=under)

    def _announce(self, reference: CertificateReference) -> None:
        """A certificate that is only named so far gets a row without bytes."""
        if self.certificates.row(reference.thumbprint) is None:
            row = empty_row(Certificate) | {
                "thumbprint": reference.thumbprint,
                "key_usage": [],
                "not_before": reference.not_before,
                "not_after": reference.not_after,
            }
            self.certificates.set_row(reference.thumbprint, row)

    def _current_of_parent(self, snapshot: PartySnapshot, usage: CertificateUsage, at: datetime) -> Thumbprint | None:
        if snapshot.parent is None or snapshot.kind is PartyKind.ORGANISATION:
            return None
        return self._current(snapshot.parent.her_id, usage, at)

    def _current(self, her_id: HerId, usage: CertificateUsage, at: datetime) -> Thumbprint | None:
        use = current_at(self._uses.slots_of(her_id).get(usage.value, []), at)
        return use.value if use else None

    def _new_serials(self, her_id: HerId) -> list[str]:
        """Serial numbers in certificate addresses that are not stored yet."""
        record, table = self._parties.records[her_id], table_of(ElectronicAddress)
        new = _certificate_addresses(record.target[table]) - _certificate_addresses(record.stored[table])
        return [serial for address in sorted(new) for serial in SERIAL_NUMBER.findall(address)]


def _with_earlier(
    outcome: Outcome[PartySnapshot], values: list[Dated[Thumbprint]], earlier: CertificateReference
) -> list[Dated[Thumbprint]]:
    with_it = inserted(values, earlier.thumbprint, start=earlier.not_before, until=earlier.not_after, is_current=False)
    if with_it is None:
        outcome.flag("certificate-overlap", "certificates", f"{earlier.thumbprint} has no time of its own")
        return values
    return with_it


def _certificate_addresses(rows: Rows) -> set[str]:
    return {row["address"] for row in rows.values() if row["type"] == CERTIFICATE_ADDRESS and row["address"]}

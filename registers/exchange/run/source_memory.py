"""What each interface said last of each record, so that saying it again changes nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache
from hashlib import sha256
from secrets import token_bytes
from typing import Any

import msgspec
from sqlalchemy import ARRAY, LargeBinary, Text, bindparam, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from registers.changelog.append import Register
from registers.communication_parties.intake.snapshot import PartySnapshot
from registers.communication_parties.models import PartyKind
from registers.communication_parties.x509 import CertificateSnapshot
from registers.exchange.recognise import Record
from registers.exchange.run.models import SourceRecord
from registers.gp_lists.intake.snapshot import (
    GpContractSnapshot,
    PatientAssociationSnapshot,
    PatientPersonSnapshot,
    TeamSnapshot,
)
from registers.gp_lists.log_keys import association_key, team_key
from registers.intake.record_set import Outcome, any_of
from registers.intake.snapshot import NOT_REPORTED, Snapshot
from registers.organisations.intake.snapshot import OrganisationSnapshot, ReshUnitSnapshot
from registers.organisations.log_keys import log_key
from registers.personnel.intake.snapshot import HealthProfessionalSnapshot

BESIDE = {"interface", "position", "flags", "refused"}  # fields that are not what the record says
DIGEST_BYTES = 32
NO_CONTEXT = bytes(DIGEST_BYTES)

Identity = tuple[str, str, str]
"""Register, key, interface."""

STORE = text("""
    INSERT INTO source_records (register, key, interface, digest, changed_at, imported_at)
    SELECT *, :now FROM unnest(:registers, :keys, :interfaces, :digests, CAST(:changed_at AS timestamptz[]))
    ON CONFLICT (register, key, interface) DO UPDATE
    SET digest = excluded.digest, changed_at = excluded.changed_at, imported_at = excluded.imported_at
""").bindparams(
    bindparam("registers", type_=ARRAY(Text)),
    bindparam("keys", type_=ARRAY(Text)),
    bindparam("interfaces", type_=ARRAY(Text)),
    bindparam("digests", type_=ARRAY(LargeBinary)),
)

SEEN_BESIDE = text(f"""
    UPDATE source_records SET digest = overlay(digest PLACING :form FROM {DIGEST_BYTES + 1})
    WHERE register = :register AND interface = :interface AND key = ANY(:keys)
""").bindparams(bindparam("form", type_=LargeBinary), bindparam("keys", type_=ARRAY(Text)))  # noqa: S608

_SECRET = token_bytes(DIGEST_BYTES)
_encoder = msgspec.json.Encoder(order="deterministic")


@dataclass(slots=True)
class Remembered:
    """The newest form of a record and in whose light it was read.

    `former` = the forms it took the place of in the import that brought it. Stored one behind the other.
    """

    newest: bytes
    context: bytes
    former: frozenset[bytes]
    changed_at: datetime | None
    imported_at: datetime


@cache
def _columns_of(kind: type[Snapshot]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind) if field.name not in BESIDE)


def digest_of(outcome: Outcome[Any], key: bytes) -> bytes:
    """Of what a record says and of what was left out of it; keyed, see `DigestKey`."""
    left_out = [remark.path for remark in outcome.refused]
    return sha256(key + _encoder.encode((_reported(outcome.snapshot), left_out))).digest()


def _reported(value: Any) -> Any:
    if isinstance(value, Snapshot):
        return [_reported(getattr(value, name)) for name in _columns_of(type(value))]
    return [_reported(each) for each in value] if isinstance(value, list) else value


def identity(record: Record) -> Identity:
    """In memory only where a person's number is all there is to tell records apart: see `stored_under`."""
    match record:
        case PartySnapshot():
            register, key = Register.COMMUNICATION_PARTIES, str(record.her_id)
        case CertificateSnapshot():
            register, key = Register.COMMUNICATION_PARTIES, record.thumbprint
        case OrganisationSnapshot():
            register, key = Register.ORGANISATIONS, record.organisation_number
        case ReshUnitSnapshot():
            register, key = Register.ORGANISATIONS, log_key(record.resh_id)
        case HealthProfessionalSnapshot():
            register, key = Register.PERSONNEL, str(record.hpr_number)
        case GpContractSnapshot():
            register, key = Register.GP_LISTS, str(record.id)
        case PatientAssociationSnapshot(id=int(own_id)):
            register, key = Register.GP_LISTS, association_key(own_id)
        case PatientAssociationSnapshot():
            position = f"{record.contract_id} {record.valid_from}"
            register, key = Register.GP_LISTS, _unreadable(f"{record.national_id} {position}")
        case PatientPersonSnapshot():
            register, key = Register.GP_LISTS, _unreadable(record.national_id)
        case TeamSnapshot():
            register, key = Register.GP_LISTS, team_key(record.id)
    return register.value, key, record.interface


def _unreadable(text: str) -> str:
    """Tells apart within this process and betrays nothing, should it ever be printed."""
    return sha256(_SECRET + text.encode()).hexdigest()


def of_parent(snapshot: PartySnapshot) -> Identity | None:
    """The record in whose light this one is read: where it leaves open what is its own, its parent's."""
    if snapshot.parent is None or snapshot.kind is PartyKind.ORGANISATION:
        return None
    addresses = (*snapshot.electronic_addresses, *snapshot.physical_addresses)
    if snapshot.certificates is NOT_REPORTED and all(each.inherited is not None for each in addresses):
        return None
    return Register.COMMUNICATION_PARTIES.value, str(snapshot.parent.her_id), snapshot.interface


async def stored_under(session: AsyncSession, keys: Mapping[Identity, str]) -> dict[Identity, Remembered]:
    """What is remembered of records under keys that only the database knows."""
    rows = await _rows(session, keys.values())
    found = {each: (each[0], key, each[2]) for each, key in keys.items()}
    return {each: rows[stored] for each, stored in found.items() if stored in rows}


async def remembered(session: AsyncSession, records: Iterable[Record]) -> dict[Identity, Remembered]:
    """What is remembered of the records and those in whose light they are read, by all interfaces."""
    keys = set[str]()
    for record in records:
        keys.add(identity(record)[1])
        if isinstance(record, PartySnapshot) and (parent := of_parent(record)):
            keys.add(parent[1])
    return await _rows(session, keys)


async def _rows(session: AsyncSession, keys: Iterable[str]) -> dict[Identity, Remembered]:
    rows = await session.execute(
        select(
            SourceRecord.register,
            SourceRecord.key,
            SourceRecord.interface,
            SourceRecord.digest,
            SourceRecord.changed_at,
            SourceRecord.imported_at,
        ).where(any_of(SourceRecord.key, list(keys)))
    )
    return {
        (row.register, row.key, row.interface): _taken_apart(row.digest, row.changed_at, row.imported_at)
        for row in rows
    }


def _taken_apart(digests: bytes, changed_at: datetime | None, imported_at: datetime) -> Remembered:
    starts = range(0, len(digests), DIGEST_BYTES)
    newest, context, *former = (digests[at : at + DIGEST_BYTES] for at in starts)
    return Remembered(newest, context, frozenset(former), changed_at, imported_at)


async def remember(session: AsyncSession, forms: Sequence[tuple[Identity, Remembered]], now: datetime) -> None:
    if not forms:
        return
    await session.execute(
        STORE,
        {
            "registers": [register for (register, _, _), _ in forms],
            "keys": [key for (_, key, _), _ in forms],
            "interfaces": [interface for (_, _, interface), _ in forms],
            "digests": [form.newest + form.context + b"".join(sorted(form.former)) for _, form in forms],
            "changed_at": [form.changed_at for _, form in forms],
            "now": now,
        },
    )


async def read_in_light_of(session: AsyncSession, children: Iterable[str], parent: Identity, form: bytes) -> None:
    """Remembers that the children's records have been seen beside this form of their parent's."""
    register, _, interface = parent
    await session.execute(
        SEEN_BESIDE, {"register": register, "interface": interface, "keys": list(children), "form": form}
    )


async def spoken_of_by_none_but(
    session: AsyncSession, register: Register, keys: Iterable[str], interface: str
) -> set[str]:
    """Keys of records that came through `interface` and through no other."""
    rows = await session.execute(
        select(SourceRecord.key, SourceRecord.interface).where(
            SourceRecord.register == register.value, any_of(SourceRecord.key, list(keys))
        )
    )
    interfaces: dict[str, set[str]] = {}
    for row in rows:
        interfaces.setdefault(row.key, set()).add(row.interface)
    return {key for key, found in interfaces.items() if found == {interface}}

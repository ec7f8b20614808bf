"""What each interface last reported of each record, so that importing it again changes nothing.

No record is stored twice: what is remembered of it is a digest of its form, keyed with a secret of the database.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache
from hashlib import sha256

import msgspec
from sqlalchemy import ARRAY, LargeBinary, Text, bindparam, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from registers.changelog.append import Register
from registers.database.rows_by_key import among
from registers.exchange.recognise import Record
from registers.exchange.run.identity import Identity, identity, parent_of
from registers.exchange.run.models import SourceRecord
from registers.intake.record_set import Outcome, S
from registers.intake.snapshot import Snapshot

NOT_OF_THE_RECORD = {"interface", "position", "flags", "refused"}  # fields of a snapshot that its digest leaves out
DIGEST_BYTES = 32
NO_PARENT = bytes(DIGEST_BYTES)

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

SET_CONTEXT = text(f"""
    UPDATE source_records SET digest = overlay(digest PLACING :context FROM {DIGEST_BYTES + 1})
    WHERE register = :register AND interface = :interface AND key = ANY(:keys)
""").bindparams(bindparam("context", type_=LargeBinary), bindparam("keys", type_=ARRAY(Text)))  # noqa: S608

_encoder = msgspec.json.Encoder(order="deterministic")


@dataclass(slots=True)
class Remembered:
    """The newest form of a record, as digests; they are stored one behind the other."""

    newest: bytes
    parent: bytes  # the form of its parent's record with which it was read; NO_PARENT for most
    former: frozenset[bytes]  # earlier forms of the same import, which brought several
    changed_at: datetime | None
    imported_at: datetime


@cache
def _columns_of(kind: type[Snapshot]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind) if field.name not in NOT_OF_THE_RECORD)


def digest_of(outcome: Outcome[S], key: bytes) -> bytes:
    """Of what a record reports and of the parts that were refused; keyed, see `DigestKey`.

    Stored in databases: the same record must give the same digest in every release.
    """
    refused = [remark.path for remark in outcome.refused]
    return sha256(key + _encoder.encode((_reported(outcome.snapshot), refused))).digest()


def _reported(value: object) -> object:
    if isinstance(value, Snapshot):
        return [_reported(getattr(value, name)) for name in _columns_of(type(value))]
    return [_reported(each) for each in value] if isinstance(value, list) else value


async def remembered(session: AsyncSession, records: Iterable[Record]) -> dict[Identity, Remembered]:
    """What is remembered, from all interfaces, of the records and of their parents. The unknown are absent."""
    keys = set[str]()
    for record in records:
        keys.add(identity(record)[1])
        if parent := parent_of(record):
            keys.add(parent[1])
    return await _by_key(session, keys)


async def remembered_under(session: AsyncSession, stored_keys: Mapping[Identity, str]) -> dict[Identity, Remembered]:
    """What is remembered of records that are stored under other keys than those of their identity."""
    found = await _by_key(session, stored_keys.values())
    stored = {each: (each[0], key, each[2]) for each, key in stored_keys.items()}
    return {each: found[under] for each, under in stored.items() if under in found}


async def _by_key(session: AsyncSession, keys: Iterable[str]) -> dict[Identity, Remembered]:
    rows = await session.execute(
        select(
            SourceRecord.register,
            SourceRecord.key,
            SourceRecord.interface,
            SourceRecord.digest,
            SourceRecord.changed_at,
            SourceRecord.imported_at,
        ).where(among(SourceRecord.key, list(keys)))
    )
    return {(row.register, row.key, row.interface): _split(row.digest, row.changed_at, row.imported_at) for row in rows}


def _split(digests: bytes, changed_at: datetime | None, imported_at: datetime) -> Remembered:
    starts = range(0, len(digests), DIGEST_BYTES)
    newest, parent, *former = (digests[start : start + DIGEST_BYTES] for start in starts)
    return Remembered(newest, parent, frozenset(former), changed_at, imported_at)


async def remember(session: AsyncSession, forms: Sequence[tuple[Identity, Remembered]], now: datetime) -> None:
    if not forms:
        return
    await session.execute(
        STORE,
        {
            "registers": [register for (register, _, _), _ in forms],
            "keys": [key for (_, key, _), _ in forms],
            "interfaces": [interface for (_, _, interface), _ in forms],
            "digests": [form.newest + form.parent + b"".join(sorted(form.former)) for _, form in forms],
            "changed_at": [form.changed_at for _, form in forms],
            "now": now,
        },
    )


async def set_context(session: AsyncSession, children: Iterable[str], parent: Identity, context: bytes) -> None:
    """Remembers that the records with the keys `children` have been read with this form of their parent's."""
    register, _, interface = parent
    await session.execute(
        SET_CONTEXT, {"register": register, "interface": interface, "keys": list(children), "context": context}
    )


async def reported_only_by(session: AsyncSession, register: Register, keys: Iterable[str], interface: str) -> set[str]:
    """Keys of the records that `interface` has reported and no other interface has."""
    rows = await session.execute(
        select(SourceRecord.key, SourceRecord.interface).where(
            SourceRecord.register == register.value, among(SourceRecord.key, list(keys))
        )
    )
    interfaces: dict[str, set[str]] = {}
    for row in rows:
        interfaces.setdefault(row.key, set()).add(row.interface)
    return {key for key, found in interfaces.items() if found == {interface}}

"""Rows of the log. Numbered, timed and chained by the database itself (migration `create the log`)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, FetchedValue, Index, LargeBinary
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from registers.core.identifiers import EntryNumber
from registers.database.base import Base


class Entry(Base):
    """One change of one record. The numbers are dense; the newest is the version of the whole data set."""

    __tablename__ = "entries"
    __table_args__ = (
        CheckConstraint("register <> '' AND key <> '' AND action <> '' AND caller <> ''", "named"),
        Index(None, "register", "key", "number"),
        Index(None, "register", "number"),
        Index(None, "recorded_at"),
        {"comment": "The log of all registers: append-only, dense, hash-chained."},
    )

    number: Mapped[EntryNumber] = mapped_column(
        primary_key=True,
        autoincrement=False,
        server_default=FetchedValue(),
        comment="1, 2, 3 … in order of commit, without gaps.",
    )
    recorded_at: Mapped[datetime] = mapped_column(
        server_default=FetchedValue(), comment="When it was appended; never before its predecessor."
    )
    register: Mapped[str] = mapped_column(comment="Register of the changed record.")
    key: Mapped[str] = mapped_column(comment="Key of the record there; never a national id.")
    action: Mapped[str] = mapped_column(comment="What happened, e.g. CommunicationPartyUpdated.")
    caller: Mapped[str] = mapped_column(comment="Who answers for the change.")
    reason: Mapped[str | None] = mapped_column(comment="Why, in the caller's words.")
    transaction: Mapped[int] = mapped_column(
        BigInteger,
        server_default=FetchedValue(),
        comment="Transaction that appended it; only this one may change rows under the entry.",
    )
    hash: Mapped[bytes] = mapped_column(
        LargeBinary,
        server_default=FetchedValue(),
        comment="sha256(hash of the previous entry, this entry).",
    )


class AnsweredEdit(Base):
    """The first answer to an edit that carried an idempotency key. No register: neither versioned nor logged."""

    __tablename__ = "idempotency_keys"
    __table_args__ = ({"comment": "First answers to edits, for retries after an unknown outcome."},)

    caller: Mapped[str] = mapped_column(primary_key=True, comment="Who sent it; keys of others do not count.")
    key: Mapped[UUID] = mapped_column(primary_key=True, comment="Chosen by the caller.")
    operation: Mapped[str] = mapped_column(comment="Field of Mutation.")
    request: Mapped[bytes] = mapped_column(LargeBinary, comment="Keyed digest of the operation and its arguments.")
    result: Mapped[dict[str, Any]] = mapped_column(JSONB, comment="Key of the changed record and entries written.")
    entry: Mapped[EntryNumber] = mapped_column(comment="The data set as of this entry holds the change.")
    at: Mapped[datetime] = mapped_column(comment="When the edit was asked for: the instant of its answer.")


class DigestKey(Base):
    """What digests of texts that may hold a national id are keyed with: there are so few national ids that a plain
    digest is found again by trying them all. One row, drawn when the table was made."""

    __tablename__ = "digest_keys"
    __table_args__ = ({"comment": "The key of digests of texts that may hold a national id; one row."},)

    key: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)

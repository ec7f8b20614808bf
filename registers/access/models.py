"""Rows of the access log. Numbered and chained by the database itself (migration `create access log`)."""

from datetime import datetime
from enum import Enum

from sqlalchemy import BigInteger, CheckConstraint, FetchedValue, Index, LargeBinary, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from registers.database.base import Base


class AccessOutcome(Enum):
    """What came of an operation that asked about patients."""

    ANSWERED = "answered"
    REFUSED = "refused"
    FAILED = "failed"


class AccessRecord(Base):
    """One operation that asked about patients. No record of a register: neither versioned nor in the log of changes."""

    __tablename__ = "access_records"
    __table_args__ = (
        CheckConstraint("outcome IN ('answered', 'refused', 'failed')", "outcome"),
        CheckConstraint("caller <> '' AND role <> ''", "named"),
        Index(None, "persons", postgresql_using="gin", postgresql_with={"fastupdate": "off"}),
        Index(None, "caller", "number"),
        Index(None, "asked_at"),
        {"comment": "The access log: who asked about which patients, and why. Append-only, dense, hash-chained."},
    )

    number: Mapped[int] = mapped_column(
        BigInteger,
        primary_key=True,
        autoincrement=False,
        server_default=FetchedValue(),
        comment="1, 2, 3 … in order of commit, without gaps.",
    )
    asked_at: Mapped[datetime] = mapped_column(comment="When the operation came in.")
    duration_us: Mapped[int] = mapped_column(
        BigInteger, comment="Microseconds from there until the answer was made, the record's own writing not counted."
    )
    caller: Mapped[str] = mapped_column(comment="Who asked; never a national id.")
    role: Mapped[str] = mapped_column(comment="What the caller is.")
    organisation_number: Mapped[str | None] = mapped_column(comment="For whom the caller asked; null = nobody named.")
    purposes: Mapped[list[str]] = mapped_column(ARRAY(Text), comment="Why: every purpose stated.")
    operation: Mapped[str | None] = mapped_column(comment="Name of the operation; null = it has none.")
    fields: Mapped[list[str]] = mapped_column(ARRAY(Text), comment="Fields about patients it names, as Type.field.")
    persons: Mapped[list[int]] = mapped_column(
        ARRAY(BigInteger),
        comment="Persons whose rows were read for it, by our own number; shown or not.",
    )
    outcome: Mapped[str] = mapped_column(comment="answered, refused or failed.")
    request_id: Mapped[str | None] = mapped_column(comment="X-Request-Id, as in the answer and in technical logs.")
    hash: Mapped[bytes] = mapped_column(
        LargeBinary, server_default=FetchedValue(), comment="sha256(hash of the previous record, this record)."
    )

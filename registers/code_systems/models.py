"""Rows of the national code systems. Source: Volven and Statistisk sentralbyrå, as far as they are public."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from registers.core.codes import CodeKey
from registers.database.base import Base
from registers.database.versions import Versioned

VALUE_MAX = 40  # characters
NATIONAL_ID_DIGITS = 11  # as many digits in a code's place may be a person's number


class CodeSystem(Versioned, Base):
    """A national code system, by the last arc of its OID or, outside Volven, by a short name."""

    __tablename__ = "code_systems"
    __table_args__ = (
        CheckConstraint("system <> '' AND position('/' IN system) = 0", name="system"),
        {"comment": "National code systems."},
    )

    system: Mapped[str] = mapped_column(
        primary_key=True, comment="Last arc of the Volven OID (9060), or a name outside Volven."
    )
    oid: Mapped[str | None] = mapped_column(unique=True, comment="Full OID; null outside Volven.")
    name: Mapped[str] = mapped_column(comment="Norwegian name.")
    complete: Mapped[bool] = mapped_column(
        comment="Every national value is held: an unknown one is refused, from files too."
    )
    source: Mapped[str | None] = mapped_column(comment="Where the values were read.")


class Code(Versioned, Base):
    """One value of a code system. A retired value stays readable on old records."""

    __tablename__ = "codes"
    __table_args__ = (
        CheckConstraint("key = system || '/' || value AND value <> ''", name="key"),
        CheckConstraint(
            "valid_from IS NULL OR valid_to IS NULL OR valid_to > valid_from",
            name="period_not_empty",
        ),
        {"comment": "Values of the national code systems."},
    )

    key: Mapped[CodeKey] = mapped_column(primary_key=True, comment="<system>/<value>.")
    system: Mapped[str] = mapped_column(ForeignKey("code_systems.system"), index=True)
    value: Mapped[str] = mapped_column(comment="Opaque: '05' and '5' are two values.")
    display: Mapped[str] = mapped_column(comment="Norwegian display text.")
    description: Mapped[str | None] = mapped_column()
    valid_from: Mapped[date | None] = mapped_column(comment="Null = since the system exists.")
    valid_to: Mapped[date | None] = mapped_column(comment="Exclusive; null = open.")
    active: Mapped[bool] = mapped_column(comment="False = retired: not on new records.")
    confirmed: Mapped[bool] = mapped_column(
        comment="False = taken from an import or inferred, not read in the national list."
    )


TABLES = (CodeSystem, Code)
"""Those whose changes the log shows."""

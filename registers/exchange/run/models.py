"""What imports remember of their sources."""

from datetime import datetime

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from registers.database.base import Base


class SourceRecord(Base):
    """The newest form in which an interface has reported a record.

    Two interfaces may disagree about a record for ever. Because the last form of each is remembered, importing
    the same files again changes nothing.
    """

    __tablename__ = "source_records"
    __table_args__ = ({"comment": "Newest form of each record by interface, for imports."},)

    register: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    interface: Mapped[str] = mapped_column(primary_key=True, comment="E.g. ar-rest, ar-legacy.")
    digest: Mapped[bytes] = mapped_column(LargeBinary, comment="Keyed digest of its normalised form.")
    changed_at: Mapped[datetime | None] = mapped_column(comment="When the source says it changed; null = not said.")
    imported_at: Mapped[datetime] = mapped_column()

"""What one source file reports about one record, in our words: what the snapshots of all registers share."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Final, TypeVar


class NotReported(Enum):
    """Marks a field that the interface does not carry: the stored value stays as it is."""

    NOT_REPORTED = "not said"  # part of the digests that imports store (exchange/run/source_memory.py): never changes


NOT_REPORTED: Final = NotReported.NOT_REPORTED
T = TypeVar("T")


def reported(value: T | NotReported, otherwise: T) -> T:
    """`value`, or `otherwise` when the interface does not carry it."""
    return otherwise if value is NOT_REPORTED else value


@dataclass(frozen=True, slots=True)
class CodeValue:
    """A code as a source writes it."""

    system: str
    value: str
    display: str | None = None

    @property
    def key(self) -> str:
        return f"{self.system}/{self.value}"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something a reader or the intake noticed about a record. `rule` is stable, e.g. `postal-code-padded`."""

    rule: str
    path: str
    text: str


@dataclass(slots=True, kw_only=True)
class Snapshot:
    """One record of one source file."""

    interface: str  # that reports it, e.g. "ar-rest"
    position: str  # the file and where in it, e.g. "ar-rest-bulk.json[2]"
    changed_at: datetime | None = None  # when the record changed at the source; None = not reported
    flags: list[Remark] = field(default_factory=list)  # what was normalised or is doubtful, and taken in
    refused: list[Remark] = field(default_factory=list)  # parts that were not taken in

    def flag(self, rule: str, path: str, text: str) -> None:
        self.flags.append(Remark(rule, path, text))

    def refuse(self, rule: str, path: str, text: str) -> None:
        self.refused.append(Remark(rule, path, text))

"""One object of a record as its source writes it, and the remarks made while reading it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from registers.intake.snapshot import Remark

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")  # characters that the database cannot store


@dataclass(slots=True)
class Remarks:
    """Remarks about one record, in the order in which they were made."""

    flags: list[Remark] = field(default_factory=list)
    refused: list[Remark] = field(default_factory=list)


class Node:
    """An object of a record. Keys are found whatever their case; absent objects are empty.

    Objects within share the remarks of the one around them, each remark with its own path.
    """

    __slots__ = ("path", "remarks", "values")

    def __init__(self, values: Mapping[str, object], path: str = "", remarks: Remarks | None = None) -> None:
        self.values = {key.lower(): value for key, value in values.items()}
        self.path = path
        self.remarks = Remarks() if remarks is None else remarks

    def __bool__(self) -> bool:
        return bool(self.values)

    def __contains__(self, key: str) -> bool:
        return key.lower() in self.values

    def get(self, key: str) -> object:
        return self.values.get(key.lower())

    def text(self, key: str) -> str | None:
        """Trimmed text; None when it is empty, absent, or no text or number."""
        value = self.values.get(key.lower())
        if isinstance(value, str):
            return _UNSTORABLE.sub("\ufffd", value).strip() or None
        if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
            value = int(value)
        return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else None

    def truth(self, key: str) -> bool | None:
        """None when it is absent or no truth value."""
        value = self.get(key)
        if isinstance(value, bool):
            return value
        return {"true": True, "1": True, "false": False, "0": False}.get((self.text(key) or "").lower())

    def node(self, key: str) -> "Node":
        value = self.get(key)
        return Node(value if isinstance(value, Mapping) else {}, self._below(key), self.remarks)

    def nodes(self, key: str) -> list["Node"]:
        """The objects of a list: a JSON array, or an XML element around its elements."""
        return [
            Node(value, f"{self._below(key)}[{index}]", self.remarks)
            for index, value in enumerate(_listed(self.get(key)))
            if isinstance(value, Mapping)
        ]

    def flag(self, rule: str, key: str, text: str) -> None:
        self.remarks.flags.append(Remark(rule, self._below(key), text))

    def refuse(self, rule: str, key: str, text: str) -> None:
        self.remarks.refused.append(Remark(rule, self._below(key), text))

    def _below(self, key: str) -> str:
        return ".".join(part for part in (self.path, key) if part)


def _listed(value: object) -> Iterator[object]:
    if isinstance(value, list):
        yield from value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from inner if isinstance(inner, list) else [inner]

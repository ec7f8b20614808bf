"""The own values of parties by slot, between the rows of an import and their timelines."""

from collections.abc import Callable
from datetime import datetime
from operator import eq
from typing import Generic, NamedTuple, TypeVar, cast

from registers.communication_parties.intake.timeline import unless_repeated
from registers.communication_parties.models import ElectronicAddress, PartyCertificate, PhysicalAddress
from registers.core.codes import CodeKey
from registers.core.identifiers import HerId, PostalCode
from registers.core.validity import Dated
from registers.intake.record_set import RecordSet, Row

REPORTED_BY_ALL = 4  # the first columns of a physical address: those that every interface carries


class PhysicalValue(NamedTuple):
    """A physical address, in the order of the model's value columns."""

    street: str | None
    postbox: str | None
    postal_code: PostalCode | None
    city: str | None
    country: CodeKey | None
    municipality: CodeKey | None
    description: str | None

    def resembles(self, other: object) -> bool:
        """Whether both are the same as far as every interface reports them."""
        return isinstance(other, PhysicalValue) and self[:REPORTED_BY_ALL] == other[:REPORTED_BY_ALL]


Value = TypeVar("Value")
SlotName = str | PhysicalValue
"""A type of address or a usage of certificates. A physical address without a type is a slot of its own."""
Slots = dict[SlotName, list[Dated[Value]]]


class OwnValues(Generic[Value]):
    """The own values of one table, of the parties of one transaction: as they are to be, by slot."""

    def __init__(
        self,
        parties: RecordSet[HerId],
        model: type[ElectronicAddress] | type[PhysicalAddress] | type[PartyCertificate],
        make: Callable[..., Value],
        *,
        same: Callable[[Value, Value], bool] = eq,
    ) -> None:
        """`make` gives the value of the model's value columns; `same` tells whether a party repeats its parent's."""
        self.parties = parties
        self._model = model
        self._make = make
        self.same = same

    def slots_of(self, her_id: HerId) -> Slots[Value]:
        slots: Slots[Value] = {}
        for row in self.parties.rows(her_id, self._model).values():
            value = self._make(*(row[name] for name in self._model.value_columns))
            name = cast(SlotName, row[self._model.slot_column] or value)
            slots.setdefault(name, []).append(Dated(value, row["valid_from"], row["valid_to"], row.get("id")))
        return slots

    def set_slots(self, her_id: HerId, slots: Slots[Value]) -> None:
        rows = [self._row(her_id, name, dated) for name, values in slots.items() for dated in values]
        self.parties.set_rows(her_id, self._model, rows)

    def end_repeated(self, her_id: HerId, parent: HerId, at: datetime, *, wholly: bool) -> None:
        """Ends own values that merely repeat the parent's; `wholly` = they never were the party's own."""
        slots, above = self.slots_of(her_id), self.slots_of(parent)
        remaining = {
            name: unless_repeated(values, above.get(name, []), at, wholly=wholly, same=self.same)
            for name, values in slots.items()
        }
        if remaining != slots:
            self.set_slots(her_id, remaining)

    def _row(self, her_id: HerId, name: SlotName, dated: Dated[Value]) -> Row:
        columns = dated.value if isinstance(dated.value, PhysicalValue) else (dated.value,)
        return {
            "id": dated.id,
            "her_id": her_id,
            self._model.slot_column: None if isinstance(name, PhysicalValue) else name,
            "valid_from": dated.start,
            "valid_to": dated.end,
            **dict(zip(self._model.value_columns, columns, strict=True)),
        }

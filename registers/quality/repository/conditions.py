"""What the SELECTs share: rows as of the instant, and which of them count."""

from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Label, Text, and_, cast, func, literal
from sqlalchemy.dialects.postgresql import aggregate_order_by

from registers.communication_parties.models import CommunicationParty
from registers.core.validity import Instant, Valid, valid_at
from registers.database.versions import Versioned, known_at
from registers.gp_lists.models import GpContract

V = TypeVar("V", bound=Versioned)


def rows(model: type[V], instant: Instant) -> type[V]:
    """The rows that were known; each call a reference of its own."""
    return known_at(model, instant, again=True)


def current(rows: type[Valid], instant: Instant) -> ColumnElement[bool]:
    return valid_at(rows, instant.valid_at)


def in_use(party: type[CommunicationParty], instant: Instant) -> ColumnElement[bool]:
    """The party is active, valid and has a record of its own."""
    return and_(party.active, ~party.reference_only, current(party, instant))


def in_force(contract: type[GpContract], instant: Instant) -> ColumnElement[bool]:
    return and_(~contract.reference_only, current(contract, instant))


def listed(column: Any, name: str) -> Label[str]:
    """The column's values in a group, in their order, as one text."""
    return func.string_agg(cast(column, Text), aggregate_order_by(literal(", "), column)).label(name)

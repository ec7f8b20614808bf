"""Parties that no message or no letter reaches."""

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import ColumnElement, Select, and_, func, select, true, union

from registers.communication_parties.models import CommunicationParty, ElectronicAddress, PhysicalAddress
from registers.core.code_systems import ELECTRONIC_ADDRESS_TYPES, PHYSICAL_ADDRESS_TYPES
from registers.core.codes import CodeKey, code_key
from registers.core.validity import Instant
from registers.quality.repository.conditions import current, in_use, rows

MESSAGE_ADDRESSES = (code_key(ELECTRONIC_ADDRESS_TYPES, "E_EDI"), code_key(ELECTRONIC_ADDRESS_TYPES, "E_SB_ASYNC"))
POSTAL_ADDRESSES = (code_key(PHYSICAL_ADDRESS_TYPES, "PST"),)

Address = TypeVar("Address", ElectronicAddress, PhysicalAddress)


def without_electronic_address(instant: Instant) -> Select:
    """Parties in use that have neither EDI address nor asynchronous queue, own or inherited."""
    return _without_address(ElectronicAddress, MESSAGE_ADDRESSES, lambda address: address.address.is_not(None), instant)


def without_postal_address(instant: Instant) -> Select:
    """Parties in use without a postal address, own or inherited."""
    return _without_address(PhysicalAddress, POSTAL_ADDRESSES, lambda address: true(), instant)


def _without_address(
    model: type[Address],
    types: tuple[CodeKey, ...],
    reaches: Callable[[type[Address]], ColumnElement[bool]],
    instant: Instant,
) -> Select:
    """A party's own address of a type hides the inherited one of that type, even if it does not reach the party."""
    party, below = rows(CommunicationParty, instant), rows(CommunicationParty, instant)
    own, hiding, above = rows(model, instant), rows(model, instant), rows(model, instant)

    def of_types(address: type[Address]) -> ColumnElement[bool]:
        return and_(address.type.in_(types), current(address, instant))

    inherits = (
        select(below.her_id)
        .select_from(below)
        .join(above, and_(above.her_id == below.parent_her_id, of_types(above), reaches(above)))
        .outerjoin(hiding, and_(hiding.her_id == below.her_id, hiding.type == above.type, of_types(hiding)))
        .where(hiding.her_id.is_(None))
    )
    reached = union(select(own.her_id).where(of_types(own), reaches(own)), inherits).subquery()
    return (
        select(party.her_id.label("key"), func.lower(party.kind).label("kind"))
        .select_from(party)
        .outerjoin(reached, reached.c.her_id == party.her_id)
        .where(in_use(party, instant), reached.c.her_id.is_(None))
    )

"""What a party has in effect: its own values, else its parent's (domain rule: everything on an organisation is
inherited by its services and persons unless they have their own).

Pure functions over rows of one instant; the same answer wherever it is asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from registers.communication_parties.models import (
    CertificateUsage,
    CommunicationParty,
    ElectronicAddress,
    PhysicalAddress,
    TransportStatus,
    UsedCertificate,
)
from registers.core.identifiers import HerId

Address = TypeVar("Address", ElectronicAddress, PhysicalAddress)
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Effective(Generic[Value]):
    """A value and the party it comes from; `inherited_from` None = the party's own."""

    value: Value
    inherited_from: HerId | None


def current(addresses: Sequence[Address], moment: datetime) -> list[Address]:
    """Own addresses valid at `moment`, those that state "none" included."""
    return [address for address in addresses if address.period.holds(moment)]


def planned(addresses: Sequence[ElectronicAddress], moment: datetime) -> list[ElectronicAddress]:
    """Own addresses that begin after `moment`."""
    return [address for address in addresses if address.valid_from > moment]


def effective_addresses(
    own: Sequence[Address], parents: Sequence[Address], moment: datetime
) -> list[Effective[Address]]:
    """One address of each type, by type; addresses without a type follow, own ones only.

    An own electronic address that states "none" hides the parent's and is not served itself.
    """
    mine = current(own, moment)
    types = {address.type for address in mine if address.type is not None}
    served = [Effective(address, None) for address in mine]
    served += [
        Effective(address, address.her_id)
        for address in current(parents, moment)
        if address.type is not None and address.type not in types
    ]
    served = [each for each in served if getattr(each.value, "address", "") is not None]
    return sorted(served, key=lambda each: (each.value.type is None, each.value.type or "", each.value.id))


def effective_transport(party: CommunicationParty, parent: CommunicationParty | None) -> Effective[TransportStatus]:
    """ENABLED or DISABLED. An organisation that is set to INHERITED has nobody to inherit from: DISABLED."""
    own = TransportStatus(party.transport)
    if own is not TransportStatus.INHERITED:
        return Effective(own, None)
    if parent is None or parent.transport == TransportStatus.INHERITED.value:
        return Effective(TransportStatus.DISABLED, parent.her_id if parent else None)
    return Effective(TransportStatus(parent.transport), parent.her_id)


def effective_certificate(
    own: Sequence[UsedCertificate], parents: Sequence[UsedCertificate], usage: CertificateUsage, moment: datetime
) -> Effective[UsedCertificate] | None:
    """The certificate current for `usage` at `moment`: the party's own, else its parent's."""
    for uses, inherited in ((own, False), (parents, True)):
        for each in uses:
            if each.use.usage == usage.value and each.use.period.holds(moment):
                return Effective(each, each.use.her_id if inherited else None)
    return None

"""The synthetic communication parties: the facts, which `ar_rest` and `ar_legacy` put into the interfaces' shapes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum

from registers.core.identifiers import HerId
from registers.seed.sources import enterprises, numbers
from registers.seed.sources.certificates import Holder, Pair
from registers.seed.sources.draw import pick, share
from registers.seed.sources.kinds import Kind, ServiceType
from registers.seed.sources.locations import Address
from registers.seed.sources.professionals import Professional, professional
from registers.seed.sources.scale import Scale, Unit, units

YOUNGEST_AFTER_DAYS = 5_000  # a party is at most so much younger than what it belongs to
LATEST_START = date(2026, 9, 1)
DOCTORS_WITH_TWO_OFFICES_ONE_IN = 40
SECOND_OFFICE_DISTANCE = 20  # person parties; more than any GP office has
COVERED_MUNICIPALITIES = 4
GP_OFFICES = (Kind.GP_OFFICE, Kind.GP_OFFICE_WITH_VACANT_LIST)


class Transport(Enum):
    """AMQP by the party's own setting."""

    INHERITED = "Inherited"
    ENABLED = "Enabled"
    DISABLED = "Disabled"


@dataclass(slots=True, kw_only=True)
class Party:
    """A communication party. `addresses`, `street_address` and `pairs` are its own; others it inherits."""

    her_id: HerId
    unit: Unit
    name: str
    display_name: str | None = None
    active: bool = True
    messaging_valid: bool = True
    valid_from: date
    valid_to: date | None = None
    parent: Party | None = None
    service_type: ServiceType | None = None
    specification: str | None = None
    covered: tuple[Unit, ...] = ()  # the municipalities an inter-municipal service serves
    professional: Professional | None = None
    title: str | None = None
    transport: Transport = Transport.INHERITED
    addresses: dict[str, str] = field(default_factory=dict)  # by type, 9044
    planned: dict[str, tuple[str, date]] = field(default_factory=dict)  # by type: address, from
    street_address: Address | None = None
    pairs: list[Pair] = field(default_factory=list)  # own certificates, oldest first
    bytes_withheld: bool = False  # only thumbprints are reported, the certificates are in no file

    @property
    def type(self) -> str:
        if self.parent is None:
            return "Organization"
        return "Service" if self.service_type else "Person"

    @property
    def holder(self) -> Holder:
        return Holder(
            self.her_id,
            self.name,
            enterprises.legal_name(self.unit),
            enterprises.party_number(self.unit),
        )

    @property
    def effective_addresses(self) -> dict[str, str]:
        """Own and inherited, by type."""
        inherited = self.parent.effective_addresses if self.parent else {}
        return {**inherited, **self.addresses}

    @property
    def effective_street_address(self) -> Address | None:
        return self.street_address or (self.parent.effective_street_address if self.parent else None)

    @property
    def current_pair(self) -> Pair | None:
        """Own or inherited."""
        own = next((pair for pair in self.pairs if pair.current), None)
        return own or (self.parent.current_pair if self.parent else None)


def queues(her_id: HerId) -> dict[str, str]:
    """Addresses of the four AMQP queues of a party."""
    names = {"ERROR": "error", "SYNC": "sync", "ASYNC": "async", "SYNCREPLY": "syncreply"}
    broker = f"sb.{enterprises.DOMAIN}/NHNTEST/{her_id}"
    return {f"E_SB_{code}": f"{broker}_{name}" for code, name in names.items()}


def organisation(unit: Unit) -> Party:
    """The organisation party of an enterprise: everything is its own."""
    her_id, host = enterprises.her_id(unit), enterprises.host(unit)
    addresses = {
        **queues(her_id),
        "E_EDI": f"edi@{host}",
        "E_TLF": enterprises.phone(unit.index),
        "E_EPO": f"post@{host}",
        "E_URL": f"https://www.{host}",
    }
    if unit.kind is Kind.STATE:
        addresses["E_FHIR"] = f"https://fhir.{host}/r4"
    if unit.kind in GP_OFFICES and not share("fax", unit.index, 4):
        addresses["E_FAX"] = enterprises.phone(900_000 + unit.index % 99_999)
    return Party(
        her_id=her_id,
        unit=unit,
        name=enterprises.party_name(unit),
        display_name=enterprises.name(unit),
        valid_from=_later(enterprises.registered_on(unit), her_id),
        transport=Transport.ENABLED,
        addresses=addresses,
        street_address=enterprises.street_address(unit),
    )


def services(parent: Party, scale: Scale) -> Iterator[Party]:
    """The services of an enterprise, the most usual of its kind first."""
    catalogue = parent.unit.traits.services
    for position, index in enumerate(parent.unit.services):
        service_type = catalogue[position % len(catalogue)]
        her_id = numbers.service_her_id(index)
        repeated = position >= len(catalogue)
        specification = f"{service_type.name}, {_part(parent.unit, index)}" if repeated else None
        service = Party(
            her_id=her_id,
            unit=parent.unit,
            name=service_type.name,
            display_name=specification,
            valid_from=_later(parent.valid_from, her_id),
            parent=parent,
            service_type=service_type,
            specification=specification,
        )
        if parent.unit.kind is Kind.INTER_MUNICIPAL:
            service.covered = _covered(scale, parent.unit, index)
        if parent.unit.kind in (Kind.HEALTH_TRUST, Kind.MUNICIPALITY):
            _own_addresses(service)
        yield service


def persons(parent: Party) -> Iterator[Party]:
    """The person parties of an enterprise, each about a health professional who works there."""
    for index in parent.unit.persons:
        her_id, who = numbers.person_her_id(index), professional(professional_index(parent.unit, index))
        person = Party(
            her_id=her_id,
            unit=parent.unit,
            name=who.name,
            display_name=who.name,
            valid_from=_later(parent.valid_from, her_id),
            parent=parent,
            professional=who,
            title=pick("title", index, parent.unit.traits.profession.titles),
        )
        if not share("own e-mail", index, 3):
            person.addresses["E_EPO"] = f"hpr-{who.hpr_number}@{enterprises.host(parent.unit)}"
        yield person


def _own_addresses(service: Party) -> None:
    """Larger enterprises give some services addresses of their own."""
    if not share("own EDI", service.her_id, 8):
        service.addresses["E_EDI"] = f"edi-{service.her_id}@{enterprises.host(service.unit)}"
    if not share("own queues", service.her_id, 24):
        service.addresses.update(queues(service.her_id))
        service.transport = Transport.ENABLED
    if not share("own phone", service.her_id, 3):
        service.addresses["E_TLF"] = enterprises.phone(10_000 + service.her_id % 800_000)


def _part(unit: Unit, index: int) -> str:
    """What tells two services of the same type apart."""
    if unit.kind is Kind.HEALTH_TRUST:
        return f"enhet {index}"
    return f"sone {index}"


def professional_index(unit: Unit, index: int) -> int:
    """Index of the professional a person party is about; one doctor in forty has a party at a second office too."""
    second = index % DOCTORS_WITH_TWO_OFFICES_ONE_IN == DOCTORS_WITH_TWO_OFFICES_ONE_IN - 1
    if second and unit.kind in GP_OFFICES:
        return index - SECOND_OFFICE_DISTANCE
    return index


def _covered(scale: Scale, unit: Unit, index: int) -> tuple[Unit, ...]:
    """Some neighbouring municipalities; a service of the core covers only those of the core."""
    municipal = list(units(Scale.SMALL if unit.in_core else scale, Kind.MUNICIPALITY))
    first = share("covered", index, len(municipal) - COVERED_MUNICIPALITIES)
    return tuple(municipal[first : first + COVERED_MUNICIPALITIES])


def _later(start: date, her_id: HerId) -> date:
    """A date after `start` on which a party came to be."""
    chosen = start + timedelta(days=share("later", her_id, YOUNGEST_AFTER_DAYS))
    return min(chosen, max(LATEST_START, start))

"""Names, addresses, dates and organisation numbers of an enterprise."""

from datetime import date, timedelta

from registers.core.identifiers import HerId, OrganisationNumber
from registers.seed.sources import numbers
from registers.seed.sources.draw import share
from registers.seed.sources.kinds import Kind
from registers.seed.sources.locations import CORE, Address, Municipality, address, municipalities
from registers.seed.sources.names import enterprise_name, place_name
from registers.seed.sources.scale import Unit

DOMAIN = "example.invalid"
FIRST_REGISTRATION = date(1995, 2, 20)
REGISTRATION_DAYS = 4_700  # 1995 to 2007, so that every party is younger than its organisation
CLOSED_ON = date(2025, 12, 31)


def municipality(unit: Unit) -> Municipality:
    """The municipality of the enterprise; the core has municipalities of its own."""
    if unit.kind is Kind.MUNICIPALITY:
        return municipalities()[unit.ordinal]
    among = len(CORE) if unit.in_core else len(municipalities())
    return municipalities()[share("municipality", unit.index, among)]


def registered_on(unit: Unit) -> date:
    return FIRST_REGISTRATION + timedelta(days=share("registered", unit.index, REGISTRATION_DAYS))


def name(unit: Unit) -> str:
    """Display name. A municipality has its real name, marked as synthetic."""
    if unit.kind is Kind.MUNICIPALITY:
        return f"{municipality(unit).name} kommune (syntetisk)"
    if not unit.traits.legal_suffix:  # public bodies have plain names
        return unit.traits.name.format(place_name(unit.index))
    return enterprise_name(unit.index, unit.traits.name, municipality(unit).name)


def legal_name(unit: Unit) -> str:
    """Name of the main unit in Enhetsregisteret: in capitals, with its company form."""
    return f"{name(unit)}{unit.traits.legal_suffix}".upper()


def sub_unit_name(unit: Unit, index: int) -> str:
    pattern, _ = unit.traits.sub_units[index]
    if pattern == "{}":
        return name(unit).upper()
    name_index = numbers.FIRST_ORGANISATION + unit.first_organisation + index
    return pattern.format(place_name(name_index)).upper()


def main_number(unit: Unit) -> OrganisationNumber:
    return numbers.organisation_number(unit.first_organisation)


def sub_unit_number(unit: Unit, index: int) -> OrganisationNumber:
    return numbers.organisation_number(unit.first_organisation + 1 + index)


def party_number(unit: Unit) -> OrganisationNumber:
    """The organisation number its organisation party is registered with."""
    return sub_unit_number(unit, 0) if unit.traits.party_of_sub_unit else main_number(unit)


def party_name(unit: Unit) -> str:
    """Official name of its organisation party: that of the organisation with `party_number`."""
    return sub_unit_name(unit, 0) if unit.traits.party_of_sub_unit else legal_name(unit)


def her_id(unit: Unit) -> HerId:
    return numbers.organisation_her_id(unit.index)


def host(unit: Unit) -> str:
    """Its own domain, which resolves nowhere (RFC 2606)."""
    return f"{unit.kind.value}-{her_id(unit)}.{DOMAIN}"


def street_address(unit: Unit) -> Address:
    return address(unit.index, municipality(unit))


def phone(index: int) -> str:
    """A number that cannot be called: `00 00 00 01` and on."""
    digits = f"{index + 1:06}"
    return f"00 {digits[:2]} {digits[2:4]} {digits[4:]}"

"""Main units and sub-units in the shape of Enhetsregisteret's open data."""

from datetime import timedelta

from registers.core.identifiers import OrganisationNumber
from registers.seed.sources import enterprises, known, locations
from registers.seed.sources.draw import share
from registers.seed.sources.kinds import CodeText
from registers.seed.sources.locations import Address
from registers.seed.sources.scale import Unit

SUB_UNIT_FORM = CodeText("BEDR", "Underenhet til næringsdrivende og offentlig forvaltning")
NYNORSK = ("46", "15")  # counties where every second organisation writes nynorsk


def main_unit(unit: Unit) -> dict[str, object]:
    """An `enhet`."""
    traits, number = unit.traits, enterprises.main_number(unit)
    address = enterprises.street_address(unit)
    return {
        "organisasjonsnummer": number,
        "navn": enterprises.legal_name(unit),
        "organisasjonsform": _code(traits.form),
        "hjemmeside": f"www.{enterprises.host(unit)}",
        "registreringsdatoEnhetsregisteret": enterprises.registered_on(unit).isoformat(),
        "registrertIMvaregisteret": bool(traits.legal_suffix),
        "naeringskode1": _code(traits.industry),
        "antallAnsatte": _employees(unit),
        "forretningsadresse": _address(address),
        "postadresse": _address(address),
        "institusjonellSektorkode": _code(traits.sector),
        **_winding_up(number),
        "maalform": _language_form(unit),
        "registrertIForetaksregisteret": bool(traits.legal_suffix),
        "registrertIStiftelsesregisteret": False,
        "registrertIFrivillighetsregisteret": False,
    }


def sub_units(unit: Unit) -> list[dict[str, object]]:
    """Each `underenhet` of the enterprise."""
    return [_sub_unit(unit, index) for index in range(len(unit.traits.sub_units))]


def _sub_unit(unit: Unit, index: int) -> dict[str, object]:
    number = enterprises.sub_unit_number(unit, index)
    address = enterprises.street_address(unit)
    if index:  # the first has the address of the main unit
        address = locations.address(unit.first_organisation + index, enterprises.municipality(unit))
    record = {
        "organisasjonsnummer": number,
        "navn": enterprises.sub_unit_name(unit, index),
        "organisasjonsform": _code(SUB_UNIT_FORM),
        "registreringsdatoEnhetsregisteret": enterprises.registered_on(unit).isoformat(),
        "registrertIMvaregisteret": False,
        "naeringskode1": _code(unit.traits.sub_units[index][1]),
        "antallAnsatte": _employees(unit) // len(unit.traits.sub_units),
        "overordnetEnhet": enterprises.main_number(unit),
        "oppstartsdato": (enterprises.registered_on(unit) + timedelta(days=30)).isoformat(),
        "beliggenhetsadresse": _address(address),
        "postadresse": _address(address),
    }
    if number == known.CLOSED:
        record["nedleggelsesdato"] = enterprises.CLOSED_ON.isoformat()
        record["slettedato"] = enterprises.CLOSED_ON.isoformat()
    return record


def _winding_up(number: OrganisationNumber) -> dict[str, object]:
    state: dict[str, object] = {
        "konkurs": number == known.BANKRUPT,
        "underAvvikling": number == known.BEING_WOUND_UP,
        "underTvangsavviklingEllerTvangsopplosning": number == known.BEING_DISSOLVED_BY_FORCE,
    }
    if number == known.BEING_WOUND_UP:
        state["underAvviklingDato"] = "2026-09-01"
    return state


def _employees(unit: Unit) -> int:
    about = unit.traits.employees
    return about // 2 + share("employees", unit.index, about)


def _language_form(unit: Unit) -> str:
    county = enterprises.municipality(unit).number[:2]
    if county in NYNORSK and share("language", unit.index, 2):
        return "Nynorsk"
    return "Bokmål"


def _code(code: CodeText) -> dict[str, str]:
    return {"kode": code.value, "beskrivelse": code.name}


def _address(address: Address) -> dict[str, object]:
    return {
        "land": "Norge",
        "landkode": "NO",
        "postnummer": address.postal_code,
        "poststed": address.municipality.city,
        "adresse": [address.street],
        "kommune": address.municipality.city,
        "kommunenummer": address.municipality.number,
    }

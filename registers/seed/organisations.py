"""Main units and sub-units in the shape of Enhetsregisteret's open data."""

from datetime import timedelta
from typing import Any

from registers.core.identifiers import OrganisationNumber
from registers.seed.sources import enterprises, known
from registers.seed.sources.draw import share
from registers.seed.sources.kinds import CodeText
from registers.seed.sources.places import Address, address
from registers.seed.sources.scale import Unit

SUB_UNIT_FORM = CodeText("BEDR", "Underenhet til næringsdrivende og offentlig forvaltning")
NEW_NORWEGIAN = ("46", "15")  # counties where every second organisation writes nynorsk


def main_unit(unit: Unit) -> dict[str, Any]:
    """An `enhet`."""
    traits, number = unit.traits, enterprises.main_number(unit)
    place = enterprises.street_address(unit)
    return {
        "organisasjonsnummer": number,
        "navn": enterprises.legal_name(unit),
        "organisasjonsform": _code(traits.form),
        "hjemmeside": f"www.{enterprises.host(unit)}",
        "registreringsdatoEnhetsregisteret": enterprises.registered_on(unit).isoformat(),
        "registrertIMvaregisteret": bool(traits.legal_suffix),
        "naeringskode1": _code(traits.industry),
        "antallAnsatte": _employees(unit),
        "forretningsadresse": _address(place),
        "postadresse": _address(place),
        "institusjonellSektorkode": _code(traits.sector),
        **_winding_up(number),
        "maalform": _language_form(unit),
        "registrertIForetaksregisteret": bool(traits.legal_suffix),
        "registrertIStiftelsesregisteret": False,
        "registrertIFrivillighetsregisteret": False,
    }


def sub_units(unit: Unit) -> list[dict[str, Any]]:
    """Each `underenhet` of the enterprise."""
    return [_sub_unit(unit, place) for place in range(len(unit.traits.sub_units))]


def _sub_unit(unit: Unit, place: int) -> dict[str, Any]:
    number = enterprises.sub_unit_number(unit, place)
    at = enterprises.street_address(unit)
    if place:  # the first lies where the main unit lies
        at = address(unit.first_organisation + place, enterprises.municipality(unit))
    record = {
        "organisasjonsnummer": number,
        "navn": enterprises.sub_unit_name(unit, place),
        "organisasjonsform": _code(SUB_UNIT_FORM),
        "registreringsdatoEnhetsregisteret": enterprises.registered_on(unit).isoformat(),
        "registrertIMvaregisteret": False,
        "naeringskode1": _code(unit.traits.sub_units[place][1]),
        "antallAnsatte": _employees(unit) // len(unit.traits.sub_units),
        "overordnetEnhet": enterprises.main_number(unit),
        "oppstartsdato": (enterprises.registered_on(unit) + timedelta(days=30)).isoformat(),
        "beliggenhetsadresse": _address(at),
        "postadresse": _address(at),
    }
    if number == known.CLOSED:
        record["nedleggelsesdato"] = enterprises.CLOSED_ON.isoformat()
        record["slettedato"] = enterprises.CLOSED_ON.isoformat()
    return record


def _winding_up(number: OrganisationNumber) -> dict[str, Any]:
    state: dict[str, Any] = {
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
    if county in NEW_NORWEGIAN and share("language", unit.index, 2):
        return "Nynorsk"
    return "Bokmål"


def _code(code: CodeText) -> dict[str, str]:
    return {"kode": code.value, "beskrivelse": code.name}


def _address(place: Address) -> dict[str, Any]:
    return {
        "land": "Norge",
        "landkode": "NO",
        "postnummer": place.postal_code,
        "poststed": place.municipality.city,
        "adresse": [place.street],
        "kommune": place.municipality.city,
        "kommunenummer": place.municipality.number,
    }

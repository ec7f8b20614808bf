"""Persons of HPR to start from, in both shapes. Nobody in them exists."""

from typing import Any

NIN = "15818291261"
OTHER_NIN = "03817090035"


def kode(oid: int, value: str, text: str | None = None) -> dict[str, Any]:
    return {"Aktiv": True, "Beskrivelse": text, "Kodegruppenavn": "gruppe", "OID": oid, "Verdi": value}


def periode(start: str | None, end: str | None = None) -> dict[str, Any]:
    return {"Fra": start, "Til": end}


def suspensjon(start: str, end: str | None = None) -> dict[str, Any]:
    return {"Id": 9, "ETag": "s", "Periode": periode(start, end)}


def reaksjon(value: str, start: str, end: str | None = None) -> dict[str, Any]:
    return {"Id": 8, "ETag": "r", "Type": kode(7777, value), "Periode": periode(start, end)}


def rekvisisjonsrett(**changes: Any) -> dict[str, Any]:
    return {
        "AvsluttetStatus": None,
        "ETag": "b",
        "Gyldig": periode("2005-06-20T00:00:00"),
        "Id": 2,
        "Suspensjonsperioder": [],
        "Type": kode(7701, "1", "Full rekvisisjonsrett"),
    } | changes


def godkjenning(**changes: Any) -> dict[str, Any]:
    return {
        "Autorisasjon": kode(7704, "1", "Autorisasjon"),
        "AvsluttetStatus": None,
        "ETag": "c",
        "GodkjentTurnus": None,
        "Gyldig": periode("2005-06-20T00:00:00"),
        "Helsepersonellkategori": kode(9060, "LE", "Lege"),
        "Id": 1,
        "KonvertertFraLand": None,
        "Rekvisisjonsretter": [],
        "Spesialiteter": [],
        "Suspensjonsperioder": [],
        "Tilleggskompetanser": [],
        "Utdannelser": [],
        "Vilkår": [],
    } | changes


def soap_person(**changes: Any) -> dict[str, Any]:
    return {
        "AlternativeIder": [],
        "Dødsdato": None,
        "ETag": "a",
        "ErstattetAvHprNummer": None,
        "Etternavn": "Eksempelsen",
        "Fornavn": "Test",
        "FysiskeAdresser": [],
        "Fødselsdato": "1970-01-01T00:00:00",
        "Godkjenninger": [godkjenning()],
        "HPRNummer": 900000011,
        "Kjønn": None,
        "ManglerNIN": False,
        "Mellomnavn": None,
        "NIN": NIN,
        "SistOppdatert": "2026-01-02T03:04:05.6",
        "Statsborgerskap": kode(9043, "NO", "Norge"),
        "Utdannelser": [],
    } | changes


def rest_code(system: int, value: str, name: str | None = None) -> dict[str, Any]:
    return {"navn": name, "verdi": value, "kodeverk": {"id": system, "navn": "kodeverk"}}


def rest_authorisation(**changes: Any) -> dict[str, Any]:
    return {
        "helsepersonellkategori": rest_code(9060, "LE", "Lege"),
        "autorisasjon": rest_code(7704, "1", "Autorisasjon"),
        "periode": {"fra": "2005-06-20", "til": None},
        "godkjentTurnusDato": None,
        "avsluttetStatus": None,
        "rekvisisjonsretter": [],
        "spesialistgodkjenninger": [],
        "tilleggskompetanser": [],
        "vilkår": [],
        "administrativeReaksjoner": [],
    } | changes


def rest_person(**changes: Any) -> dict[str, Any]:
    return {
        "hprNummer": 900000011,
        "erstattetAvHprNummer": None,
        "fornavn": "Test",
        "mellomnavn": None,
        "etternavn": "Eksempelsen",
        "fødselsdato": "1970-01-01",
        "dødsdato": None,
        "nin": NIN,
        "manglerNin": False,
        "godkjenninger": [rest_authorisation()],
        "administrativeReaksjoner": [],
        "sistOppdatert": "2026-01-02T03:04:05.6+01:00",
        "gjelderForDato": "2026-11-23",
    } | changes

"""Professionals in the shape of HPR's SOAP object, as JSON. Empty values are left out, to keep the files small."""

from datetime import date

from registers.seed.sources.codes import POSTAL_ADDRESS, Code
from registers.seed.sources.dates import changed_at, local
from registers.seed.sources.health_personnel import Approval, Education, Grant, HealthPerson, Reaction, Span
from registers.seed.sources.locations import Address

IDS_PER_PERSON = 100
EMPTY: tuple[object, ...] = (None, [], {})


def record(person: HealthPerson) -> dict[str, object]:
    """A Person."""
    who, ids = person.who, _Ids(person.who.ordinal)
    return _filled(
        HPRNummer=who.hpr_number,
        ErstattetAvHprNummer=person.replaced_by,
        NIN=person.national_id,
        ManglerNIN=person.national_id is None and person.replaced_by is None,
        Fornavn=who.first_name,
        Mellomnavn=who.middle_name,
        Etternavn=who.last_name,
        Fødselsdato=local(who.born_on),
        Dødsdato=_day(person.died_on),
        Kjønn=_code(Code(3101, *who.sex)),
        Statsborgerskap=_code(person.citizenship),
        AlternativeIder=[
            {"Id": ids.next(), "Type": _code(kind), "Verdi": value} for kind, value in person.alternative_ids
        ],
        FysiskeAdresser=[_address(person.address)] if person.address else None,
        Godkjenninger=[_approval(approval, ids) for approval in person.approvals],
        Utdannelser=[_education(education, ids) for education in person.educations],
        AdministrativeReaksjoner=[_reaction(reaction, ids) for reaction in person.reactions],
        SistOppdatert=changed_at("hpr", who.ordinal),
    )


class _Ids:
    """Ids of the parts of one person, counted upwards."""

    def __init__(self, index: int) -> None:
        self._last = index * IDS_PER_PERSON

    def next(self) -> int:
        self._last += 1
        return self._last


def _approval(approval: Approval, ids: _Ids) -> dict[str, object]:
    return _filled(
        Id=ids.next(),
        Helsepersonellkategori=_code(approval.profession),
        Autorisasjon=_code(approval.kind),
        Gyldig=_period(approval.valid),
        GodkjentTurnus=_day(approval.internship_on),
        KonvertertFraLand=_code(approval.country),
        AvsluttetStatus=_code(approval.ended),
        Rekvisisjonsretter=[_grant(each, ids) for each in approval.rights],
        Spesialiteter=[_grant(each, ids) for each in approval.specialities],
        Tilleggskompetanser=[_grant(each, ids) for each in approval.competences],
        Suspensjonsperioder=[_suspension(each, ids) for each in approval.suspensions],
        AdministrativeReaksjoner=[_reaction(each, ids) for each in approval.reactions],
        Vilkår=[{"Id": ids.next(), "Fritekst": text} for text in approval.conditions],
    )


def _grant(grant: Grant, ids: _Ids) -> dict[str, object]:
    return _filled(
        Id=ids.next(),
        Type=_code(grant.type),
        Gyldig=_period(grant.valid),
        AvsluttetStatus=_code(grant.ended),
        Suspensjonsperioder=[_suspension(each, ids) for each in grant.suspensions],
        AdministrativeReaksjoner=[_reaction(each, ids) for each in grant.reactions],
    )


def _suspension(span: Span, ids: _Ids) -> dict[str, object]:
    return {"Id": ids.next(), "Periode": _period(span)}


def _reaction(reaction: Reaction, ids: _Ids) -> dict[str, object]:
    return {"Id": ids.next(), "Type": _code(reaction.type), "Periode": _period(reaction.valid)}


def _education(education: Education, ids: _Ids) -> dict[str, object]:
    return {
        "Id": ids.next(),
        "Land": _code(education.country),
        "Vitnemålsdato": local(education.diploma_on),
        "Institution": {"Id": ids.next(), "Navn": education.institution},
    }


def _address(address: Address) -> dict[str, object]:
    return {
        "Type": _code(POSTAL_ADDRESS),
        "Gateadresse": address.street,
        "Postnummer": address.postal_code,
        "Poststed": address.municipality.city,
    }


def _period(span: Span) -> dict[str, object]:
    return _filled(Fra=local(span.start), Til=_day(span.end))


def _day(day: date | None) -> str | None:
    return local(day) if day else None


def _code(code: Code | None) -> dict[str, object] | None:
    if code is None:
        return None
    return {"Beskrivelse": code.name, "OID": code.system, "Verdi": code.value}


def _filled(**values: object) -> dict[str, object]:
    return {key: value for key, value in values.items() if value not in EMPTY}

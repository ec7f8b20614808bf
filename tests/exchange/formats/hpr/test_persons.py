"""Persons of HPR: what SOAP and REST report is read, and nothing more."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from registers.core.identifiers import HprNumber, NationalId, OrganisationNumber, PostalCode
from registers.intake.snapshot import NOT_REPORTED, CodeValue
from registers.personnel.intake.snapshot import (
    AlternativeIdSnapshot,
    AuthorisationSnapshot,
    CompetenceSnapshot,
    ConditionSnapshot,
    EducationSnapshot,
    HealthProfessionalSnapshot,
    ProfessionalAddressSnapshot,
    ReactionSnapshot,
    RequisitionRightSnapshot,
    SpecialitySnapshot,
    SuspensionSnapshot,
)
from tests.support import records_hpr as hpr
from tests.support.files import one, records_of_sample

JUNE_2005 = datetime(2005, 6, 19, 22, tzinfo=UTC)  # midnight in Norway
MARCH_2012 = datetime(2012, 2, 29, 23, tzinfo=UTC)
CHANGED = datetime(2026, 1, 2, 2, 4, 5, 600_000, tzinfo=UTC)
PERSON: dict[str, Any] = {
    "changed_at": CHANGED,
    "hpr_number": HprNumber(900000011),
    "replaced_by": None,
    "national_id": NationalId(hpr.NIN),
    "national_id_holds": True,
    "missing_national_id": False,
    "first_name": "Test",
    "middle_name": None,
    "last_name": "Eksempelsen",
    "born_on": date(1970, 1, 1),
    "died_on": None,
}
DOCTOR: dict[str, Any] = {
    "profession": CodeValue("9060", "LE", "Lege"),
    "kind": CodeValue("7704", "1", "Autorisasjon"),
    "valid_from": JUNE_2005,
    "ended_status": None,
    "internship_approved_on": date(2007, 2, 15),
}
FULL_RIGHT = CodeValue("7701", "1", "Full rekvisisjonsrett")
GENERAL_PRACTICE = CodeValue("7426", "1", "Allmennmedisin")


def test_the_sample_of_soap():
    right = RequisitionRightSnapshot(
        type=FULL_RIGHT,
        valid_from=JUNE_2005,
        ended_status=None,
        suspensions=(
            SuspensionSnapshot(
                valid_from=datetime(2014, 12, 31, 23, tzinfo=UTC), valid_to=datetime(2015, 6, 30, 22, tzinfo=UTC)
            ),
        ),
    )
    speciality = SpecialitySnapshot(
        type=GENERAL_PRACTICE,
        valid_from=MARCH_2012,
        ended_status=None,
        converted_from_country=None,
        suspensions=(),
    )

    assert records_of_sample("hpr-soap-person.json") == [
        HealthProfessionalSnapshot(
            interface="hpr-soap",
            position="hpr-soap-person.json",
            **PERSON,
            sex=None,
            citizenship=CodeValue("9043", "NO", "Norge"),
            authorisations=[
                AuthorisationSnapshot(
                    **DOCTOR,
                    converted_from_country=None,
                    requisition_rights=(right,),
                    specialities=(speciality,),
                    competences=(),
                    suspensions=(),
                    conditions=(),
                    educations=(),
                )
            ],
            educations=[],
            alternative_ids=[],
            addresses=[],
        )
    ]


def test_the_sample_of_rest_does_not_report_what_rest_does_not_carry():
    (person,) = records_of_sample("hpr-rest-person.json")

    assert person == HealthProfessionalSnapshot(
        interface="hpr-rest",
        position="hpr-rest-person.json",
        **PERSON,
        authorisations=[
            AuthorisationSnapshot(
                **DOCTOR,
                requisition_rights=(RequisitionRightSnapshot(type=FULL_RIGHT, valid_from=JUNE_2005),),
                specialities=(SpecialitySnapshot(type=GENERAL_PRACTICE, valid_from=MARCH_2012),),
                competences=(),
                reactions=(),
                conditions=(),
            )
        ],
        history_reported=False,
        reactions=[],
    )
    assert person.sex is person.citizenship is person.addresses is person.educations is NOT_REPORTED
    assert person.authorisations[0].suspensions is NOT_REPORTED


def whole() -> dict[str, Any]:
    """A person with everything that SOAP can report."""
    ended = hpr.kode(0, "1", "Tilbakekalt")
    education = {
        "Id": 5,
        "ETag": "u",
        "Type": hpr.kode(7421, "12", "Medisin"),
        "Land": hpr.kode(9043, "NO", "Norge"),
        "Vitnemålsdato": "2005-06-01T00:00:00",
        "Institution": {"Id": 6, "Navn": "Eksempel universitet", "Organisasjonsnummer": 310001007},
    }
    right = hpr.rekvisisjonsrett(
        AvsluttetStatus=ended,
        AdministrativeReaksjoner=[hpr.reaksjon("8", "2020-01-01T00:00:00", "2021-01-01T00:00:00")],
    )
    speciality = {
        "Type": hpr.kode(7426, "1", "Allmennmedisin"),
        "Gyldig": hpr.periode("2012-03-01T00:00:00", "9999-12-31T00:00:00"),
        "AvsluttetStatus": None,
        "KonvertertFraLand": hpr.kode(9043, "SE", "Sverige"),
        "Suspensjonsperioder": [hpr.suspensjon("2020-01-01T00:00:00")],
        "AdministrativeReaksjoner": [],
    }
    competence = {
        "Type": hpr.kode(7702, "3", "Allmenlege med trygderefusjon"),
        "Gyldig": hpr.periode("2005-06-20T00:00:00", "2015-06-20T00:00:00"),
        "AvsluttetStatus": hpr.kode(0, "99", "Avsluttet"),
    }
    authorisation = hpr.godkjenning(
        Gyldig=hpr.periode("2005-06-20T00:00:00", "2020-06-20T00:00:00"),
        AvsluttetStatus=ended,
        KonvertertFraLand=hpr.kode(9043, "SE", "Sverige"),
        Rekvisisjonsretter=[right],
        Spesialiteter=[speciality],
        Tilleggskompetanser=[competence],
        Suspensjonsperioder=[hpr.suspensjon("2020-01-01T00:00:00", "2020-02-01T00:00:00")],
        AdministrativeReaksjoner=[hpr.reaksjon("5", "2020-01-01T00:00:00")],
        Vilkår=[{"Id": 7, "Type": hpr.kode(7703, "4", "Sted"), "Fritekst": "Kun ved ett sykehus"}],
        Utdannelser=[education],
    )
    address = {
        "Arvet": False,
        "Beskrivelse": None,
        "Gateadresse": "Eksempelveien 1",
        "Land": None,
        "Postboks": None,
        "Postkode": "0110",
        "Poststed": "OSLO",
        "Type": hpr.kode(3401, "H", "Bostedsadresse"),
    }
    return hpr.soap_person(
        Godkjenninger=[authorisation],
        Kjønn=hpr.kode(3101, "2", "Kvinne"),
        AdministrativeReaksjoner=[hpr.reaksjon("1", "2020-01-01T00:00:00")],
        AlternativeIder=[{"Id": 3, "ETag": "i", "Type": hpr.kode(8116, "XXX", "Annet"), "Verdi": "SE-123"}],
        FysiskeAdresser=[address],
        Utdannelser=[education],
    )


def test_everything_that_soap_can_report_is_read(tmp_path: Path):
    year_2020, february_2020 = datetime(2019, 12, 31, 23, tzinfo=UTC), datetime(2020, 1, 31, 23, tzinfo=UTC)
    withdrawn, sweden = CodeValue("avsluttet_status", "1", "Tilbakekalt"), CodeValue("9043", "SE", "Sverige")
    education = EducationSnapshot(
        type=CodeValue("7421", "12", "Medisin"),
        country=CodeValue("9043", "NO", "Norge"),
        diploma_on=date(2005, 6, 1),
        institution="Eksempel universitet",
        institution_number=OrganisationNumber("310001007"),
    )

    person = one(tmp_path, whole())

    assert person.flags == person.refused == []
    assert person.sex == CodeValue("3101", "2", "Kvinne")
    assert person.reactions == [ReactionSnapshot(type=CodeValue("administrativ_reaksjon", "1"), valid_from=year_2020)]
    assert person.alternative_ids == [AlternativeIdSnapshot(type=CodeValue("8116", "XXX", "Annet"), value="SE-123")]
    assert person.educations == [education]
    assert person.addresses == [
        ProfessionalAddressSnapshot(
            type=CodeValue("3401", "H", "Bostedsadresse"),
            street="Eksempelveien 1",
            postal_code=PostalCode("0110"),
            city="OSLO",
        )
    ]
    assert person.authorisations == [
        AuthorisationSnapshot(
            **DOCTOR
            | {
                "valid_to": datetime(2020, 6, 19, 22, tzinfo=UTC),
                "ended_status": withdrawn,
                "internship_approved_on": None,
            },
            converted_from_country=sweden,
            requisition_rights=(
                RequisitionRightSnapshot(
                    type=FULL_RIGHT,
                    valid_from=JUNE_2005,
                    ended_status=withdrawn,
                    suspensions=(),
                    reactions=(
                        ReactionSnapshot(
                            type=CodeValue("administrativ_reaksjon", "8"),
                            valid_from=year_2020,
                            valid_to=datetime(2020, 12, 31, 23, tzinfo=UTC),
                        ),
                    ),
                ),
            ),
            specialities=(
                SpecialitySnapshot(
                    type=GENERAL_PRACTICE,
                    valid_from=MARCH_2012,
                    ended_status=None,
                    converted_from_country=sweden,
                    suspensions=(SuspensionSnapshot(valid_from=year_2020),),
                    reactions=(),
                ),
            ),
            competences=(
                CompetenceSnapshot(
                    type=CodeValue("7702", "3", "Allmenlege med trygderefusjon"),
                    valid_from=JUNE_2005,
                    valid_to=datetime(2015, 6, 19, 22, tzinfo=UTC),
                    ended_status=CodeValue("avsluttet_status", "99", "Avsluttet"),
                ),
            ),
            suspensions=(SuspensionSnapshot(valid_from=year_2020, valid_to=february_2020),),
            reactions=(ReactionSnapshot(type=CodeValue("administrativ_reaksjon", "5"), valid_from=year_2020),),
            conditions=(ConditionSnapshot(type=CodeValue("7703", "4", "Sted"), text="Kun ved ett sykehus"),),
            educations=(education,),
        )
    ]

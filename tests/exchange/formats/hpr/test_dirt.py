"""Dirt in files of HPR: put right, flagged or refused by name, and never with a person's data in the remark."""

from pathlib import Path
from typing import Any

import pytest

from registers.intake.snapshot import NOT_REPORTED
from tests.support import records_hpr as hpr
from tests.support.files import broken, flags, one, refused


def read(folder: Path, **changes: Any) -> Any:
    return one(folder, hpr.soap_person(**changes))


def test_a_national_id_that_fails_is_kept_and_flagged(tmp_path: Path):
    person = read(tmp_path, NIN="15818291262")

    assert (person.national_id, person.national_id_holds) == ("15818291262", False)
    assert flags(person) == ["national-id-fails"]
    assert not any(digit in person.flags[0].text for digit in "0123456789")


@pytest.mark.parametrize("text", ["1581829126", "158182912612", "1581829126x", "ukjent"])
def test_what_is_no_national_id_is_refused_and_nothing_is_reported(tmp_path: Path, text: str):
    person = read(tmp_path, NIN=text, ManglerNIN=True)

    assert person.national_id is NOT_REPORTED
    assert refused(person) == ["national-id"]
    assert text not in person.refused[0].text


@pytest.mark.parametrize("value", ["158182 91261", " 15818291261\n", 15818291261])
def test_the_spelling_of_a_national_id_is_put_right(tmp_path: Path, value: object):
    person = read(tmp_path, NIN=value)

    assert (person.national_id, person.national_id_holds, person.flags) == (hpr.NIN, True, [])


def test_a_number_that_lost_its_leading_zero_gets_it_back(tmp_path: Path):
    assert read(tmp_path, NIN=int(hpr.OTHER_NIN)).national_id == hpr.OTHER_NIN


def test_a_national_id_of_a_person_reported_to_have_none_is_flagged(tmp_path: Path):
    person = read(tmp_path, ManglerNIN=True)

    assert person.national_id == hpr.NIN
    assert flags(person) == ["national-id-not-missing"]


def test_a_death_before_the_birth_is_refused(tmp_path: Path):
    person = read(tmp_path, Dødsdato="1969-12-31T00:00:00")

    assert (person.died_on, refused(person)) == (NOT_REPORTED, ["died-before-birth"])


def test_year_one_is_no_date(tmp_path: Path):
    person = read(tmp_path, Fødselsdato="0001-01-01T00:00:00")

    assert (person.born_on, flags(person)) == (None, ["implausible-time"])


def test_a_merged_person_names_the_number_that_survives(tmp_path: Path):
    assert read(tmp_path, ErstattetAvHprNummer=900000029).replaced_by == 900000029
    assert read(tmp_path, ErstattetAvHprNummer=-1).replaced_by is None


def test_no_person_replaces_itself(tmp_path: Path):
    person = read(tmp_path, ErstattetAvHprNummer=900000011)

    assert (person.replaced_by, refused(person)) == (None, ["own-replacement"])


@pytest.mark.parametrize("number", [None, 0, -1, 1_000_000_000, "x"])
def test_a_person_without_hpr_number_is_broken(tmp_path: Path, number: object):
    assert broken(tmp_path, hpr.soap_person(HPRNummer=number)).rule == "hpr-number"


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"Gyldig": None}, "period-missing"),
        ({"Gyldig": hpr.periode("i går")}, "period-unreadable"),
        ({"Gyldig": hpr.periode("0001-01-01T00:00:00", "2020-01-01T00:00:00")}, "period-implausible"),
        ({"Gyldig": hpr.periode("2020-01-01T00:00:00", "2020-01-01T00:00:00")}, "period-empty"),
        ({"Helsepersonellkategori": None}, "code-missing"),
        ({"Autorisasjon": hpr.kode(7704, "")}, "code-missing"),
    ],
)
def test_an_approval_that_cannot_be_read_costs_itself_alone(tmp_path: Path, changes: dict[str, Any], rule: str):
    person = read(tmp_path, Godkjenninger=[hpr.godkjenning(**changes), hpr.godkjenning()])

    assert len(person.authorisations) == 1
    assert [(remark.rule, remark.path) for remark in person.refused] == [(rule, "Godkjenninger[0]")]


def test_a_code_of_another_system_is_refused(tmp_path: Path):
    person = read(tmp_path, Godkjenninger=[hpr.godkjenning(Helsepersonellkategori=hpr.kode(7704, "LE"))])

    assert (person.authorisations, refused(person)) == ([], ["code-of-other-system", "code-missing"])


@pytest.mark.parametrize("system", [0, None, "2.16.578.1.12.4.1.1.9060"])
def test_a_code_is_recognised_by_its_field_and_its_number(tmp_path: Path, system: Any):
    (authorisation,) = read(
        tmp_path, Godkjenninger=[hpr.godkjenning(Helsepersonellkategori=hpr.kode(system, " LE\n"))]
    ).authorisations

    assert authorisation.profession.key == "9060/LE"


def test_a_suspension_without_beginning_is_refused_and_its_right_kept(tmp_path: Path):
    right = hpr.rekvisisjonsrett(Suspensjonsperioder=[hpr.suspensjon("")])
    person = read(tmp_path, Godkjenninger=[hpr.godkjenning(Rekvisisjonsretter=[right])])

    assert person.authorisations[0].requisition_rights[0].suspensions == ()
    assert person.refused[0].path == "Godkjenninger[0].Rekvisisjonsretter[0].Suspensjonsperioder[0]"


def test_an_address_without_type_is_kept_and_flagged(tmp_path: Path):
    person = read(tmp_path, FysiskeAdresser=[{"Gateadresse": "Eksempelveien 1", "Postkode": "110", "Type": None}])

    assert (person.addresses[0].type, person.addresses[0].postal_code) == (None, "0110")
    assert flags(person) == ["address-without-type"]


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"Vilkår": [{"Id": 1, "Type": None, "Fritekst": " "}]}, "condition-empty"),
        ({"AdministrativeReaksjoner": [{"Type": None, "Periode": hpr.periode("2020-01-01")}]}, "code-missing"),
    ],
)
def test_parts_without_content_are_refused(tmp_path: Path, changes: dict[str, Any], rule: str):
    person = read(tmp_path, Godkjenninger=[hpr.godkjenning(**changes)])

    assert (len(person.authorisations), refused(person)) == (1, [rule])


def test_an_alternative_id_without_value_is_refused(tmp_path: Path):
    person = read(tmp_path, AlternativeIder=[{"Id": 1, "Type": hpr.kode(0, "X"), "Verdi": None}])

    assert (person.alternative_ids, refused(person)) == ([], ["alternative-id-empty"])


def test_codes_of_systems_without_number_go_under_our_name_for_them(tmp_path: Path):
    ids = [{"Type": hpr.kode(0, "X"), "Verdi": "1"}]

    assert read(tmp_path, AlternativeIder=ids).alternative_ids[0].type.key == "alternativ_id/X"

"""Persons of PREG."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from registers.core.identifiers import NationalId
from registers.exchange.recognise import open_source, recognise
from registers.gp_lists.intake.snapshot import FormerNationalId, PatientPersonSnapshot, PersonSnapshot
from registers.gp_lists.models import Protection
from registers.intake.snapshot import NOT_REPORTED, CodeValue
from tests.support.files import broken, flags, one, read_back, refused, written

NUMBER, FORMER, D_NUMBER = NationalId("15835090008"), NationalId("31929930056"), NationalId("45850160183")


def person(**changes: Any) -> dict[str, Any]:
    return {
        "NIN": NUMBER,
        "FirstName": "Nordlysdis",
        "MiddleName": None,
        "LastName": "Måneskinnlund",
        "DateOfBirth": "1950-03-15",
        "DateOfDeath": "2026-10-31T00:00:00",
        "Sex": "2",
        "RegStatus": 5,
        "PostalType": 7,
        "FormerNINs": [D_NUMBER],
        **changes,
    }


def test_a_person_is_read_whole(tmp_path: Path):
    assert one(tmp_path, person(), name="persons.json") == PatientPersonSnapshot(
        interface="preg",
        position="persons.json",
        national_id=NUMBER,
        national_id_holds=True,
        former_national_ids=(FormerNationalId(D_NUMBER, True),),
        person=PersonSnapshot(
            first_name="Nordlysdis",
            middle_name=None,
            last_name="Måneskinnlund",
            born_on=date(1950, 3, 15),
            died_on=date(2026, 10, 31),
            sex=CodeValue("3101", "2"),
            protection=Protection.CONFIDENTIAL,
        ),
    )


def test_what_is_left_out_is_not_reported(tmp_path: Path):
    read = one(tmp_path, {"NIN": NUMBER, "RegStatus": 1})

    assert read.person == PersonSnapshot()
    assert read.former_national_ids is NOT_REPORTED
    assert (read.flags, read.refused) == ([], [])


@pytest.mark.parametrize("around", [lambda two: two, lambda two: {"Persons": two}])
def test_persons_are_found_in_every_form_of_a_file(tmp_path: Path, around: Any):
    two = [person(), person(NIN=FORMER)]
    lines = f"{written(tmp_path, two[0]).read_text()}\n{written(tmp_path, two[1]).read_text()}\n"

    assert [read.national_id for read in read_back(tmp_path, around(two))] == [NUMBER, FORMER]
    assert [read.national_id for read in read_back(tmp_path, lines)] == [NUMBER, FORMER]


def test_a_file_of_persons_is_recognised_by_content(tmp_path: Path):
    assert recognise(open_source(written(tmp_path, [person()]))).name == "preg-persons"
    assert recognise(open_source(written(tmp_path, {"persons": []}))).name == "preg-persons"


@pytest.mark.parametrize(
    ("postal_type", "protection"),
    [
        *((value, Protection.NONE) for value in (0, 1, 2, 3, 5, 8)),
        (4, Protection.CLIENT),
        (6, Protection.STRICTLY_CONFIDENTIAL),
        ("7", Protection.CONFIDENTIAL),
        ({"CodeValue": "6", "CodeText": "Strengt fortrolig"}, Protection.STRICTLY_CONFIDENTIAL),
        (None, NOT_REPORTED),
    ],
)
def test_the_postal_type_is_the_protection(tmp_path: Path, postal_type: object, protection: object):
    assert one(tmp_path, person(PostalType=postal_type)).person.protection is protection


@pytest.mark.parametrize("postal_type", [9, "", "fortrolig", True, [6], {}])
def test_a_person_whose_protection_is_not_understood_is_refused(tmp_path: Path, postal_type: object):
    assert broken(tmp_path, person(PostalType=postal_type)).rule == "protection-unreadable"


def test_a_number_that_breaks_a_rule_is_kept_and_flagged(tmp_path: Path):
    read = one(tmp_path, person(NIN="15835090009", FormerNINs=["31929930057"]))

    assert (read.national_id, read.national_id_holds) == ("15835090009", False)
    assert read.former_national_ids == (FormerNationalId(NationalId("31929930057"), False),)
    assert flags(read) == ["national-id-fails", "national-id-fails"]


@pytest.mark.parametrize("number", [None, "", "1583509", "ukjent"])
def test_a_person_without_a_number_is_unreadable(tmp_path: Path, number: object):
    assert broken(tmp_path, person(NIN=number)).rule == "national-id-missing"


def test_former_numbers_come_once_and_never_include_the_current_one(tmp_path: Path):
    read = one(tmp_path, person(FormerNINs=[FORMER, NUMBER, FORMER, None, {"NIN": D_NUMBER}]))

    assert [former.number for former in read.former_national_ids] == [FORMER, D_NUMBER]


@pytest.mark.parametrize("sex", [2, "2", {"CodeValue": "2", "OID": 3101}])
def test_sex_is_a_code_however_it_is_written(tmp_path: Path, sex: object):
    assert one(tmp_path, person(Sex=sex)).person.sex == CodeValue("3101", "2")


def test_a_death_before_the_birth_is_refused(tmp_path: Path):
    read = one(tmp_path, person(DateOfDeath="1949-12-31"))

    assert (read.person.died_on, refused(read)) == (NOT_REPORTED, ["died-before-birth"])


def test_no_remark_repeats_a_national_id_or_a_name(tmp_path: Path):
    body = person(NIN="15835090009", FormerNINs=["31929930057", "Tyttebær"], DateOfDeath="Tyttebær", Sex={"OID": 5})
    read = one(tmp_path, body)
    remarks = " ".join(f"{remark.path} {remark.text}" for remark in read.flags + read.refused)

    assert len(read.flags) + len(read.refused) >= 4
    for secret in ("15835090009", "31929930057", "Nordlysdis", "Måneskinnlund", "Tyttebær"):
        assert secret not in remarks
    assert "15835090009" not in broken(tmp_path, body | {"PostalType": 9}).reason

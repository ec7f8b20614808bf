"""Enhetsregisteret's units and RESH."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from registers.intake.snapshot import CodeValue
from registers.organisations.models import AddressKind, OrganisationKind
from tests.support.files import broken, flags, one, read_back, refused
from tests.support.records_ar import resh, unit


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({}, OrganisationKind.MAIN_UNIT),
        ({"organisasjonsform": {"kode": "BEDR"}}, OrganisationKind.SUB_UNIT),
        ({"organisasjonsform": {"kode": "AAFY"}}, OrganisationKind.SUB_UNIT),
        ({"overordnetEnhet": "310001007"}, OrganisationKind.SUB_UNIT),
        ({"oppstartsdato": "2020-01-01", "organisasjonsform": None}, OrganisationKind.SUB_UNIT),
        ({"beliggenhetsadresse": {"land": "Norge"}}, OrganisationKind.SUB_UNIT),
        ({"overordnetEnhet": "310001007", "organisasjonsform": {"kode": "ORGL"}}, OrganisationKind.MAIN_UNIT),
        ({"overordnetEnhet": None}, OrganisationKind.MAIN_UNIT),
    ],
)
def test_a_unit_is_a_main_or_a_sub_unit(tmp_path: Path, changes: dict[str, Any], kind: OrganisationKind):
    organisation = one(tmp_path, unit(**changes))

    assert organisation.kind is kind
    assert organisation.parent_number == changes.get("overordnetEnhet")


@pytest.mark.parametrize(
    ("changes", "start"),
    [
        ({"stiftelsesdato": "1899-05-17"}, datetime(1996, 6, 30, 22, tzinfo=UTC)),
        (
            {"registreringsdatoEnhetsregisteret": None, "stiftelsesdato": "2001-01-01"},
            datetime(2000, 12, 31, 23, tzinfo=UTC),
        ),
        (
            {"registreringsdatoEnhetsregisteret": None, "oppstartsdato": "2001-07-01"},
            datetime(2001, 6, 30, 22, tzinfo=UTC),
        ),
    ],
)
def test_a_unit_is_valid_from_the_first_day_that_is_reported(tmp_path: Path, changes: dict[str, Any], start: datetime):
    organisation = one(tmp_path, unit(**changes))

    assert (organisation.valid_from, organisation.flags) == (start, [])


def test_without_any_first_day_the_register_s_own_is_assumed(tmp_path: Path):
    organisation = one(tmp_path, unit(registreringsdatoEnhetsregisteret=None))

    assert organisation.valid_from == datetime(1995, 2, 19, 23, tzinfo=UTC)
    assert organisation.registered_on is None
    assert flags(organisation) == ["start-assumed"]


@pytest.mark.parametrize("key", ["slettedato", "nedleggelsesdato"])
def test_a_unit_ends_when_its_last_day_begins(tmp_path: Path, key: str):
    assert one(tmp_path, unit(**{key: "2020-07-01"})).valid_to == datetime(2020, 6, 30, 22, tzinfo=UTC)
    assert broken(tmp_path, unit(**{key: "1996-07-01"})).rule == "period-empty"


def test_a_deleted_unit_of_which_little_is_reported_is_read(tmp_path: Path):
    organisation = one(tmp_path, {"organisasjonsnummer": "310001007", "slettedato": "2021-02-03"})

    assert organisation.name is None
    assert (organisation.valid_to, flags(organisation)) == (
        datetime(2021, 2, 2, 23, tzinfo=UTC),
        ["start-assumed"],
    )


def test_a_number_may_be_a_number(tmp_path: Path):
    organisation = one(tmp_path, unit(organisasjonsnummer=310001007, overordnetEnhet=311001000))

    assert (organisation.organisation_number, organisation.parent_number) == ("310001007", "311001000")


@pytest.mark.parametrize("number", [None, "", "12", "31000100x", -310001007, {}])
def test_a_unit_without_a_number_is_broken_and_the_others_read(tmp_path: Path, number: Any):
    first, second = read_back(tmp_path, [unit(organisasjonsnummer=number), unit()])

    assert (first.rule, second.organisation_number) == ("organisation-number", "311001000")


def test_a_unit_above_itself_is_refused(tmp_path: Path):
    organisation = one(tmp_path, unit(overordnetEnhet="311001000"))

    assert (organisation.parent_number, refused(organisation)) == (None, ["own-parent"])


def test_all_that_is_reported_of_a_unit_is_read(tmp_path: Path):
    abroad = {
        "land": "Sverige",
        "landkode": "SE",
        "poststed": "11251 STOCKHOLM",
        "adresse": ["c/o  ", None, " Gatan 1 "],
    }
    organisation = one(
        tmp_path,
        unit(
            naeringskode1={"kode": "86.211", "beskrivelse": "Allmenn legetjeneste"},
            naeringskode2={"kode": "70.220"},
            naeringskode3={"kode": "86.211"},
            antallAnsatte="12",
            hjemmeside="www.example.invalid",
            stiftelsesdato="1899-05-17",
            konkurs=True,
            forretningsadresse=abroad,
            postadresse={"postnummer": 37, "kommunenummer": "301", "kommune": "OSLO"},
        ),
    )

    assert [each.key for each in organisation.industry_codes] == ["SN2007/86.211", "SN2007/70.220"]
    assert (organisation.employees, organisation.homepage) == (12, "www.example.invalid")
    assert organisation.founded_on == date(1899, 5, 17)
    assert (organisation.bankrupt, organisation.being_wound_up) == (True, None)
    business, postal = organisation.addresses
    assert (business.kind, business.lines, business.postal_code) == (AddressKind.BUSINESS, ("c/o", "Gatan 1"), None)
    assert business.country == CodeValue("9043", "SE", "Sverige")
    assert (postal.kind, postal.postal_code) == (AddressKind.POSTAL, "0037")
    assert postal.municipality == CodeValue("3402", "0301", "OSLO")
    assert organisation.municipality is None  # a postal address tells nothing of where a unit is


@pytest.mark.parametrize("number", ["many", -1, 10**12, "1.5"])
def test_a_number_of_employees_that_is_none_is_refused(tmp_path: Path, number: Any):
    organisation = one(tmp_path, unit(antallAnsatte=number))

    assert (organisation.employees, refused(organisation)) == (None, ["employees"])


def test_an_unreadable_day_is_left_out_with_a_flag(tmp_path: Path):
    organisation = one(tmp_path, unit(stiftelsesdato="17. mai"))

    assert (organisation.founded_on, flags(organisation)) == (None, ["implausible-time"])


def test_units_of_resh_come_each_before_those_below(tmp_path: Path):
    tree = resh(
        reshChildren=[
            resh(reshId=4100002, reshChildren=[resh(reshId=4100003, parentReshId=4100002)]),
            resh(reshId=0, reshChildren=[resh(reshId=4100005)]),
            resh(reshId=4100006, parentReshId=4100009),
        ]
    )
    first, second, third, damaged, orphan, moved = read_back(tmp_path, [tree], name="r")

    assert [each.resh_id for each in (first, second, third, orphan, moved)] == [
        *(4100001, 4100002, 4100003, 4100005, 4100006),
    ]
    assert [each.parent_resh_id for each in (first, second, third, orphan, moved)] == [
        *(None, 4100001, 4100002, None, 4100009),
    ]
    assert damaged.rule == "resh-id"
    assert third.position == "r[0]/reshChildren[0]/reshChildren[0]"


def test_all_that_is_reported_of_a_resh_unit_is_read(tmp_path: Path):
    found = one(tmp_path, resh(designation=" 05 ", level=3, treatmentFacility=True, validTo="2024-07-01"))

    assert (found.name, found.short_name) == ("EKSEMPEL SYKEHUS HF", "ESHF")
    assert (found.designation, found.level) == (CodeValue("8624", "05"), CodeValue("8628", "3"))
    assert (found.organisation_number, found.treatment_facility) == ("311001000", True)
    assert (found.valid_from, found.valid_to) == (
        datetime(2001, 12, 31, 23, tzinfo=UTC),
        datetime(2024, 6, 30, 22, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("changes", "rule"),
    [({"parentReshId": 4100001}, "own-parent"), ({"validFrom": None}, "period-missing"), ({"reshId": "x"}, "resh-id")],
)
def test_a_resh_unit_that_cannot_be_is_broken(tmp_path: Path, changes: dict[str, Any], rule: str):
    assert broken(tmp_path, resh(**changes)).rule == rule

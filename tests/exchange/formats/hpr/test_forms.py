"""Forms in which HPR reports persons: XML, pages, answers about a moment, the open interface."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from registers.intake.snapshot import NOT_REPORTED
from tests.exchange.formats.hpr.test_persons import whole
from tests.support import records_hpr as hpr
from tests.support import soap
from tests.support.files import one, read_back, without_position


@pytest.mark.parametrize("body", [hpr.soap_person(), whole()], ids=["plain", "whole"])
def test_xml_gives_what_json_gives(tmp_path: Path, body: dict[str, Any]):
    expected = without_position(read_back(tmp_path, body))

    bare = soap.document("Person", body, soap.HPR)
    array = soap.document("ArrayOfPerson", [("Person", body)], soap.HPR)
    history = soap.answer("HentPersonMedHistorikk", body, soap.HPR)

    for text in (bare, array, history):
        assert without_position(read_back(tmp_path, text)) == expected


def test_an_answer_about_a_moment_is_known_to_lack_what_has_ended(tmp_path: Path):
    several = soap.answer("HentPersoner", [("Person", hpr.soap_person())] * 2, soap.HPR)

    assert not one(tmp_path, soap.answer("HentPerson", hpr.soap_person(), soap.HPR)).history_reported
    assert [person.history_reported for person in read_back(tmp_path, several)] == [False, False]
    assert one(tmp_path, soap.document("Person", hpr.soap_person(), soap.HPR)).history_reported


def test_a_page_of_a_search_is_read(tmp_path: Path):
    page = [("Resultater", [])]
    text = soap.answer("Søk2", page, soap.HPR).replace(
        "<Resultater></Resultater>", f"<Resultater>{soap.document('Person', hpr.soap_person(), soap.HPR)}</Resultater>"
    )

    assert one(tmp_path, text).hpr_number == 900000011


def test_lists_that_are_null_are_not_reported(tmp_path: Path):
    names = ("AlternativeIder", "FysiskeAdresser", "Godkjenninger", "Utdannelser")
    body = hpr.soap_person(**dict.fromkeys(names))

    for content in (body, soap.document("Person", body, soap.HPR)):
        person = one(tmp_path, content)
        assert person.alternative_ids is person.addresses is person.authorisations is person.educations is NOT_REPORTED


def test_the_open_interface_does_not_report_the_national_id(tmp_path: Path):
    extended_only = ("nin", "manglerNin", "administrativeReaksjoner")
    body = {key: value for key, value in hpr.rest_person().items() if key not in extended_only}
    person = one(tmp_path, body)

    assert person.national_id is person.missing_national_id is person.reactions is NOT_REPORTED
    assert person.national_id_holds is None


def test_a_person_without_national_id_is_known_to_have_none_only_where_the_register_says_so(tmp_path: Path):
    person = one(tmp_path, hpr.rest_person(nin=None, manglerNin=True))
    silent = one(tmp_path, hpr.rest_person(nin=None, manglerNin=False))

    assert (person.national_id, person.missing_national_id) == (None, True)
    assert (silent.national_id, silent.missing_national_id) == (NOT_REPORTED, False)


def test_dates_of_rest_are_midnights_in_norway_and_the_last_one_is_exclusive(tmp_path: Path):
    period = {"fra": "2020-01-01", "til": "2020-07-01"}
    reactions = [{"type": hpr.rest_code(0, "1"), "periode": period}]
    body = hpr.rest_person(godkjenninger=[hpr.rest_authorisation(periode=period, administrativeReaksjoner=reactions)])

    (authorisation,) = one(tmp_path, body).authorisations

    assert authorisation.valid_from == datetime(2019, 12, 31, 23, tzinfo=UTC)
    assert authorisation.valid_to == datetime(2020, 6, 30, 22, tzinfo=UTC)
    assert authorisation.reactions[0].valid_to == authorisation.valid_to

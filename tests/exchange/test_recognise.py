"""A file is recognised by its content, and the message about an unknown one does not repeat its content."""

from pathlib import Path
from typing import Any

import pytest

from registers.exchange.errors import UnknownFormat
from registers.exchange.recognise import FORMATS, open_source, read, recognise
from tests.support.files import as_xml, broken, read_back, written
from tests.support.records_ar import legacy, legacy_organisation, resh, rest, unit, wrapped

EXPORT = {"lastSequenceNumber": 41237, "count": 2, "communicationParties": [8100001, 8100002]}
EVENT = {"sequenceNumber": 1, "herId": 8100002, "eventType": "CommunicationPartyUpdated", "eventTimestamp": "2026"}
FAULT = (
    '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><e:Fault>'
    "<faultcode>e:Client</faultcode><faultstring>Ingen person 15818291261</faultstring>"
    "</e:Fault></e:Body></e:Envelope>"
)

CONTENTS: list[tuple[object, str]] = [
    ([rest()], "ar-rest"),
    ({"communicationParties": [rest()]}, "ar-rest"),
    ({"communicationParties": []}, "ar-rest"),
    ([legacy()], "ar-legacy"),
    (wrapped(legacy()), "ar-legacy"),
    ({"LastEventId": "x", "CommunicationParties": [legacy_organisation()]}, "ar-legacy"),
    (as_xml(legacy(), "CommunicationParty"), "ar-legacy"),
    ("<ArrayOfOrganization/>", "ar-legacy"),
    ([{"isCurrent": True, "signingCertificate": None}], "ar-certificates"),
    ('<CertificateDetails xmlns="x"><LdapUrl/><Certificate/></CertificateDetails>', "ar-certificates"),
    ({"_embedded": {"enheter": [unit()]}}, "brreg"),
    ({"_embedded": {"underenheter": []}}, "brreg"),
    ([unit()], "brreg"),
    ([resh()], "resh-json"),
    ("-----BEGIN CERTIFICATE-----\nMIIB", "certificate"),
    (b"\x30\x82\x01\x02", "certificate"),
    (EXPORT, "ar-rest-export"),
    ({"results": [EVENT], "count": 1}, "ar-rest-events"),
    ({"results": [], "count": 0}, "ar-rest-events"),
    (EVENT, "ar-rest-events"),
    (FAULT, "soap-fault"),
]


@pytest.mark.parametrize(("content", "name"), CONTENTS)
@pytest.mark.parametrize("ending", [".json", ".xml", ""])
def test_a_format_is_recognised_by_content_whatever_the_file_is_called(
    tmp_path: Path, content: object, name: str, ending: str
):
    source = open_source(written(tmp_path, content, name=f"file{ending}"))

    assert recognise(source) is FORMATS[name]


@pytest.mark.parametrize("content", [EXPORT, {"results": [EVENT], "count": 1}, EVENT])
def test_lists_of_ids_and_events_yield_nothing_and_say_why(tmp_path: Path, content: object):
    source = open_source(written(tmp_path, content))

    assert list(read(source)) == []
    assert "holds no parties" in (recognise(source).note or "")


@pytest.mark.parametrize("format", [None, "ar-legacy", "ar-certificates"])
def test_a_fault_is_reported_with_its_code_and_text_and_without_a_national_id(tmp_path: Path, format: str | None):
    fault = broken(tmp_path, FAULT, format=format)

    assert (fault.rule, fault.reason) == ("soap-fault", "e:Client: Ingen person (eleven digits)")


UNKNOWN: list[tuple[object, str]] = [
    (b"", "is empty"),
    ("just words", "is neither JSON nor XML nor a certificate"),
    ([], "is JSON and begins with the keys (no names)"),
    ({"b": 1, "a": {"herId": 1}}, "is JSON and begins with the keys a, b"),
    ([{"15818291261": "Eksempelsen", "Test Eksempelsen": 1, "name": 2}], "begins with the keys name"),
    ("<a><b><c><d/></c></b></a>", "is XML and begins with the elements a > b > c"),
    ("<a/>", "is XML and begins with the elements a"),
    ('{"x": 1}\n{"x": 2}', "is one JSON object per line and begins with the keys x"),
    ({"_embedded": {"oppdaterteEnheter": [{"organisasjonsnummer": "1", "dato": "x"}]}}, "keys _embedded"),
]


@pytest.mark.parametrize(("content", "begins"), UNKNOWN)
def test_the_message_about_an_unknown_file_says_how_it_begins_and_what_was_looked_for(
    tmp_path: Path, content: Any, begins: str
):
    with pytest.raises(UnknownFormat) as unknown:
        read_back(tmp_path, content)

    message = str(unknown.value)
    assert begins in message
    assert all(each.title in message for each in FORMATS.values())
    assert "15818291261" not in message and "Eksempelsen" not in message


def test_a_format_that_does_not_exist_is_refused(tmp_path: Path):
    with pytest.raises(UnknownFormat, match="'edifact', which is no format"):
        read_back(tmp_path, [rest()], format="edifact")


def test_a_file_of_another_format_than_the_caller_says_yields_nothing_but_that(tmp_path: Path):
    found = broken(tmp_path, [rest()], format="brreg")

    assert found.rule == "other-format"


def test_an_organisation_s_services_do_not_hide_it(tmp_path: Path):
    services_first = {"Services": [legacy()]} | legacy_organisation(Services=[legacy()])
    xml = as_xml(services_first, "Organization")

    for content in (services_first, xml):
        assert [each.her_id for each in read_back(tmp_path, content)] == [8100001, 8100002]


def test_a_missing_file_is_an_error_of_the_system(tmp_path: Path):
    with pytest.raises(FileNotFoundError):
        open_source(tmp_path / "missing.json")

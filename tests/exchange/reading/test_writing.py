"""The same record gives the same snapshot however its file is written."""

import gzip
import json
from pathlib import Path
from random import Random
from typing import Any

import pytest

from registers.exchange.reading.files import CHUNK, HEAD
from registers.exchange.recognise import open_source, read
from tests.support import records_ar
from tests.support.files import as_xml, one, read_back, without_position, written

ENVELOPES = ["http://schemas.xmlsoap.org/soap/envelope/", "http://www.w3.org/2003/05/soap-envelope"]
BODIES = {
    "ar-rest": ([records_ar.rest(), records_ar.rest(herId=8100005)], "communicationParties"),
    "ar-legacy": ([records_ar.legacy(), records_ar.legacy_person(), records_ar.legacy_organisation()], "results"),
    "brreg": ([records_ar.unit(), records_ar.unit(organisasjonsnummer=310001007)], "_embedded.enheter"),
    "resh": ([records_ar.resh(), records_ar.resh(reshId=4100002)], "units"),
}


def writings(bodies: list[dict[str, Any]], key: str) -> dict[str, bytes]:
    """The same records in every form in which a file may have them."""
    array = json.dumps(bodies, ensure_ascii=False)
    *outer, inner = key.split(".")
    inside = {"count": 2, inner: bodies, "last": None}
    for name in outer:
        inside = {"page": {"number": 0}, name: inside}
    texts = {
        "array": array,
        "indented array": json.dumps(bodies, indent=2, ensure_ascii=False),
        "escaped array": json.dumps(bodies),
        "array within an object": json.dumps(inside),
        "a line each": "\n".join(json.dumps(each) for each in bodies),
        "a line each, with empty lines": "\r\n\r\n".join(json.dumps(each) for each in bodies) + "\r\n",
        "one after another": "".join(json.dumps(each, indent=1) for each in bodies),
        "a page each line": "\n".join(json.dumps({inner: [each]}) for each in bodies),
        "other order": json.dumps([dict(reversed(each.items())) for each in bodies]),
        "small first letters": json.dumps([lowered(each) for each in bodies]),
        "unknown elements": json.dumps([{"new": {"a": [1, {}]}} | each | {"newer": "x"} for each in bodies]),
    }
    found = {name: text.encode() for name, text in texts.items()}
    found |= {f"{name}, packed": gzip.compress(text) for name, text in found.items()}
    return found | {
        "with a mark": array.encode("utf-8-sig"),
        "in UTF-16": array.encode("utf-16"),
        "in Windows-1252": array.encode("cp1252"),
    }


def lowered(value: Any) -> Any:
    if isinstance(value, list):
        return [lowered(each) for each in value]
    if isinstance(value, dict):
        return {key[:1].lower() + key[1:]: lowered(each) for key, each in value.items()}
    return value


CASES = [(name, written) for name, (bodies, key) in BODIES.items() for written in writings(bodies, key)]


@pytest.mark.parametrize(("name", "written"), CASES)
def test_every_writing_of_a_file_gives_the_same_records(tmp_path: Path, name: str, written: str):
    bodies, key = BODIES[name]
    expected = without_position(read_back(tmp_path, bodies))

    assert len(expected) == len(bodies)
    assert without_position(read_back(tmp_path, writings(bodies, key)[written])) == expected


@pytest.mark.parametrize("name", sorted(BODIES))
def test_a_single_object_is_a_record(tmp_path: Path, name: str):
    body = BODIES[name][0][0]

    assert without_position([one(tmp_path, body)]) == without_position(read_back(tmp_path, [body]))


def test_the_json_wrapper_adds_nothing(tmp_path: Path):
    parties = BODIES["ar-legacy"][0]

    assert without_position(read_back(tmp_path, [records_ar.wrapped(each) for each in parties])) == without_position(
        read_back(tmp_path, parties)
    )


PARTIES = [
    (records_ar.legacy(), "Service"),
    (records_ar.legacy_person(), "OrganizationPerson"),
    (records_ar.legacy_organisation(Services=[records_ar.legacy()]), "Organization"),
]


@pytest.mark.parametrize(("party", "kind"), PARTIES)
@pytest.mark.parametrize("envelope", [None, *ENVELOPES])
def test_xml_gives_what_json_gives(tmp_path: Path, party: dict[str, Any], kind: str, envelope: str | None):
    document = as_xml(party, "GetCommunicationPartyDetailsResult" if envelope else "CommunicationParty", kind=kind)
    if envelope:
        answer = f"<GetCommunicationPartyDetailsResponse>{document}</GetCommunicationPartyDetailsResponse>"
        document = f'<x:Envelope xmlns:x="{envelope}"><x:Header/><x:Body>{answer}</x:Body></x:Envelope>'

    assert without_position(read_back(tmp_path, document)) == without_position(read_back(tmp_path, party))


@pytest.mark.parametrize("array", ["ArrayOfCommunicationParty", "ArrayOfOrganization", "SearchByIdResult"])
def test_xml_arrays_give_every_record_with_its_position(tmp_path: Path, array: str):
    inner = "".join(as_xml(party, "CommunicationParty", kind=kind) for party, kind in PARTIES)

    found = read_back(tmp_path, f"<{array}><!-- {array} -->{inner}</{array}>", name="all.xml")

    positions = ["all.xml[0]", "all.xml[1]", "all.xml[2]", "all.xml[2]/Services[0]"]
    assert [record.position for record in found] == positions
    assert without_position(found) == without_position(read_back(tmp_path, [party for party, _ in PARTIES]))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "iso-8859-1", "utf-16"])
def test_the_declared_encoding_is_ignored(tmp_path: Path, encoding: str):
    party = as_xml(records_ar.legacy(Name="Blåbærhøgda – lege"), "Service")
    sent = ('<?xml version="1.0" encoding="ISO-8859-1"?>' + party).encode(encoding, "replace")

    name = "Blåbærhøgda ? lege" if encoding == "iso-8859-1" else "Blåbærhøgda – lege"
    assert one(tmp_path, sent).name == name


def test_a_name_may_be_cut_by_two_reads(tmp_path: Path):
    """Letters, quotes and brackets are followed wherever the text is cut into chunks."""
    for shift in range(8):
        filler = "å" * (CHUNK // 2 - 130 - shift) + '\\"{[' * 40
        bodies = [records_ar.unit(navn=filler), records_ar.unit(navn='ø"}]\\')]

        assert [record.name for record in read_back(tmp_path, bodies)] == [filler, 'ø"}]\\']


def test_a_record_far_longer_than_the_beginning_is_read(tmp_path: Path):
    services = [records_ar.legacy(HerId=8200000 + index) for index in range(1_000)]
    party = records_ar.legacy_organisation()
    services_first = {"Services": services} | {key: value for key, value in party.items() if key != "Services"}
    assert len(json.dumps(services)) > HEAD

    assert [record.her_id for record in read_back(tmp_path, services_first)] == [8100001, *range(8200000, 8201000)]


def test_progress_counts_the_packed_bytes(tmp_path: Path):
    names = Random(1)
    units = [records_ar.unit(navn=names.randbytes(200).hex()) for _ in range(2_000)]
    source = open_source(written(tmp_path, gzip.compress(json.dumps(units).encode())))
    seen = [source.consumed for _ in read(source)]

    assert seen == sorted(seen)
    assert 0 < seen[0] < seen[-1]
    assert source.consumed == source.size

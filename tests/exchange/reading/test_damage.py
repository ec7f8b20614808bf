"""A damaged or hostile file gives what can be read of it, and hurts nothing."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registers.exchange.errors import UnknownFormat
from registers.exchange.reading.json_text import RECORD_MAX
from registers.exchange.recognise import Broken
from tests.support import records_ar
from tests.support.files import as_xml, broken, read_back

untimed = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
UNIT = json.dumps(records_ar.unit())


def read_and_broken(folder: Path, content: str | bytes) -> tuple[int, list[Broken]]:
    found = read_back(folder, content)
    faults = [each for each in found if isinstance(each, Broken)]
    return len(found) - len(faults), faults


def test_a_file_cut_off_gives_what_stood_before(tmp_path: Path):
    text = f"[{UNIT},{UNIT},{UNIT[:40]}"

    count, (fault,) = read_and_broken(tmp_path, text)

    assert count == 2
    assert fault == Broken(f"file, byte {len(text) - 40}", "json-malformed", "the text ends too early")


def test_a_record_that_is_no_json_costs_itself_alone(tmp_path: Path):
    count, (fault,) = read_and_broken(tmp_path, f'[{UNIT},{{"organisasjonsnummer":x}},{UNIT}]')

    assert count == 2
    assert (fault.position, fault.rule) == ("file[1]", "json-malformed")
    assert f"byte {len(UNIT) + 2}" in fault.reason


def test_brackets_that_do_not_match_end_the_reading(tmp_path: Path):
    count, (fault,) = read_and_broken(tmp_path, f"[{UNIT}}},{UNIT}]")

    assert (count, fault.rule) == (1, "json-malformed")


def test_what_is_no_object_is_reported(tmp_path: Path):
    count, faults = read_and_broken(tmp_path, f'[{UNIT},null,5,"x",[],{UNIT}]')

    assert count == 2
    assert [fault.position for fault in faults] == ["file[1]", "file[2]", "file[3]", "file[4]"]
    assert {fault.rule for fault in faults} == {"not-an-object"}


@pytest.mark.parametrize("bad", [0, 1, 2])
def test_a_bad_line_costs_itself_alone(tmp_path: Path, bad: int):
    lines = [UNIT] * 3
    lines[bad] = UNIT[:-30]

    count, (fault,) = read_and_broken(tmp_path, "\n".join(lines))

    assert count == 2
    assert (fault.position, fault.rule) == (f"file, line {bad + 1}", "json-malformed")


def test_malformed_xml_gives_what_stood_before_and_its_line(tmp_path: Path):
    party = as_xml(records_ar.legacy(), "Service")

    found = read_back(tmp_path, f"<ArrayOfService>{party}\n{party[:-12]}</Wrong></ArrayOfService>")

    assert [type(each).__name__ for each in found] == ["PartySnapshot", "Broken"]
    assert (found[1].position, found[1].rule) == ("file, line 2", "xml-malformed")


@pytest.mark.parametrize("packed", [gzip.compress(f"[{UNIT}".encode() + f",{UNIT}".encode() * 20_000 + b"]")])
def test_a_damaged_packed_file_gives_what_could_be_unpacked(tmp_path: Path, packed: bytes):
    cut_off, changed = packed[:-300], packed[:-6] + b"123456"

    for content in (cut_off, changed):
        count, (fault,) = read_and_broken(tmp_path, content)
        assert count > 10_000
        assert fault == Broken("file", "file-damaged", "the packed file is cut off or damaged")


BOMBS = {
    "depth": f'[{UNIT},{{"organisasjonsnummer":{"[" * 1_000_000}'.encode(),
    "packed": gzip.compress(f'[{UNIT},{{"organisasjonsnummer":"'.encode() + b"a" * (RECORD_MAX * 3)),
    "digits": f'[{UNIT},{{"organisasjonsnummer":{"9" * 50_000}}}]'.encode(),
}


@pytest.mark.parametrize("bomb", sorted(BOMBS))
def test_bombs_in_json_hurt_nothing_but_themselves(tmp_path: Path, bomb: str):
    count, (fault,) = read_and_broken(tmp_path, BOMBS[bomb])

    assert (count, fault.rule) == (1, "json-malformed")


def test_a_deep_line_costs_itself_alone(tmp_path: Path):
    count, (fault,) = read_and_broken(tmp_path, f"{UNIT}\n{'[' * 100_000}\n{UNIT}")

    assert (count, fault) == (2, Broken("file, line 2", "json-malformed", "is nested too deep"))


ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
EXTERNAL = '<!DOCTYPE x [<!ENTITY b SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize("document_type", [ENTITIES, EXTERNAL, '<!DOCTYPE x SYSTEM "x.dtd">'])
def test_a_document_type_is_refused_with_all_it_declares(tmp_path: Path, document_type: str):
    party = as_xml(records_ar.legacy(), "Service").replace("Allmennlege", "&b;" if "ENTITY" in document_type else "x")

    assert broken(tmp_path, document_type + party).rule == "document-type"


def test_xml_nested_without_end_is_refused(tmp_path: Path):
    party = as_xml(records_ar.legacy(), "Service")

    found = read_back(tmp_path, f"<ArrayOfService>{party}{'<a>' * 100_000}")

    assert [type(each).__name__ for each in found] == ["PartySnapshot", "Broken"]


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
BASES = [
    *(records_ar.rest(), records_ar.legacy(), records_ar.legacy_person(), records_ar.legacy_organisation()),
    *(records_ar.unit(), records_ar.resh()),
    {"isCurrent": True, "signingCertificate": {"certificateValue": "MIIB"}},
    {"Certificate": "MIIB", "LdapUrl": "ldap://x"},
    {"herId": 1, "certificates": [{"isCurrent": True, "encryptionCertificate": {}}]},
]


@st.composite
def changed_records(draw: st.DrawFn) -> Any:
    """A record some of whose values, at any depth, are something else altogether."""

    def change(value: Any) -> Any:
        if draw(st.integers(0, 9)) == 0:
            return draw(ANYTHING)
        if isinstance(value, dict):
            return {key: change(inner) for key, inner in value.items()}
        return [change(inner) for inner in value] if isinstance(value, list) else value

    base = draw(st.sampled_from(BASES))
    return {key: change(value) for key, value in base.items()}


@untimed
@given(st.lists(changed_records(), min_size=1, max_size=3))
def test_no_record_however_strange_raises(tmp_path: Path, bodies: list[Any]):
    read_back(tmp_path, [records_ar.unit(), *bodies] if "organisasjonsnummer" in bodies[0] else bodies)


@untimed
@given(changed_records())
def test_no_xml_however_strange_raises(tmp_path: Path, body: dict[str, Any]):
    texts = {key: value for key, value in body.items() if isinstance(value, str | int | None)}
    text = as_xml({"HerId": 1, "Valid": {"From": "2020-01-01"}} | texts, "Service")
    printable = "".join(letter for letter in text if letter >= " ").encode("utf-8", "replace")

    read_back(tmp_path, printable)


@untimed
@given(content=st.binary() | st.text() | ANYTHING.filter(lambda value: not isinstance(value, str)))
def test_no_file_whatever_raises_anything_but_that_it_is_unknown(tmp_path: Path, content: Any):
    for beginning in (b"", b"[", b'{"organisasjonsnummer":"311001000","navn":', b"<", b"\x1f\x8b", b"\x30\x82"):
        data = content if isinstance(content, bytes) else json.dumps(content).encode()
        try:
            read_back(tmp_path, beginning + data)
        except UnknownFormat as unknown:
            assert "Looked for: " in str(unknown)

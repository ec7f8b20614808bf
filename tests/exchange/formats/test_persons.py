"""Readers of persons' data never raise, whatever they read, and never repeat it."""

import json
import re
import zipfile
from collections.abc import Iterator
from copy import copy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registers.exchange.errors import UnknownFormat
from registers.exchange.recognise import Broken
from registers.intake.snapshot import Snapshot
from tests.support import records_flr as flr
from tests.support import records_hpr as hpr
from tests.support import soap
from tests.support.files import read_back, records_of

untimed = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
LIKE_NATIONAL_ID = re.compile(r"\d{6}\s?\d{5}")
NAMES = re.compile("Eksempelsen|Pasient")
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.just(flr.NIN),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
BASES = [
    hpr.rest_person(),
    hpr.soap_person(
        Godkjenninger=[
            hpr.godkjenning(
                Rekvisisjonsretter=[hpr.rekvisisjonsrett()],
                Suspensjonsperioder=[hpr.suspensjon("2020-01-01")],
                AdministrativeReaksjoner=[hpr.reaksjon("1", "2020-01-01")],
            )
        ]
    ),
    flr.contract(OutOfOfficeOffices=[flr.location()]),
    flr.association(GPContract=flr.contract(), DoctorCycles=[flr.cycle()]),
]


@st.composite
def changed_records(draw: st.DrawFn) -> Any:
    """A record some of whose values, at any depth, are something else altogether."""

    def change(value: Any) -> Any:
        if draw(st.integers(0, 14)) == 0:
            return draw(ANYTHING)
        if isinstance(value, dict):
            return {key: change(inner) for key, inner in value.items()}
        return [change(inner) for inner in value] if isinstance(value, list) else value

    return {key: change(value) for key, value in draw(st.sampled_from(BASES)).items()}


def shown(record: Any) -> list[str]:
    """Every position, path and text that a report would show of a record."""
    if isinstance(record, Broken):
        return [record.position, record.reason]
    found = [record.position]
    for remark in (*record.flags, *record.refused):
        found += [remark.path, remark.text]
    patients = getattr(record, "patients", None)
    inner = [getattr(record, "contract", None), *(patients if isinstance(patients, list) else [])]
    return found + [text for each in inner if isinstance(each, Snapshot) for text in shown(each)]


def paths_of(value: Any, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inner:
        yield (*above, key)
        yield from paths_of(each, (*above, key))


def replaced(body: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    copied = copy(body)
    copied[path[0]] = replaced(body[path[0]], path[1:], value)
    return copied


PERSONAL = [
    "Ola Eksempelsen",
    flr.NIN,
    f"{flr.NIN[:6]} {flr.NIN[6:]}",
    int(flr.NIN),
    f"{flr.NIN}{flr.NIN}",
    {flr.NIN: {"Eksempelsen": "Eksempelsen"}},
]


@pytest.mark.parametrize("value", PERSONAL, ids=["name", "number", "spaced", "integer", "twice", "key"])
@pytest.mark.parametrize("body", BASES, ids=["rest", "soap", "contract", "association"])
def test_a_person_s_data_in_any_field_is_not_repeated(tmp_path: Path, body: dict[str, Any], value: Any):
    bodies = [body, *(replaced(body, path, value) for path in paths_of(body))]

    for record in read_back(tmp_path, bodies):
        for text in shown(record):
            assert not LIKE_NATIONAL_ID.search(text)
            assert not NAMES.search(text)


@untimed
@given(changed_records())
def test_no_record_however_strange_raises_or_is_repeated(tmp_path: Path, body: Any):
    for record in read_back(tmp_path, [BASES[0], body] if "hprNummer" in body else [body]):
        for text in shown(record):
            assert not LIKE_NATIONAL_ID.search(text)
            assert not NAMES.search(text)


@untimed
@given(changed_records())
def test_no_xml_however_strange_raises(tmp_path: Path, body: dict[str, Any]):
    text = soap.document("Record", body, soap.FLR)
    printable = "".join(letter for letter in text if letter >= " ").encode("utf-8", "replace")

    try:
        read_back(tmp_path, printable)
    except UnknownFormat as unknown:
        assert "Looked for: " in str(unknown)


@untimed
@given(tables=st.lists(st.text(alphabet='HPRNummer;"\\\n\r90:.', max_size=200), min_size=3, max_size=3))
def test_no_table_however_strange_raises(tmp_path: Path, tables: list[str]):
    names = ("personer", "godkjenninger", "rekvisisjonsretter")
    with zipfile.ZipFile(tmp_path / "file.zip", "w") as archive:
        for name, text in zip(names, tables, strict=True):
            archive.writestr(f"{name}.csv", f"HPRNummer;GyldigFra;Type\n900000011;2020.01.01;x:1\n{text}")

    assert records_of(tmp_path / "file.zip")


def zipped(folder: Path, **files: Any) -> Path:
    path = folder / "file.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content if isinstance(content, bytes) else json.dumps(content))
    return path


def test_each_file_of_a_zip_is_recognised_for_itself(tmp_path: Path):
    path = zipped(tmp_path, a=hpr.rest_person(), b=[flr.contract()], c={"what": "else"})

    assert [getattr(each, "interface", getattr(each, "rule", None)) for each in records_of(path)] == [
        "hpr-rest",
        "flr-contracts",
        "unknown-format",
    ]


def test_a_file_named_after_a_person_is_not_named(tmp_path: Path):
    path = zipped(tmp_path, **{f"{flr.NIN}.json": flr.association()})

    assert [each.position for each in records_of(path)] == ["file.zip/(eleven digits).json"]


def test_a_zip_within_a_zip_is_not_opened(tmp_path: Path):
    inner = zipped(tmp_path, a=hpr.rest_person()).read_bytes()

    assert [each.rule for each in records_of(zipped(tmp_path, nested=inner))] == ["unknown-format"]


def test_a_zip_cut_off_is_reported(tmp_path: Path):
    path = zipped(tmp_path, a=hpr.rest_person())
    path.write_bytes(path.read_bytes()[:-30])

    assert [each.rule for each in records_of(path)] == ["file-damaged"]


def test_a_damaged_file_of_a_zip_costs_itself_alone(tmp_path: Path):
    path = zipped(tmp_path, a=[hpr.rest_person()] * 50, b=hpr.rest_person())
    content = bytearray(path.read_bytes())
    content[60:70] = b"\x00" * 10
    path.write_bytes(content)

    found = records_of(path)

    assert [each.rule for each in found if isinstance(each, Broken)] != []
    assert found[-1].position == "file.zip/b"


def test_a_map_of_persons_by_number_is_read_without_naming_them(tmp_path: Path):
    (patient,) = read_back(tmp_path, {"patients": {flr.NIN: flr.association()}})

    assert patient.position == "file/patients.(eleven digits)"

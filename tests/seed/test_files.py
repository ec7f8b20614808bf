"""The files of the synthetic registers as files."""

import json
from pathlib import Path

import pytest

from registers.seed import Scale, write
from tests.seed.conftest import COMMITTED

COMMITTED_BYTES_MAX = 2_000_000


def test_the_same_scale_gives_the_same_bytes(small: list[Path], tmp_path: Path):
    again = write(tmp_path, Scale.SMALL)

    assert [path.name for path in again] == [path.name for path in small]
    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in small]


def test_the_committed_files_are_those_of_small(small: list[Path]):
    committed = {path.name: path.read_bytes() for path in COMMITTED.iterdir()}
    readme = committed.pop("README.md")

    assert committed == {path.name: path.read_bytes() for path in small}
    assert sum(map(len, committed.values())) + len(readme) < COMMITTED_BYTES_MAX


def test_files_come_in_the_order_of_import(small: list[Path]):
    assert [path.name for path in small] == [
        "enheter.json",
        "underenheter.json",
        "resh.json",
        "health-personnel.ndjson",
        "communication-parties.json",
        "communication-parties-legacy.json",
        "certificates.ndjson",
        "gp-contracts.ndjson",
        "persons.ndjson",
    ]


def test_progress_ends_at_the_number_of_parties(tmp_path: Path):
    values: list[tuple[int, int]] = []

    write(tmp_path, Scale.SMALL, progress=lambda done, total: values.append((done, total)))

    assert values == sorted(values)
    assert {total for _, total in values} == {400}
    assert values[-1] == (400, 400)


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[bytes]]:
    """The lines of CITY by file name without its end."""
    files = write(tmp_path_factory.mktemp("city"), Scale.CITY)
    return {path.stem: path.read_bytes().splitlines() for path in files}


def test_a_larger_scale_has_one_record_to_a_line(city: dict[str, list[bytes]]):
    assert len(city["enheter"]) + len(city["underenheter"]) == 2_011
    assert len(city["resh"]) == 1  # one tree for its one regional health authority
    assert 9_500 < len(city["communication-parties"]) < 10_000  # the others are in the older form
    assert (len(city["health-personnel"]), len(city["gp-contracts"]), len(city["persons"])) == (7_932, 465, 60_500)


def test_no_national_id_of_a_larger_scale_is_given_twice(city: dict[str, list[bytes]]):
    lines = [json.loads(line) for name in ("health-personnel", "persons") for line in city[name]]
    numbers = [number for line in lines for number in (line.get("NIN"), *line.get("FormerNINs", [])) if number]

    assert len(set(numbers)) == len(numbers) > 68_000


def test_a_larger_scale_begins_with_the_records_of_the_small_one(small: list[Path], city: dict[str, list[bytes]]):
    for path in small:
        if path.stem != "resh":  # the tree grows: a larger scale has more health trusts
            lines = [line.rstrip(b",") for line in path.read_bytes().splitlines()]
            of_small = [line for line in lines if line.startswith(b"{") and line.endswith(b"}")]

            assert city[path.stem][: len(of_small)] == of_small

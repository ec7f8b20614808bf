"""Writes the synthetic registers in the registers' own exchange formats."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from msgspec import json

from registers.seed import ar_legacy, ar_rest, flr, hpr, organisations, preg, resh
from registers.seed.sources import (
    cases,
    gp_contract_cases,
    health_personnel_cases,
    known,
    parties,
    patient_cases,
)
from registers.seed.sources.parties import Party
from registers.seed.sources.scale import Scale, Unit, units

NAMES = (
    "enheter",
    "underenheter",
    "resh",
    "health-personnel",
    "communication-parties",
    "communication-parties-legacy",
    "certificates",
    "gp-contracts",
    "persons",
)  # in the order of import: what others point at comes first
OF_PEOPLE = ("health-personnel", "gp-contracts", "persons")
DOCUMENTS = ("resh", "communication-parties", "communication-parties-legacy")  # whole JSON documents at SMALL
LEGACY_ONE_IN_OF_CORE = 8
LEGACY_ONE_IN_OF_BULK = 64
# HER-ids are never numbers of another kind, so the kinds need not be told apart.
KNOWN = {value for name, value in vars(known).items() if name.isupper() and isinstance(value, int)}


class RecordFile:
    """A file of records, one per line; with `head` and `tail` around them it is one JSON document."""

    def __init__(self, path: Path, head: bytes = b"", tail: bytes = b"") -> None:
        self.path = path
        self._document = bool(head)
        self._head, self._tail = head, tail
        self._first = True

    def __enter__(self) -> Self:
        self._file: BinaryIO = self.path.open("wb")
        self._file.write(self._head)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._file.write(self._tail)
        self._file.close()

    def write(self, record: Mapping[str, object]) -> None:
        if self._document and not self._first:
            self._file.write(b",\n")
        self._file.write(json.encode(record))
        if not self._document:
            self._file.write(b"\n")
        self._first = False


def write(folder: Path, scale: Scale, *, progress: Callable[[int, int], None] | None = None) -> list[Path]:
    """Writes the registers of this scale into `folder`; the paths in the order of import.

    SMALL has JSON documents where its records are large; its other files, and all files of the larger scales, have
    one record per line (NDJSON). The same scale gives the same bytes everywhere. NORWAY has no files of health
    personnel, GP contracts and persons. `progress` is called with parties written and parties in all.
    """
    folder.mkdir(parents=True, exist_ok=True)
    done = 0
    with ExitStack() as open_files:
        files = {each.path.stem: open_files.enter_context(each) for each in _files(folder, scale)}
        main, sub, charts = files["enheter"], files["underenheter"], files["resh"]
        newer, older = files["communication-parties"], files["communication-parties-legacy"]
        if scale is not Scale.NORWAY:
            _write_people(files, scale)
        for tree in resh.trees(scale):
            charts.write(tree)
        for unit in units(scale):
            main.write(organisations.main_unit(unit))
            for record in organisations.sub_units(unit):
                sub.write(record)
            for party in of_unit(unit, scale):
                if ar_rest.carries(party):
                    newer.write(ar_rest.record(party))
                if not ar_rest.carries(party) or _in_legacy_too(party):
                    older.write(ar_legacy.record(party))
                if party.pairs and not party.bytes_withheld:
                    files["certificates"].write(ar_rest.certificates(party))
                done += 1
            if progress:
                progress(done, scale.parties)
    return [file.path for file in files.values()]


def _write_people(files: dict[str, RecordFile], scale: Scale) -> None:
    for professional in health_personnel_cases.health_personnel(scale):
        files["health-personnel"].write(hpr.record(professional))
    everybody = list(patient_cases.patients(scale))
    lists = flr.by_list(everybody)
    for contract in gp_contract_cases.contracts(scale):
        files["gp-contracts"].write(flr.record(contract, lists))
    for person in everybody:
        files["persons"].write(preg.record(person))


def of_unit(unit: Unit, scale: Scale) -> Iterator[Party]:
    """All parties of an enterprise, the organisation first."""
    organisation = parties.organisation(unit)
    cases.apply(organisation)
    yield organisation
    for party in (*parties.services(organisation, scale), *parties.persons(organisation)):
        cases.apply(party)
        yield party


def _in_legacy_too(party: Party) -> bool:
    """A sample, and every party with a number in `known`."""
    one_in = LEGACY_ONE_IN_OF_CORE if party.unit.in_core else LEGACY_ONE_IN_OF_BULK
    return party.her_id in KNOWN or party.her_id % one_in == 0


def _files(folder: Path, scale: Scale) -> list[RecordFile]:
    if scale is not Scale.SMALL:
        written = (name for name in NAMES if scale is Scale.CITY or name not in OF_PEOPLE)
        return [RecordFile(folder / f"{name}.ndjson") for name in written]
    sub_units = scale.organisations - sum(group.units for group in scale.groups)
    counts = {"enheter": scale.organisations - sub_units, "underenheter": sub_units}
    return [_small_file(folder, name, counts) for name in NAMES]


def _small_file(folder: Path, name: str, counts: dict[str, int]) -> RecordFile:
    if name in counts:
        return _page(folder, name, counts[name])
    if name in DOCUMENTS:
        return RecordFile(folder / f"{name}.json", b"[\n", b"\n]\n")
    return RecordFile(folder / f"{name}.ndjson")


def _page(folder: Path, name: str, count: int) -> RecordFile:
    """One page of an answer of Enhetsregisteret, with every unit."""
    page = {"size": count, "totalElements": count, "totalPages": 1, "number": 0}
    return RecordFile(
        folder / f"{name}.json",
        b'{"_embedded": {"%s": [\n' % name.encode(),
        b'\n]}, "page": %s}\n' % json.encode(page),
    )

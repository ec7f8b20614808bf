"""Files of the registers' formats, made and read back."""

import json
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest

from registers.exchange.recognise import Broken, open_source, read
from registers.intake.snapshot import Snapshot

DATA = Path(__file__).parent / "data"
SAMPLES = Path(__file__).parents[2].parent / "shared" / "samples"
COMMON = "http://register.nhn.no/Common"
COMMUNICATION_PARTY = "http://register.nhn.no/CommunicationParty"
LIST_ELEMENTS = {
    "ElectronicAddresses": "ElectronicAddress",
    "FutureElectronicAddresses": "FutureElectronicAddress",
    "PhysicalAddresses": "PhysicalAddress",
    "Properties": "Code",
    "IndustryCodes": "Code",
    "CoverageAreas": "CoverageInfo",
    "Services": "Service",
    "People": "OrganizationPerson",
}


def read_back(folder: Path, content: object, *, name: str = "file", **options: Any) -> list[Any]:
    """Everything that a file with `content` (bytes, text, or a value for JSON) yields."""
    return records_of(written(folder, content, name=name), **options)


def records_of(path: Path, **options: Any) -> list[Any]:
    return list(read(open_source(path, **options)))


def sample(name: str) -> Path:
    """A sample file of the interfaces; without them beside the project the test is left out."""
    if not SAMPLES.is_dir():
        pytest.skip("the samples lie beside the project, not in it")
    return SAMPLES / name


def records_of_sample(name: str) -> list[Any]:
    return records_of(sample(name))


def written(folder: Path, content: object, *, name: str = "file") -> Path:
    path = folder / name
    if not isinstance(content, bytes | str):
        content = json.dumps(content, ensure_ascii=False)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def one(folder: Path, content: object, **options: Any) -> Any:
    """The only record, whole."""
    (record,) = read_back(folder, content, **options)
    assert isinstance(record, Snapshot), record
    return record


def broken(folder: Path, content: object, **options: Any) -> Broken:
    """The only record, which could not be read."""
    (record,) = read_back(folder, content, **options)
    assert isinstance(record, Broken), record
    return record


def flags(record: Snapshot) -> list[str]:
    return [remark.rule for remark in record.flags]


def refused(record: Snapshot) -> list[str]:
    return [remark.rule for remark in record.refused]


def without_position(records: list[Any]) -> list[dict[str, Any]]:
    """Records as comparable values, wherever in whichever file they stood."""
    return [
        {name: getattr(record, name) for name in record.__dataclass_fields__ if name != "position"}
        for record in records
    ]


def as_xml(record: dict[str, Any], element: str, *, kind: str | None = None) -> str:
    """A party of the old model as DataContract XML."""
    stated = f' i:type="q:{kind}"' if kind else ""
    return (
        f'<{element} xmlns="{COMMUNICATION_PARTY}" xmlns:i="http://www.w3.org/2001/XMLSchema-instance"{stated}>'
        f"{_members(record)}</{element}>"
    )


def _members(values: dict[str, Any]) -> str:
    return "".join(_element(key, value) for key, value in values.items())


def _element(key: str, value: Any) -> str:
    if value is None:
        return f'<{key} i:nil="true"/>'
    if isinstance(value, dict):
        return f'<p:{key} xmlns:p="{COMMON}">{_members(value)}</p:{key}>'
    if isinstance(value, list):
        return f"<{key}>{''.join(_element(LIST_ELEMENTS[key], each) for each in value)}</{key}>"
    if isinstance(value, bool):
        return f"<{key}>{str(value).lower()}</{key}>"
    return f"<{key}>{escape(str(value))}</{key}>"

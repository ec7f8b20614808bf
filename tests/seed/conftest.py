"""What the synthetic registers say, read back from the files."""

import json
from pathlib import Path
from typing import Any

import pytest

from registers.seed import Scale, write

Records = dict[str, list[dict[str, Any]]]
COMMITTED = Path(__file__).parents[2] / "seed_data"


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The files of SMALL, freshly written."""
    return write(tmp_path_factory.mktemp("small"), Scale.SMALL)


@pytest.fixture(scope="session")
def records(small: list[Path]) -> Records:
    """The records of SMALL by file name without its end."""
    return {path.stem: _read(path) for path in small}


@pytest.fixture(scope="session")
def parties(records: Records) -> dict[int, dict[str, Any]]:
    """What each interface says of a party, by HER-id: `newer`, `older` or both."""
    found: dict[int, dict[str, Any]] = {}
    for party in records["communication-parties"]:
        found.setdefault(party["herId"], {})["newer"] = party
    for party in records["communication-parties-legacy"]:
        found.setdefault(party["herId"], {})["older"] = party["communicationParty"]
    return found


def _read(path: Path) -> list[dict[str, Any]]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ndjson":
        return [json.loads(line) for line in text.splitlines()]
    document = json.loads(text)
    return document["_embedded"][path.stem] if isinstance(document, dict) else document

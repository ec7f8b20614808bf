"""The README of a room names files and folders that exist."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
READMES = sorted((ROOT / "registers").glob("*/README.md"))
PATH = re.compile(r"`([\w/]+(?:\.py|/)|(?:registers|tests)/[\w/]+(?:\.py)?)`")


@pytest.mark.parametrize("readme", READMES, ids=lambda readme: readme.parent.name)
def test_a_readme_names_what_exists(readme: Path):
    named = PATH.findall(readme.read_text(encoding="utf-8"))

    assert named != []
    assert [path for path in named if not (readme.parent / path).exists() and not (ROOT / path).exists()] == []

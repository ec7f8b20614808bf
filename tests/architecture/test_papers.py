"""The papers are there, short where they must be, and name no file that is not there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAPERS = [ROOT / name for name in ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md")]
README_MAX = 80  # lines
ROOMS = sorted(
    path
    for path in [*(ROOT / "registers").iterdir(), ROOT / "tests"]
    if path.is_dir() and (path / "__init__.py").exists()
)
LINK = re.compile(r"\]\((?!https?://|#)([^)#]+)(?:#[^)]*)?\)")
PATH = re.compile(r"`([a-z_A-Z0-9./-]+)`")
WITH_SUFFIX = re.compile(r".+\.(py|md|sql|csv|json|ndjson|graphql|toml|lock|mako|pyi)")
NO_FILE = re.compile(r"…|\*|<|^\.|^/")  # patterns, endings, and files that only a run makes


def written() -> list[Path]:
    """Every paper of the project, in the order of its path."""
    folders = ("registers", "tests", "graphql", "alembic", "seed_data")
    found = [path for folder in folders for path in (ROOT / folder).rglob("*.md")]
    return [*PAPERS, *sorted(path for path in found if not {"node_modules", "dist"} & set(path.parts))]


def missing_files(paper: Path, text: str) -> list[str]:
    """What `text` names as a file or a folder and is in none of the places that its reader would look in."""
    mentioned = set(LINK.findall(text))
    for name in PATH.findall(text):
        is_path = WITH_SUFFIX.fullmatch(name) or name.endswith("/")
        if is_path and not NO_FILE.search(name):
            mentioned.add(name)
    roots = [paper.parent, ROOT, ROOT / "registers"]
    folders = ("registers", "tests", "alembic", "graphql")
    paths = [f"/{path.relative_to(ROOT)}" for folder in folders for path in (ROOT / folder).rglob("*")]
    return sorted(
        name
        for name in mentioned
        if not any((root / name).exists() for root in roots)
        and not any(
            path.endswith(f"/{name.rstrip('/')}") for path in paths
        )  # in every register, e.g. `graph/queries.py`
    )


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_every_room_has_a_readme(room: Path):
    assert (room / "README.md").is_file()


@pytest.mark.parametrize("paper", written(), ids=lambda paper: str(paper.relative_to(ROOT)))
def test_a_paper_names_no_file_that_is_not_there(paper: Path):
    assert missing_files(paper, paper.read_text(encoding="utf-8")) == []


def test_a_file_that_is_not_there_is_found():
    text = "see [the log](changelog/nowhere.md), `core/nothing.py`, `nobody.py`, and `cli.py` in `core/`"

    assert missing_files(ROOT / "README.md", text) == ["changelog/nowhere.md", "core/nothing.py", "nobody.py"]


def test_the_readme_is_short_and_shows_a_result_first():
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()

    assert len(lines) <= README_MAX
    assert lines.index("```graphql") < lines.index("## Two commands")

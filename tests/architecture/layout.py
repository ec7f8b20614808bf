"""How files and folders are named and sized. Each rule answers with what breaks it below a folder."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

LINES_MAX = 300
MODULES_MAX = 25  # of one folder
SIBLINGS_MAX = 2  # with one prefix, beside each other
SAYS_NOTHING = {"common", "helper", "helpers", "manager", "managers", "misc", "util", "utils"}
PREFIXES = {
    "mutations": "one type of the schema, cut by noun",
    "records": "what tests make records of, one file a source",
}
"""That any number of siblings may share."""


def python_files(top: Path) -> Iterator[Path]:
    """Files of ours: a build of GraphiQL brings others, in node_modules."""
    yield from (path for path in sorted(top.rglob("*.py")) if "node_modules" not in path.parts)


def _folders(top: Path) -> Iterator[tuple[Path, list[str]]]:
    """Every folder with the names of its modules, without ending."""
    modules = defaultdict[Path, list[str]](list)
    for path in python_files(top):
        if path.name != "__init__.py":
            modules[path.parent].append(path.stem)
    yield from modules.items()


def crowded_folders(top: Path) -> dict[str, int]:
    return {str(folder.relative_to(top)): len(names) for folder, names in _folders(top) if len(names) > MODULES_MAX}


def prefixes_that_are_folders(top: Path) -> dict[str, list[str]]:
    """Prefixes that more than two modules of one folder share; of tests the name after `test_` counts."""
    found = defaultdict[str, list[str]](list)
    for folder, names in _folders(top):
        for name in names:
            prefix, underscore, _ = name.removeprefix("test_").partition("_")
            if underscore and prefix not in PREFIXES:
                found[str(folder.relative_to(top) / f"{prefix}_")].append(name)
    return {prefix: names for prefix, names in found.items() if len(names) > SIBLINGS_MAX}


def long_files(top: Path) -> dict[str, int]:
    return {
        str(path.relative_to(top)): lines
        for path in python_files(top)
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LINES_MAX
    }


def names_that_say_nothing(top: Path) -> list[str]:
    """Files and folders with a name, or a word of a name, that would fit anything."""
    files = {path.relative_to(top) for path in python_files(top)}
    names = files | {folder for path in files for folder in path.parents}
    return sorted(str(name) for name in names if not SAYS_NOTHING.isdisjoint(name.stem.split("_")))

"""Every exception class of ours stands in a tree of `core/errors.py`, with its parent and its file."""

import importlib
import pkgutil
import re
from pathlib import Path

import registers
from registers.core import errors

ROOT = Path(registers.__file__).parent
LINE = re.compile(r"(?P<branch>(?:│   |    )*(?:├── |└── )?)(?P<name>[A-Z]\w+)(?: +(?P<file>\S+\.py) .+)?")
LEVEL = 4  # characters


def drawn(text: str) -> dict[str, tuple[str, str]]:
    """(parent, file) by class, of the trees in `text`. A top has the parent ""; Python's own classes are left out."""
    found: dict[str, tuple[str, str]] = {}
    above: list[str] = []
    for line in text.splitlines():
        if match := LINE.fullmatch(line):
            above = [*above[: len(match["branch"]) // LEVEL], match["name"]]
            if match["file"]:
                found[match["name"]] = (above[-2] if len(above) > 1 else "", match["file"])
    return found


def defined() -> dict[str, tuple[str, str]]:
    """(parent, file) by class, of every exception class that a module of the service defines."""
    found: dict[str, tuple[str, str]] = {}
    for module in pkgutil.walk_packages(registers.__path__, "registers."):
        if module.name != "registers.__main__":  # would run the command line
            for name, value in vars(importlib.import_module(module.name)).items():
                if isinstance(value, type) and issubclass(value, BaseException) and value.__module__ == module.name:
                    file = Path(importlib.import_module(module.name).__file__ or "").relative_to(ROOT)
                    found[name] = (value.__base__.__name__ if value.__base__ else "", str(file))
    return found


def test_every_exception_class_is_drawn_and_every_drawn_one_exists():
    found = defined()
    found["RegisterError"] = ("", "core/errors.py")  # the top of its tree

    assert drawn(errors.__doc__ or "") == found


def test_a_tree_is_read_with_parents_and_files():
    tree = """
Base            core/a.py   what it is
├── Left        core/b.py   and
│   └── Lower   api/c.py    so on
└── Right       core/d.py   and
ValueError
└── Wrong       core/e.py   a sentence.
Not a tree: a sentence about api/f.py in between.
"""

    assert drawn(tree) == {
        "Base": ("", "core/a.py"),
        "Left": ("Base", "core/b.py"),
        "Lower": ("Left", "api/c.py"),
        "Right": ("Base", "core/d.py"),
        "Wrong": ("ValueError", "core/e.py"),
    }

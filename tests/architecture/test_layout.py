"""Files stay small, folders stay narrow, and no import goes round in a circle."""

import tomllib
from pathlib import Path

import pytest

from tests.architecture import layout
from tests.architecture.imports import all_imports, circles, imports_on_loading, upward

ROOT = Path(__file__).parents[2]
REGISTERS = ROOT / "registers"
ANNOTATION_CIRCLE_MAX = 12  # files: the domain graph itself (party, organisation, professional, list)
LINKS = "registers.api.graph.links"  # the lazy types of the registers, in one file
RULES = {
    layout.crowded_folders: {},
    layout.prefixes_that_are_folders: {},
    layout.long_files: {},
    layout.names_that_say_nothing: [],
}


@pytest.mark.parametrize("top", ["registers", "tests"])
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_files_and_folders_keep_the_rule(top, rule):
    assert rule(ROOT / top) == RULES[rule]


def test_no_other_file_of_ours_is_longer_than_it_can_be_read():
    migrations = {f"versions/{path.name}" for path in (ROOT / "alembic" / "versions").glob("*.py")}

    assert layout.long_files(ROOT / "alembic").keys() - migrations == set()


def planted(top: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = top / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return top


@pytest.mark.parametrize(
    ("rule", "files", "reported"),
    [
        (layout.crowded_folders, {f"a/b/{letter}.py": "" for letter in "abcdefghijklmnopqrstuvwxyz"}, {"a/b": 26}),
        (
            layout.prefixes_that_are_folders,
            {"a/test_edit_x.py": "", "a/edit_y.py": "", "a/test_edit_z.py": "", "a/b/edit_v.py": "", "a/edit.py": ""},
            {"a/edit_": ["edit_y", "test_edit_x", "test_edit_z"]},
        ),
        (layout.long_files, {"a/b.py": "x = 1\n" * 301, "a/c.py": "x = 1\n" * 300}, {"a/b.py": 301}),
        (
            layout.names_that_say_nothing,
            {"a/utils/b.py": "", "a/name_helpers.py": ""},
            ["a/name_helpers.py", "a/utils"],
        ),
    ],
)
def test_what_breaks_the_rule_is_reported(tmp_path, rule, files, reported):
    assert rule(planted(tmp_path, files)) == reported


def test_what_is_as_it_should_be_is_not_reported(tmp_path):
    files = {f"a/{letter}.py": "" for letter in "abcdefghijklmnopqrstuvw"}
    planted(tmp_path, {**files, "a/__init__.py": "", "a/mutations_x.py": "x = 1\n" * 300, "a/mutations_y.py": ""})
    planted(tmp_path, {f"b/mutations_{noun}.py": "" for noun in "xyz"} | {"b/edit_x.py": "", "b/test_edit_y.py": ""})

    assert {rule: rule(tmp_path) for rule in RULES} == RULES


def test_no_modules_load_each_other_in_a_circle():
    assert circles(imports_on_loading(REGISTERS)) == []


def test_the_one_circle_that_annotations_make_is_the_domain_graph_with_its_links():
    found = circles(all_imports(REGISTERS))

    assert len(found) == 1
    assert len(found[0]) <= ANNOTATION_CIRCLE_MAX, sorted(found[0])
    assert LINKS in found[0]


def rooms_from_above() -> list[list[str]]:
    """Folders and files of `registers/` as the contract of pyproject.toml has them, the highest first."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    [layers] = [each["layers"] for each in settings["contracts"] if each.get("containers") == ["registers"]]
    return [[room.strip(" ()") for room in layer.split("|")] for layer in layers]


def test_what_lies_above_is_named_in_the_links_alone():
    found = upward(all_imports(REGISTERS), rooms_from_above())

    assert {importer for importer, _ in found} == {LINKS}


def test_an_import_that_leads_up_or_sideways_is_found(tmp_path):
    package = planted(
        tmp_path,
        {
            "p/a/x.py": "import p.b.y\nimport p.d\n",
            "p/b/y.py": "import p.b.z\nfrom p.c import w\n",
            "p/b/z.py": "",
            "p/c/w.py": 'Name = strawberry.lazy("p.a.x")\n',
            "p/d.py": "",
        },
    )

    assert upward(all_imports(package / "p"), [["a"], ["b", "c"], ["d"]]) == {("p.b.y", "p.c.w"), ("p.c.w", "p.a.x")}


CIRCLE = {
    "p/__init__.py": "",
    "p/a.py": "from p.q import b\n",
    "p/q/__init__.py": "",
    "p/q/b.py": "try:\n    from .c import name\nexcept ImportError:\n    name = 1\n",
    "p/q/c.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import x\nelse:\n    import p.a\n",
    "p/outside.py": "import p.a\n",
}


def test_a_circle_is_found_however_its_imports_are_written(tmp_path):
    package = planted(tmp_path, CIRCLE) / "p"

    assert circles(imports_on_loading(package)) == [{"p.a", "p.q.b", "p.q.c"}]


@pytest.mark.parametrize(
    "later",
    [
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from ..a import name\n",
        "import typing\nif typing.TYPE_CHECKING:\n    from .. import a\n",
        'Name = Annotated["Name", strawberry.lazy("p.a")]\n',
        "async def f():\n    from p.a import name\n",
    ],
)
def test_a_circle_that_no_loading_runs_into_is_found_among_all_imports(tmp_path, later):
    package = planted(tmp_path, CIRCLE | {"p/q/c.py": later}) / "p"

    assert circles(imports_on_loading(package)) == []
    assert circles(all_imports(package)) == [{"p.a", "p.q.b", "p.q.c"}]

"""Every contract of import-linter turns red when it is broken: the breaches are planted in a copy of the source."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.architecture.contracts import ROOT, Copy, contracts

DOWNWARDS = "Dependencies point downwards"
INSIDE = "Inside a register"
NO_CIRCLES = "No import circles"
NO_GRAPHQL = "Rows and rules know no GraphQL"

ROOMS = ROOT / "registers"
REGISTERS = sorted(path.parent.name for path in ROOMS.glob("*/editing") if (path.parent / "intake").is_dir())
ROWS = {
    register: [each for each in (f"{register}/models.py", f"{register}/models/*.py") if any(ROOMS.glob(each))]
    for register in REGISTERS
}
SELECTS = {
    register: [each for each in (f"{register}/repository.py", f"{register}/repository/*.py") if any(ROOMS.glob(each))]
    for register in REGISTERS
}
WITH_GRAPHQL = ("*/graph/**/*.py", "editing/mutation_field.py")
WITHOUT_GRAPHQL = (
    *(f"{register}/**/*.py" for register in REGISTERS),
    *("*/models.py", "*/repository.py", "*/edges.py", "access/log.py", "access/p*.py", "changelog/append.py"),
    *("core/*.py", "database/**/*.py", "intake/*.py", "editing/*.py", "impact/*.py"),
    *("exchange/**/*.py", "seed/**/*.py"),
)


@dataclass(frozen=True)
class Breach:
    """A line for each of many files. Every one of them has to be named, with what it imports."""

    files: tuple[str, ...]
    line: str
    imported: str
    but: tuple[str, ...] = ()


BREACHES: dict[str, tuple[str, list[Breach]]] = {
    "imports that lead up": (
        DOWNWARDS,
        [
            Breach(("core/*.py", "database/**/*.py"), "from registers import gp_lists", "registers.gp_lists"),
            Breach(("intake/*.py", "api/**/*.py"), "import registers.access.gate", "registers.access.gate"),
            Breach(("access/*.py",), "from registers.changelog import append", "registers.changelog.append"),
            Breach(("changelog/*.py",), "import registers.editing.texts", "registers.editing.texts"),
            Breach(("editing/*.py",), "import registers.code_systems.models", "registers.code_systems.models"),
            Breach(("quality/*.py", "seed/*.py"), "import registers.schema", "registers.schema"),
        ],
    ),
    "other registers": (
        DOWNWARDS,
        [
            Breach(
                (f"{register}/graph/*.py", f"{register}/editing/*.py", f"{register}/intake/*.py"),
                f"import registers.{other}.{room}",
                f"registers.{other}.{room}",
            )
            for room in ("repository", "edges")
            for register, other in (
                ("gp_lists", "personnel"),
                ("personnel", "organisations"),
                ("organisations", "communication_parties"),
                ("communication_parties", "gp_lists"),
                ("code_systems", "gp_lists"),
            )
        ],
    ),
    "edits that know a graph or an intake": (
        INSIDE,
        [
            Breach((f"{register}/editing/*.py",), f"import registers.{register}.{room}", f"registers.{register}.{room}")
            for register in REGISTERS
            for room in ("graph", "intake")
        ],
    ),
    "rows and SELECTs that know what stands on them": (
        INSIDE,
        [
            Breach(
                (*ROWS[register], *SELECTS[register]),
                f"import registers.{register}.{room}",
                f"registers.{register}.{room}",
            )
            for register in REGISTERS
            for room in ("graph", "intake", "editing", "edges")
        ],
    ),
    "what answers without GraphQL": (
        NO_GRAPHQL,
        [
            Breach(WITHOUT_GRAPHQL, "import strawberry", "strawberry", but=WITH_GRAPHQL),
            Breach(WITHOUT_GRAPHQL, "from graphql import GraphQLError", "graphql", but=WITH_GRAPHQL),
            Breach(WITHOUT_GRAPHQL, "from starlette.requests import Request", "starlette", but=WITH_GRAPHQL),
        ],
    ),
}
"""By what is broken: the contract that has to turn red, and what is planted at once, since a run takes a second."""


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    return Copy(tmp_path_factory.mktemp("copy"))


@pytest.fixture
def copy(pristine: Copy) -> Iterator[Copy]:
    """As the source is; what a test plants in it is gone afterwards."""
    yield pristine
    pristine.restore()


def test_the_source_keeps_every_contract(copy):
    reports, output = copy.lint()

    assert reports == {}
    assert f"Contracts: {len(contracts())} kept, 0 broken." in output


def test_every_contract_has_a_breach_here():
    assert {contract for contract, _ in BREACHES.values()} | {NO_CIRCLES} == set(contracts())


@pytest.mark.parametrize("name", BREACHES)
def test_every_file_that_breaks_the_contract_is_named(copy, name):
    contract, breaches = BREACHES[name]
    planted = {
        (module, breach.imported)
        for breach in breaches
        for module in copy.plant(copy.files(*breach.files, but=breach.but), breach.line)
    }

    reports, output = copy.lint()

    assert contract in reports, output
    assert planted - reports[contract] == set()


@pytest.mark.parametrize(
    ("file", "contract", "listed"),
    [("newroom/__init__.py", DOWNWARDS, "registers.newroom"), ("gp_lists/new.py", INSIDE, "registers.gp_lists.new")],
)
def test_a_room_that_is_not_listed_is_refused(copy, file, contract, listed):
    copy.plant([copy.folder / "registers" / file], "")

    reports, output = copy.lint()

    assert set(reports) == {contract}
    assert f"- {listed}\n" in output


def test_modules_and_folders_that_import_each_other_are_refused(copy):
    copy.plant(copy.files("core/errors.py"), "import registers.core.rules")
    copy.plant(copy.files("exchange/reading/times.py"), "import registers.exchange.formats.brreg")

    reports, output = copy.lint()

    assert set(reports) == {NO_CIRCLES}
    for folder in ("registers.core", "registers.exchange"):
        assert f"No cycles are allowed in {folder}." in output


def test_what_every_graph_may_import_breaks_nothing(copy):
    for register in REGISTERS:
        allowed = ("api.graph.links", "core.validity", f"{register}.edges", f"{register}.editing.rules")
        copy.plant(copy.files(f"{register}/graph/*.py"), "\n".join(f"import registers.{each}" for each in allowed))

    reports, output = copy.lint()

    assert reports == {}, output

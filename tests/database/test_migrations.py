"""Rules of alembic/README.md that a machine can check."""

import ast
import re
from datetime import datetime
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

ROOT = Path(__file__).parents[2]
MIGRATIONS = ROOT / "alembic"
VERSIONS = sorted((MIGRATIONS / "versions").glob("*.py"))
FILE_NAME = re.compile(r"(\d{4}_\d\d_\d\d_\d{4})_[a-z0-9_]+")
LINES_MAX = 300
SQL_LINES_MAX = 40  # in a text of Python; more stand in a file of their own

BREAKS_EVERY_RULE = f'''"""Adds an index."""
import alembic.op as op
from registers.organisations.models import Organisation
def upgrade():
    op.execute("CREATE INDEX CONCURRENTLY names ON organisations (name)")
    op.run_script("""{"SELECT 1;" + chr(10) * LINES_MAX}""")
'''


def broken_rules(version: Path) -> list[str]:
    source = version.read_text(encoding="utf-8")
    tree = ast.parse(source)
    literals = [node for node in ast.walk(tree) if isinstance(node, ast.Constant | ast.JoinedStr)]
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [each.name for each in node.names])
    }
    sql = version.with_suffix(".sql")
    concurrent = "CONCURRENTLY" in source or (sql.exists() and "CONCURRENTLY" in sql.read_text(encoding="utf-8"))
    rules = {
        "the file is named by date, time and verb": is_dated(version.stem),
        "the docstring says whether the previous release runs on it": re.search(
            r"Previous release on this schema: \w", ast.get_docstring(tree) or ""
        ),
        "it imports nothing of `registers`, which moves": "registers" not in imported,
        "it can be read": len(source.splitlines()) <= LINES_MAX,
        "long SQL stands in a file of its own": all(
            (node.end_lineno or 0) - node.lineno < SQL_LINES_MAX for node in literals
        ),
        "CONCURRENTLY stands in an autocommit block that sets its timeouts": not concurrent
        or ("autocommit_block" in source and "SET lock_timeout" in source and "SET statement_timeout" in source),
    }
    return [rule for rule, followed in rules.items() if not followed]


def is_dated(stem: str) -> bool:
    match = FILE_NAME.fullmatch(stem)
    try:
        return match is not None and bool(datetime.strptime(match[1], "%Y_%m_%d_%H%M"))
    except ValueError:
        return False


def scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return ScriptDirectory.from_config(config)


@pytest.mark.parametrize("version", VERSIONS, ids=lambda path: path.stem)
def test_a_version_follows_the_rules(version):
    assert broken_rules(version) == []


def test_a_version_that_breaks_every_rule_is_seen(tmp_path):
    version = tmp_path / "2026_11_23_1060_adds_an_index.py"
    version.write_text(BREAKS_EVERY_RULE, encoding="utf-8")

    assert len(broken_rules(version)) == 6


def test_versions_are_named_in_the_order_in_which_they_run():
    assert [Path(script.path) for script in reversed(list(scripts().walk_revisions()))] == VERSIONS


def test_each_file_of_sql_lies_beside_its_version():
    files = (MIGRATIONS / "versions").glob("*.sql")
    stems = {version.stem for version in VERSIONS}

    assert {file.stem.removesuffix("_down") for file in files} - stems == set()

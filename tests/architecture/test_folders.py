"""Folders that must not become Python packages: `graphql/` or `alembic/` with an __init__.py would hide the
installed packages of the same name."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("folder", ["graphql", "alembic", "tests/graphql", "seed_data"])
def test_no_folder_hides_an_installed_package(folder):
    assert not (ROOT / folder / "__init__.py").exists()


def test_graphql_and_alembic_are_the_installed_packages_also_from_the_top_folder():
    script = "import graphql, alembic; print(graphql.__file__); print(alembic.__file__)"
    files = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()

    assert all("site-packages" in file for file in files), files

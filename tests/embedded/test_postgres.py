"""The embedded server, started for real as whoever runs the tests."""

import asyncio
import os
import pwd
import tempfile
from pathlib import Path

import asyncpg
import psutil
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from registers.embedded.postgres import EmbeddedPostgres, EmbeddedPostgresError
from registers.embedded.processes import serves
from tests.embedded.clusters import START, answers, mode, postmaster, python


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


def speaks_ip(process: psutil.Process) -> bool:
    try:
        return process.net_connections("inet") != []
    except psutil.NoSuchProcess:  # a worker of the server that has ended meanwhile
        return False


def test_nothing_listens_on_tcp(server: EmbeddedPostgres) -> None:
    server.start()

    processes = [postmaster(server), *postmaster(server).children(recursive=True)]
    assert [process for process in processes if speaks_ip(process)] == []
    assert len(postmaster(server).net_connections("unix")) > 0


def test_settings_are_those_of_the_service(server: EmbeddedPostgres) -> None:
    names = ("wal_level", "jit", "max_connections", "TimeZone", "data_checksums", "log_statement")

    shown = answers(server.start(), *[f"SHOW {name}" for name in names])

    assert [rows[0][0] for rows in shown] == ["logical", "off", "100", "UTC", "on", "none"]
    preloaded = "CREATE EXTENSION IF NOT EXISTS pg_stat_statements"
    assert answers(server.url, preloaded, "SELECT count(*) > 0 FROM pg_stat_statements")[1] == [(True,)]


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
    psutil.wait_procs([process], timeout=5)  # its files go before it does
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


def test_of_two_starts_at_once_one_waits_for_the_other(tmp_path: Path) -> None:
    folder = tmp_path / "contested"
    starts = [python(START, folder) for _ in range(2)]

    outputs = [start.communicate() for start in starts]

    server = EmbeddedPostgres(folder)
    assert outputs == [(f"{server.url}\n", "")] * 2
    assert answers(server.url, "SELECT 1") == [[(1,)]]
    server.stop()


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

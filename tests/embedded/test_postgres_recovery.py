"""Killed servers: nothing committed is lost, and nothing they leave behind stops the next start."""

import os
import signal
from pathlib import Path

import asyncpg
import psutil
import pytest

from registers.embedded import postgres
from registers.embedded.postgres import EmbeddedPostgres
from registers.embedded.processes import serves
from tests.embedded.clusters import DIE, START, answers, kill, postmaster, python

# What a container without an init does: inherits the postmaster and reaps nothing. 36 is
# PR_SET_CHILD_SUBREAPER (Linux).
START_AND_NEVER_REAP = f"""
import ctypes
assert ctypes.CDLL(None).prctl(36, 1, 0, 0, 0) == 0
{START}
sys.stdin.read()
"""


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


def test_a_living_server_of_another_folder_is_not_taken_for_this_one(server: EmbeddedPostgres, tmp_path: Path) -> None:
    server.start()
    pid = postmaster(server).pid

    assert serves(pid, server.data)
    assert not serves(pid, tmp_path)
    assert not serves(os.getpid(), Path.cwd())


def test_after_an_interrupted_start_the_next_one_succeeds(tmp_path: Path) -> None:
    server = EmbeddedPostgres(tmp_path)
    (tmp_path / "data.unfinished" / "base").mkdir(parents=True)
    (tmp_path / "password").touch()

    answer = answers(server.start(), "SELECT 1")
    server.stop()

    assert answer == [[(1,)]]
    assert not (tmp_path / "data.unfinished").exists()


def test_a_stop_that_meets_the_recovery_after_a_killed_session_ends(
    server: EmbeddedPostgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "STOP_SECONDS", 1)
    answers(server.start(), "CREATE TABLE before_the_end AS SELECT 1 AS number")
    with pytest.raises(asyncpg.PostgresConnectionError):
        answers(server.url, DIE)

    server.stop()

    assert not server.running()
    assert answers(server.start(), "SELECT number FROM before_the_end") == [[(1,)]]

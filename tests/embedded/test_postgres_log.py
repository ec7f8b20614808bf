"""The log explains failures and repeats nothing of a statement."""

import time

import asyncpg
import pytest

from registers.embedded.postgres import EmbeddedPostgres, EmbeddedPostgresError
from tests.embedded.clusters import DIE, answers

LITERAL = "literal-of-a-statement"


def test_a_failed_start_names_the_reason_from_the_log(server: EmbeddedPostgres) -> None:
    server.start()
    server.stop()
    settings = server.data / "postgresql.auto.conf"
    before = settings.read_text()
    settings.write_text("no_such_setting = 1\n")

    with pytest.raises(EmbeddedPostgresError, match=r"(?s)pg_ctl failed in .*no_such_setting"):
        server.start()

    settings.write_text(before)


def test_the_log_repeats_no_literal_of_a_failing_statement(server: EmbeddedPostgres) -> None:
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


def test_the_log_repeats_no_literal_of_a_statement_whose_session_was_killed(
    server: EmbeddedPostgres,
) -> None:
    server.start()

    with pytest.raises(asyncpg.PostgresConnectionError):
        answers(server.url, f"{DIE} -- {LITERAL}")

    log = server.folder / "postgres.log"
    while "was terminated by signal 9" not in log.read_text():
        time.sleep(0.01)
    server.start()  # has recovered when it returns
    assert "redo" in log.read_text().rpartition("was terminated by signal 9")[2]
    assert LITERAL not in log.read_text()

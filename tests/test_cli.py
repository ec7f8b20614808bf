"""The command line, run as a user runs it."""

import os
import socket
import subprocess
import sys

from registers.cli import RoleOption
from registers.core.caller import Role
from tests.conftest import SEED_DATA


def test_the_exit_status_of_an_import_says_that_the_database_is_unavailable(tmp_path):
    with socket.socket() as nobody_answers:
        nobody_answers.bind(("127.0.0.1", 0))
        url = f"postgresql://registers@127.0.0.1:{nobody_answers.getsockname()[1]}/registers"
        done = subprocess.run(
            [sys.executable, "-m", "registers.cli", "import", str(SEED_DATA / "enheter.json")],
            env={**os.environ, "DATABASE_URL": url, "REGISTERS_FOLDER": str(tmp_path)},
            capture_output=True,
            text=True,
            timeout=60,
        )

    assert done.returncode == 3, done.stderr
    assert "The database does not answer" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_development_token_can_have_every_role_but_the_one_without_a_token():
    assert {option.value for option in RoleOption} == {role.value for role in Role} - {Role.ANONYMOUS.value}

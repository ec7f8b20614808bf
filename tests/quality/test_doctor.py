"""`registers doctor`: what it prints, and its exit status."""

import json
import os
import sys

import anyio
import pytest

pytestmark = pytest.mark.anyio


@pytest.fixture
def doctor(tmp_path):
    """Runs the command over a database; returns (exit status, standard output, standard error)."""

    async def run(url, *arguments):
        environment = os.environ | {"DATABASE_URL": url, "REGISTERS_FOLDER": str(tmp_path)}
        command = [sys.executable, "-m", "registers.cli", "doctor", *arguments]
        done = await anyio.run_process(command, env=environment, check=False)
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    return run


async def test_where_nothing_is_wrong_the_exit_status_is_0(doctor, database_url):
    status, output, _ = await doctor(database_url)

    findings = json.loads(output)
    assert status == 0
    assert [finding["count"] for finding in findings] == [0] * len(findings) != []


async def test_where_something_is_wrong_it_is_1_and_the_findings_are_those_of_the_query(doctor, seeded_url):
    status, output, _ = await doctor(seeded_url, "--json", "--rule", "R-DQ-008")

    assert status == 1
    [finding] = json.loads(output)
    assert set(finding) == {"rule", "title", "description", "mend", "register", "count", "examples"}
    assert (finding["rule"], finding["register"], finding["count"]) == ("R-DQ-008", "COMMUNICATION_PARTIES", 1)
    assert finding["examples"] == [
        {
            "key": "8000047",
            "register": "COMMUNICATION_PARTIES",
            "text": "ENCRYPTION, SIGNING: the bytes have not arrived",
        }
    ]


async def test_a_rule_that_does_not_exist_is_2(doctor, database_url):
    status, output, error = await doctor(database_url, "--rule", "R-DQ-999")

    assert (status, output) == (2, "")
    assert "R-DQ-001" in error

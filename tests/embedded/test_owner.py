"""`registers serve` on the embedded database, as processes of their own: one at a time from a folder."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

SECONDS_MAX = 60


def serve(folder: Path, *, port: int) -> subprocess.Popen[str]:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return subprocess.Popen(
        [sys.executable, "-m", "registers", "serve", "--port", str(port)],
        env=environment | {"REGISTERS_FOLDER": str(folder)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def status(port: int) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready") as answer:
        return json.load(answer)["status"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[subprocess.Popen[str], Path, int]]:
    """A process that is ready, its folder and its port."""
    folder, port = tmp_path_factory.mktemp("served"), free_port()
    process = serve(folder, port=port)
    deadline = time.monotonic() + SECONDS_MAX
    while True:
        try:
            assert status(port) == "ready"
            break
        except OSError:
            assert process.poll() is None and time.monotonic() < deadline
            time.sleep(0.1)
    yield process, folder, port
    process.kill()
    process.communicate()


@pytest.mark.parametrize("second_port", [None, 0], ids=["the same port", "another port"])
def test_a_second_one_from_the_folder_is_refused_and_leaves_the_first_alone(serving, second_port):
    first, folder, port = serving
    second = serve(folder, port=second_port or port)

    _, printed = second.communicate(timeout=SECONDS_MAX)

    assert second.returncode == 2
    assert printed == f"{folder} is served from already, by process {first.pid} on port {port}\n"
    assert status(port) == "ready"


def test_a_taken_port_is_refused_before_anything_is_started(serving, tmp_path):
    _, _, port = serving
    second = serve(tmp_path / "other", port=port)

    _, printed = second.communicate(timeout=SECONDS_MAX)

    assert second.returncode == 2
    assert printed == f"Cannot listen on 127.0.0.1, port {port}: Address already in use\n"
    assert not (tmp_path / "other" / "postgres").exists()
    assert status(port) == "ready"


def test_a_terminated_one_ends_with_0_and_stops_its_database(serving):
    first, folder, _ = serving

    first.send_signal(signal.SIGTERM)

    assert first.wait(timeout=SECONDS_MAX) == 0
    assert not (folder / "postgres" / "data" / "postmaster.pid").exists()

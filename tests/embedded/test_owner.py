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
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

SECONDS_MAX = 60


class Served(NamedTuple):
    process: subprocess.Popen[str]
    folder: Path
    port: int


def serve(folder: Path, *, port: int) -> subprocess.Popen[str]:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return subprocess.Popen(
        [sys.executable, "-m", "registers", "serve", "--port", str(port)],
        env=environment | {"REGISTERS_FOLDER": str(folder)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def refused(folder: Path, *, port: int) -> tuple[int, str]:
    """Exit status and standard error of a process that must end by itself."""
    process = serve(folder, port=port)
    try:
        _, printed = process.communicate(timeout=SECONDS_MAX)
    finally:
        process.kill()
    return process.returncode, printed


def is_ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready") as answer:
            return json.load(answer)["status"] == "ready"
    except OSError:  # nothing listens yet, or the database is unavailable
        return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def served(folder: Path) -> Iterator[Served]:
    """A process that is ready, until the block ends."""
    port = free_port()
    process = serve(folder, port=port)
    try:
        deadline = time.monotonic() + SECONDS_MAX
        while not is_ready(port):
            assert process.poll() is None and time.monotonic() < deadline
            time.sleep(0.1)
        yield Served(process, folder, port)
    finally:
        process.terminate()
        process.communicate(timeout=SECONDS_MAX)


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("served")) as first:
        yield first


@pytest.mark.parametrize("second_port", [None, 0], ids=["the same port", "another port"])
def test_a_second_one_from_the_folder_is_refused_and_leaves_the_first_alone(serving, second_port):
    first, folder, port = serving
    message = f"{folder} is served from already, by process {first.pid} on port {port}\n"

    assert refused(folder, port=port if second_port is None else second_port) == (2, message)
    assert is_ready(port)


def test_a_taken_port_is_refused_before_anything_is_started(serving, tmp_path):
    _, _, port = serving
    message = f"Cannot listen on 127.0.0.1, port {port}: Address already in use\n"

    assert refused(tmp_path / "other", port=port) == (2, message)
    assert not (tmp_path / "other" / "postgres").exists()
    assert is_ready(port)


def test_a_terminated_one_ends_with_0_and_stops_its_database(tmp_path):
    with served(tmp_path) as first:
        assert (tmp_path / "postgres" / "data" / "postmaster.pid").exists()

        first.process.send_signal(signal.SIGTERM)

        assert first.process.wait(timeout=SECONDS_MAX) == 0
    assert not (tmp_path / "postgres" / "data" / "postmaster.pid").exists()

"""The real service as a process of its own, to be killed."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from registers.access.authentication.development import DevelopmentTokens
from registers.app import utc_now
from registers.core.caller import Role


class ServerProcess:
    """`registers serve` on a port that stays the same when it is started anew."""

    def __init__(self, database_url: str, folder: Path) -> None:
        self._reserved = socket.socket()  # bound and never listening: nobody else is given the port meanwhile
        self._reserved.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._reserved.bind(("127.0.0.1", 0))
        self.port = self._reserved.getsockname()[1]
        self.token = DevelopmentTokens(folder).issue(Role.EDITOR, now=utc_now())
        self._environment = {**os.environ, "DATABASE_URL": database_url, "REGISTERS_FOLDER": str(folder)}
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/graphql"

    def start(self) -> None:
        command = [sys.executable, "-m", "registers", "serve", "--port", str(self.port)]
        self._process = subprocess.Popen(
            command, env=self._environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def kill(self) -> None:
        """SIGKILL: no handler runs, nothing is tidied up."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def close(self) -> None:
        self.kill()
        self._reserved.close()


@contextmanager
def running(database_url: str, folder: Path) -> Iterator[ServerProcess]:
    server = ServerProcess(database_url, folder)
    server.start()
    try:
        yield server
    finally:
        server.close()

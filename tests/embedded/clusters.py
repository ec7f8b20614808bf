"""Actions on embedded servers, and questions to them, of several tests."""

import asyncio
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import asyncpg
import psutil

from registers.embedded.postgres import EmbeddedPostgres

ROOT = Path(__file__).parents[2]

DIE = "COPY (SELECT 1) TO PROGRAM 'kill -9 $PPID'"  # the parent of the program is the session

START = """
import sys
from pathlib import Path
from registers.embedded.postgres import EmbeddedPostgres
print(EmbeddedPostgres(Path(sys.argv[1])).start(), flush=True)
"""


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
    path = os.pathsep.join(str(part) for part in (*first_on_path, ROOT, *sys.path))
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

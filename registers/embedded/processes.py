"""Which processes serve a data folder, and which of its lock files name dead ones."""

from pathlib import Path

import psutil


def serves(pid: int, data: Path) -> bool | None:
    """Whether the process is a living PostgreSQL that works in `data`; None when we may not look at the process.

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


def survivors(data: Path) -> list[int]:
    """Processes that work in `data`, as far as we may look at them."""
    return [pid for pid in psutil.pids() if serves(pid, data)]


def postmaster_file(data: Path) -> list[str]:
    """Lines of postmaster.pid: process, data, start, port, sockets, TCP, memory, state."""
    try:
        return (data / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return []


def postmaster(data: Path) -> int | None:
    """Process id of the living postmaster."""
    pid = _first_number(postmaster_file(data))
    return pid if pid is not None and serves(pid, data) is not False else None


def forget_if_dead(lock: Path, data: Path) -> None:
    """Removes a lock file whose process id is in use, but not by the server.

    PostgreSQL believes such a lock: the process may be a zombie that nobody reaps (a container without an init) or
    any program with the same process id. It removes locks of process ids out of use by itself.
    """
    pid = _first_number(lock.read_text().splitlines()) if lock.exists() else None
    if pid is not None and psutil.pid_exists(pid) and serves(pid, data) is False:
        lock.unlink()


def _first_number(lines: list[str]) -> int | None:
    return int(lines[0]) if lines and lines[0].isdecimal() else None

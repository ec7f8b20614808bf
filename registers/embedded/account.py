"""The account that the embedded server runs as: the owner of its folder, and never root.

PostgreSQL refuses to run as root. When root owns the folder, the server runs in a user namespace in which root is
uid 1 while its files stay root's: no account is added and no file changes its owner. Where namespaces are refused,
the folder is given to `nobody`. When another user owns the folder, the server runs as that user.
"""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

USER_NAMESPACE = ("unshare", "--user", "--map-user=1", "--map-group=1", "--")


def as_owner_of(folder: Path) -> tuple[str, ...]:
    """The words to put before a command so that it runs as the owner of `folder`."""
    if os.geteuid() != 0:
        return ()
    owner = folder.stat()
    if owner.st_uid == 0:
        return USER_NAMESPACE
    ids = (f"--reuid={owner.st_uid}", f"--regid={owner.st_gid}", "--clear-groups")
    return ("setpriv", *ids, "--")


def settle(folder: Path, names: Iterable[str]) -> None:
    """Gives root's folder, and what is ours in it (`names`), to `nobody` where root cannot use it."""
    if as_owner_of(folder) != USER_NAMESPACE or user_namespaces_allowed():
        return
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    for path in (folder / name for name in names):
        if path.exists():
            for inside in (path, *path.rglob("*")):
                give(inside, like=folder)


def user_namespaces_allowed() -> bool:
    """Whether root may make one here. Docker's default seccomp profile refuses."""
    if shutil.which(USER_NAMESPACE[0]) is None:
        return False
    trial = [*USER_NAMESPACE, "true"]
    return subprocess.run(trial, capture_output=True).returncode == 0  # noqa: S603 fixed command


def give(path: Path, *, like: Path) -> None:
    """Gives `path` the owner of `like`; only new files of root can have another one."""
    if os.geteuid() == 0:
        owner = like.stat()
        os.chown(path, owner.st_uid, owner.st_gid, follow_symlinks=False)


def private(path: str, flags: int) -> int:
    """An opener for files that only their owner can read, from the moment they exist."""
    return os.open(path, flags, 0o600)

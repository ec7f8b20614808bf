"""Whom the embedded server runs as: the owner of its folder, and never root.

PostgreSQL refuses root. For root's own folder it gets a user namespace in which root is uid 1
while its files stay its own: no account is added, no file given away. Where namespaces are refused
the folder is given to `nobody`. A folder of somebody else's gets a server that runs as them.
"""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

USER_NAMESPACE = ("unshare", "--user", "--map-user=1", "--map-group=1", "--")


def as_owner_of(folder: Path) -> tuple[str, ...]:
    """What goes before a command that works in `folder`."""
    if os.geteuid() != 0:
        return ()
    owner = folder.stat()
    if owner.st_uid == 0:
        return USER_NAMESPACE
    ids = (f"--reuid={owner.st_uid}", f"--regid={owner.st_gid}", "--clear-groups")
    return ("setpriv", *ids, "--")


def settle(folder: Path, names: Iterable[str]) -> None:
    """Give root's folder and what is ours in it (`names`) away where root cannot use it."""
    if as_owner_of(folder) != USER_NAMESPACE or user_namespaces_allowed():
        return
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    for path in (folder / name for name in names):
        if path.exists():
            for inside in (path, *path.rglob("*")):
                give(inside, like=folder)


def user_namespaces_allowed() -> bool:
    """Whether root may make one here; the default seccomp profile of Docker refuses."""
    if shutil.which(USER_NAMESPACE[0]) is None:
        return False
    trial = [*USER_NAMESPACE, "true"]
    return subprocess.run(trial, capture_output=True).returncode == 0  # noqa: S603 fixed command


def give(path: Path, *, like: Path) -> None:
    """Give `path` the owner of `like`; only root's new files can have another one."""
    if os.geteuid() == 0:
        owner = like.stat()
        os.chown(path, owner.st_uid, owner.st_gid, follow_symlinks=False)


def private(path: str, flags: int) -> int:
    """Opener for files that are their owner's alone from the first moment."""
    return os.open(path, flags, 0o600)

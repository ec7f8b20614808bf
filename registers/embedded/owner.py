"""One process serves from a folder: a second one would stop the database under the first."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from registers.embedded import account
from registers.embedded.postgres import EmbeddedPostgresError


class FolderInUse(EmbeddedPostgresError):
    """Another process serves from the folder; the message names its process id and port."""


@contextmanager
def owned(folder: Path) -> Iterator[Callable[[int], None]]:
    """The folder is this process's until the block ends. Gives a function that notes the port, which a refused process
    is shown. Raises FolderInUse.

    The kernel releases the lock however the process ends, so there is none to be cleaned up after a kill -9.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(folder / "serving", "a+", opener=account.private) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            process, _, port = file.read().partition(" ")
            raise FolderInUse(
                f"{folder} is served from already, by process {process or 'unknown'} on port {port or 'unknown'}"
            ) from None

        def note(port: int) -> None:
            file.truncate(0)
            file.write(f"{os.getpid()} {port}")
            file.flush()

        yield note

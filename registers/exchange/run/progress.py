"""How far an import is: a bar on a terminal, a line now and then anywhere else."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, TaskID, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as RichProgress

SECONDS_BETWEEN_LINES = 10


class Progress(Protocol):
    def advance(self, read: int, size: int, records: int) -> None:
        """Bytes read of all files, bytes of all files, records read of all files."""


class _Bar:
    def __init__(self, progress: RichProgress) -> None:
        self._progress = progress
        self._task: TaskID | None = None
        self._started = time.monotonic()

    def advance(self, read: int, size: int, records: int) -> None:
        if self._task is None:
            self._task = self._progress.add_task("importing", total=size, records=0, rate=0.0)
        rate = records / max(time.monotonic() - self._started, 0.001)
        self._progress.update(self._task, completed=read, total=size, records=records, rate=rate)


class _Lines:
    def __init__(self, console: Console) -> None:
        self._console = console
        self._started = self._printed = time.monotonic()

    def advance(self, read: int, size: int, records: int) -> None:
        now = time.monotonic()
        if now - self._printed >= SECONDS_BETWEEN_LINES:
            self._printed = now
            share = read / size if size else 1
            rate = records / (now - self._started)
            self._console.print(f"importing: {records:,} records, {share:.0%} of the files, {rate:,.0f} records/s")


@contextmanager
def console_progress(console: Console | None = None) -> Iterator[Progress]:
    """Progress on standard error."""
    console = console or Console(stderr=True)
    if not console.is_terminal:
        yield _Lines(console)
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[records]:,} records, {task.fields[rate]:,.0f}/s"),
        TimeRemainingColumn(),
    )
    with RichProgress(*columns, console=console, transient=True) as progress:
        yield _Bar(progress)


@contextmanager
def console_steps(console: Console | None = None) -> Iterator[Callable[[str, int, int], None]]:
    """Progress of work in named steps, on standard error; called with step, done, total."""
    console = console or Console(stderr=True)
    if not console.is_terminal:
        printed = time.monotonic()

        def line(step: str, done: int, total: int) -> None:
            nonlocal printed
            if time.monotonic() - printed >= SECONDS_BETWEEN_LINES:
                printed = time.monotonic()
                console.print(f"{step}: {done / total:.0%}")

        yield line
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with RichProgress(*columns, console=console, transient=True) as progress:
        tasks: dict[str, TaskID] = {}

        def bar(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = progress.add_task(step, total=total)
            progress.update(tasks[step], completed=done)

        yield bar

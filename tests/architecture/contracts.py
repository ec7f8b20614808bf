"""A copy of the service's source in which imports are planted, and what import-linter says of it."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from tests.architecture.layout import python_files

ROOT = Path(__file__).parents[2]
LINT_IMPORTS = Path(sys.executable).with_name("lint-imports")
IMPORT = re.compile(r"([\w.]+) -> ([\w.]+) \(l\.")

Reports = dict[str, set[tuple[str, str]]]
"""Broken contracts by name, each with the imports it names: importer and imported."""


def contracts() -> list[str]:
    """Names of the contracts in pyproject.toml."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return [contract["name"] for contract in settings["tool"]["importlinter"]["contracts"]]


class Copy:
    """The source in a folder of its own; the source itself is never touched."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for path in python_files(ROOT / "registers"):
            to = folder / path.relative_to(ROOT)
            to.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, to)
        shutil.copyfile(ROOT / "pyproject.toml", folder / "pyproject.toml")
        self._former: dict[Path, str | None] = {}

    def files(self, *patterns: str, but: tuple[str, ...] = ()) -> list[Path]:
        """Modules by patterns below `registers/`, without those that `but` finds. Every pattern finds some."""
        found = {pattern: set((self.folder / "registers").glob(pattern)) for pattern in (*patterns, *but)}
        assert all(found.values()), [pattern for pattern in found if not found[pattern]]
        chosen = set[Path]().union(*map(found.__getitem__, patterns)).difference(*map(found.__getitem__, but))
        return sorted(path for path in chosen if path.suffix == ".py" and path.name != "__init__.py")

    def plant(self, paths: Iterable[Path], line: str) -> list[str]:
        """`line` on top of each file; a file that does not exist is made. Returns the modules' names."""
        modules = []
        for path in paths:
            text = path.read_text(encoding="utf-8") if path.exists() else None
            self._former.setdefault(path, text)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"{line}\n{text or ''}", encoding="utf-8")
            modules.append(".".join(path.relative_to(self.folder).with_suffix("").parts).removesuffix(".__init__"))
        return modules

    def restore(self) -> None:
        for path, text in self._former.items():
            if text is not None:
                path.write_text(text, encoding="utf-8")
            else:
                path.unlink()
                with suppress(OSError):  # others stand in its folder
                    path.parent.rmdir()
        self._former.clear()

    def lint(self) -> tuple[Reports, str]:
        """Broken contracts, and all that was said."""
        environment = {**os.environ, "PYTHONPATH": str(self.folder), "COLUMNS": "10000", "NO_COLOR": "1"}
        run = subprocess.run(
            [LINT_IMPORTS, "--no-cache", "--no-logo"],
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        summary, _, details = run.stdout.partition("Broken contracts")
        broken = re.findall(r"^(.+) BROKEN", summary, re.MULTILINE)
        assert (run.returncode == 0) == (not broken), run.stdout + run.stderr
        reports: Reports = defaultdict(set)
        for contract in broken:
            _, _, text = details.partition(f"\n{contract}\n")
            for other in contracts():
                text = text.partition(f"\n{other}\n---")[0]
            reports[contract] = set(IMPORT.findall(text))
        return reports, run.stdout

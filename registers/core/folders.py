"""Folders of files that the code reads: packaged with it in a wheel, at the top of a checkout."""

from importlib.resources import files
from pathlib import Path
from typing import Literal

PACKAGE = Path(str(files("registers")))
PACKAGED = {"graphql": "_contract", "alembic": "_migrations", "seed_data": "_seed"}


def packaged_folder(name: Literal["graphql", "alembic", "seed_data"]) -> Path:
    """The folder `name` of the project, wherever the code is installed."""
    packaged = PACKAGE / PACKAGED[name]
    return packaged if packaged.exists() else PACKAGE.parent / name

"""The order in which the files of a seed folder are imported: what is pointed at comes first."""

from pathlib import Path

SEED_ORDER = (
    *("enheter", "underenheter", "resh", "health-personnel"),
    *("communication-parties", "certificates", "gp-contracts", "persons"),
)
"""How the names of the files begin."""


def seed_paths(folder: Path) -> list[Path]:
    """The files of a seed folder in the order that leaves no reference open."""
    found = [path for path in folder.iterdir() if path.suffix in (".json", ".ndjson")]
    return sorted(found, key=lambda path: (_position(path.name), path.name))


def _position(name: str) -> int:
    positions = [index for index, beginning in enumerate(SEED_ORDER) if name.startswith(beginning)]
    return max(positions, default=len(SEED_ORDER))

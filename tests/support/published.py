"""The operations that we publish, as their users send them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from registers.core.caller import Caller, Role
from registers.core.folders import packaged_folder
from tests.conftest import EDITOR


def published_operations() -> Iterator[tuple[Path, dict[str, Any], Caller]]:
    """Each with the variables of its example, and a caller who may send it."""
    for path in sorted((packaged_folder("graphql") / "operations").rglob("*.graphql")):
        variables = path.with_suffix(".variables.json")
        given = json.loads(variables.read_text(encoding="utf-8")) if variables.exists() else {}
        yield path, given, Caller("an auditor", Role.AUDITOR) if path.parent.name == "audit" else EDITOR

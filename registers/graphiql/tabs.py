"""The tabs GraphiQL opens with: operations of the contract that say which job they do."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TypedDict

# The first comment of an operation that wants to be a tab: its place among the tabs, its title.
TAB = re.compile(r"^# tab: (?P<place>\d+) (?P<title>.+)$", re.MULTILINE)


class Tab(TypedDict):
    """One tab as GraphiQL takes it; variables and headers are JSON text, as its editors show."""

    title: str
    query: str
    variables: str | None
    headers: str | None


def tabs(contract: Path, *, headers: Mapping[str, str] | None) -> list[Tab]:
    """Tabs made of `contract`/operations/**/*.graphql, in the order of their places.

    A file without a `# tab: NN Title` line is no tab. `<Name>.variables.json` beside it holds the
    variables; without it the tab has none. `headers` are put in every tab.
    """
    positioned: list[tuple[int, Tab]] = []
    for file in sorted((contract / "operations").rglob("*.graphql")):
        operation = file.read_text(encoding="utf-8").strip()
        target = TAB.search(operation)
        if target is None:
            continue
        variables = file.with_suffix(".variables.json")
        tab = Tab(
            title=target["title"].strip(),
            query=TAB.sub(r"# \g<title>", operation, count=1),
            variables=variables.read_text(encoding="utf-8").strip() if variables.exists() else None,
            headers=headers_text(headers),
        )
        positioned.append((int(target["place"]), tab))
    return [tab for _, tab in sorted(positioned, key=lambda position_and_tab: position_and_tab[0])]


def headers_text(headers: Mapping[str, str] | None) -> str | None:
    """The text of GraphiQL's headers editor, None for an empty one."""
    return json.dumps(dict(headers), indent=2, ensure_ascii=False) if headers else None

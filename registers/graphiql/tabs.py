"""The tabs GraphiQL opens with: operations of the contract that have a title for it."""

import json
import re
from collections.abc import Mapping
from operator import itemgetter
from pathlib import Path
from typing import TypedDict

# A comment of an operation that is to be a tab: its position among the tabs, and its title.
TAB = re.compile(r"^# tab: (?P<position>\d+) (?P<title>.+)$", re.MULTILINE)


class Tab(TypedDict):
    """A tab as GraphiQL reads it; variables and headers are JSON text, as its editors show them."""

    title: str
    query: str
    variables: str | None
    headers: str | None


def tabs(contract: Path, *, headers: Mapping[str, str] | None) -> list[Tab]:
    """Tabs made of `contract`/operations/**/*.graphql, in the order of their positions.

    A file without a line `# tab: NN Title` is no tab. The variables of a tab are those in `<Name>.variables.json`
    beside it, if there is one. `headers` are put in every tab.
    """
    positioned: list[tuple[int, Tab]] = []
    for file in sorted((contract / "operations").rglob("*.graphql")):
        operation = file.read_text(encoding="utf-8").strip()
        comment = TAB.search(operation)
        if comment is None:
            continue
        variables = file.with_suffix(".variables.json")
        tab = Tab(
            title=comment["title"].strip(),
            query=TAB.sub(r"# \g<title>", operation, count=1),
            variables=variables.read_text(encoding="utf-8").strip() if variables.exists() else None,
            headers=headers_text(headers),
        )
        positioned.append((int(comment["position"]), tab))
    return [tab for _, tab in sorted(positioned, key=itemgetter(0))]


def headers_text(headers: Mapping[str, str] | None) -> str | None:
    """The text of GraphiQL's headers editor, None for an empty one."""
    return json.dumps(dict(headers), indent=2, ensure_ascii=False) if headers else None

"""Findings on a terminal and as JSON, for `registers doctor`."""

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from registers.quality.findings import Finding


def to_json(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """The same names as in the graph."""
    return [
        {
            "rule": finding.rule.number,
            "title": finding.rule.title,
            "description": finding.rule.description,
            "mend": finding.rule.mend,
            "register": finding.rule.register.name,
            "count": finding.count,
            "examples": [
                {"key": example.key, "register": finding.rule.key_register.name, "text": example.text}
                for example in finding.examples
            ],
        }
        for finding in findings
    ]


def render(findings: Sequence[Finding], console: Console) -> None:
    """All rules with their counts as a table, then of those broken what mends them and examples."""
    table = Table()
    table.add_column("rule", no_wrap=True)
    table.add_column("what", overflow="fold")
    table.add_column("found", justify="right")
    for finding in findings:
        table.add_row(finding.rule.number, finding.rule.title, f"{finding.count:,}")
    console.print(table)
    for finding in findings:
        if finding.count:
            console.print(f"{finding.rule.number}: {finding.rule.mend}", markup=False, highlight=False)
            for example in finding.examples:
                key_register = finding.rule.key_register.value.replace("_", " ")
                console.print(f"  {key_register} {example.key}: {example.text}", markup=False, soft_wrap=True)
            if finding.count > len(finding.examples):
                console.print(f"  and {finding.count - len(finding.examples):,} more")

"""Findings on a terminal."""

import io

from rich.console import Console

from registers.quality.findings import Example, Finding
from registers.quality.report import render
from registers.quality.rules import RULES


def test_a_terminal_shows_every_rule_and_of_those_broken_what_mends_them():
    broken, quiet = RULES[0], RULES[1]
    console = Console(file=io.StringIO(), width=120)

    render([Finding(broken, 1200, (Example("8000058", "[nothing] reaches it"),)), Finding(quiet, 0, ())], console)

    assert isinstance(console.file, io.StringIO)
    shown = console.file.getvalue()
    assert f"{quiet.number} │ {quiet.title}" in shown
    assert "1,200" in shown
    assert broken.mend in " ".join(shown.split())
    assert "communication parties 8000058: [nothing] reaches it\n  and 1,199 more" in shown
    assert quiet.mend not in " ".join(shown.split())

"""Codes added and retired at random, beside a dictionary of them."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.random_edits.machine import EditingMachine, rules_of
from tests.support.edits.codes import ADD, RETIRE

VALUES = st.sampled_from(["A1", "A2", "A3", "A 4", "A/5", ""])
DISPLAYS = st.sampled_from(["Prøve", " Prøve ", ""])
CODES = '{ codeSystem(oid: "8666") { codes { value display active lastEntry } } }'
TAKEN, KNOWN = "R-CODE-003", "R-CODE-002"


class CodeEdits(EditingMachine):
    """`codes_stored`: display, whether active, and newest entry of each value that the machine has added."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.codes_stored: dict[str, tuple[str, bool, int]] = {}

    @rule(value=VALUES, display=DISPLAYS)
    def codes_add(self, value: str, display: str) -> None:
        refused = {"R-LOG-005"} if not display.strip() else set()
        if value in ("A 4", ""):
            refused.add("R-CODE-004")
        elif value in self.codes_stored:
            refused.add(TAKEN)

        payload = self.edit(ADD, system="8666", value=value, input={"display": display})["codeAdd"]

        assert rules_of(payload) == sorted(refused)
        if not refused:
            self.codes_stored[value] = (display.strip(), True, payload["entry"])

    @rule(value=VALUES, behind=st.sampled_from([0, 0, 0, 1]))
    def codes_retire(self, value: str, behind: int) -> None:
        display, active, entry = self.codes_stored.get(value, ("", True, 1))
        refused = {"R-LOG-001"} if behind else set()
        if not active:
            refused.add("R-CODE-006")
        if value not in self.codes_stored:
            refused = {KNOWN} if value else {KNOWN, "R-LOG-005"}

        payload = self.edit(RETIRE, system="8666", value=value, expected=max(entry - behind, 0))["codeRetire"]

        assert rules_of(payload) == sorted(refused)
        if not refused:
            self.codes_stored[value] = (display, False, payload["entry"])

    @rule()
    def codes_compare(self) -> None:
        codes = self.ask(CODES)["codeSystem"]["codes"]
        answered = {each["value"]: (each["display"], each["active"], each["lastEntry"]) for each in codes}

        assert {value: each for value, each in answered.items() if value.startswith("A")} == self.codes_stored

    def teardown(self) -> None:
        self.codes_compare()
        super().teardown()

"""Organisations registered, moved, closed and succeeded at random, beside a dictionary of them."""

from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from tests.random_edits.machine import EditingMachine, rules_of
from tests.support.edits.organisations import DOCUMENTS, START
from tests.support.requests import ANY
from tests.support.scenario import synthetic_organisation_number

NUMBERS = [synthetic_organisation_number(number) for number in range(900, 906)]
ORGANISATIONS = st.sampled_from(NUMBERS)
ANY_OR_NONE = st.sampled_from([*NUMBERS, None])
NAMES = st.sampled_from(["Legekontoret", " Legekontoret ", ""])
DAYS = st.sampled_from(["2019-12-31", "2025-01-01", "2026-01-01", "2027-01-01"])
FIRST_DAY, TODAY = "2020-01-01", "2026-11-23"
READ = """query ($numbers: [OrganisationNumber!]!) { organisations(organisationNumbers: $numbers) { organisation {
  organisationNumber name kind lastEntry valid { to } parent { organisationNumber } path { from to }
  pathHere { from to } } } }"""


@dataclass
class Stored:
    name: str
    main: bool
    parent: str | None
    entry: int
    until: str | None = None
    successors: dict[str, str] = field(default_factory=dict)  # with the day each takes over

    def ended_at(self, day: str) -> bool:
        return self.until is not None and self.until <= day


class OrganisationEdits(EditingMachine):
    """`organisations_stored`: what the machine has made of each number."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.organisations_stored: dict[str, Stored] = {}

    @initialize()
    def organisations_begin(self) -> None:
        self.organisations_register(NUMBERS[0], "Legekontoret", None, True)
        self.organisations_register(NUMBERS[1], "Legekontoret", NUMBERS[0], False)

    @rule(number=ORGANISATIONS, name=NAMES, parent=ANY_OR_NONE, main=st.booleans())
    def organisations_register(self, number: str, name: str, parent: str | None, main: bool) -> None:
        refused = {"R-ORG-002"} if number in self.organisations_stored else set()
        refused |= self._organisations_below(number, main, parent)
        if not name.strip():
            refused.add("R-LOG-005")
        if not main and any(self._organisations_open_below(number, TODAY)):
            refused.add("R-ORG-006")
        reported = {"kind": "MAIN_UNIT" if main else "SUB_UNIT", "parentNumber": parent, "validFrom": START}
        entry = self._organisations_change("Register", number, refused, input=reported | {"details": {"name": name}})
        if entry:
            self.organisations_stored[number] = Stored(name.strip(), main, parent, entry)

    @rule(number=ORGANISATIONS, name=NAMES, behind=st.sampled_from([0, 0, 0, 1]))
    def organisations_rename(self, number: str, name: str, behind: int) -> None:
        stored = self.organisations_stored.get(number)
        refused = set() if stored else {"R-ORG-001"}
        if stored and behind:
            refused.add("R-LOG-001")
        if stored and not name.strip():
            refused.add("R-LOG-005")
        if stored and not refused and stored.name == name.strip():
            refused.add("R-LOG-011")
        seen = {"expectedEntry": stored.entry - behind if stored else 0}
        entry = self._organisations_change("ChangeDetails", number, refused, **seen, input={"name": name})
        if entry and stored:
            stored.name = name.strip()

    @rule(number=ORGANISATIONS, parent=ANY_OR_NONE)
    def organisations_move(self, number: str, parent: str | None) -> None:
        stored = self.organisations_stored.get(number)
        refused = self._organisations_below(number, stored.main, parent) if stored else {"R-ORG-001"}
        if stored and not refused and stored.parent == parent:
            refused.add("R-LOG-011")
        if self._organisations_change("Move", number, refused, parentNumber=parent) and stored:
            stored.parent = parent

    @rule(number=ORGANISATIONS, day=DAYS)
    def organisations_close(self, number: str, day: str) -> None:
        stored = self.organisations_stored.get(number)
        refused = set() if stored else {"R-ORG-001"}
        if stored and day <= FIRST_DAY:
            refused.add("R-LOG-009")
        if any(self._organisations_open_below(number, day)):
            refused.add("R-ORG-016")
        if stored and not refused and stored.until == day:
            refused.add("R-LOG-011")
        if self._organisations_change("Close", number, refused, at=f"{day}T00:00:00Z") and stored:
            stored.until = day

    @rule(number=ORGANISATIONS, successors=st.lists(ORGANISATIONS, max_size=3), split=st.booleans(), day=DAYS)
    def organisations_succeed(self, number: str, successors: list[str], split: bool, day: str) -> None:
        stored = self.organisations_stored.get(number)
        refused = set() if stored else {"R-ORG-001"}
        if stored:
            refused |= {"R-ORG-001" for each in successors if each not in self.organisations_stored}
            refused |= {"R-ORG-020" for each in successors if number in self._organisations_way(each)}
            found = [self.organisations_stored[each] for each in successors if each in self.organisations_stored]
            refused |= {"R-ORG-021" for each in found if each.ended_at(day)}
            if day < FIRST_DAY:
                refused.add("R-ORG-022")
            if len(successors) != len(set(successors)) or split != (len(successors) > 1) or not successors:
                refused.add("R-ORG-019")
            if not refused and stored.successors == dict.fromkeys(successors, day):
                refused.add("R-LOG-011")
        reported = {"successors": successors, "kind": "SPLIT" if split else "MOVED", "validFrom": f"{day}T00:00:00Z"}
        if self._organisations_change("Succeed", number, refused, input=reported) and stored:
            stored.successors = dict.fromkeys(successors, day)

    @rule(number=ORGANISATIONS)
    def organisations_revoke(self, number: str) -> None:
        stored = self.organisations_stored.get(number)
        refused = {"R-ORG-001"} if stored is None else set() if stored.successors else {"R-ORG-023"}
        if self._organisations_change("SuccessionRevoke", number, refused) and stored:
            stored.successors = {}

    @rule()
    def organisations_compare(self) -> None:
        slots = self.ask(READ, numbers=NUMBERS)["organisations"]
        answered = {each["organisationNumber"]: each for slot in slots if (each := slot["organisation"])}
        assert answered.keys() == self.organisations_stored.keys()
        for number, stored in self.organisations_stored.items():
            found = answered[number]
            assert (found["name"], found["lastEntry"]) == (stored.name, stored.entry)
            assert found["kind"] == ("MAIN_UNIT" if stored.main else "SUB_UNIT")
            assert found["valid"]["to"] == (f"{stored.until}T00:00:00+00:00" if stored.until else None)
            assert found["parent"] == ({"organisationNumber": stored.parent} if stored.parent else None)
            assert {each["to"] for each in found["path"]} == self._organisations_way(number, TODAY) - {number}
            leads_here = {each for each in answered if number in self._organisations_way(each, TODAY)} - {number}
            assert {each["from"] for each in found["pathHere"]} == leads_here

    def teardown(self) -> None:
        self.organisations_compare()
        super().teardown()

    def _organisations_change(self, what: str, number: str, refused: set[str], **arguments: Any) -> int | None:
        """The entry of an edit that is to be made; None for one that is to be refused by these rules."""
        name = f"organisation{what}"
        asked = {"organisationNumber": number, "expectedEntry": ANY} | arguments
        payload = self.edit(DOCUMENTS[name], **asked)[name]
        assert rules_of(payload) == sorted(refused)
        if payload["entry"] and number in self.organisations_stored:
            self.organisations_stored[number].entry = payload["entry"]
        return payload["entry"]

    def _organisations_below(self, number: str, main: bool, parent: str | None) -> set[str]:
        """Rules that forbid to put it below `parent`."""
        if parent is None:
            return set() if main else {"R-ORG-005"}
        above = self.organisations_stored.get(parent)
        if above is None:
            return {"R-ORG-001"}
        refused = set() if above.main else {"R-ORG-006"}
        if above.ended_at(TODAY):
            refused.add("R-ORG-007")
        chain: list[str | None] = [parent]
        while chain[-1] is not None:
            chain.append(self.organisations_stored[chain[-1]].parent)
        return refused | ({"R-ORG-008"} if number in chain else set())

    def _organisations_open_below(self, number: str, day: str) -> list[str]:
        stored = self.organisations_stored.items()
        return [own for own, each in stored if each.parent == number and not each.ended_at(day)]

    def _organisations_way(self, number: str, day: str = "9999") -> set[str]:
        """The number and all that its successors lead to until `day`."""
        stored = self.organisations_stored.get(number)
        following = [each for each, since in stored.successors.items() if since <= day] if stored else []
        return {number}.union(*(self._organisations_way(each, day) for each in following))

"""Lists opened and staffed at random, beside dictionaries of them."""

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from tests.random_edits.gp_contracts_model import LISTS, Cycle, List, as_list, moment, of_itself, staffing
from tests.random_edits.machine import EditingMachine, rules_of
from tests.support.edits.gp_contracts import (
    add_doctor,
    change_ceiling,
    change_coop,
    change_doctor,
    change_municipality,
    change_status,
    end_doctor,
    given_records,
    opened,
    remove_doctor,
)

NUMBERS = st.sampled_from([700001, 700001, 700002, 700002, 700003])
BEHIND = st.sampled_from([0, 0, 0, 0, 0, 1])
MUNICIPALITIES = st.sampled_from(["0301", "1103", "4601"])
DOCTORS = st.integers(0, 2)
MONTHS = st.integers(1, 11)
CHANGES = st.one_of(
    st.tuples(st.just("ceiling"), st.sampled_from([-1, 0, 10, 20])),
    st.tuples(st.just("status"), st.sampled_from(["FAAA", "LUKKET", "LAAST", "HALV"])),
    st.tuples(st.just("municipality"), MUNICIPALITIES),
    st.tuples(st.just("coop"), st.sampled_from([[], ["4601"], ["5001"], ["1103", "5001"], ["5001", "5001"]])),
)
INVALID: list[Any] = [-1, "HALV", ["5001", "5001"]]
FIELDS = {
    "ceiling": (change_ceiling, "maxPatients"),
    "status": (change_status, "status"),
    "municipality": (change_municipality, "municipality"),
    "coop": (change_coop, "municipalities"),
}
INDEXES = st.integers(0, 3)
ROLES = st.sampled_from(
    [
        ("LPFL", None),
        ("LPFL", None),
        ("LPVI", None),
        ("LPVI", 0),
        ("LPVI", 1),
        ("LPDL", None),
        ("LPDL", 0),
        ("LPXX", None),
    ]
)


class ContractEdits(EditingMachine):
    """`contracts_stored`: what each list should be, by number."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.contracts_stored: dict[int, List] = {}

    @initialize()
    def contracts_given_records(self) -> None:
        self.contracts_given = self.await_(given_records(self.database))
        for number, common in ((700001, False), (700002, True)):
            self.contracts_open(number, 10, "0301", common)

    @precondition(lambda self: len(self.contracts_stored) < 3)
    @rule(number=NUMBERS, ceiling=st.sampled_from([-1, 0, 10]), municipality=MUNICIPALITIES, common=st.booleans())
    def contracts_open(self, number: int, ceiling: int, municipality: str, common: bool) -> None:
        refused = ({"R-FLR-009"} if ceiling < 0 else set()) | (
            {"R-FLR-002"} if number in self.contracts_stored else set()
        )
        asked = {"maxPatients": ceiling, "municipality": municipality, "commonList": common}

        payload = self.await_(opened(self._ask, self.contracts_given, number, **asked))

        assert rules_of(payload) == sorted(refused)
        if not refused:
            self.contracts_stored[number] = List("FAAA", ceiling, municipality, [], common, payload["entry"])

    @rule(number=NUMBERS, change=CHANGES, behind=BEHIND)
    def contracts_change(self, number: int, change: tuple[str, Any], behind: int) -> None:
        name, value = change
        send, argument = FIELDS[name]
        stored, broken = self.contracts_stored.get(number), set[str]()
        if value in INVALID:
            broken.add({"ceiling": "R-FLR-009", "status": "R-FLR-011", "coop": "R-FLR-012"}[name])
        if stored and getattr(stored, name) == (["5001"] if name == "coop" and "R-FLR-012" in broken else value):
            broken.add("R-LOG-011")
        if stored and name == "coop" and stored.municipality in value:
            broken.add("R-FLR-013")
        if stored and name == "municipality" and value in stored.coop:
            broken.add("R-FLR-013")
        if self._contracts_ask(send, number, behind, broken, **{argument: value}):
            setattr(self.contracts_stored[number], name, value)

    @rule(
        number=NUMBERS,
        index=INDEXES,
        change=st.booleans(),
        doctor=DOCTORS,
        role=ROLES,
        percentage=st.sampled_from([None, None, None, None, 60, 60, 60, 0]),
        months=st.tuples(MONTHS, MONTHS),
        behind=BEHIND,
    )
    def contracts_staff(
        self, number: int, index: int, change: bool, doctor: int, role: tuple[str, int | None],
        percentage: int | None, months: tuple[int, int], behind: int,
    ) -> None:  # fmt: skip
        """A new cycle, or a change of one that is stored."""
        stored, doctors = self.contracts_stored.get(number), self.contracts_given.doctors
        relationship, whom = role
        stood_in = None if whom is None else doctors[whom]
        cycle = Cycle(doctors[doctor], relationship, stood_in, percentage, min(months), max(months) + 1)
        own_id = self._contracts_pick(stored, index) if change else None
        broken = of_itself(cycle)
        if stored:
            broken |= staffing(stored.cycles | {own_id or "new": cycle}, own_id or "new", common=stored.common)
            broken |= {"R-LOG-011"} if own_id and stored.cycles[own_id] == cycle else set()
        send, more = (add_doctor, {}) if own_id is None else (change_doctor, {"cycleId": own_id})
        payload = self._contracts_ask(send, number, behind, broken, input=cycle.as_input(), **more)
        if stored and payload:
            ids = {each["cycleId"] for each in payload["gpContract"]["doctorCycles"]}
            [own_id] = [own_id] if own_id else ids - stored.cycles.keys()
            stored.cycles[own_id] = cycle

    @rule(number=NUMBERS, index=INDEXES, month=MONTHS, behind=BEHIND)
    def contracts_end_doctor(self, number: int, index: int, month: int, behind: int) -> None:
        stored = self.contracts_stored.get(number)
        own_id = self._contracts_pick(stored, index)
        if stored is None or own_id is None:
            return
        cycle, broken = stored.cycles[own_id], set()
        if month <= cycle.since:
            broken = {"R-LOG-009"}
        elif cycle.until <= month:
            broken = {"R-FLR-014"}
        else:
            broken = staffing(stored.cycles | {own_id: replace(cycle, until=month)}, None, common=stored.common)
        if self._contracts_ask(end_doctor, number, behind, broken, cycleId=own_id, at=moment(month)):
            stored.cycles[own_id] = replace(cycle, until=month)

    @rule(number=NUMBERS, index=INDEXES, behind=BEHIND)
    def contracts_remove_doctor(self, number: int, index: int, behind: int) -> None:
        stored = self.contracts_stored.get(number)
        own_id = self._contracts_pick(stored, index)
        left = {each: cycle for each, cycle in stored.cycles.items() if each != own_id} if stored else {}
        broken = {"R-FLR-016"} if own_id is None else staffing(left, None, common=stored is not None and stored.common)
        if self._contracts_ask(remove_doctor, number, behind, broken, cycleId=own_id or "999"):
            self.contracts_stored[number].cycles = left

    @rule()
    def contracts_compare(self) -> None:
        found = self.ask(LISTS, ids=list(self.contracts_stored))["gpContracts"] if self.contracts_stored else []

        assert {int(each["gpContract"]["contractId"]): as_list(each["gpContract"]) for each in found} == (
            self.contracts_stored
        )

    def teardown(self) -> None:
        self.contracts_compare()
        super().teardown()

    def _contracts_ask(self, send: Any, number: int, behind: int, broken: set[str], **asked: Any) -> Any:
        """The payload of an edit that is made; None when it is refused by exactly the rules it breaks."""
        stored = self.contracts_stored.get(number)
        refused = {"R-FLR-001"} if stored is None else broken | ({"R-LOG-001"} if behind else set())
        payload = self.await_(send(self._ask, number, max(stored.entry - behind, 0) if stored else 0, **asked))
        assert rules_of(payload) == sorted(refused), (asked, stored)
        if refused or stored is None:
            return None
        stored.entry = payload["entry"]
        return payload

    def _contracts_pick(self, stored: List | None, index: int) -> str | None:
        """One of the periods on the list; None when there is none."""
        return list(stored.cycles)[index % len(stored.cycles)] if stored and stored.cycles else None

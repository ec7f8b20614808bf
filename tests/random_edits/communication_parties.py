"""Communication parties created, renamed, switched off and on, and ended at random, beside a plain model of them."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from registers.core.identifiers import HprNumber
from tests.conftest import NOW
from tests.random_edits.machine import EditingMachine, rules_of
from tests.support.edits.parties import (
    GENERAL,
    VACANT,
    change_details,
    change_names,
    create_organisation,
    create_person,
    create_service,
    deactivate,
    end,
    reactivate,
    reopen,
)
from tests.support.requests import ANY, Request
from tests.support.scenario import Office, Scenario

ROOTS = (9_000_001, 9_000_002, 9_000_003)  # of the first office, of the first again, of the second
NUMBERS = [*ROOTS, *range(9_000_011, 9_000_020)]
PARTIES = st.sampled_from(NUMBERS)
PARENTS = st.sampled_from([*ROOTS, *ROOTS, *NUMBERS])
NAMES = st.sampled_from(["Legekontoret", " Legekontoret ", ""])
ENDS = [(NOW + timedelta(days=days)).isoformat() for days in (0, 365, 730)]
READ = """query ($herIds: [HerId!]!) { communicationParties(herIds: $herIds) { communicationParty {
  herId kind name displayName title messagingValid active lastEntry valid { to } parent { herId } } } }"""


@dataclass
class Stored:
    """`alike` tells of what an office has one in use, and of which office; None = it may have any number."""

    kind: str
    name: str
    entry: int
    parent: int | None = None
    alike: tuple[object, object] | None = None
    display_name: str | None = None
    title: str | None = None
    messaging_valid: bool = True
    active: bool = True
    until: str | None = None

    def lasts(self, until: str | None) -> bool:
        return self.until is None or (until is not None and until <= self.until)


class PartyEdits(EditingMachine):
    """`parties_stored`: what the machine has made of each HER-id."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.parties_stored: dict[int, Stored] = {}
        self.parties_offices: dict[int, Office] = {}
        self.parties_doctors: list[HprNumber] = []

    @initialize()
    def parties_begin(self) -> None:
        scenario = Scenario(start=8_000)
        first, second = scenario.office(), scenario.office()
        self.parties_doctors = [scenario.doctor(), scenario.doctor()]
        self.await_(scenario.write(self.database))
        self.parties_offices = dict(zip(ROOTS, (first, first, second), strict=True))
        for root in ROOTS:
            self.parties_create_organisation(root, root)

    @rule(her_id=PARTIES, root=st.sampled_from(ROOTS))
    def parties_create_organisation(self, her_id: int, root: int) -> None:
        input_ = {"organisationNumber": self.parties_offices[root].number}
        self._parties_create(create_organisation, her_id, set(), Stored("ORGANISATION", "Legekontoret", 0), input_)
        self.parties_offices.setdefault(her_id, self.parties_offices[root])

    @rule(her_id=PARTIES, parent=PARENTS, vacant=st.booleans(), numbered=st.booleans())
    def parties_create_service(self, her_id: int, parent: int, vacant: bool, numbered: bool) -> None:
        name = "Fastlege, liste uten fast lege" if vacant else "Allmennlege"
        new = Stored("SERVICE", name, 0, parent, self._parties_alike(parent, "KX17") if vacant else None)
        input_ = {"parentHerId": parent, "serviceType": VACANT if vacant else GENERAL}
        number = her_id if numbered else None
        self._parties_create(create_service, number, self._parties_above(new, instead_of=number), new, input_)

    @rule(her_id=PARTIES, parent=PARENTS, which=st.integers(0, 1))
    def parties_create_person(self, her_id: int, parent: int, which: int) -> None:
        doctor = self.parties_doctors[which]
        new = Stored("PERSON", f"Lege {doctor}", 0, parent, self._parties_alike(parent, doctor))
        input_ = {"parentHerId": parent, "hprNumber": doctor}
        self._parties_create(create_person, her_id, self._parties_above(new, instead_of=her_id), new, input_)

    @rule(her_id=PARTIES, name=NAMES, display_name=NAMES | st.none(), behind=st.sampled_from([0, 0, 0, 1]))
    def parties_rename(self, her_id: int, name: str, display_name: str | None, behind: int) -> None:
        stored, refused = self._parties_known(her_id)
        trimmed = (name.strip(), display_name.strip() if display_name is not None else None)
        if stored:
            refused |= {"R-LOG-001"} if behind else set()
            refused |= {"R-LOG-005"} if "" in trimmed else set()
            refused |= {"R-LOG-011"} if trimmed == (stored.name, stored.display_name) else set()
        names = {"name": name, "displayName": display_name}
        seen = stored.entry - behind if stored else 0
        if self._parties_change(change_names, her_id, refused, expected_entry=seen, input=names) and stored:
            stored.name, stored.display_name = trimmed

    @rule(her_id=PARTIES)
    def parties_deactivate(self, her_id: int) -> None:
        stored, refused = self._parties_known(her_id)
        if stored:
            refused |= self._parties_below(her_id, ENDS[0]) | (set() if stored.active else {"R-LOG-011"})
        if self._parties_change(deactivate, her_id, refused) and stored:
            stored.active = False

    @rule(her_id=PARTIES)
    def parties_reactivate(self, her_id: int) -> None:
        stored, refused = self._parties_known(her_id)
        if stored:
            refused |= self._parties_above(stored, stored.until) | ({"R-LOG-011"} if stored.active else set())
        if self._parties_change(reactivate, her_id, refused) and stored:
            stored.active = True

    @rule(her_id=PARTIES, at=st.sampled_from(ENDS))
    def parties_end(self, her_id: int, at: str) -> None:
        stored, refused = self._parties_known(her_id)
        if stored:
            refused |= {rule for rule, moment in (("R-LOG-009", ENDS[0]), ("R-LOG-011", stored.until)) if at == moment}
            if stored.until is None or at < stored.until:
                refused |= self._parties_below(her_id, at)
            elif stored.active:
                refused |= self._parties_above(stored, at)
        if self._parties_change(end, her_id, refused, at=at) and stored:
            stored.until = at

    @rule(her_id=PARTIES)
    def parties_reopen(self, her_id: int) -> None:
        stored, refused = self._parties_known(her_id)
        if stored:
            refused |= (
                {"R-LOG-011"} if stored.until is None else self._parties_above(stored) if stored.active else set()
            )
        if self._parties_change(reopen, her_id, refused) and stored:
            stored.until = None

    @rule(her_id=PARTIES, valid=st.booleans(), title=st.sampled_from([None, "Fastlege"]))
    def parties_change_details(self, her_id: int, valid: bool, title: str | None) -> None:
        stored, refused = self._parties_known(her_id)
        if stored:
            refused |= {"R-AR-017"} if title and stored.kind != "PERSON" else set()
            refused |= {"R-LOG-011"} if (valid, title) == (stored.messaging_valid, stored.title) else set()
        input_ = {"messagingValid": valid, "title": title}
        if self._parties_change(change_details, her_id, refused, input=input_) and stored:
            stored.messaging_valid, stored.title = valid, title

    @rule()
    def parties_compare(self) -> None:
        slots = self.ask(READ, herIds=[*self.parties_stored, *NUMBERS])["communicationParties"]
        answered = {each["herId"]: each for slot in slots if (each := slot["communicationParty"])}
        assert answered.keys() == self.parties_stored.keys()
        for her_id, stored in self.parties_stored.items():
            assert answered[her_id] == {
                "herId": her_id,
                "kind": stored.kind,
                "name": stored.name,
                "displayName": stored.display_name,
                "title": stored.title,
                "messagingValid": stored.messaging_valid,
                "active": stored.active,
                "lastEntry": stored.entry,
                "valid": {"to": stored.until},
                "parent": {"herId": stored.parent} if stored.parent else None,
            }

    def teardown(self) -> None:
        self.parties_compare()
        super().teardown()

    def _parties_create(
        self, create: Request, her_id: int | None, refused: set[str], new: Stored, input_: dict[str, Any]
    ) -> None:
        if her_id in self.parties_stored:
            refused = refused | {"R-AR-002"}
        payload = self.await_(create(self._ask, herId=her_id, input=input_))  # pyright: ignore[reportArgumentType]
        assert rules_of(payload) == sorted(refused)
        if not refused:
            new.entry, made = payload["entry"], payload["communicationParty"]["herId"]
            assert made == her_id or (her_id is None and made not in self.parties_stored)
            self.parties_stored[made] = new

    def _parties_change(self, send: Request, her_id: int, refused: set[str], **arguments: Any) -> bool:
        """Whether the edit is made, as it is to be unless these rules refuse it."""
        asked = send(self._ask, her_id, **{"expected_entry": ANY} | arguments)
        payload = self.await_(asked)  # pyright: ignore[reportArgumentType]
        assert rules_of(payload) == sorted(refused)
        if payload["entry"]:
            self.parties_stored[her_id].entry = payload["entry"]
        return not refused

    def _parties_known(self, her_id: int) -> tuple[Stored | None, set[str]]:
        stored = self.parties_stored.get(her_id)
        return stored, set() if stored else {"R-AR-001"}

    def _parties_alike(self, parent: int, what: object) -> tuple[object, object]:
        office = self.parties_offices.get(parent)
        return (office and office.number), what

    def _parties_above(self, party: Stored, until: str | None = None, *, instead_of: int | None = None) -> set[str]:
        """Rules that forbid that it is active until then. All begin at one moment: any two in use overlap. One of the
        same HER-id is in nobody's way."""
        if party.parent is None:
            return set()
        above = self.parties_stored.get(party.parent)
        if above is None or above.kind != "ORGANISATION":
            return {"R-AR-005" if above else "R-AR-001"}
        refused = set() if above.active and above.lasts(until) else {"R-AR-006"}
        others = [
            each
            for number, each in self.parties_stored.items()
            if each is not party and number != instead_of and each.active
        ]
        if party.alike and any(each.alike == party.alike for each in others):
            refused.add("R-AR-010" if party.kind == "SERVICE" else "R-AR-009")
        return refused

    def _parties_below(self, her_id: int, at: str) -> set[str]:
        below = [each for each in self.parties_stored.values() if each.parent == her_id and each.active]
        return {"R-AR-015"} if any(each.until is None or each.until > at for each in below) else set()

"""Patients registered, assigned, moved and ended at random, beside a plain account of who is where from which day."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from tests.conftest import NOW
from tests.random_edits.machine import EditingMachine, rules_of
from tests.support.edits.patients import assign, change_national_id, end_one, move_one, register
from tests.support.scenario import LONG_AGO, Period, Scenario, synthetic_national_id

NUMBERS = [synthetic_national_id(number) for number in range(900, 907)]
AT_THE_START, LAST_DAY = 4, 9  # persons registered; every association that ends does so before the last day
PERSON, ANOTHER, LIST, OTHER_LIST = (st.integers(0, most) for most in (len(NUMBERS) - 1, len(NUMBERS) - 1, 2, 2))
DAY, DAYS, BEHIND = st.integers(0, 5), st.sampled_from([None, 1, 3]), st.sampled_from([0, 0, 0, 1])
HISTORIES = "".join(
    f"p{index}: patientHistory(nationalId: $n{index}, purpose: REGISTRY_MAINTENANCE) {{ ...Places }} "
    for index in range(len(NUMBERS))
)
READ = f"""query ({", ".join(f"$n{index}: NationalId!" for index in range(len(NUMBERS)))}) {{ {HISTORIES} }}
  fragment Places on PatientOnContractConnection {{
    nodes {{ contract {{ contractId }} valid {{ from to }} lastEntry }} }}"""


class StoredList(NamedTuple):
    contract_id: int
    ceiling: int
    open: bool
    end: int | None  # first day without the contract


@dataclass
class StoredAssociation:
    on: StoredList
    start: int
    end: int | None
    entry: int

    def holds(self, day: int) -> bool:
        return self.start <= day and (self.end is None or day < self.end)


@dataclass
class StoredPerson:
    number: str
    entry: int
    associations: list[StoredAssociation] = field(default_factory=list)

    def on(self, which: StoredList, day: int) -> StoredAssociation | None:
        return next((each for each in self.associations if each.on is which and each.holds(day)), None)


def moment(day: int) -> str:
    return (NOW + timedelta(days=day)).isoformat()


class PatientEdits(EditingMachine):
    """`patients_stored`: the person whom each national id leads to, former ones too."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.patients_stored: dict[str, StoredPerson] = {}

    @initialize()
    def patients_begin(self) -> None:
        scenario = Scenario(start=900_000)
        office = scenario.office()
        until = Period(LONG_AGO, NOW + timedelta(days=4))
        self.patients_lists = [
            StoredList(scenario.contract(office, max_patients=2), 2, True, None),
            StoredList(scenario.contract(office, max_patients=1, status="7751/LUKKET"), 1, False, None),
            StoredList(scenario.contract(office, max_patients=2, valid=until), 2, True, 4),
        ]
        self.await_(scenario.write(self.database))
        for person in range(AT_THE_START):
            self.patients_register(person)

    @rule(person=PERSON)
    def patients_register(self, person: int) -> None:
        number = NUMBERS[person]
        refused = {"R-FLR-062"} if number in self.patients_stored else set()

        names = {"firstName": "Prøve", "lastName": "Person"}
        entry = self._patients_answered(register(self._ask, nationalId=number, input=names), refused)
        if entry:
            self.patients_stored[number] = StoredPerson(number, entry)

    @rule(person=PERSON, chosen=LIST, day=DAY, days=DAYS, exception=st.booleans())
    def patients_assign(self, person: int, chosen: int, day: int, days: int | None, exception: bool) -> None:
        number, which, end = NUMBERS[person], self.patients_lists[chosen], None if days is None else day + days
        stored = self.patients_stored.get(number)
        refused = self._patients_outside(which, end)
        if stored is None:
            refused |= {"R-FLR-050"}
        else:
            refused |= self._patients_without_room(which, day, end, by_exception=exception)
            if any(
                (end is None or each.start < end) and (each.end is None or each.end > day)
                for each in stored.associations
            ):
                refused |= {"R-FLR-051"}

        terms = {"contractId": which.contract_id, "period": {"from": moment(day), "to": end and moment(end)}}
        terms |= {"exception": "RETURNING"} if exception else {}
        entry = self._patients_answered(assign(self._ask, nationalId=number, input=terms), refused)
        if entry and stored:
            stored.associations.append(StoredAssociation(which, day, end, entry))

    @rule(person=PERSON, former=LIST, chosen=OTHER_LIST, day=DAY, behind=BEHIND)
    def patients_move(self, person: int, former: int, chosen: int, day: int, behind: int) -> None:
        number, old, new = NUMBERS[person], self.patients_lists[former], self.patients_lists[chosen]
        association, refused = self._patients_placed(number, old, day, behind)
        end = association.end if association else day
        refused |= {"R-FLR-057"} if old is new else set()
        refused |= self._patients_outside(new, end) | self._patients_without_room(new, day, end)

        payload = move_one(
            self._ask,
            nationalId=number,
            fromContract=old.contract_id,
            toContract=new.contract_id,
            expectedEntry=max((association.entry if association else 10**9) - behind, 0),
            input={"at": moment(day)},
        )
        entry = self._patients_answered(payload, refused)
        if entry and association:
            self._patients_leave(self.patients_stored[number], association, day, entry)
            self.patients_stored[number].associations.append(StoredAssociation(new, day, end, entry))

    @rule(person=PERSON, former=LIST, day=DAY, behind=BEHIND)
    def patients_end(self, person: int, former: int, day: int, behind: int) -> None:
        number, which = NUMBERS[person], self.patients_lists[former]
        association, refused = self._patients_placed(number, which, day, behind)

        payload = end_one(
            self._ask,
            nationalId=number,
            contractId=which.contract_id,
            expectedEntry=max((self._patients_newest(number, association, day) if association else 10**9) - behind, 0),
            input={"at": moment(day)},
        )
        entry = self._patients_answered(payload, refused)
        if entry and association:
            stored = self.patients_stored[number]
            self._patients_leave(stored, association, day, entry)
            stored.associations = [each for each in stored.associations if each.start < day]

    @rule(person=PERSON, another=ANOTHER, behind=BEHIND)
    def patients_change_national_id(self, person: int, another: int, behind: int) -> None:
        number, new = NUMBERS[person], NUMBERS[another]
        stored, owner = self.patients_stored.get(number), self.patients_stored.get(new)
        refused = set() if stored else {"R-FLR-050"}
        if stored:
            refused |= {"R-LOG-001"} if behind else set()
            refused |= {"R-FLR-058"} if owner and (owner is not stored or new == stored.number) else set()

        seen = stored.entry - behind if stored else 1
        payload = change_national_id(self._ask, nationalId=number, expectedEntry=seen, newNationalId=new)
        entry = self._patients_answered(payload, refused)
        if entry and stored:
            stored.number, stored.entry = new, entry
            self.patients_stored[new] = stored

    @rule()
    def patients_compare(self) -> None:
        data = self.ask(READ, **{f"n{index}": number for index, number in enumerate(NUMBERS)})
        for index, number in enumerate(NUMBERS):
            associations = self.patients_stored[number].associations if number in self.patients_stored else []
            stored = {(str(each.on.contract_id), each.start, each.end, each.entry) for each in associations}
            answered = {
                (each["contract"]["contractId"], *map(_day, each["valid"].values()), each["lastEntry"])
                for each in data[f"p{index}"]["nodes"]
            }
            assert answered == stored

    def teardown(self) -> None:
        self.patients_compare()
        super().teardown()

    def _patients_answered(self, asked: Any, refused: set[str]) -> int | None:
        payload = self.await_(asked)
        assert rules_of(payload) == sorted(refused)
        return payload["entry"]

    def _patients_placed(
        self, number: str, which: StoredList, day: int, behind: int
    ) -> tuple[StoredAssociation | None, set[str]]:
        stored = self.patients_stored.get(number)
        if stored is None:
            return None, {"R-FLR-050"}
        association = stored.on(which, day)
        return association, {"R-FLR-055"} if association is None else {"R-LOG-001"} if behind else set()

    def _patients_newest(self, number: str, association: StoredAssociation, day: int) -> int:
        """Of the association and of those that fall away with it."""
        return max(
            each.entry for each in self.patients_stored[number].associations if each is association or each.start > day
        )

    def _patients_leave(self, stored: StoredPerson, association: StoredAssociation, day: int, entry: int) -> None:
        association.end, association.entry = day, entry
        stored.associations = [each for each in stored.associations if each.start != each.end]

    def _patients_outside(self, which: StoredList, end: int | None) -> set[str]:
        ends_before = which.end is not None and (end is None or end > which.end)
        return {"R-FLR-054"} if ends_before else set()

    def _patients_without_room(
        self, which: StoredList, start: int, end: int | None, *, by_exception: bool = False
    ) -> set[str]:
        people = {id(each): each for each in self.patients_stored.values()}.values()
        lengths = [
            sum(person.on(which, day) is not None for person in people)
            for day in range(start, LAST_DAY if end is None else end)
        ]
        refused = set() if which.open or by_exception else {"R-FLR-053"}
        return refused | ({"R-FLR-052"} if lengths and max(lengths) + 1 > which.ceiling else set())


def _day(text: str | None) -> int | None:
    return None if text is None else (datetime.fromisoformat(text) - NOW).days

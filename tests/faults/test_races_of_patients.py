"""Many clients at once on lists near their ceiling: nobody on two lists, no list too long, nothing lost."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count, takewhile
from random import Random
from typing import Any

import pytest
from sqlalchemy import text

from registers.database.database import Database
from registers.editing import transaction
from tests.conftest import EDITOR, NOW, asking
from tests.faults.patients_model import Association, Made, left_by
from tests.support.requests import request
from tests.support.scenario import Person, Scenario

pytestmark = pytest.mark.anyio

CLIENTS = 64
LISTS, CEILING, PEOPLE, DAYS = 4, 3, 24, 4  # more people than places, more clients than people
ATTEMPTS = 4  # of each client: so that a slow machine finds as much
SECONDS_AT_NIGHT = 30
HESITATION_SECONDS = 0.05  # between what an edit has read and what it writes
MAY_REFUSE = {"R-LOG-001", "R-LOG-003", "R-FLR-051", "R-FLR-052", "R-FLR-055"}
SEEN = """query ($n: NationalId!, $at: DateTime!) {
  patientGp(nationalId: $n, purpose: REGISTRY_MAINTENANCE, asOf: { validAt: $at }) {
    association { lastEntry contract { contractId } } } }"""

ON = {"nationalId": "NationalId!"}
SEEN_ON = {"expectedEntry": "EntryNumber!"}
assign = request("patientAssign", "entry", **ON, input="PatientAssignInput!")
end = request("patientEnd", "entry", **ON, **SEEN_ON, contractId="GpContractId!", input="PatientEndInput!")
move = request(
    "patientMove",
    "entry",
    **ON,
    **SEEN_ON,
    fromContract="GpContractId!",
    toContract="GpContractId!",
    input="PatientMoveInput!",
)

TWO_LISTS = """
    SELECT count(*) FROM patient_associations a JOIN patient_associations b
    ON a.person_id = b.person_id AND a.id < b.id
    AND tstzrange(a.valid_from, a.valid_to) && tstzrange(b.valid_from, b.valid_to)"""
TOO_LONG = """
    SELECT count(*) FROM gp_contracts c
    WHERE longest_of_list(c.id, '-infinity', 'infinity') > c.max_patients"""
ENTRIES = "SELECT number FROM entries WHERE key LIKE 'association:%' ORDER BY number"
ASSOCIATIONS = "SELECT person_id, contract_id, valid_from, valid_to FROM patient_associations"


@pytest.fixture
async def database(database_url: str, monkeypatch) -> AsyncIterator[Database]:
    """Waits for a connection as long as a slow machine needs; how a full pool is answered for is no part of this."""
    monkeypatch.setattr("registers.database.database.POOL_WAIT_SECONDS", 60)
    database = Database(database_url)
    yield database
    await database.close()


@dataclass
class Run:
    """What became of the clients' edits, and what the register looks like afterwards."""

    made: list[Made] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    on_two_lists: int = 0
    lists_too_long: int = 0
    logged: list[int] = field(default_factory=list)
    stored: Counter[Association] = field(default_factory=Counter)

    @property
    def unlogged(self) -> int:
        """Successes that are not in the log exactly once, and entries that were no success."""
        return sum((Counter(each.entry for each in self.made) - Counter(self.logged)).values()) + sum(
            (Counter(self.logged) - Counter(each.entry for each in self.made)).values()
        )

    @property
    def lost(self) -> int:
        """Associations that the successes, one after the other, leave otherwise than they are."""
        expected = Counter(left_by(self.made))
        return sum((expected - self.stored).values()) + sum((self.stored - expected).values())

    @property
    def violations(self) -> dict[str, int]:
        return {
            "patients on two lists": self.on_two_lists,
            "lists too long": self.lists_too_long,
            "successes not in the log": self.unlogged,
            "updates lost": self.lost,
        }


@dataclass
class Given:
    lists: list[int]
    people: list[Person]


async def given_records(database: Database) -> Given:
    scenario = Scenario()
    office = scenario.office()
    made = Given(
        [scenario.contract(office, max_patients=CEILING) for _ in range(LISTS)],
        [scenario.person() for _ in range(PEOPLE)],
    )
    await scenario.write(database)
    return made


async def race(database: Database, *, seconds: float = 0) -> Run:
    """Sixty-four clients assign, move and end patients at random, for so long at least. An internal error fails the run
    at once."""
    on, run, until = await given_records(database), Run(), time.monotonic() + seconds
    ask = asking(database, caller=EDITOR)

    async def client(random: Random) -> None:
        for _ in takewhile(lambda so_far: so_far < ATTEMPTS or time.monotonic() < until, count()):
            attempted, payload = await attempt(ask, on, random)
            run.refused.update(error["rule"] for error in payload["userErrors"])
            if not payload["userErrors"]:
                run.made.append(Made(payload["entry"], *attempted))

    await asyncio.gather(*(client(Random(seed)) for seed in range(CLIENTS)))
    async with database.reading() as session:
        run.on_two_lists = await session.scalar(text(TWO_LISTS)) or 0
        run.lists_too_long = await session.scalar(text(TOO_LONG)) or 0
        run.logged = list(await session.scalars(text(ENTRIES)))
        run.stored = Counter(Association(*row) for row in await session.execute(text(ASSOCIATIONS)))
    return run


async def attempt(ask: Any, on: Given, random: Random) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """What a client does: looks where the patient is, then edits. Between the two others may have been quicker."""
    person, chosen = random.choice(on.people), random.choice(on.lists)
    moment = NOW + timedelta(days=random.randrange(DAYS))
    who, at = {"nationalId": person.national_id}, moment.isoformat()
    association = (await ask(SEEN, n=person.national_id, at=at))["patientGp"]["association"]
    if association is None:
        payload = await assign(ask, **who, input={"contractId": chosen, "period": {"from": at}})
        return (person.person_id, moment, None, chosen), payload
    current, seen = int(association["contract"]["contractId"]), association["lastEntry"]
    if chosen == current or random.random() < 0.3:
        payload = await end(ask, **who, contractId=current, expectedEntry=seen, input={"at": at})
        return (person.person_id, moment, current, None), payload
    lists = {"fromContract": current, "toContract": chosen}
    payload = await move(ask, **who, **lists, expectedEntry=seen, input={"at": at})
    return (person.person_id, moment, current, chosen), payload


def holds(run: Run) -> None:
    assert len(run.made) > LISTS * CEILING
    assert not any(run.violations.values()), run.violations
    assert set(run.refused) <= MAY_REFUSE, run.refused


async def test_clients_that_race_leave_one_list_a_patient_and_no_list_too_long(database: Database):
    holds(await race(database))


@pytest.mark.nightly
async def test_clients_that_race_for_long_leave_one_list_a_patient_and_no_list_too_long(database: Database):
    holds(await race(database, seconds=SECONDS_AT_NIGHT))


async def test_without_turns_and_constraints_the_same_race_finds_what_it_looks_for(database: Database, monkeypatch):
    async def no_lock(session) -> None: ...

    apply = transaction.EditTransaction.apply

    async def hesitant(transaction: transaction.EditTransaction, writes: Any) -> None:
        await asyncio.sleep(HESITATION_SECONDS)  # on a quick machine the clients are hardly ever at it at once
        await apply(transaction, writes)

    monkeypatch.setattr(transaction, "_lock_log", no_lock)
    monkeypatch.setattr(transaction.EditTransaction, "apply", hesitant)
    async with database.writing() as session:
        for statement in (
            "ALTER TABLE patient_associations DROP CONSTRAINT patient_associations_one_list_at_a_time",
            "DROP TRIGGER insert_has_room ON patient_associations",
            "DROP TRIGGER update_has_room ON patient_associations",
        ):
            await session.execute(text(statement))

    run = await race(database)

    assert run.on_two_lists + run.lists_too_long > 0, run.violations

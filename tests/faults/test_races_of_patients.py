"""Many clients at once on lists near their ceiling: nobody on two lists, no list too long, nothing lost."""

import asyncio
import time
from dataclasses import dataclass, field
from random import Random
from typing import Any

import pytest
from sqlalchemy import text

from registers.changelog import edits
from registers.core.database import Database
from tests.conftest import EDITOR, asking
from tests.gp_lists.builders import Person, World
from tests.gp_lists.edits_patients import assign, end, move

pytestmark = pytest.mark.anyio

CLIENTS = 64
LISTS, CEILING, PEOPLE = 6, 12, 90  # more people than places: most clients meet a full list
SECONDS, SECONDS_AT_NIGHT = 5, 30
MAY_REFUSE = {"R-LOG-001", "R-LOG-003", "R-FLR-051", "R-FLR-052", "R-FLR-055"}
NOW = "2026-11-23T12:00:00+00:00"
SEEN = """query ($n: NationalId!) { patientGp(nationalId: $n, purpose: REGISTRY_MAINTENANCE) {
  association { lastEntry contract { contractId } } } }"""

TWO_LISTS = """
    SELECT count(*) FROM patient_associations a JOIN patient_associations b
    ON a.person_id = b.person_id AND a.id < b.id
    AND tstzrange(a.valid_from, a.valid_to) && tstzrange(b.valid_from, b.valid_to)"""
TOO_LONG = """
    SELECT count(*) FROM gp_contracts c
    WHERE longest_of_list(c.id, '-infinity', 'infinity') > c.max_patients"""
ENTRIES = "SELECT count(*) FROM entries WHERE key LIKE 'association:%'"


@dataclass
class Run:
    """What became of the clients' edits, and what the register looks like afterwards."""

    made: int = 0
    refused: dict[str, int] = field(default_factory=dict)
    on_two_lists: int = 0
    lists_too_long: int = 0
    entries: int = 0

    @property
    def holds(self) -> bool:
        """Nobody has two GPs, no list exceeds its ceiling, each success is one entry and each entry a success."""
        return (self.on_two_lists, self.lists_too_long) == (0, 0) and self.entries == self.made


@dataclass
class Ground:
    lists: list[int]
    people: list[Person]


async def ground(database: Database) -> Ground:
    world = World()
    office = world.office()
    made = Ground(
        [world.contract(office, max_patients=CEILING) for _ in range(LISTS)], [world.person() for _ in range(PEOPLE)]
    )
    await world.write(database)
    return made


async def race(database: Database, *, seconds: float) -> Run:
    """Sixty-four clients assign, move and end patients at random. An internal error fails the run at once."""
    on, run, until = await ground(database), Run(), time.monotonic() + seconds
    ask = asking(database, caller=EDITOR)

    async def client(random: Random) -> None:
        while time.monotonic() < until:
            payload = await attempt(ask, on, random)
            if not payload["userErrors"]:
                run.made += 1
            for error in payload["userErrors"]:
                run.refused[error["rule"]] = run.refused.get(error["rule"], 0) + 1

    await asyncio.gather(*(client(Random(seed)) for seed in range(CLIENTS)))
    async with database.reading() as session:
        run.on_two_lists = await session.scalar(text(TWO_LISTS)) or 0
        run.lists_too_long = await session.scalar(text(TOO_LONG)) or 0
        run.entries = await session.scalar(text(ENTRIES)) or 0
    return run


async def attempt(ask: Any, on: Ground, random: Random) -> dict[str, Any]:
    """What a client does: looks where the patient is, then edits. Between the two others may have been quicker."""
    person, chosen = random.choice(on.people), random.choice(on.lists)
    place = (await ask(SEEN, n=person.national_id))["patientGp"]["association"]
    if place is None:
        period = {"from": NOW}
        return await assign(ask, nationalId=person.national_id, input={"contractId": chosen, "period": period})
    patients = [{"nationalId": person.national_id, "expectedEntry": place["lastEntry"]}]
    current = place["contract"]["contractId"]
    if str(chosen) == current or random.random() < 0.3:
        return await end(ask, contractId=current, input={"patients": patients, "at": NOW})
    return await move(ask, fromContract=current, toContract=chosen, input={"patients": patients, "at": NOW})


def holds(run: Run) -> None:
    assert run.made > 0
    assert run.holds, run
    assert set(run.refused) <= MAY_REFUSE, run


async def test_clients_that_race_leave_one_list_a_patient_and_no_list_too_long(database: Database):
    holds(await race(database, seconds=SECONDS))


@pytest.mark.nightly
async def test_clients_that_race_for_long_leave_one_list_a_patient_and_no_list_too_long(database: Database):
    holds(await race(database, seconds=SECONDS_AT_NIGHT))


async def test_without_turns_and_constraints_the_same_race_finds_what_it_looks_for(database: Database, monkeypatch):
    async def no_turn(session) -> None: ...

    monkeypatch.setattr(edits, "_take_turn", no_turn)
    async with database.writing() as session:
        for statement in (
            "ALTER TABLE patient_associations DROP CONSTRAINT patient_associations_one_list_at_a_time",
            "DROP TRIGGER insert_has_room ON patient_associations",
            "DROP TRIGGER update_has_room ON patient_associations",
        ):
            await session.execute(text(statement))

    run = await race(database, seconds=SECONDS)

    assert not run.holds
    assert run.on_two_lists > 0
    assert run.lists_too_long > 0

"""Many editors at once on few parties: who has not seen the newest entry changes nothing, and nothing is lost."""

import asyncio
import time
from dataclasses import dataclass, field
from random import Random

import pytest
from sqlalchemy import text

from registers.core.identifiers import HerId
from registers.database.database import Database
from registers.editing import transaction
from registers.editing.transaction import EditTransaction
from tests.conftest import EDITOR, Ask, asking
from tests.support.edits.parties import change_names, person, read
from tests.support.scenario import Scenario

pytestmark = pytest.mark.anyio

EDITORS, PARTIES, DOCTORS = 8, 10, 2
SECONDS, SECONDS_AT_NIGHT = 3, 30
MAY_REFUSE = {"R-LOG-001", "R-LOG-003"}
COUNTED = "SELECT coalesce(sum(display_name::integer), 0) FROM communication_parties"
ENTRIES = "SELECT count(*) FROM entries WHERE action = 'CommunicationPartyUpdated'"
TWICE = """
    SELECT count(*) FROM communication_parties a JOIN communication_parties b
    ON a.hpr_number = b.hpr_number AND a.parent_her_id = b.parent_her_id AND a.her_id < b.her_id AND b.active
    WHERE a.active"""


@dataclass
class Run:
    """Edits that were answered as made, what they add up to in the register and in the log, and refusals by rule."""

    made: int = 0
    counted: int = 0
    entries: int = 0
    refused: dict[str, int] = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        return self.made == self.counted == self.entries


async def parties(database: Database, number: int) -> list[HerId]:
    scenario = Scenario()
    made = [scenario.office().her_id for _ in range(number)]
    await scenario.write(database)
    return made


async def race(database: Database, *, seconds: float, number: int = PARTIES) -> Run:
    """Each editor reads a party, waits a moment, counts its display name up by one and puts its own name to it."""
    her_ids, run, until = await parties(database, number), Run(), time.monotonic() + seconds
    ask = asking(database, caller=EDITOR)

    async def editor(name: str, random: Random) -> None:
        while time.monotonic() < until:
            seen = await read(ask, random.choice(her_ids))
            await asyncio.sleep(random.uniform(0, 0.01))
            names = {"name": name, "displayName": str(int(seen["displayName"] or 0) + 1)}
            payload = await change_names(ask, seen["herId"], seen["lastEntry"], input=names)
            run.made += not payload["userErrors"]
            for error in payload["userErrors"]:
                run.refused[error["rule"]] = run.refused.get(error["rule"], 0) + 1

    await asyncio.gather(*(editor(f"Redaktør {seed}", Random(seed)) for seed in range(EDITORS)))
    async with database.reading() as session:
        run.counted = await session.scalar(text(COUNTED)) or 0
        run.entries = await session.scalar(text(ENTRIES)) or 0
    return run


async def test_editors_that_race_lose_nothing(database: Database):
    run = await race(database, seconds=SECONDS)

    assert run.made > 0
    assert run.holds, run
    assert run.refused.get("R-LOG-001", 0) > 0, "nobody was in anybody's way: the race shows nothing"
    assert set(run.refused) <= MAY_REFUSE, run


@pytest.mark.nightly
async def test_editors_that_race_for_long_lose_nothing(database: Database):
    assert (await race(database, seconds=SECONDS_AT_NIGHT)).holds


async def test_without_the_expected_entry_the_same_race_loses_changes(database: Database, monkeypatch):
    async def no_expectation(*_: object) -> None: ...

    monkeypatch.setattr(EditTransaction, "expect", no_expectation)

    assert not (await race(database, seconds=SECONDS, number=1)).holds


@pytest.mark.parametrize("with_locks", [True, False])
async def test_a12_editors_that_create_a_doctors_party_at_once_make_one(database: Database, monkeypatch, with_locks):
    if not with_locks:
        monkeypatch.setattr(transaction, "lock_log", no_lock)
    scenario = Scenario()
    office, doctors = scenario.office(), [scenario.doctor() for _ in range(DOCTORS)]
    await scenario.write(database)
    ask: Ask = asking(database, caller=EDITOR)

    payloads = await asyncio.gather(*(person(ask, office.her_id, doctor) for doctor in doctors for _ in range(EDITORS)))

    made = [payload["communicationParty"]["hprNumber"] for payload in payloads if not payload["userErrors"]]
    async with database.reading() as session:
        assert await session.scalar(text(TWICE)) == 0
    assert len(made) == len(set(made))
    assert not with_locks or sorted(made) == sorted(doctors)


async def no_lock(session: object) -> None: ...

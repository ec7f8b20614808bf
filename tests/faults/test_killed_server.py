"""Edits with an idempotency key happen exactly once, though the server is killed and answers are lost."""

import asyncio
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import text

from registers.database.database import Database
from tests.support.scenario import Scenario
from tests.support.servers import ServerProcess, running

pytestmark = pytest.mark.anyio

EDITS, EDITS_AT_NIGHT, EDITS_WITHOUT_KEYS = 600, 2_000, 200
EDITORS = 16
KILLS = 3
LOST = 25  # every so manieth answer does not reach the client
PATIENCE_SECONDS = 120
ADD = """mutation ($value: String!, $key: UUID) {
  codeAdd(system: "8666", value: $value, input: { display: "Prøve" }, idempotencyKey: $key) {
    entry userErrors { rule }
  }
}"""


class Editors:
    """Clients that send each edit again until they have an answer."""

    def __init__(self, server: ServerProcess, edits: int, *, with_keys: bool, kills: tuple[int, ...]) -> None:
        self._server = server
        self._with_keys = with_keys
        self._waiting = iter(range(edits))
        self._kills = {edits: asyncio.Event() for edits in kills}
        self.answers: dict[int, dict] = {}

    async def work(self) -> None:
        headers = {"Authorization": f"Bearer {self._server.token}"}
        async with (
            asyncio.timeout(PATIENCE_SECONDS),
            httpx.AsyncClient(headers=headers, timeout=10) as client,
            asyncio.TaskGroup() as tasks,
        ):
            tasks.create_task(self._kill())
            for _ in range(EDITORS):
                tasks.create_task(self._edit(client))

    async def _kill(self) -> None:
        for due in self._kills.values():
            await due.wait()
            self._server.kill()
            self._server.start()

    async def _edit(self, client: httpx.AsyncClient) -> None:
        for number in self._waiting:
            key = str(uuid4()) if self._with_keys else None
            variables = {"value": f"K{number}", "key": key}
            lost = number % LOST == 0
            while number not in self.answers:
                try:
                    answer = await client.post(self._server.url, json={"query": ADD, "variables": variables})
                except httpx.TransportError:
                    await asyncio.sleep(0.05)
                    continue
                assert answer.status_code == 200, answer.text
                if lost:
                    lost = False
                    continue
                self.answers[number] = answer.json()["data"]["codeAdd"]
                if len(self.answers) in self._kills:
                    self._kills[len(self.answers)].set()


@pytest.fixture
async def server(database: Database, database_url: str, tmp_path: Path):
    scenario = Scenario()
    scenario.office()  # a database with an organisation is not seeded
    await scenario.write(database)
    with running(database_url, tmp_path) as server:
        yield server


async def _made(database: Database) -> tuple[int, int]:
    """(codes held, entries written) of the edits."""
    async with database.reading() as session:
        codes = await session.scalar(text("SELECT count(*) FROM codes WHERE key LIKE '8666/K%' AND display = 'Prøve'"))
        entries = await session.scalar(text("SELECT count(*) FROM entries WHERE action = 'CodeAdded'"))
    return codes or 0, entries or 0


async def _happens_once(server: ServerProcess, database: Database, edits: int) -> None:
    kills = tuple(edits * kill // (KILLS + 1) for kill in range(1, KILLS + 1))
    editors = Editors(server, edits, with_keys=True, kills=kills)

    await editors.work()

    assert [number for number, answer in editors.answers.items() if answer["userErrors"]] == []
    assert len({answer["entry"] for answer in editors.answers.values()}) == edits
    assert await _made(database) == (edits, edits)


async def test_every_edit_of_a_server_that_is_killed_happens_exactly_once(server: ServerProcess, database: Database):
    await _happens_once(server, database, EDITS)


@pytest.mark.nightly
async def test_every_one_of_two_thousand_edits_happens_exactly_once(server: ServerProcess, database: Database):
    await _happens_once(server, database, EDITS_AT_NIGHT)


async def test_without_keys_the_same_run_finds_edits_that_were_sent_twice(server: ServerProcess, database: Database):
    editors = Editors(server, EDITS_WITHOUT_KEYS, with_keys=False, kills=())

    await editors.work()

    refused = [number for number, answer in editors.answers.items() if answer["userErrors"]]
    assert sorted(refused) == list(range(0, EDITS_WITHOUT_KEYS, LOST))

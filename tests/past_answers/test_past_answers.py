"""What was answered about a moment in the past is answered for ever: any question, whatever is edited afterwards.

Every root field with `asOf` is asked for all its edges, two or three objects deep, as it was at an entry and as it was
known at an instant. Then a thousand edits follow, and the answers must be the same, byte for byte.
"""

import asyncio
import json
from contextlib import suppress
from datetime import UTC, datetime
from random import Random
from typing import Any

import asyncpg
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from registers.core.folders import packaged_folder
from registers.database.database import Database
from registers.embedded.postgres import EmbeddedPostgres
from tests.conftest import EDITOR, NOW, Ask, asking, copied
from tests.past_answers.asking import DOCTORS, LISTS, OFFICES, PARTIES, UNITS, Asked, operations
from tests.past_answers.changing import Changes

EDITS = 1_000
EXAMPLES, EXAMPLES_AT_NIGHT = 1, 25
ABOUT = (*PARTIES, *OFFICES, *UNITS, *DOCTORS, *LISTS)
Pins = list[dict[str, Any]]


def answers_stay(postgres: EmbeddedPostgres, seed: str, number: int) -> None:
    async def stay() -> None:
        async with copied(postgres, seed) as url:
            await _answers_stay(url, Random(number))

    asyncio.run(stay())


async def _answers_stay(url: str, random: Random) -> None:
    database = Database(url)
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    await _edit_by_mutations(asking(database, caller=EDITOR))
    asked = list(operations(await connection.fetchval("SELECT min(thumbprint) FROM party_certificates")))
    pins = await _pins(connection)
    ask = asking(database, caller=EDITOR, now=datetime.now(UTC))  # later than what `knownAt` names
    pinned = [random.choice(pins) for _ in asked]
    before = [await _answer(ask, each, pin) for each, pin in zip(asked, pinned, strict=True)]

    changes = Changes(connection, random, ABOUT)
    await changes.make(EDITS)
    with suppress(AssertionError):  # asked about a row such as `_answer_or_none` tells of
        await _edit_by_mutations(ask)

    after = [await _answer(ask, each, pin) for each, pin in zip(asked, pinned, strict=True)]
    for each, pin, first, second in zip(asked, pinned, before, after, strict=True):
        assert first == second, f"{each.document} as of {pin}"
    assert sum(changes.made.values()) == EDITS
    first_of_fields = {each.field: (each, then) for each, then in reversed(list(zip(asked, before, strict=True)))}
    today = {"validAt": NOW.isoformat()}
    differ = [
        field for field, (each, then) in first_of_fields.items() if await _answer_or_none(ask, each, today) != then
    ]
    assert len(differ) > len(first_of_fields) / 2, "the edits are of nothing that was asked about"
    await connection.close()
    await database.close()


async def _pins(connection: asyncpg.Connection) -> Pins:
    head = await connection.fetchrow("SELECT number, recorded_at FROM entries ORDER BY number DESC LIMIT 1")
    assert head is not None
    now, earlier = NOW.isoformat(), "2024-06-01T00:00:00Z"
    known_at = head["recorded_at"].isoformat()
    chains = ({"entry": head["number"]}, {"knownAt": known_at})
    return [{"validAt": moment} | known for moment in (now, earlier) for known in chains]


async def _answer(ask: Ask, asked: Asked, as_of: dict[str, Any]) -> bytes:
    return json.dumps(await ask(asked.document, asOf=as_of), ensure_ascii=False).encode()


async def _answer_or_none(ask: Ask, asked: Asked, as_of: dict[str, Any]) -> bytes | None:
    """None where a row of today says what no register would: not all that the code relies on is a constraint."""
    try:
        return await _answer(ask, asked, as_of)
    except AssertionError:
        return None


async def _edit_by_mutations(ask: Ask) -> None:
    """Every published example of an edit, made in earnest; refused or not."""
    for path in sorted((packaged_folder("graphql") / "operations" / "editing").glob("*.graphql")):
        variables = json.loads(path.with_suffix(".variables.json").read_text(encoding="utf-8"))
        await ask(path.read_text(encoding="utf-8"), **variables | {"dryRun": False})


RELAXED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], phases=[Phase.reuse, Phase.generate])
"""A smaller seed is no simpler one: nothing is shrunk."""


@pytest.mark.long
def test_a35_past_answers_are_the_same_after_a_thousand_edits(anyio_backend, postgres: EmbeddedPostgres, seed: str):
    @settings(RELAXED, max_examples=EXAMPLES)
    @given(number=st.integers(0, 2**32 - 1))
    def stay(number: int) -> None:
        answers_stay(postgres, seed, number)

    stay()


@pytest.mark.nightly
def test_past_answers_are_the_same_whatever_the_edits(anyio_backend, postgres: EmbeddedPostgres, seed: str):
    @settings(RELAXED, max_examples=EXAMPLES_AT_NIGHT)
    @given(number=st.integers(0, 2**32 - 1))
    def stay(number: int) -> None:
        answers_stay(postgres, seed, number)

    stay()

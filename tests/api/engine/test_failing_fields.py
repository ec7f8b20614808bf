"""A field that fails takes what stands above it along, and nothing else."""

import asyncio
from typing import Any

import pytest

from registers.api.graph.context import Context
from registers.changelog import edges
from registers.changelog.repository import newest_of_records
from registers.objects import RegisterObjects
from tests.conftest import EDITOR, NOW, SCHEMA
from tests.support import known
from tests.support.scenario import Scenario

pytestmark = pytest.mark.anyio


async def test_a_row_that_two_fields_wait_for_comes_though_one_of_them_is_given_up(seeded, monkeypatch):
    """The party's trail cannot be read: its `history` fails, and its `lastEntry`, not read yet, is given up. The same
    entry is awaited beside it."""

    async def trail_cannot_be_read(*_: Any, **__: Any) -> dict[Any, Any]:
        raise RuntimeError("the trail cannot be read")

    async def newest_comes_late(*arguments: Any, **keywords: Any) -> Any:
        await asyncio.sleep(0.05)
        return await newest_of_records(*arguments, **keywords)

    monkeypatch.setattr(edges.TRAIL, "read", trail_cannot_be_read)
    monkeypatch.setattr(edges.NEWEST_ENTRY, "read", newest_comes_late)
    context = Context(caller=EDITOR, now=NOW, database=seeded, objects=RegisterObjects())
    query = f"""{{
      failing: communicationParty(herId: {known.EXAMPLE_GP}) {{ lastEntry history {{ totalCount }} }}
      other: communicationParty(herId: {known.EXAMPLE_GP}) {{ lastEntry }}
    }}"""

    result = await SCHEMA.execute(query, context_value=context)

    assert result.data is not None
    assert result.data["failing"] is None
    assert result.data["other"]["lastEntry"] > 0
    assert [(error.extensions or {})["code"] for error in result.errors or []] == ["INTERNAL"]


async def test_a_record_that_came_in_under_the_entry_of_another_has_an_empty_trail(edit, database):
    scenario = Scenario()
    office = scenario.office()
    await scenario.write(database)

    data = await edit(
        """query ($number: OrganisationNumber!) {
          organisation(organisationNumber: $number) { history { totalCount nodes { entry } } }
        }""",
        number=office.number,
    )

    assert data["organisation"] == {"history": {"totalCount": 0, "nodes": []}}

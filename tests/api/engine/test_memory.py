"""An answer leaves nothing behind that only the garbage collector could find: it stops everybody when it does."""

import gc
from collections.abc import Iterator
from weakref import ref

import pytest
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from registers.api.graph.context import Context
from registers.database.database import Database
from registers.objects import RegisterObjects
from tests.conftest import EDITOR, NOW, SCHEMA
from tests.support import known

pytestmark = pytest.mark.anyio

QUERIES = {
    "a party and its organisation": f"""{{
      communicationParty(herId: {known.EXAMPLE_GP}) {{ name parent {{ herId }} history {{ totalCount }} }}
    }}""",
    "a patient's GP": f"""{{
      patientGp(nationalId: "{known.EXAMPLE_PATIENT}", purpose: REGISTRY_MAINTENANCE) {{
        outcome association {{ patient {{ lastName }} contract {{ contractId }} }} gpHerId {{ rule }}
      }}
    }}""",
    "a field that is refused": f"""{{
      node(id: "nothing of ours") {{ id }}
      communicationParty(herId: {known.EXAMPLE_GP}) {{ name parent {{ herId }} }}
    }}""",
}


@pytest.fixture
def no_collector() -> Iterator[None]:
    gc.collect()
    gc.disable()
    yield
    gc.enable()


async def left_behind(database: Database, query: str) -> object:
    """What an operation has read, when its answer is away; None when it is gone."""
    context = Context(caller=EDITOR, now=NOW, database=database, objects=RegisterObjects())
    gone = ref(context)
    result = await SCHEMA.execute(query, context_value=context)
    assert result.data is not None
    del context, result
    return gone()


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
async def test_what_an_operation_has_read_is_gone_with_its_answer(seeded, no_collector, query):
    assert await left_behind(seeded, query) is None


async def test_the_executor_as_it_comes_would_leave_it_behind(seeded, no_collector, monkeypatch):
    monkeypatch.setattr(SCHEMA, "execution_context_class", StrawberryGraphQLCoreExecutionContext)

    assert await left_behind(seeded, QUERIES["a patient's GP"]) is not None

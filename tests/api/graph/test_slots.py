"""Batch look-ups and searches refuse alike in every register, before they read anything."""

import pytest

from registers.api.graph.context import Context
from registers.objects import RegisterObjects
from tests.conftest import EDITOR, NOW, SCHEMA
from tests.support.statements import statements_of

pytestmark = pytest.mark.anyio

BATCHES = [
    ("communicationParties", "herIds", "HerId", 1),
    ("organisations", "organisationNumbers", "OrganisationNumber", "974760673"),
    ("gpContracts", "ids", "GpContractId", "1"),
    ("healthProfessionals", "hprNumbers", "HprNumber", 1),
]
SEARCHES = ["searchCommunicationParties", "searchOrganisations", "searchGpContracts", "searchHealthProfessionals"]


async def refusal_without_reading(database, document: str, **variables: object) -> str:
    context = Context(caller=EDITOR, now=NOW, database=database, objects=RegisterObjects())
    with statements_of(database) as sent:
        result = await SCHEMA.execute(document, variable_values=variables, context_value=context)
    [error] = result.errors or []
    assert sent == []
    return error.message


@pytest.mark.parametrize("count", [0, 501])
@pytest.mark.parametrize(("field", "argument", "type_", "key"), BATCHES)
async def test_a_batch_of_no_keys_or_too_many_is_refused(database, field, argument, type_, key, count):
    document = f"query ($keys: [{type_}!]!) {{ {field}({argument}: $keys) {{ outcome }} }}"

    message = await refusal_without_reading(database, document, keys=[key] * count)

    assert message == f"{argument}: {count} keys lie outside 1 to 500"


@pytest.mark.parametrize("field", SEARCHES)
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ('first: 0, after: "x"', "first: 0 lies outside 1 to 200"),
        ('first: 1, after: "x"', "after: not a cursor of this list"),
    ],
)
async def test_a_search_refuses_its_page_size_before_its_cursor(database, field, arguments, message):
    document = f"{{ {field}(filter: {{}}, {arguments}) {{ totalCount }} }}"

    assert await refusal_without_reading(database, document) == message

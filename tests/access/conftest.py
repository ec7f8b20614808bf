"""The seeded registers in a database of the test's own, and callers who ask them."""

from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest
from strawberry.types import ExecutionResult

from registers.api.graph.context import Context
from registers.core.caller import Caller, Role
from registers.database.database import Database
from registers.objects import RegisterObjects
from tests.conftest import NOW, SCHEMA, Ask, asking

EHR = Caller("ehr-of-an-office", Role.EHR, "320005000")
AUDITOR = Caller("auditor-of-the-registers", Role.AUDITOR)
RECORDS = """
query Records($filter: AccessRecordFilter!, $first: Int = 50, $after: String) {
  accessRecords(filter: $filter, purpose: AUDIT, first: $first, after: $after) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes {
      number askedAt durationMs caller role organisationNumber purposes operation fields patientCount outcome requestId
    }
  }
}"""


@pytest.fixture
async def registers(copied_url: str) -> AsyncIterator[Database]:
    database = Database(copied_url)
    yield database
    await database.close()


@pytest.fixture
def ask_ehr(registers: Database) -> Ask:
    return asking(registers, caller=EHR)


@pytest.fixture
def ask_auditor(registers: Database) -> Ask:
    return asking(registers, caller=AUDITOR)


async def records(ask: Ask, **filter: object) -> list[dict]:
    """The records that the auditor finds, newest first."""
    return (await ask(RECORDS, filter=filter))["accessRecords"]["nodes"]


@pytest.fixture
def answer_to(registers: Database):
    """Asks as a caller; the whole result, errors too."""

    async def ask(caller: Caller, document: str, **variables: Any) -> ExecutionResult:
        context = Context(caller=caller, now=NOW, database=registers, objects=RegisterObjects())
        return await SCHEMA.execute(document, variable_values=variables, context_value=context)

    return ask


@pytest.fixture
async def psql(copied_url: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(copied_url.replace("+asyncpg", ""))
    yield connection
    await connection.close()

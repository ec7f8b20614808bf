"""The database itself keeps the access log: it is addressed as psql would, past all our code."""

import asyncpg
import pytest

from registers.access import log
from registers.database.database import Database
from tests.access.test_access_log import EXAMPLE, PATIENT_GP
from tests.conftest import Ask

pytestmark = pytest.mark.anyio

FORGED = """
INSERT INTO access_records (number, asked_at, duration_us, caller, role, purposes, fields, persons, outcome, hash)
SELECT number + 10, asked_at, duration_us, 'nobody', role, purposes, fields, persons, outcome, hash
FROM access_records WHERE number = 3"""
SWAPPED = [
    "UPDATE access_records SET number = 99 WHERE number = 2",
    "UPDATE access_records SET number = 2 WHERE number = 3",
    "UPDATE access_records SET number = 3 WHERE number = 99",
]
TAMPERINGS = {
    "changed": (["UPDATE access_records SET caller = 'somebody else' WHERE number = 3"], 3),
    "removed": (["DELETE FROM access_records WHERE number = 3"], 4),
    "slipped in": ([FORGED], 13),
    "changed places": (SWAPPED, 2),
    "cut off at the beginning": (["DELETE FROM access_records WHERE number < 3"], 3),
}


@pytest.mark.parametrize("tampering", ["UPDATE access_records SET caller = 'x'", "DELETE FROM access_records"])
async def test_records_are_neither_changed_nor_removed(psql, ask_ehr: Ask, tampering: str):
    await ask_ehr(PATIENT_GP, **EXAMPLE)

    for statement in (tampering, "TRUNCATE access_records"):
        with pytest.raises(asyncpg.RaiseError, match="append-only"):
            await psql.execute(statement)


@pytest.mark.parametrize("tampering", TAMPERINGS)
async def test_what_an_owner_of_the_database_does_to_records_breaks_the_chain(
    registers: Database, psql, ask_ehr: Ask, tampering: str
):
    statements, broken = TAMPERINGS[tampering]
    for _ in range(5):
        await ask_ehr(PATIENT_GP, **EXAMPLE)
    async with registers.reading() as session:
        assert await log.broken_link(session) is None

    await psql.execute("ALTER TABLE access_records DISABLE TRIGGER USER")
    for statement in statements:
        await psql.execute(statement)

    async with registers.reading() as session:
        assert await log.broken_link(session) == broken

"""Rules that the database keeps, whoever writes."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from registers.changelog.append import Register, append
from registers.database.database import Database

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("table", ["organisations", "organisation_addresses"])
async def test_a_kind_that_nobody_knows_is_refused_by_the_database(seeded: Database, table):
    with pytest.raises(IntegrityError, match=f"{table}_kind_check"):
        async with seeded.rehearsing() as session:
            await append(session, register=Register.ORGANISATIONS, key="1", action="Tested", caller="test")
            await session.execute(text(f"UPDATE {table} SET kind = kind || 'a'"))

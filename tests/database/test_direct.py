"""The direct path to the database: the same rows as through a session, the same errors when it is unavailable."""

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from typing import Any

import asyncpg
import pytest
from sqlalchemy import BigInteger, Integer, Row, Select, and_, bindparam, inspect, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from registers.changelog.models import Entry
from registers.communication_parties.models import CommunicationParty, ElectronicAddress
from registers.core.errors import DatabaseUnavailable
from registers.database.database import POOL_OVERFLOW, POOL_SIZE, Database
from registers.database.direct.pool import GENERIC_PLANS, DirectPool
from registers.database.direct.prepared import PreparedStatement, prepared, prepared_statement_of
from registers.database.direct.session import DirectSession
from registers.organisations.models import Organisation
from registers.seed.sources import known
from tests.conftest import asking
from tests.support.published import published_operations

pytestmark = pytest.mark.anyio

BY_HER_ID = select(CommunicationParty).where(CommunicationParty.her_id == bindparam("her_id", type_=BigInteger))
SLOW = prepared(select(text("pg_sleep(30)")))


def plain(value: object) -> object:
    """A row, or an object of a model, as plain values."""
    if isinstance(value, tuple):
        return tuple(map(plain, value))
    mapper = getattr(type(value), "__mapper__", None)
    return (type(value), {each.key: getattr(value, each.key) for each in mapper.column_attrs}) if mapper else value


def listed(prepared_statement: PreparedStatement, rows: Sequence[Row[Any]]) -> list[object]:
    """The rows as plain values: in their order where the statement asks for one, else sorted."""
    all_rows = [plain(tuple(row)) for row in rows]
    return all_rows if "ORDER BY" in prepared_statement.sql else sorted(all_rows, key=repr)


@pytest.fixture
async def published(copied_url, monkeypatch) -> AsyncIterator[list[PreparedStatement]]:
    """Every prepared statement of the published operations, its rows compared with those of a session."""
    database = Database(copied_url)
    sent: dict[str, PreparedStatement] = {}
    execute = DirectSession.execute

    async def both(session: DirectSession, statement, params=None):
        prepared_statement = prepared_statement_of(statement, params or {})
        if prepared_statement is not None and isinstance(statement, Select):
            direct = (await session.send(prepared_statement, params or {})).all()
            async with AsyncSession(database.engine) as through_sqlalchemy:
                rows = (await through_sqlalchemy.execute(statement, params)).all()
            assert listed(prepared_statement, direct) == listed(prepared_statement, rows), prepared_statement.sql
            sent[prepared_statement.sql] = prepared_statement
        return await execute(session, statement, params)

    monkeypatch.setattr(DirectSession, "execute", both)
    for path, given, caller in published_operations():
        await asking(database, caller=caller)(path.read_text(encoding="utf-8"), **given)
    yield list(sent.values())
    await database.close()


async def test_every_published_question_gets_directly_what_a_session_gives_and_goes_by_indexes(published, copied_url):
    assert len(published) > 30, published
    connection = await asyncpg.connect(copied_url.replace("+asyncpg", ""), server_settings=GENERIC_PLANS)
    for prepared_statement in published:
        await connection.execute(f"PREPARE asked AS {prepared_statement.sql}")
        nothing = f"({', '.join(['NULL'] * len(prepared_statement.names))})" if prepared_statement.names else ""
        steps = "\n".join(row[0] for row in await connection.fetch(f"EXPLAIN EXECUTE asked{nothing}"))
        await connection.execute("DEALLOCATE asked")

        assert not re.search("Seq Scan|Hash Join|Merge Join|Disabled", steps), f"{prepared_statement.sql}\n{steps}"
    await connection.close()


async def test_objects_columns_and_what_an_outer_join_has_not_found_come_in_their_order(seeded):
    addresses = and_(
        ElectronicAddress.her_id == CommunicationParty.her_id, CommunicationParty.her_id == known.EXAMPLE_OFFICE
    )
    statement = prepared(
        select(Organisation.name, CommunicationParty, ElectronicAddress)
        .join(Organisation, Organisation.organisation_number == CommunicationParty.organisation_number)
        .outerjoin(ElectronicAddress, addresses)
        .where(CommunicationParty.kind.in_(["ORGANISATION", "SERVICE"]))
        .where(CommunicationParty.active == bindparam("active"))
        .order_by(CommunicationParty.her_id, ElectronicAddress.type)
    )

    async with seeded.reading() as session:
        direct = (await session.execute(statement, {"active": True})).all()
    async with AsyncSession(seeded.engine) as session:
        rows = (await session.execute(statement, {"active": True})).all()

    assert [plain(tuple(row)) for row in direct] == [plain(tuple(row)) for row in rows]
    assert {row[2] is None for row in direct} == {True, False}


async def test_rows_read_directly_belong_to_no_session(seeded):
    statement = prepared(BY_HER_ID)
    async with seeded.reading() as session:
        first, again = [await session.scalar(statement, {"her_id": known.EXAMPLE_GP}) for _ in range(2)]

        assert first is not again
        assert vars(session)["_session"] is None  # none was begun
    assert inspect(first).transient


async def test_a_value_that_cannot_be_sent_is_a_defect_and_not_an_unavailable_database(seeded):
    statement = prepared(select(Entry).where(Entry.number == bindparam("number", type_=Integer)))

    with pytest.raises(asyncpg.DataError, match="value out of int32 range"):
        async with seeded.reading() as session:
            await session.execute(statement, {"number": 2**40})


async def test_a_statement_that_takes_too_long_is_ended_and_its_connection_serves_on(seeded_url):
    database = Database(seeded_url, statement_timeout_seconds=1)
    with pytest.raises(asyncpg.QueryCanceledError):
        async with database.reading() as session:
            await session.execute(SLOW)

    async with database.reading() as session:
        assert await session.scalar(prepared(BY_HER_ID), {"her_id": known.EXAMPLE_GP}) is not None
    await database.close()


async def test_a_reader_that_gives_up_leaves_a_connection_that_serves_on(seeded):
    async def read() -> None:
        async with seeded.reading() as session:
            await session.execute(SLOW)

    for _ in range(POOL_SIZE + POOL_OVERFLOW + 1):
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05):
                await read()

    async with seeded.reading() as session:
        assert await session.scalar(prepared(BY_HER_ID), {"her_id": known.EXAMPLE_GP}) is not None


async def test_when_all_connections_are_taken_a_reader_waits_and_is_reported_at_last(seeded, monkeypatch):
    monkeypatch.setattr(seeded._direct_pool, "_wait_seconds", 0.2)
    sessions = [seeded.reading() for _ in range(POOL_SIZE + POOL_OVERFLOW)]
    for session in sessions:
        await session.__aenter__()
        await session.execute(prepared(BY_HER_ID), {"her_id": 1})

    with pytest.raises(DatabaseUnavailable):
        async with seeded.reading() as session:
            await session.execute(prepared(BY_HER_ID), {"her_id": 1})

    for session in sessions:
        await session.__aexit__(None, None, None)
    async with seeded.reading() as session:
        assert await session.scalar(prepared(BY_HER_ID), {"her_id": 1}) is None


async def test_a_connection_that_dies_while_it_is_asked_is_reported_and_replaced(copied_url):
    database = Database(copied_url)
    admin = await asyncpg.connect(copied_url.replace("+asyncpg", ""))

    async def kill() -> None:
        sleeping = "SELECT pid FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%'"
        while (pid := await admin.fetchval(sleeping)) is None:
            pass
        await admin.execute("SELECT pg_terminate_backend($1)", pid)

    killing = asyncio.create_task(kill())
    with pytest.raises(DatabaseUnavailable):
        async with database.reading() as session:
            await session.execute(SLOW)
    await killing

    async with database.reading() as session:
        assert await session.scalar(prepared(BY_HER_ID), {"her_id": known.EXAMPLE_GP}) is not None
    await admin.close()
    await database.close()


async def test_readers_of_both_kinds_never_wait_for_each_other(copied_url):
    database = Database(copied_url)
    kinds = [prepared(BY_HER_ID), BY_HER_ID]

    async def read(first, then) -> None:
        async with database.reading() as session:
            for statement in (first, then):
                assert await session.scalar(statement, {"her_id": known.EXAMPLE_GP}) is not None

    await asyncio.gather(*(read(*kinds[:: 1 if each % 2 else -1]) for each in range(4 * POOL_SIZE + 4 * POOL_OVERFLOW)))
    await database.close()


async def test_a_service_that_ends_waits_for_its_readers_and_takes_no_more(copied_url):
    database = Database(copied_url)
    begun = asyncio.Event()

    async def read() -> object:
        async with database.reading() as session:
            await session.execute(prepared(BY_HER_ID), {"her_id": 1})
            begun.set()
            return await session.scalar(prepared(select(text("pg_sleep(0.5)::text || 'slept'"))))

    reading = asyncio.create_task(read())
    await begun.wait()
    closing = asyncio.create_task(database.close())
    await asyncio.sleep(0)

    with pytest.raises(DatabaseUnavailable):
        await read()
    await closing
    assert await reading == "slept"


@pytest.mark.parametrize("failing", [asyncio.CancelledError, TimeoutError])
async def test_a_session_behind_is_closed_also_when_the_direct_connection_is_not(copied_url, monkeypatch, failing):
    database = Database(copied_url)

    async def fail(*_) -> None:
        raise failing

    with pytest.raises((asyncio.CancelledError, DatabaseUnavailable)):
        async with database.reading() as session:
            await session.execute(BY_HER_ID, {"her_id": 1})
            await session.execute(prepared(BY_HER_ID), {"her_id": 1})
            monkeypatch.setattr(DirectPool, "release", fail)

    assert "Checked out connections: 0" in database.engine.pool.status()
    await database.engine.dispose()


async def test_who_has_given_up_is_reported_that_even_when_the_server_hangs(seeded, monkeypatch):
    release = DirectPool.release

    async def hang(*those) -> None:
        await release(*those)
        raise TimeoutError

    with pytest.raises(asyncio.CancelledError):
        async with seeded.reading() as session:
            await session.execute(prepared(BY_HER_ID), {"her_id": 1})
            monkeypatch.setattr(DirectPool, "release", hang)
            raise asyncio.CancelledError


async def test_an_address_with_sqlalchemys_own_words_is_understood(seeded_url):
    separator = "&" if "?" in seeded_url else "?"
    database = Database(f"{seeded_url}{separator}prepared_statement_cache_size=0")

    async with database.reading() as session:
        assert await session.scalar(prepared(BY_HER_ID), {"her_id": known.EXAMPLE_GP}) is not None
    await database.close()

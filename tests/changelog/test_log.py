"""The log and the versions, kept by the database itself: spoken to as psql would, past all our code."""

import asyncio

import asyncpg
import pytest

from registers.changelog import append, repository
from registers.database.database import Database

pytestmark = pytest.mark.anyio

ENTRY = "INSERT INTO entries (register, key, action, caller) VALUES ('code_systems', 'T', 'Tried', 'psql')"
SYSTEM = "INSERT INTO code_systems (system, name, complete) VALUES ('T', 'Trial', true)"


@pytest.fixture
async def psql(database_url: str):
    connection = await asyncpg.connect(database_url.replace("postgresql+asyncpg", "postgresql"))
    yield connection
    await connection.close()


@pytest.mark.parametrize(
    "change",
    [
        SYSTEM,
        "UPDATE codes SET display = 'x' WHERE key = '9060/LE'",
        "DELETE FROM codes WHERE key = '9060/LE'",
        "TRUNCATE codes CASCADE",
    ],
)
async def test_a29_a_change_without_an_entry_is_refused_by_the_database(psql, change):
    with pytest.raises(asyncpg.RaiseError):
        await psql.execute(change)


async def test_an_entry_of_an_earlier_transaction_allows_no_change(psql):
    await psql.execute(ENTRY)
    number = await psql.fetchval("SELECT max(number) FROM entries")

    with pytest.raises(asyncpg.RaiseError, match="needs an entry"):
        async with psql.transaction():
            await psql.execute(f"SELECT set_config('registers.entry', '{number}', true)")
            await psql.execute(SYSTEM)


async def test_a_version_cannot_be_dated_back(psql):
    with pytest.raises(asyncpg.RaiseError, match="must be an entry of the same transaction"):
        async with psql.transaction():
            await psql.execute(ENTRY)
            await psql.execute(
                "INSERT INTO code_systems (system, name, complete, since_entry) VALUES ('T', 'Trial', true, 1)"
            )


@pytest.mark.parametrize(
    "tampering",
    ["UPDATE entries SET caller = 'nobody'", "DELETE FROM entries", "TRUNCATE entries"],
)
async def test_entries_are_immutable(psql, tampering):
    with pytest.raises(asyncpg.RaiseError, match="append-only"):
        await psql.execute(tampering)


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE codes_history SET display = 'x'",
        "DELETE FROM codes_history",
        "TRUNCATE codes_history",
        "INSERT INTO codes_history SELECT 5, c.* FROM codes c LIMIT 1",
    ],
)
async def test_history_is_written_by_the_database_alone(psql, tampering):
    with pytest.raises(asyncpg.RaiseError, match="by the database alone"):
        await psql.execute(tampering)


async def test_a_changed_and_then_deleted_row_leaves_a_version_for_each_time(psql):
    numbers = []
    for change in (
        SYSTEM,
        "UPDATE code_systems SET name = 'Trial 2' WHERE system = 'T'",
        "DELETE FROM code_systems WHERE system = 'T'",
    ):
        async with psql.transaction():
            numbers.append(await psql.fetchval(f"{ENTRY} RETURNING number"))
            await psql.execute(change)

    versions = await psql.fetch(
        "SELECT name, since_entry, until_entry FROM code_systems_history WHERE system = 'T' ORDER BY 2"
    )
    made, changed, deleted = numbers
    assert [tuple(version) for version in versions] == [("Trial", made, changed), ("Trial 2", changed, deleted)]


async def test_a30_numbers_are_dense_and_in_order_of_commit_with_many_writers(database: Database):
    seen: list[int] = []

    async def write(number: int) -> None:
        async with database.writing() as session:
            entry = await append.append(
                session,
                register=append.Register.CODE_SYSTEMS,
                key=str(number),
                action="Tried",
                caller="test",
            )
            if number % 5 == 0:
                await session.rollback()  # its number is given to the next writer
            else:
                seen.append(entry)

    async with database.reading() as session:
        before = await repository.head(session)
    assert before is not None
    await asyncio.gather(*(write(number) for number in range(60)))

    assert sorted(seen) == list(range(before.number + 1, before.number + 1 + len(seen)))
    async with database.reading() as session:
        assert await repository.broken_link(session) is None


async def test_a_forged_entry_breaks_the_chain_where_it_stands(psql, database: Database):
    for _ in range(5):
        await psql.execute(ENTRY)
    forged = await psql.fetchval("SELECT max(number) - 2 FROM entries")
    await psql.execute("ALTER TABLE entries DISABLE TRIGGER entries_are_immutable")
    await psql.execute("UPDATE entries SET caller = 'somebody else' WHERE number = $1", forged)

    async with database.reading() as session:
        assert await repository.broken_link(session) == forged


async def test_a_removed_entry_breaks_the_chain_behind_it(psql, database: Database):
    for _ in range(5):
        await psql.execute(ENTRY)
    removed = await psql.fetchval("SELECT max(number) - 2 FROM entries")
    await psql.execute("ALTER TABLE entries DISABLE TRIGGER entries_are_immutable")
    await psql.execute("DELETE FROM entries WHERE number = $1", removed)

    async with database.reading() as session:
        assert await repository.broken_link(session) == removed + 1

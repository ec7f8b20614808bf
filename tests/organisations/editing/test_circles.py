"""Nothing stands above itself and nothing succeeds itself, whatever writes it."""

import asyncio

import asyncpg
import pytest

from registers.organisations.models import Organisation, ReshUnit
from tests.support.edits.organisations import FREE, broken, changed, created, registered, succession
from tests.support.importer import Importer, counts
from tests.support.records_ar import resh, unit

pytestmark = pytest.mark.anyio

ENTRY = "INSERT INTO entries (register, key, action, caller) VALUES ('organisations', 'x', 'Changed', 'test')"
A, B, C = FREE[:3]
CIRCLES = {
    "organisations_no_circle": (
        f"UPDATE organisations SET parent_number = '{B}' WHERE organisation_number = '{A}'",
        f"UPDATE organisations SET parent_number = '{A}' WHERE organisation_number = '{B}'",
    ),
    "resh_units_no_circle": (
        "UPDATE resh_units SET parent_resh_id = 2 WHERE resh_id = 1",
        "UPDATE resh_units SET parent_resh_id = 3 WHERE resh_id = 2",
        "UPDATE resh_units SET parent_resh_id = 1 WHERE resh_id = 3",
    ),
    "organisation_successions_no_circle": (
        f"INSERT INTO organisation_successions VALUES ('{A}', '{B}', 'MERGED', now()), ('{C}', '{A}', 'SPLIT', now())",
        f"INSERT INTO organisation_successions VALUES ('{B}', '{C}', 'MOVED', now())",
    ),
    "resh_unit_successions_no_circle": (
        "INSERT INTO resh_unit_successions VALUES (1, 2, 'MERGED', now())",
        "INSERT INTO resh_unit_successions VALUES (2, 1, 'MERGED', now())",
    ),
}


@pytest.fixture
def importer(database, tmp_path) -> Importer:
    return Importer(database, tmp_path)


@pytest.fixture
async def records(edit) -> None:
    for number in (A, B, C):
        await registered(edit, number)
    for resh_id in (1, 2, 3):
        await created(edit, resh_id)


@pytest.fixture
async def connection(database_url: str, records):
    connection = await asyncpg.connect(database_url.replace("+asyncpg", ""))
    yield connection
    await connection.close()


@pytest.mark.parametrize("constraint", CIRCLES)
async def test_the_database_commits_no_circle(connection, constraint):
    with pytest.raises(asyncpg.CheckViolationError) as refused:
        async with connection.transaction():
            await connection.execute(ENTRY)
            for statement in CIRCLES[constraint]:
                await connection.execute(statement)
            await connection.execute("SET CONSTRAINTS ALL IMMEDIATE")

    assert refused.value.constraint_name == constraint  # pyright: ignore[reportAttributeAccessIssue]


@pytest.mark.parametrize("constraint", CIRCLES)
async def test_a_circle_that_is_closed_by_a_later_transaction_is_refused_at_its_commit(connection, constraint):
    *before, last = CIRCLES[constraint]
    for statement in before:
        async with connection.transaction():
            await connection.execute(ENTRY)
            await connection.execute(statement)

    with pytest.raises(asyncpg.CheckViolationError, match="leads back to itself"):
        async with connection.transaction():
            await connection.execute(ENTRY)
            await connection.execute(last)


async def test_a_tree_may_be_turned_upside_down_in_one_transaction(connection):
    async with connection.transaction():
        await connection.execute(ENTRY)
        await connection.execute("UPDATE resh_units SET parent_resh_id = 1 WHERE resh_id = 2")
    async with connection.transaction():
        await connection.execute(ENTRY)
        await connection.execute("UPDATE resh_units SET parent_resh_id = 2 WHERE resh_id = 1")
        await connection.execute("UPDATE resh_units SET parent_resh_id = NULL WHERE resh_id = 2")

    assert await connection.fetchval("SELECT parent_resh_id FROM resh_units WHERE resh_id = 1") == 2


async def test_of_two_moves_at_once_that_would_close_a_circle_one_is_made(edit, records):
    for _ in range(5):
        first, second = await asyncio.gather(
            changed(edit, "reshUnitMove", 1, parentReshId=2), changed(edit, "reshUnitMove", 2, parentReshId=1)
        )

        assert sorted([len(first["userErrors"]), len(second["userErrors"])]) == [0, 1]
        assert [rule for rule, _, _ in broken(first) + broken(second)] == ["R-ORG-034"]
        for resh_id in (1, 2):
            await changed(edit, "reshUnitMove", resh_id, parentReshId=None)


async def test_of_two_transactions_that_close_a_circle_together_one_is_committed(connection, database_url):
    other = await asyncpg.connect(database_url.replace("+asyncpg", ""))

    async def move(by: asyncpg.Connection, statement: str) -> str:
        async with by.transaction(isolation="repeatable_read"):
            await by.fetchval("SELECT count(*) FROM resh_units")  # fixes what it sees, before its turn
            await both_see.wait()
            await by.execute(ENTRY)
            await by.execute(statement)
        return "committed"

    both_see = asyncio.Barrier(2)
    ended = await asyncio.gather(
        move(connection, "UPDATE resh_units SET parent_resh_id = 2 WHERE resh_id = 1"),
        move(other, "UPDATE resh_units SET parent_resh_id = 1 WHERE resh_id = 2"),
        return_exceptions=True,
    )
    await other.close()

    assert ended.count("committed") == 1
    assert [type(each) for each in ended if each != "committed"] == [
        asyncpg.UniqueViolationError
    ]  # of the log's number


async def test_a_circle_that_a_check_let_through_is_refused_by_the_rules_number(edit, records, monkeypatch):
    async def nothing_below(*_: object, **__: object) -> bool:
        return False

    monkeypatch.setattr("registers.organisations.editing.resh_units.unit_stands_below", nothing_below)
    await changed(edit, "reshUnitMove", 2, parentReshId=1)

    for dry_run in (False, True):
        payload = await changed(edit, "reshUnitMove", 1, parentReshId=2, dryRun=dry_run)
        assert broken(payload) == [("R-ORG-034", [], None)]


async def test_a_file_whose_chart_has_a_circle_costs_the_record_that_closes_it(importer):
    chart = [resh(reshId=1, parentReshId=3), resh(reshId=2, parentReshId=1), resh(reshId=3, parentReshId=2)]

    report = await importer(*chart)

    assert counts(report) == {"read": 3, "new": 2, "announced": 2, "refused": 1}
    assert [(each.rule, each.text) for each in report.refusals] == [
        ("constraint", "breaks the rule resh_units_no_circle")
    ]
    assert [(row["resh_id"], row["parent_resh_id"]) for row in await importer.rows(ReshUnit)] == [
        (1, 3),
        (2, 1),
        (3, None),
    ]


async def test_a_rehearsed_import_finds_the_circle_too(importer):
    chart = [resh(reshId=1, parentReshId=2), resh(reshId=2, parentReshId=1)]

    report = await importer(*chart, dry_run=True)

    assert counts(report)["refused"] == 1


async def test_a_file_that_turns_the_chart_upside_down_is_taken_whole(importer):
    await importer(resh(reshId=1), resh(reshId=2, parentReshId=1))

    report = await importer(resh(reshId=1, parentReshId=2), resh(reshId=2))

    assert counts(report) == {"read": 2, "changed": 2}


async def test_main_units_above_one_another_cost_the_record_that_closes_the_circle(importer):
    first = unit(organisasjonsnummer="310001007", overordnetEnhet="311001000")

    report = await importer(first, unit(overordnetEnhet="310001007"))

    assert [each.text for each in report.refusals] == ["breaks the rule organisations_no_circle"]
    assert {row["organisation_number"]: row["parent_number"] for row in await importer.rows(Organisation)} == {
        "310001007": "311001000",
        "311001000": None,
    }


async def test_a_dry_run_that_would_close_a_circle_of_successors_is_refused(edit, records):
    await changed(edit, "organisationSucceed", A, input=succession(B))

    payload = await changed(edit, "organisationSucceed", B, input=succession(A), dryRun=True)

    assert broken(payload) == [("R-ORG-020", ["input", "successors", "0"], B)]

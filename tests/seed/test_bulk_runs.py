"""Runs of the bulk load: again, into the wrong database, interrupted, and at full size."""

import pytest
from sqlalchemy import text

from registers.changelog.append import Register, append
from registers.database.database import Database
from registers.seed.bulk.birthdays import born
from registers.seed.bulk.lists import gp_lists
from registers.seed.bulk.load import LARGE, OTHERS, BulkReport, load
from registers.seed.bulk.prerequisites import NotReady
from registers.seed.bulk.size import NORWAY
from tests.seed.bulk_share import (
    CORE_PERSON,
    CORE_PROFESSIONAL,
    DEFINITIONS,
    NUMBERED,
    ONE_MORE_OF_EACH,
    SIZE,
    Interrupted,
    clock,
    rows,
    scalar,
)

pytestmark = pytest.mark.anyio


async def test_a_second_load_adds_nothing(loaded: tuple[Database, BulkReport]):
    database, _ = loaded
    entries = await scalar(database, "SELECT count(*) FROM entries")

    report = await load(database, SIZE, now=clock)

    assert (report.added, report.rows) == (False, {})
    assert await scalar(database, "SELECT count(*) FROM entries") == entries


async def test_a_load_leaves_no_table_for_the_autovacuum(loaded: tuple[Database, BulkReport]):
    database, _ = loaded

    found = await rows(
        database,
        """
        SELECT relname, reltuples > 0
        FROM pg_class JOIN pg_stat_user_tables USING (relname) WHERE vacuum_count > 0 ORDER BY relname
        """,
    )

    assert [(name, True) for name in sorted((*LARGE, *OTHERS))] == [tuple(each) for each in found]


async def test_the_next_person_and_authorisation_get_the_next_ids(loaded: tuple[Database, BulkReport]):
    database, _ = loaded
    last = [await scalar(database, f"SELECT max({key}) FROM {table}") for table, key in NUMBERED]

    async with database.rehearsing() as session:  # never committed
        await append(session, register=Register.GP_LISTS, key="1", action="Tested", caller="test")
        given = [await session.scalar(text(statement)) for statement in ONE_MORE_OF_EACH]

    assert given == [each + 1 for each in last]


async def test_the_people_of_the_core_are_left_unchanged(loaded: tuple[Database, BulkReport]):
    database, _ = loaded

    found = await rows(
        database,
        f"""
        SELECT (SELECT first_name FROM health_professionals WHERE hpr_number = {CORE_PROFESSIONAL}), first_name
        FROM persons JOIN person_national_ids USING (person_id) WHERE national_id = '{CORE_PERSON}'
        """,
    )

    assert found == [("Nordlys", "Snø")]


async def test_a_gp_is_authorised_and_has_a_party_at_the_office(loaded: tuple[Database, BulkReport]):
    database, _ = loaded
    doctors = {each.contract_id: set(each.doctors) for each in gp_lists(SIZE)}

    cycles = await rows(database, "SELECT contract_id, hpr_number FROM doctor_cycles")
    unauthorised = await scalar(
        database,
        f"""
        SELECT count(*) FROM doctor_cycles AS cycle
        WHERE hpr_number <> {CORE_PROFESSIONAL} AND NOT EXISTS (
          SELECT FROM authorisations a WHERE a.hpr_number = cycle.hpr_number AND profession = '9060/LE'
            AND tstzrange(a.valid_from, a.valid_to) @> cycle.valid_from)
        """,
    )

    assert [cycle for cycle in cycles if cycle[1] not in doctors[cycle[0]]] == []
    assert unauthorised == 0


async def test_the_same_size_gives_the_same_rows(loaded: tuple[Database, BulkReport], ready: Database):
    database, _ = loaded

    await load(ready, SIZE, now=clock)

    for table in LARGE:
        everything = f"SELECT t::text FROM {table} AS t ORDER BY 1"
        assert await rows(ready, everything) == await rows(database, everything)


async def test_without_the_offices_nothing_is_loaded(database: Database):
    with pytest.raises(NotReady, match="60 of 60 GP offices have no communication party"):
        await load(database, SIZE, now=clock)

    assert await scalar(database, "SELECT count(*) FROM entries WHERE caller = 'seed'") == 0


async def test_lists_of_another_origin_are_not_mixed_with(ready: Database):
    async with ready.writing() as session:
        await append(session, register=Register.GP_LISTS, key="1", action="Tested", caller="test")
        await session.execute(
            text(
                "INSERT INTO gp_contracts (id, reference_only, max_patients, patients_on_waiting_list, common_list,"
                f" fixed_salary, valid_from) VALUES ({gp_lists(SIZE)[7].contract_id}, false, 1, 0, false, false, now())"
            )
        )

    with pytest.raises(NotReady, match="more people or GP lists than those of the core"):
        await load(ready, SIZE, now=clock)


async def test_a_failed_load_leaves_every_constraint_and_no_row(ready: Database):
    before = sorted(await rows(ready, DEFINITIONS))

    def fail(step: str, done: int, of: int) -> None:
        if step == "constraints":
            raise Interrupted

    with pytest.raises(Interrupted):
        await load(ready, SIZE, now=clock, progress=fail)

    assert sorted(await rows(ready, DEFINITIONS)) == before
    assert await scalar(ready, "SELECT count(*) FROM persons") == 1


def test_norway_has_a_thousand_patients_to_a_list_and_five_million_and_more_in_all():
    lists = [each for each in gp_lists(NORWAY) if each.until is None]
    lengths = [each.patients for each in lists]

    assert (len(lists), sum(lengths), sum(each.vacant for each in lists)) == (5_700, 5_600_000, 322)
    assert 490 < min(lengths) < max(lengths) < 2_500
    assert len({each.contract_id for each in lists}) == 5_700


def test_norway_does_not_run_out_of_numbers_and_keeps_off_those_of_professionals():
    """Individual numbers from 330 (born from 2000 on: 830) belong to professionals."""
    for index in range(NORWAY.patients + NORWAY.departed - 300_000, NORWAY.patients + NORWAY.departed):
        for number in (born(index).national_id, born(index).d_number):
            assert int(number[-5:-2]) % 500 < 330

"""Loading people and GP lists in bulk: a small share of what `norway` loads, by the same code."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import asyncpg
import pytest
from sqlalchemy import text

from registers.changelog.repository import broken_link
from registers.changelog.service import Register, append
from registers.core.database import Database
from registers.core.identifiers import NationalId
from registers.core.national_id import Synthetic, describe_national_id, parse_national_id
from registers.embedded.postgres import EmbeddedPostgres
from registers.seed import numbers
from registers.seed.bulk_birthdays import born
from registers.seed.bulk_ground import NotReady
from registers.seed.bulk_lists import gp_lists
from registers.seed.bulk_size import NORWAY, Size
from registers.seed.norway import LARGE, BulkReport, load
from registers.seed.scale import Scale

pytestmark = pytest.mark.anyio

SIZE = Size(
    scale=Scale.CITY,
    professionals=4_000,
    lists=60,
    vacant_lists=6,
    ended_lists=3,
    patients=1_500,
    departed=60,
)
CORE_PROFESSIONAL = numbers.hpr_number(3)
CORE_PERSON = NationalId("01892650000")
NOW = "TIMESTAMPTZ '2026-11-23 12:00+00'"  # what the registers of every scale call today

DEFINITIONS = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), convalidated FROM pg_constraint
    UNION ALL SELECT tablename, indexname, indexdef, true FROM pg_indexes WHERE schemaname = 'public'
"""
ORGANISATIONS = """
    INSERT INTO organisations (organisation_number, check_digit_holds, reference_only, kind, name, valid_from)
    SELECT number, true, false, 'SUB_UNIT', 'Kontor', '1996-01-01' FROM unnest(CAST(:numbers AS text[])) AS number
"""
PARTIES = """
    INSERT INTO communication_parties
      (her_id, kind, reference_only, name, active, messaging_valid, organisation_number, transport, valid_from)
    SELECT 8000000 + place, 'ORGANISATION', false, 'Kontor', true, true, number, 'ENABLED', '2010-01-01'
    FROM unnest(CAST(:numbers AS text[])) WITH ORDINALITY AS office (number, place)
"""


PEOPLE_OF_THE_CORE = (
    f"INSERT INTO health_professionals (hpr_number, reference_only, first_name)"
    f" VALUES ({CORE_PROFESSIONAL}, false, 'Nordlys')",
    "INSERT INTO persons (first_name, protection) VALUES ('Snø', 'none')",
    f"INSERT INTO person_national_ids SELECT '{CORE_PERSON}', person_id, true, true FROM persons",
)
NUMBERED = (("persons", "person_id"), ("authorisations", "id"))

ONE_MORE_OF_EACH = (
    "INSERT INTO persons (protection) VALUES ('none') RETURNING person_id",
    "INSERT INTO authorisations (hpr_number, profession, kind, valid_from)"
    f" VALUES ({CORE_PROFESSIONAL}, '9060/LE', '7704/1', now()) RETURNING id",
)


class Interrupted(Exception):
    """Stands for whatever may end a load early."""


def clock() -> datetime:
    return datetime(2026, 11, 23, 12, tzinfo=UTC)


async def rows(database: Database, statement: str) -> list[Any]:
    async with database.reading() as session:
        return [tuple(row) for row in await session.execute(text(statement))]


async def scalar(database: Database, statement: str) -> Any:
    return (await rows(database, statement))[0][0]


async def make_ready(database: Database) -> None:
    """The organisations that hold the lists, each with a party, and of people one professional and one person."""
    offices = sorted({each.office_number for each in gp_lists(SIZE)})
    async with database.writing() as session:
        await append(session, register=Register.ORGANISATIONS, key="all", action="Tested", caller="test")
        await session.execute(text(ORGANISATIONS), {"numbers": offices})
        await session.execute(text(PARTIES), {"numbers": offices})
        for statement in PEOPLE_OF_THE_CORE:
            await session.execute(text(statement))


@pytest.fixture
async def ready(database: Database) -> Database:
    """A database that may be loaded."""
    await make_ready(database)
    return database


@pytest.fixture(scope="module")
async def loaded_once(postgres: EmbeddedPostgres, migrated: str) -> AsyncIterator[tuple[str, BulkReport]]:
    """A loaded database, shared by tests that only read."""
    connection = await asyncpg.connect(postgres.url_of("postgres").replace("postgresql+asyncpg", "postgresql"))
    await connection.execute(f'CREATE DATABASE bulk TEMPLATE "{migrated}"')
    await connection.close()
    database = Database(postgres.url_of("bulk"))
    await make_ready(database)
    report = await load(database, SIZE, now=clock)
    await database.close()
    yield postgres.url_of("bulk"), report


@pytest.fixture
async def loaded(loaded_once: tuple[str, BulkReport]) -> AsyncIterator[tuple[Database, BulkReport]]:
    url, report = loaded_once
    database = Database(url)
    yield database, report
    await database.close()


async def test_a_load_adds_what_it_reports(loaded: tuple[Database, BulkReport]):
    database, report = loaded

    counted = {table: await scalar(database, f"SELECT count(*) FROM {table}") for table in LARGE}

    of_core = {"health_professionals": 1, "persons": 1, "person_national_ids": 1}
    assert counted == {table: report.rows[table] + of_core.get(table, 0) for table in LARGE}
    assert counted["health_professionals"] == SIZE.professionals
    assert counted["persons"] == SIZE.patients + SIZE.departed + 1
    assert report.rows["gp_contracts"] == SIZE.lists + SIZE.ended_lists
    assert 1.4 < counted["authorisations"] / SIZE.professionals < 1.6


async def test_as_many_patients_are_on_a_list_today_as_were_asked_for(loaded: tuple[Database, BulkReport]):
    database, _ = loaded
    on_a_list = f"SELECT count(*) FROM patient_associations WHERE tstzrange(valid_from, valid_to) @> {NOW}"

    patients = await scalar(database, on_a_list)

    assert SIZE.patients <= patients < SIZE.patients + SIZE.departed  # who was too young to depart has stayed


async def test_nobody_is_on_two_lists_and_the_next_begins_where_the_last_ended(loaded: tuple[Database, BulkReport]):
    database, _ = loaded

    gaps = await rows(
        database,
        """
        SELECT DISTINCT next - valid_to, contract_id = next_contract FROM (
          SELECT valid_to, contract_id,
                 lead(valid_from) OVER person AS next, lead(contract_id) OVER person AS next_contract
          FROM patient_associations WINDOW person AS (PARTITION BY person_id ORDER BY valid_from)) AS stays
        WHERE next IS NOT NULL
        """,
    )

    assert [(gap.total_seconds(), same) for gap, same in gaps] == [(0, False)]


async def test_stays_begin_on_the_first_of_a_month_within_the_contract_and_after_birth(
    loaded: tuple[Database, BulkReport],
):
    database, _ = loaded

    odd = await scalar(
        database,
        """
        SELECT count(*)
        FROM patient_associations a JOIN persons p USING (person_id) JOIN gp_contracts c ON c.id = contract_id
        WHERE extract(day FROM a.valid_from AT TIME ZONE 'Europe/Oslo') <> 1
           OR a.valid_from < p.born_on OR NOT tstzrange(c.valid_from, c.valid_to) @> tstzrange(a.valid_from, a.valid_to)
        """,
    )

    assert odd == 0


async def test_every_constraint_and_index_is_back_and_valid(ready: Database):
    before = sorted(await rows(ready, DEFINITIONS))

    await load(ready, SIZE, now=clock)

    assert sorted(await rows(ready, DEFINITIONS)) == before
    assert all(valid for *_, valid in before)


async def test_every_national_id_is_synthetic_valid_and_one_persons(loaded: tuple[Database, BulkReport]):
    database, _ = loaded

    found = await rows(
        database,
        "SELECT national_id FROM person_national_ids"
        " UNION ALL SELECT national_id FROM health_professionals WHERE national_id IS NOT NULL",
    )

    assert len(set(found)) == len(found) > SIZE.patients + SIZE.professionals * 0.9
    for (number,) in found:
        assert describe_national_id(parse_national_id(number)).synthetic is Synthetic.TENOR


async def test_the_log_is_whole_and_holds_an_entry_for_each_record(loaded: tuple[Database, BulkReport]):
    database, report = loaded

    async with database.reading() as session:
        assert await broken_link(session) is None
    actions = dict(await rows(database, "SELECT action, count(*) FROM entries WHERE caller = 'seed' GROUP BY action"))
    assert actions == {
        "BulkLoaded": 1,
        "HealthProfessionalLoaded": SIZE.professionals - 1,
        "GpOfficeLoaded": report.rows["gp_offices"],
        "GpContractLoaded": SIZE.lists + SIZE.ended_lists,
    }


@pytest.mark.parametrize(
    ("table", "register", "key", "action"),
    [
        ("health_professionals", "personnel", "row.hpr_number", "HealthProfessionalLoaded"),
        ("authorisations", "personnel", "row.hpr_number", "HealthProfessionalLoaded"),
        ("gp_offices", "gp_lists", "row.organisation_number", "GpOfficeLoaded"),
        ("gp_contracts", "gp_lists", "row.id", "GpContractLoaded"),
        ("doctor_cycles", "gp_lists", "row.contract_id", "GpContractLoaded"),
    ],
)
async def test_a_row_stands_under_the_entry_of_its_record(
    loaded: tuple[Database, BulkReport], table: str, register: str, key: str, action: str
):
    database, report = loaded

    under_own = await scalar(
        database,
        f"""
        SELECT count(*) FROM {table} AS row JOIN entries ON number = since_entry
        WHERE register = '{register}' AND key = {key}::text AND action = '{action}'
        """,
    )

    assert under_own == report.rows[table]


async def test_a_stay_is_not_known_before_its_person_and_its_contract(loaded: tuple[Database, BulkReport]):
    database, _ = loaded

    known_too_early = await scalar(
        database,
        """
        SELECT count(*)
        FROM patient_associations a JOIN persons p USING (person_id) JOIN gp_contracts c ON c.id = contract_id
        WHERE a.since_entry < greatest(p.since_entry, c.since_entry)
        """,
    )

    assert known_too_early == 0


async def test_a_second_load_adds_nothing(loaded: tuple[Database, BulkReport]):
    database, _ = loaded
    entries = await scalar(database, "SELECT count(*) FROM entries")

    report = await load(database, SIZE, now=clock)

    assert (report.added, report.rows) == (False, {})
    assert await scalar(database, "SELECT count(*) FROM entries") == entries


async def test_the_next_person_and_authorisation_get_the_next_ids(loaded: tuple[Database, BulkReport]):
    database, _ = loaded
    last = [await scalar(database, f"SELECT max({key}) FROM {table}") for table, key in NUMBERED]

    async with database.reading() as session:  # never committed
        await append(session, register=Register.GP_LISTS, key="1", action="Tested", caller="test")
        given = [await session.scalar(text(statement)) for statement in ONE_MORE_OF_EACH]

    assert given == [each + 1 for each in last]


async def test_the_cores_people_stay_as_they_are(loaded: tuple[Database, BulkReport]):
    database, _ = loaded

    found = await rows(
        database,
        f"""
        SELECT (SELECT first_name FROM health_professionals WHERE hpr_number = {CORE_PROFESSIONAL}), first_name
        FROM persons JOIN person_national_ids USING (person_id) WHERE national_id = '{CORE_PERSON}'
        """,
    )

    assert found == [("Nordlys", "Snø")]


async def test_a_gp_is_authorised_and_has_a_place_at_the_office(loaded: tuple[Database, BulkReport]):
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

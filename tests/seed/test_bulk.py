"""Loading people and GP lists in bulk: a small share of what `norway` loads, by the same code."""

import pytest

from registers.changelog.repository import broken_link
from registers.core.national_id import Synthetic, describe_national_id, parse_national_id
from registers.database.database import Database
from registers.seed.bulk.load import LARGE, BulkReport, load
from tests.seed.bulk_share import DEFINITIONS, NOW, SIZE, clock, rows, scalar

pytestmark = pytest.mark.anyio


async def test_a_load_adds_what_it_reports(loaded: tuple[Database, BulkReport]):
    database, report = loaded

    counted = {table: await scalar(database, f"SELECT count(*) FROM {table}") for table in LARGE}

    of_core = {"health_professionals": 1, "persons": 1, "person_national_ids": 1}
    assert counted == {table: report.rows[table] + of_core.get(table, 0) for table in LARGE}
    assert counted["health_professionals"] == SIZE.professionals
    assert counted["persons"] == SIZE.patients + SIZE.departed + 1
    assert report.rows["gp_contracts"] == SIZE.lists + SIZE.ended_lists
    assert 1.4 < counted["authorisations"] / SIZE.professionals < 1.6


async def test_the_size_is_the_number_of_patients_on_a_list_today(loaded: tuple[Database, BulkReport]):
    database, _ = loaded
    on_a_list = f"SELECT count(*) FROM patient_associations WHERE tstzrange(valid_from, valid_to) @> {NOW}"

    patients = await scalar(database, on_a_list)

    assert SIZE.patients <= patients < SIZE.patients + SIZE.departed  # persons too young to depart have stayed


async def test_nobody_is_on_two_lists_and_the_next_begins_where_the_last_ended(loaded: tuple[Database, BulkReport]):
    database, _ = loaded

    gaps = await rows(
        database,
        """
        SELECT DISTINCT next - valid_to, contract_id = next_contract FROM (
          SELECT valid_to, contract_id,
                 lead(valid_from) OVER person AS next, lead(contract_id) OVER person AS next_contract
          FROM patient_associations WINDOW person AS (PARTITION BY person_id ORDER BY valid_from)) AS associations
        WHERE next IS NOT NULL
        """,
    )

    assert [(gap.total_seconds(), same) for gap, same in gaps] == [(0, False)]


async def test_associations_begin_on_the_first_of_a_month_within_the_contract_and_after_birth(
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


async def test_every_constraint_index_and_trigger_is_restored_and_valid(ready: Database):
    before = sorted(await rows(ready, DEFINITIONS))

    await load(ready, SIZE, now=clock)

    merged = await rows(ready, "SELECT hpr_number FROM health_professionals WHERE replaced_by IS NOT NULL")
    assert merged  # each makes a trigger wait for the commit
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


async def test_the_log_is_unbroken_and_has_an_entry_for_each_record(loaded: tuple[Database, BulkReport]):
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
async def test_a_row_belongs_to_the_entry_of_its_record(
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


async def test_an_association_is_not_known_before_its_person_and_its_contract(loaded: tuple[Database, BulkReport]):
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

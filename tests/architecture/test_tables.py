"""Every table keeps the rules of tables, or stands here with its reason; and a table that breaks one is reported."""

from collections.abc import AsyncIterator

import asyncpg
import pytest

from registers.embedded.postgres import EmbeddedPostgres
from registers.published_rules import RULE_OF_CONSTRAINT, RULES
from tests.architecture import catalogue
from tests.architecture.versions import incomplete_versions
from tests.conftest import copied

pytestmark = pytest.mark.anyio

AN_INSTANT = "has no valid_to: an identifier gives way at one instant, for good"
ONE_ROW = "one row a record: the key alone leaves no room for a second period"
ONCE_BY_EDIT = "imports take HPR's rows as they come; an edit refuses a second one (R-HPR-013)"
NOT_LOOKED_FOR = "a professional is never deleted, and no row is found by it"
ORDERED_BY_NUMBER = "a log: append-only, ordered by number"

REASONS: dict[catalogue.TableRule, dict[str, str]] = {
    catalogue.tables_without_versions: {
        "entries": f"the log itself; {ORDERED_BY_NUMBER}",
        "access_records": f"who read what; {ORDERED_BY_NUMBER}",
        "source_records": "what the imports remember of files; no record of a register",
        "idempotency_keys": "answers to edits, which the log holds",
        "digest_keys": "one row, made by the database",
        "alembic_version": "of the migrations",
    },
    catalogue.tables_without_period_check: {
        "organisation_successions": AN_INSTANT,
        "resh_unit_successions": AN_INSTANT,
    },
    catalogue.tables_without_exclusion: {
        "organisation_successions": AN_INSTANT,
        "resh_unit_successions": AN_INSTANT,
        "codes": ONE_ROW,
        "organisations": ONE_ROW,
        "resh_units": ONE_ROW,
        "communication_parties": ONE_ROW,
        "gp_contracts": ONE_ROW,
        "authorisations": "licences may overlap; edits of authorisations are kept apart by the trigger one_at_a_time",
        "requisition_rights": ONCE_BY_EDIT,
        "specialities": ONCE_BY_EDIT,
        "additional_competences": ONCE_BY_EDIT,
        "suspensions": ONCE_BY_EDIT,
        "administrative_reactions": ONCE_BY_EDIT,
        "doctor_cycles": "a list may have several doctors; edits are kept apart by the trigger doctors_do_not_clash",
        "team_members": "a team has several members",
        "out_of_office_locations": "a doctor may see patients at several addresses",
    },
    catalogue.pointers_without_index: {
        "communication_parties_parent_her_id_parent_kind_fkey": "parent_kind is constant; parent_her_id has an index",
        "doctor_cycles_substitute_for_fkey": NOT_LOOKED_FOR,
        "primary_health_care_teams_leader_hpr_number_fkey": NOT_LOOKED_FOR,
    },
    catalogue.tables_without_comment: {"alembic_version": "of the migrations"},
    incomplete_versions: {},
}

THING = "CREATE TABLE planted (id int PRIMARY KEY, valid_from timestamptz, valid_to timestamptz"
VERSIONED = """CREATE TABLE planted (id int PRIMARY KEY, name text, since_entry bigint NOT NULL);
CALL keep_versions_of('planted'); CALL index_versions_of('planted');"""
A_KEY = "organisation text CONSTRAINT planted_fkey REFERENCES organisations"

PLANTED = [
    (catalogue.tables_without_versions, f"{THING})", "planted"),
    (catalogue.tables_without_period_check, f"{THING})", "planted"),
    (catalogue.tables_without_period_check, f"{THING}, CHECK (valid_to >= valid_from))", "planted"),
    (catalogue.tables_without_period_check, f"{THING}, CHECK (valid_from < now()))", "planted"),
    (
        catalogue.tables_without_period_check,
        f"{THING}); ALTER TABLE planted ADD CHECK (valid_to > valid_from) NOT VALID",
        "planted",
    ),
    (catalogue.tables_without_exclusion, f"{THING}, CHECK (valid_to > valid_from))", "planted"),
    (
        catalogue.tables_without_exclusion,
        f"{THING}, EXCLUDE USING gist (tstzrange(valid_from, valid_to) WITH &&) WHERE (id > 7))",
        "planted",
    ),
    (
        catalogue.tables_without_exclusion,
        f"{THING}, EXCLUDE USING gist (tstzrange(valid_from, valid_to, '()') WITH &&))",
        "planted",
    ),
    (catalogue.pointers_without_index, f"CREATE TABLE planted ({A_KEY})", "planted_fkey"),
    (
        catalogue.pointers_without_index,
        f"CREATE TABLE planted ({A_KEY}, id int); CREATE INDEX ON planted (id, organisation)",
        "planted_fkey",
    ),
    (
        catalogue.pointers_without_index,
        f"CREATE TABLE planted ({A_KEY}, id int); CREATE INDEX ON planted (organisation) WHERE id > 7",
        "planted_fkey",
    ),
    (catalogue.tables_without_comment, f"{THING})", "planted"),
    (
        incomplete_versions,
        "CREATE TABLE planted (id int PRIMARY KEY, since_entry bigint NOT NULL)",
        "planted: a twin with the same columns, until_entry first",
    ),
    (
        incomplete_versions,
        f"{VERSIONED} ALTER TABLE planted ADD city text",
        "planted: a twin with the same columns, until_entry first",
    ),
    (
        incomplete_versions,
        f"{VERSIONED} ALTER TABLE planted_history ALTER name TYPE varchar(9)",
        "planted: a twin with the same columns, until_entry first",
    ),
    (
        incomplete_versions,
        f"{VERSIONED} ALTER TABLE planted_history DROP CONSTRAINT planted_history_pkey, ADD PRIMARY KEY (id)",
        "planted: the twin's key, until_entry first",
    ),
    (
        incomplete_versions,
        f"{VERSIONED} DROP TRIGGER version_is_kept ON planted",
        "planted: version_is_kept as the others have it, in force",
    ),
    (
        incomplete_versions,
        f"{VERSIONED} ALTER TABLE planted DISABLE TRIGGER change_has_entry",
        "planted: change_has_entry as the others have it, in force",
    ),
    (
        incomplete_versions,
        f"{VERSIONED} DROP TRIGGER history_is_immutable ON planted_history",
        "planted: history_is_immutable as the others have it, in force",
    ),
    (
        incomplete_versions,
        f"{VERSIONED} DROP INDEX planted_history_since_entry_idx",
        "planted: an index of planted_history",
    ),
]


@pytest.fixture(scope="module")
async def migrated_copy(postgres: EmbeddedPostgres, migrated: str) -> AsyncIterator[asyncpg.Connection]:
    async with copied(postgres, migrated) as url:
        connection = await asyncpg.connect(url.replace("+asyncpg", ""))
        yield connection
        await connection.close()


@pytest.fixture
async def connection(migrated_copy: asyncpg.Connection) -> AsyncIterator[asyncpg.Connection]:
    """To a migrated database; what a test creates in it is gone afterwards."""
    transaction = migrated_copy.transaction()
    await transaction.start()
    yield migrated_copy
    await transaction.rollback()


@pytest.mark.parametrize("rule", REASONS, ids=lambda rule: rule.__name__)
async def test_every_table_keeps_the_rule_or_has_its_reason_here(connection, rule):
    assert await rule(connection) == set(REASONS[rule])


@pytest.mark.parametrize(("rule", "statements", "reported"), PLANTED)
async def test_a_table_that_breaks_the_rule_is_reported(connection, rule, statements, reported):
    await connection.execute(statements)

    assert reported in await rule(connection)


async def test_a_table_that_keeps_every_rule_is_reported_by_none(connection):
    await connection.execute(
        """CREATE TABLE planted (id int PRIMARY KEY, organisation text REFERENCES organisations,
             valid_from timestamptz NOT NULL, valid_to timestamptz, since_entry bigint NOT NULL,
             CHECK (valid_to IS NULL OR valid_to > valid_from),
             EXCLUDE USING gist (organisation WITH =, tstzrange(valid_from, valid_to) WITH &&));
           CREATE INDEX ON planted (organisation); COMMENT ON TABLE planted IS 'Planted.';
           CALL keep_versions_of('planted'); CALL index_versions_of('planted')"""
    )

    for rule, reasons in REASONS.items():
        assert await rule(connection) == set(reasons)


async def test_every_constraint_that_a_rule_names_is_one_of_the_database(connection):
    assert RULES, "rules that nobody has imported are in no table"

    unknown = RULE_OF_CONSTRAINT.keys() - await catalogue.known_to_database(connection, list(RULE_OF_CONSTRAINT))

    assert unknown == set()
    assert await catalogue.known_to_database(connection, ["doctor_cycles_one_gp"]) == set()

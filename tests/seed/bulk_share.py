"""A small share of what `norway` loads, and the records that it needs."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import text

from registers.changelog.append import Register, append
from registers.core.identifiers import NationalId
from registers.database.database import Database
from registers.seed.bulk.lists import gp_lists
from registers.seed.bulk.size import Size
from registers.seed.sources import numbers
from registers.seed.sources.scale import Scale

SIZE = Size(
    scale=Scale.CITY,
    professionals=4_200,  # one of the last two hundred is merged into another
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
    UNION ALL SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid), tgenabled = 'O' FROM pg_trigger
    WHERE NOT tgisinternal
"""
ORGANISATIONS = """
    INSERT INTO organisations (organisation_number, check_digit_holds, reference_only, kind, name, valid_from)
    SELECT number, true, false, 'underenhet', 'Kontor', '1996-01-01' FROM unnest(CAST(:numbers AS text[])) AS number
"""
PARTIES = """
    INSERT INTO communication_parties
      (her_id, kind, reference_only, name, active, messaging_valid, organisation_number, transport, valid_from)
    SELECT 8000000 + position, 'ORGANISATION', false, 'Kontor', true, true, number, 'ENABLED', '2010-01-01'
    FROM unnest(CAST(:numbers AS text[])) WITH ORDINALITY AS office (number, position)
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
    """Stands for anything that may interrupt a load."""


def clock() -> datetime:
    return datetime(2026, 11, 23, 12, tzinfo=UTC)


async def rows(database: Database, statement: str) -> list[Any]:
    async with database.reading() as session:
        return [tuple(row) for row in await session.execute(text(statement))]


async def scalar(database: Database, statement: str) -> Any:
    return (await rows(database, statement))[0][0]


async def make_ready(database: Database) -> None:
    """The organisations of the lists, each with a party, and of people one professional and one person."""
    offices = sorted({each.office_number for each in gp_lists(SIZE)})
    async with database.writing() as session:
        await append(session, register=Register.ORGANISATIONS, key="all", action="Tested", caller="test")
        await session.execute(text(ORGANISATIONS), {"numbers": offices})
        await session.execute(text(PARTIES), {"numbers": offices})
        for statement in PEOPLE_OF_THE_CORE:
            await session.execute(text(statement))

"""What a bulk load needs: settings of its transaction, the organisations it refers to, and the people of the core."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from registers.seed.bulk.lists import gp_lists
from registers.seed.bulk.size import CoreNumbers, Size

LOADED = "BulkLoaded"  # action of the entry that marks a load; its key is the scale
MOST_OF_CORE = 10_000  # rows; the core has some hundred professionals and some thousand patients

SETTINGS = {
    "statement_timeout": "0",  # the largest takes minutes
    "idle_in_transaction_session_timeout": "0",  # the first rows are made meanwhile
    "lock_timeout": "60s",
    "work_mem": "64MB",  # room for the rows that the trigger of a COPY reads
    "maintenance_work_mem": "1GB",
    "max_parallel_maintenance_workers": "2",
}
ONE_AT_A_TIME = text("LOCK TABLE gp_contracts IN EXCLUSIVE MODE")
MARKED = text("SELECT EXISTS (SELECT FROM entries WHERE register = 'gp_lists' AND key = :key AND action = :action)")
WITHOUT_PARTY = text("""
    SELECT count(*) FROM unnest(CAST(:numbers AS text[])) AS office (number)
    WHERE NOT EXISTS (SELECT FROM communication_parties WHERE organisation_number = office.number)
""")
PROFESSIONALS = text("SELECT hpr_number, national_id FROM health_professionals LIMIT :most")
PERSONS = text("SELECT national_id FROM person_national_ids LIMIT :most")
OFFICES = text("SELECT organisation_number FROM gp_offices")
LAST_IDS = text("""
    SELECT (SELECT coalesce(max(person_id), 0) FROM persons), (SELECT coalesce(max(id), 0) FROM gp_contracts),
           (SELECT greatest(max(a.id), max(r.id), max(s.id), 0)
            FROM (SELECT max(id) AS id FROM authorisations) AS a,
                 (SELECT max(id) AS id FROM requisition_rights) AS r,
                 (SELECT max(id) AS id FROM specialities) AS s)
""")


class NotReady(Exception):
    """The load cannot be added to this database. The message says what is missing or must not be there."""


async def prepare(session: AsyncSession) -> None:
    """Prepares this transaction for minutes of work, and waits for another load to end."""
    for name, value in SETTINGS.items():
        await session.execute(text("SELECT set_config(:name, :value, true)"), {"name": name, "value": value})
    await session.execute(ONE_AT_A_TIME)


async def is_loaded(session: AsyncSession, size: Size) -> bool:
    """Whether this scale has been loaded before."""
    return bool(await session.scalar(MARKED, {"key": size.scale.value, "action": LOADED}))


async def numbers_of_the_core(session: AsyncSession, size: Size) -> CoreNumbers:
    """The numbers that are taken. Raises NotReady."""
    lists = gp_lists(size)
    offices = sorted({gp_list.office_number for gp_list in lists})
    if missing := await session.scalar(WITHOUT_PARTY, {"numbers": offices}):
        raise NotReady(
            f"{missing} of {len(offices)} GP offices have no communication party: take in the organisations and "
            f"parties of the scale {size.scale.value} first"
        )
    professionals = (await session.execute(PROFESSIONALS, {"most": MOST_OF_CORE + 1})).all()
    persons = (await session.scalars(PERSONS, {"most": MOST_OF_CORE + 1})).all()
    last_person, last_contract, last_authorisation = (await session.execute(LAST_IDS)).one()
    if max(len(professionals), len(persons)) > MOST_OF_CORE or last_contract >= lists[0].contract_id:
        raise NotReady(
            "the database holds more people or GP lists than those of the core: load into one with nothing else"
        )
    return CoreNumbers(
        hpr_numbers=frozenset(number for number, _ in professionals),
        national_ids=frozenset([*persons, *(number for _, number in professionals if number)]),
        offices=frozenset((await session.scalars(OFFICES)).all()),
        last_person=last_person,
        last_authorisation=last_authorisation,
    )

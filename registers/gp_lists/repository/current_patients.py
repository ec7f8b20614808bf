"""Persons and their associations as they are now: what an edit reads of many patients at once before it changes them.

Nothing is locked: whoever changes the register has locked the log.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import ARRAY, TIMESTAMP, ColumnElement, bindparam, func, select, text

from registers.core.identifiers import GpContractId, NationalId
from registers.core.validity import Period
from registers.database.rows_by_key import among, grouped
from registers.database.sessions import ReadSession
from registers.gp_lists.models import PatientAssociation, Person, PersonNationalId

NEXT_PERSON_ID = text("SELECT nextval(pg_get_serial_sequence('persons', 'person_id'))")

# An association is a step of +1 where it begins and of -1 where it ends. The sum of the steps up to a moment is the
# length of the list then.
GREATEST_LENGTH = text("""
    WITH periods AS (
      SELECT valid_from, valid_to FROM patient_associations
      WHERE contract_id = :contract AND (valid_to IS NULL OR valid_to > :since)
      UNION ALL SELECT * FROM unnest(:starts, :ends)),
    steps AS (
      SELECT greatest(valid_from, :since) AS moment, 1 AS step FROM periods
      UNION ALL SELECT valid_to, -1 FROM periods WHERE valid_to IS NOT NULL)
    SELECT max(patients) FROM (
      SELECT moment, sum(sum(step)) OVER (ORDER BY moment) AS patients FROM steps GROUP BY moment) AS lengths
    WHERE CAST(:until AS timestamptz) IS NULL OR moment < :until
""").bindparams(*(bindparam(name, type_=ARRAY(TIMESTAMP(timezone=True))) for name in ("starts", "ends")))


async def person_ids(session: ReadSession, national_ids: Collection[NationalId]) -> dict[NationalId, int]:
    """Our own number of each person, by any national id. Unknown ones are absent."""
    statement = select(PersonNationalId.national_id, PersonNationalId.person_id)
    rows = await session.execute(statement.where(among(PersonNationalId.national_id, national_ids)))
    return {row.national_id: row.person_id for row in rows}


async def next_person_id(session: ReadSession) -> int:
    """A number that no person has had."""
    return (await session.execute(NEXT_PERSON_ID)).scalar_one()


async def days_of_death(session: ReadSession, person_ids: Collection[int]) -> dict[int, date]:
    """By our own number. Persons who are not known to be dead are absent."""
    statement = select(Person.person_id, Person.died_on).where(among(Person.person_id, person_ids))
    rows = await session.execute(statement.where(Person.died_on.is_not(None)))
    return {row.person_id: row.died_on for row in rows if row.died_on is not None}


async def associations_of_persons(
    session: ReadSession, person_ids: Collection[int], *, since: datetime
) -> dict[int, list[PatientAssociation]]:
    """Associations of each person that last beyond `since`, oldest first. Persons without any are absent."""
    statement = select(PatientAssociation).where(among(PatientAssociation.person_id, person_ids), _lasts_beyond(since))
    rows = await session.scalars(statement.order_by(PatientAssociation.valid_from))
    return grouped(rows, lambda row: row.person_id)


async def associations_of_contract(
    session: ReadSession, contract_id: GpContractId, *, since: datetime
) -> list[PatientAssociation]:
    """Associations with the contract that last beyond `since`, by id."""
    statement = select(PatientAssociation).where(PatientAssociation.contract_id == contract_id, _lasts_beyond(since))
    return list(await session.scalars(statement.order_by(PatientAssociation.id)))


async def patients_beyond(session: ReadSession, contract_id: GpContractId, moment: datetime) -> int:
    """How many associations with the contract last beyond `moment`."""
    statement = select(func.count()).where(PatientAssociation.contract_id == contract_id, _lasts_beyond(moment))
    return await session.scalar(statement) or 0


async def greatest_length(
    session: ReadSession, contract_id: GpContractId, *, added: Sequence[Period], within: Period
) -> int:
    """The most patients that the list has at any moment of `within`, those of the periods `added` beside its own; 0
    for a time that ends as it begins."""
    values = {
        "contract": contract_id,
        "since": within.start,
        "until": within.end,
        "starts": [each.start for each in added],
        "ends": [each.end for each in added],
    }
    return await session.scalar(GREATEST_LENGTH, values) or 0


def _lasts_beyond(moment: datetime) -> ColumnElement[bool]:
    return PatientAssociation.valid_to.is_(None) | (PatientAssociation.valid_to > moment)

"""The ceiling of a list as the database enforces it: for edits, at every instant, for all that one statement adds."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, text, update
from sqlalchemy.exc import IntegrityError

from registers.changelog import append
from registers.changelog.append import Register
from registers.database.base import Base
from registers.database.database import Database
from registers.editing.transaction import MARK_AS_EDIT
from tests.support.scenario import COMING, ENDED, JUNE, LAST_YEAR, LONG_AGO, NEXT_YEAR, Period, Person, Scenario

pytestmark = pytest.mark.anyio

ASSOCIATIONS = Base.metadata.tables["patient_associations"]
FULL = "would hold more patients than its ceiling"


async def execute(database: Database, statement: Any, *, as_edit: bool = True) -> None:
    async with database.writing() as session:
        if as_edit:
            await session.execute(MARK_AS_EDIT)
        await append.append(
            session, register=Register.GP_LISTS, key="x", action="PatientOnContractCreated", caller="test"
        )
        await session.execute(statement)


def association(own_id: int, person: Person, contract: int, valid: Period) -> dict[str, Any]:
    return {"id": own_id, "person_id": person.person_id, "contract_id": contract, **valid.columns}


@pytest.fixture
async def full(scenario: Scenario, database: Database) -> tuple[int, list[Person]]:
    """A list for two patients, which has two until June, one from then on, and two again next year; four persons on no
    list."""
    contract = scenario.contract(scenario.office(), max_patients=2)
    scenario.on_list(scenario.person(), contract, valid=Period(LONG_AGO, JUNE))
    scenario.on_list(scenario.person(), contract)
    scenario.on_list(scenario.person(), contract, valid=COMING)
    free = [scenario.person() for _ in range(4)]
    await scenario.write(database)
    return contract, free


@pytest.mark.parametrize(
    ("valid", "fits"),
    [
        pytest.param(Period(JUNE, NEXT_YEAR), True, id="between"),
        pytest.param(Period(JUNE - timedelta(microseconds=1), NEXT_YEAR), False, id="a moment too early"),
        pytest.param(Period(JUNE, NEXT_YEAR + timedelta(microseconds=1)), False, id="a moment too late"),
        pytest.param(Period(JUNE), False, id="for good"),
        pytest.param(ENDED, False, id="in the past"),
    ],
)
async def test_a4_an_edit_finds_room_at_every_instant_or_none(database: Database, full, valid: Period, fits: bool):
    contract, free = full
    statement = insert(ASSOCIATIONS).values([association(-1, free[0], contract, valid)])

    if fits:
        await execute(database, statement)
        return
    with pytest.raises(IntegrityError, match=FULL):
        await execute(database, statement)


async def test_a4_what_one_statement_adds_is_counted_together(database: Database, full):
    contract, free = full
    after_another = [Period(JUNE, JUNE + timedelta(days=9)), Period(JUNE + timedelta(days=9), NEXT_YEAR)]
    fits = [association(-each, free[each], contract, valid) for each, valid in enumerate(after_another, start=1)]

    await execute(database, insert(ASSOCIATIONS).values(fits))
    with pytest.raises(IntegrityError, match=FULL):
        await execute(
            database, insert(ASSOCIATIONS).values([association(-4, free[0], contract, Period(JUNE, NEXT_YEAR))])
        )


async def test_a4_an_association_moved_to_a_full_list_or_made_longer_is_counted_too(scenario, database: Database, full):
    contract, free = full
    empty = scenario.contract(scenario.office())
    await scenario.write(database)
    associations = [
        association(-1, free[0], empty, Period(LAST_YEAR)),
        association(-2, free[1], contract, Period(JUNE, NEXT_YEAR)),
    ]
    await execute(database, insert(ASSOCIATIONS).values(associations))

    for own_id, changes in ((-1, {"contract_id": contract}), (-2, {"valid_to": None})):
        with pytest.raises(IntegrityError, match=FULL):
            await execute(database, update(ASSOCIATIONS).where(ASSOCIATIONS.c.id == own_id).values(changes))


async def test_files_may_exceed_a_ceiling_and_edits_may_end_associations_then(database: Database, full):
    contract, free = full
    associations = [association(-each, free[each], contract, Period(LAST_YEAR)) for each in (1, 2)]

    await execute(database, insert(ASSOCIATIONS).values(associations), as_edit=False)
    await execute(database, update(ASSOCIATIONS).where(ASSOCIATIONS.c.id == -1).values(valid_to=JUNE))

    async with database.reading() as session:
        longest = await session.scalar(text("SELECT longest_of_list(:id, '-infinity', 'infinity')"), {"id": contract})
    assert longest == 4

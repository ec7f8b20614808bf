"""A11 and A12 by the database alone: what no edit can leave behind, whatever its code does, and what files may."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from registers.changelog.append import Register, append
from registers.communication_parties.editing import creation, status
from registers.database.database import Database
from registers.editing.transaction import MARK_AS_EDIT
from tests.support.edits.parties import (
    VACANT,
    Given,
    create_organisation,
    given_records,
    her_id_of,
    person,
    reactivate,
    service,
)
from tests.support.requests import refused
from tests.support.scenario import MAY, Office, Period, Scenario, change

pytestmark = pytest.mark.anyio

PERSON = "communication_parties_one_of_a_professional"
SERVICE = "communication_parties_one_vacant_list_service"
INSERT = text("""
    INSERT INTO communication_parties (her_id, kind, reference_only, name, active, messaging_valid, parent_her_id,
                                       hpr_number, service_type, transport, valid_from)
    VALUES (:her_id, :kind, false, 'x', true, true, :parent, :hpr_number, :service_type, 'INHERITED', :since)""")


async def write(database: Database, statement: Any, *, as_edit: bool = True, **values: Any) -> str | None:
    """The constraint that refuses the statement under an entry of its own; None = written."""
    try:
        async with database.writing() as session:
            if as_edit:
                await session.execute(MARK_AS_EDIT)
            await append(
                session,
                register=Register.COMMUNICATION_PARTIES,
                key="1",
                action="CommunicationPartyUpdated",
                caller="x",
            )
            await session.execute(statement, values)
    except IntegrityError as error:
        return error.orig.__cause__.constraint_name  # type: ignore[union-attr]
    return None


def like(her_id: int, parent: int, *, doctor: int | None = None) -> dict[str, Any]:
    """Values of a person party of the doctor, or of a service for vacant lists."""
    return {
        "her_id": her_id,
        "kind": "PERSON" if doctor else "SERVICE",
        "parent": parent,
        "hpr_number": doctor,
        "service_type": None if doctor else "8655/KX17",
        "since": datetime(2025, 1, 1, tzinfo=UTC),
    }


@pytest.fixture
async def given(database: Database) -> Given:
    """The office has a party of the doctor and a service for vacant lists."""
    given, scenario = await given_records(database), Scenario(start=601)
    office = Office(given.number, given.office)
    scenario.party_of_doctor(office, given.doctor)
    scenario.vacant_list_service(office)
    await scenario.write(database)
    return given


async def test_a11_a12_a_second_one_in_use_is_refused_to_edits_by_the_database(given: Given, database):
    assert await write(database, INSERT, **like(701, given.office)) == SERVICE
    assert await write(database, INSERT, **like(702, given.office, doctor=given.doctor)) == PERSON
    assert await write(database, INSERT, **like(703, given.other_office)) is None
    assert await write(database, INSERT, **like(704, given.other_office, doctor=given.doctor)) is None
    for her_id, constraint in ((703, SERVICE), (704, PERSON)):
        moved = text(f"UPDATE communication_parties SET parent_her_id = :office WHERE her_id = {her_id}")
        assert await write(database, moved, office=given.office) == constraint


async def test_a12_files_may_break_it_and_edits_may_put_it_right(given: Given, database):
    assert await write(database, INSERT, as_edit=False, **like(702, given.office, doctor=given.doctor)) is None

    def setting(what: str) -> Any:
        return text(f"UPDATE communication_parties SET {what} WHERE her_id = 702")

    assert await write(database, setting("display_name = 'Ny'")) is None
    assert await write(database, setting("valid_to = '2027-01-01'")) is None
    assert await write(database, setting("valid_to = '2027-01-02'")) == PERSON
    assert await write(database, setting("valid_from = '2024-01-01'")) == PERSON
    assert await write(database, setting("active = false")) is None
    assert await write(database, setting("active = true")) == PERSON
    assert await write(database, setting("active = true"), as_edit=False) is None


async def test_a12_organisation_parties_that_become_one_office_are_held_to_it_too(given: Given, database):
    assert await write(database, INSERT, **like(704, given.other_office, doctor=given.doctor)) is None
    joined = text(f"UPDATE communication_parties SET organisation_number = :n WHERE her_id = {given.other_office}")

    assert await write(database, joined, n=given.number) == PERSON


async def test_a12_completing_a_reference_that_makes_two_is_refused_by_the_rule(edit, given: Given, database):
    unnamed = {"reference_only": True, "organisation_number": None}
    await change(database, "communication_parties", {"her_id": given.other_office}, **unnamed)
    her_id_of(await person(edit, given.other_office, given.doctor))

    payload = await create_organisation(edit, herId=given.other_office, input={"organisationNumber": given.number})

    assert refused(payload) == [("R-AR-009", "")]


async def test_a11_a12_what_a_check_lets_through_is_refused_by_the_same_rule(edit, given: Given, database, monkeypatch):
    async def nothing(*_: object) -> None: ...

    for module in (creation, status):
        monkeypatch.setattr(module, "check_one_in_use", nothing)
    scenario = Scenario(start=801)
    off = scenario.vacant_list_service(Office(given.number, given.office), active=False, valid=Period(MAY))
    await scenario.write(database)

    assert refused(await service(edit, given.office, VACANT)) == [("R-AR-010", "")]
    assert refused(await person(edit, given.office, given.doctor)) == [("R-AR-009", "")]
    assert refused(await reactivate(edit, off)) == [("R-AR-010", "")]

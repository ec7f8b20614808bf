"""Persons as the population register reports them: names, protection, and numbers that change."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from registers.database.database import Database
from registers.gp_lists.models import Person
from tests.support.importer import Importer, counts, rules
from tests.support.records_flr import NIN, OTHER_NIN, association, contract, person

pytestmark = pytest.mark.anyio

THIRD_NIN = "05837290297"


@pytest.fixture
def importer(database: Database, tmp_path: Path) -> Importer:
    return Importer(database, tmp_path)


def preg(number: str = NIN, **changes: Any) -> dict[str, Any]:
    return {"NIN": number, "FirstName": "Pasient", "LastName": "Eksempelsen", "RegStatus": 1, "PostalType": 0} | changes


async def numbers(importer: Importer) -> list[tuple[Any, ...]]:
    statement = "SELECT national_id, person_id, current FROM person_national_ids ORDER BY person_id, current, 1"
    async with importer.database.reading() as session:
        return [tuple(row) for row in await session.execute(text(statement))]


async def test_a_person_is_created_under_our_own_number(importer: Importer):
    report = await importer(preg(OTHER_NIN, FormerNINs=[NIN], PostalType=7, Sex="2"))

    assert counts(report) == {"read": 1, "new": 1}
    row = await importer.row(Person)
    assert (row["first_name"], row["sex"], row["protection"]) == ("Pasient", "3101/2", "confidential")
    assert await numbers(importer) == [(NIN, 1, False), (OTHER_NIN, 1, True)]
    assert await importer.actions() == [("person:1", "PersonCreated")]


async def test_the_same_person_reported_again_changes_nothing(importer: Importer):
    await importer(preg(OTHER_NIN, FormerNINs=[NIN]))
    before = await importer.entries()

    report = await importer(preg(OTHER_NIN, FormerNINs=[NIN]))

    assert counts(report) == {"read": 1, "unchanged": 1}
    assert await importer.entries() == before


async def test_a_patient_becomes_protected_and_a_list_does_not_lift_it(importer: Importer):
    await importer(contract(DoctorCycles=None))

    report = await importer(preg(PostalType=6))
    await importer(contract(DoctorCycles=None, PatientList=[association(Patient=person(LastName="Ny"))]))

    assert counts(report) == {"read": 1, "changed": 1}
    row = await importer.row(Person)
    assert (row["last_name"], row["protection"]) == ("Ny", "strictly-confidential")


async def test_a_new_number_replaces_the_former(importer: Importer):
    await importer(contract(DoctorCycles=None))

    report = await importer(preg(OTHER_NIN, FormerNINs=[NIN]))

    assert counts(report) == {"read": 1, "changed": 1}
    assert await numbers(importer) == [(NIN, 1, False), (OTHER_NIN, 1, True)]
    assert (await importer.actions())[-1] == ("person:1", "PersonUpdated")


async def test_the_number_in_use_may_go_back_to_a_former_one_that_the_register_names(importer: Importer):
    await importer(preg(OTHER_NIN, FormerNINs=[NIN]))

    await importer(preg(NIN, FormerNINs=[OTHER_NIN]))

    assert await numbers(importer) == [(OTHER_NIN, 1, False), (NIN, 1, True)]


async def test_a_record_from_before_the_change_moves_no_number_back(importer: Importer):
    await importer(preg(OTHER_NIN, FormerNINs=[NIN]))

    report = await importer(preg(NIN, FirstName="Gammel"))

    assert rules(report) == ["former-national-id"]
    assert await numbers(importer) == [(NIN, 1, False), (OTHER_NIN, 1, True)]


async def test_numbers_of_two_persons_are_refused_and_not_repeated(importer: Importer):
    await importer(preg(NIN), preg(OTHER_NIN))

    report = await importer(preg(THIRD_NIN, FormerNINs=[NIN, OTHER_NIN]))

    assert [each.rule for each in report.refusals] == ["national-ids-of-two-persons"]
    assert not any(number in str(report.to_json()) for number in (NIN, OTHER_NIN, THIRD_NIN))
    assert await numbers(importer) == [(NIN, 1, True), (OTHER_NIN, 2, True)]


async def test_an_association_with_a_former_number_finds_the_person(importer: Importer):
    await importer(preg(OTHER_NIN, FormerNINs=[NIN]))

    await importer(contract(DoctorCycles=None))

    assert await numbers(importer) == [(NIN, 1, False), (OTHER_NIN, 1, True)]
    assert len(await importer.rows(Person)) == 1

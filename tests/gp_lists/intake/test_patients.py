"""Patients' associations taken in: one list at a time, in whatever order the files come."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from registers.database.database import Database
from registers.exchange.run.report import Report
from registers.gp_lists.models import GpContract, Person
from tests.support.importer import Importer, counts, rules, utc
from tests.support.records_flr import NIN, OTHER_NIN, association, contract, cycle, period, person

pytestmark = pytest.mark.anyio

THIRD_NIN = "05837290297"
FEBRUARY, MAY = "2024-02-01T00:00:00", "2024-05-01T00:00:00"
START, MOVED = utc(2024, 1, 31, 23), utc(2024, 4, 30, 22)


@pytest.fixture
def importer(database: Database, tmp_path: Path) -> Importer:
    return Importer(database, tmp_path)


def a_list(number: int, *patients: dict[str, Any], **changes: Any) -> dict[str, Any]:
    reported = [{**each, "GPContractId": number} for each in patients]
    return contract(Id=number, DoctorCycles=None, PatientList=reported, **changes)


def patient(own_id: int | None, number: str = NIN, start: str = FEBRUARY, end: str | None = None) -> dict[str, Any]:
    return association(Id=own_id, PatientNIN=number, Patient=person(NIN=number), Period=period(start, end))


async def associations(importer: Importer) -> list[tuple[Any, ...]]:
    """(id, contract, person, from, to) of each association."""
    statement = (
        "SELECT id, contract_id, person_id, valid_from, valid_to FROM patient_associations ORDER BY valid_from, id"
    )
    async with importer.database.reading() as session:
        return [tuple(row) for row in await session.execute(text(statement))]


async def numbers(importer: Importer) -> list[tuple[Any, ...]]:
    """(national id, person, whether in use)."""
    statement = "SELECT national_id, person_id, current FROM person_national_ids ORDER BY 1"
    async with importer.database.reading() as session:
        return [tuple(row) for row in await session.execute(text(statement))]


async def entries_of_lists(importer: Importer) -> list[tuple[str, str]]:
    return [each for each in await importer.actions() if each[1].startswith(("GpContract", "Patient", "Person"))]


def refusals(report: Report) -> list[tuple[str, str]]:
    return [(each.rule, each.path) for each in report.refusals]


async def test_patients_of_a_contract_are_part_of_its_entry(importer: Importer):
    report = await importer(a_list(70001, patient(1), patient(2, OTHER_NIN)))

    assert counts(report)["new"] == 1
    assert await associations(importer) == [(1, 70001, 1, START, None), (2, 70001, 2, START, None)]
    assert await numbers(importer) == [(NIN, 1, True), (OTHER_NIN, 2, True)]
    assert await entries_of_lists(importer) == [("70001", "GpContractCreated")]


async def test_a_list_that_grows_gives_one_entry_and_ends_nothing_by_silence(importer: Importer):
    await importer(a_list(70001, patient(1)))

    report = await importer(a_list(70001, patient(2, OTHER_NIN), patient(3, THIRD_NIN)))

    assert counts(report) == {"read": 1, "changed": 1}
    assert [each[0] for each in await associations(importer)] == [1, 2, 3]
    assert (await entries_of_lists(importer))[1:] == [("70001", "GpContractPatientsLoaded")]


@pytest.mark.parametrize("old_first", [True, False])
async def test_a_patient_who_moves_leaves_the_former_list_whichever_is_reported_first(
    importer: Importer, old_first: bool
):
    lists = [a_list(70001, patient(1)), a_list(70002, patient(2, start=MAY))]

    reports = [await importer(each) for each in (lists if old_first else reversed(lists))]

    assert [rule for report in reports for rule in rules(report) if rule == "closed-by-later-list"] == [
        "closed-by-later-list"
    ]
    assert await associations(importer) == [(1, 70001, 1, START, MOVED), (2, 70002, 1, MOVED, None)]


async def test_the_list_that_loses_a_patient_gets_an_entry_of_its_own(importer: Importer):
    await importer(a_list(70001, patient(1)))

    await importer(a_list(70002, patient(2, start=MAY)))

    assert sorted((await entries_of_lists(importer))[1:]) == [
        ("70001", "GpContractPatientsLoaded"),
        ("70002", "GpContractCreated"),
    ]


async def test_a_patient_moves_between_lists_of_one_file(importer: Importer):
    await importer(a_list(70001, patient(1)), a_list(70002, patient(2, start=MAY)))

    assert await associations(importer) == [(1, 70001, 1, START, MOVED), (2, 70002, 1, MOVED, None)]


async def test_one_patient_who_overlaps_is_refused_and_all_others_are_taken(importer: Importer):
    await importer(a_list(70001, patient(1, start=FEBRUARY, end="2024-08-01T00:00:00")))

    report = await importer(a_list(70002, patient(2, OTHER_NIN), patient(3, start=MAY), patient(4, THIRD_NIN)))

    assert refusals(report) == [("overlap", "patients[1]")]
    assert counts(report)["new"] == 1
    assert [each[0] for each in await associations(importer)] == [1, 2, 4]
    assert NIN not in str(report.to_json())


async def test_what_was_refused_is_taken_once_what_it_overlapped_has_ended(importer: Importer):
    await importer(a_list(70001, patient(1, end="2024-08-01T00:00:00")))
    overlapping = a_list(70002, patient(3, start=MAY))
    await importer(overlapping)
    await importer(a_list(70001, patient(1, end=MAY)))

    report = await importer(overlapping)

    assert counts(report) == {"read": 1, "changed": 1}
    assert await associations(importer) == [(1, 70001, 1, START, MOVED), (3, 70002, 1, MOVED, None)]


async def test_it_is_taken_at_the_end_of_the_same_import_too(importer: Importer):
    await importer(a_list(70001, patient(1, end="2024-08-01T00:00:00")))

    report = await importer.files(
        importer.file(a_list(70002, patient(3, start=MAY))), importer.file(a_list(70001, patient(1, end=MAY)))
    )

    assert refusals(report) == []
    assert counts(report) == {"read": 2, "new": 1, "changed": 1}
    assert [each[:2] for each in await associations(importer)] == [(1, 70001), (3, 70002)]


async def test_a_changed_national_id_keeps_the_person_and_the_former_number(importer: Importer):
    await importer(a_list(70001, patient(1)))

    report = await importer(a_list(70001, patient(1, OTHER_NIN)))

    assert (counts(report), rules(report)) == ({"read": 1, "changed": 1}, ["national-id-changed"])
    assert await numbers(importer) == [(NIN, 1, False), (OTHER_NIN, 1, True)]
    assert (await entries_of_lists(importer))[1:] == [("person:1", "PersonUpdated")]


async def test_a_former_number_finds_the_person_and_moves_nothing_back(importer: Importer):
    await importer(a_list(70001, patient(1)))
    await importer(a_list(70001, patient(1, OTHER_NIN)))

    await importer(a_list(70002, patient(2, NIN, start=MAY)))

    assert await numbers(importer) == [(NIN, 1, False), (OTHER_NIN, 1, True)]
    assert await associations(importer) == [(1, 70001, 1, START, MOVED), (2, 70002, 1, MOVED, None)]


async def test_an_association_with_the_number_of_somebody_else_is_refused(importer: Importer):
    await importer(a_list(70001, patient(1), patient(2, OTHER_NIN)))

    report = await importer(a_list(70001, patient(1, OTHER_NIN), patient(2, OTHER_NIN)))

    assert refusals(report) == [("national-ids-of-two-persons", "patients[0]")]
    assert await numbers(importer) == [(NIN, 1, True), (OTHER_NIN, 2, True)]
    assert OTHER_NIN not in str(report.to_json())


async def test_an_association_without_an_id_gets_one_below_zero_until_it_is_reported(importer: Importer):
    await importer(a_list(70001, patient(None)))
    assert [each[0] for each in await associations(importer)] == [-1]

    again = await importer(a_list(70001, patient(None), MaxPatients=900))
    assert [each[0] for each in await associations(importer)] == [-1]
    assert counts(again) == {"read": 1, "changed": 1}

    await importer(a_list(70001, patient(800000)))
    assert await associations(importer) == [(800000, 70001, 1, START, None)]


async def test_names_of_a_stored_person_change_under_an_entry_of_the_person(importer: Importer):
    await importer(a_list(70001, patient(1)))

    renamed = association(Id=1, Patient=person(LastName="Ny"))
    report = await importer(a_list(70001, renamed))

    assert counts(report) == {"read": 1, "changed": 1}
    row = await importer.row(Person)
    assert (row["first_name"], row["last_name"], row["protection"]) == ("Pasient", "Ny", "none")
    assert (await entries_of_lists(importer))[1:] == [("person:1", "PersonUpdated")]


async def test_a_death_before_the_stored_birth_is_left_out(importer: Importer):
    await importer(a_list(70001, patient(1)))
    dead = person(DateOfDeath="1970-01-01T00:00:00")
    del dead["DateOfBirth"]

    report = await importer(a_list(70001, association(Id=1, Patient=dead), patient(2, OTHER_NIN)))

    assert refusals(report) == [("died-before-birth", "patients[0]/died_on")]
    assert [row["died_on"] for row in await importer.rows(Person)] == [None, None]
    assert len(await associations(importer)) == 2


async def test_an_association_alone_announces_its_contract(importer: Importer):
    alone = association(DoctorCycles=[cycle()])

    report = await importer(alone)

    assert counts(report) == {"read": 1, "new": 1, "announced": 2}
    assert (await importer.row(GpContract))["reference_only"] is True
    assert sorted(await entries_of_lists(importer)) == [
        ("70001", "GpContractReferenced"),
        ("association:800000", "PatientOnContractCreated"),
    ]


async def test_an_association_leaves_a_stored_contract_alone(importer: Importer):
    await importer(contract(PatientList=None, DoctorCycles=[cycle(), cycle(Id=90002)]))

    shown = contract(PatientList=None, DoctorCycles=None, MaxPatients=1)
    report = await importer(association(GPContract=shown, DoctorCycles=[cycle(WorkingPercentage=10)]))

    assert counts(report) == {"read": 1, "new": 1}
    assert (await importer.row(GpContract))["max_patients"] == 1000
    async with importer.database.reading() as session:
        rows = await session.execute(text("SELECT working_percentage FROM doctor_cycles"))
        assert [row.working_percentage for row in rows] == [100, 100]


async def test_an_association_that_is_cancelled_is_updated(importer: Importer):
    await importer(association())

    report = await importer(association(Period=period(FEBRUARY, MAY), UpdatedOn="2026-02-01T00:00:00"))

    assert counts(report) == {"read": 1, "changed": 1}
    assert await associations(importer) == [(800000, 70001, 1, START, MOVED)]
    assert (await entries_of_lists(importer))[-1] == ("association:800000", "PatientOnContractUpdated")


async def test_a_move_reported_by_associations_gives_each_an_entry(importer: Importer):
    await importer(association())

    await importer(association(Id=800001, GPContractId=70002, Period=period(MAY)))

    assert (await entries_of_lists(importer))[2:] == [
        ("70002", "GpContractReferenced"),
        ("association:800000", "PatientOnContractUpdated"),
        ("association:800001", "PatientOnContractCreated"),
    ]


async def test_an_association_that_overlaps_is_refused_whole(importer: Importer):
    await importer(association(Period=period(FEBRUARY, MAY)))

    report = await importer(association(Id=800001, GPContractId=70002, Period=period(FEBRUARY)))

    assert refusals(report) == [("overlap", "patient")]
    assert await importer.rows(GpContract, id=70002) == []
    assert len(await associations(importer)) == 1


async def test_remarks_about_a_patient_are_reported_with_the_position_in_the_list(importer: Importer):
    report = await importer(a_list(70001, patient(1), association(Id=2, PatientNIN="123", Patient=None)))

    assert [rule for rule, _ in refusals(report)] == ["national-id-missing"]
    assert len(await associations(importer)) == 1


@pytest.mark.parametrize("own_id", [800000, None])
async def test_an_association_reported_again_changes_nothing(importer: Importer, own_id: int | None):
    reported = association(Id=own_id)
    await importer(reported)
    before = await importer.entries()

    report = await importer(reported)

    assert counts(report) == {"read": 1, "unchanged": 1}
    assert await importer.entries() == before


async def test_no_key_that_is_remembered_or_logged_holds_a_national_id(importer: Importer):
    await importer(association(Id=None))
    await importer({"NIN": OTHER_NIN, "RegStatus": 1, "PostalType": 0})

    async with importer.database.reading() as session:
        keys = [*await session.scalars(text("SELECT key FROM source_records UNION ALL SELECT key FROM entries"))]
    assert {"association:-1", "person:2"} <= set(keys)
    assert not any(NIN in key or OTHER_NIN in key for key in keys)

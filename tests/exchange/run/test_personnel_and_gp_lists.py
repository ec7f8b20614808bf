"""Health personnel and GP lists through the whole import: in any order, again, as a dry run, with a refused record."""

import itertools
from typing import Any

import pytest
from sqlalchemy import text

from tests.support.importer import Importer, counts, utc
from tests.support.records_ar import unit
from tests.support.records_flr import NIN, OTHER_NIN, association, contract, cycle, location, period, person
from tests.support.records_hpr import godkjenning, rekvisisjonsrett, rest_person, soap_person, suspensjon

pytestmark = pytest.mark.anyio

SUSPENDED = rekvisisjonsrett(Suspensjonsperioder=[suspensjon("2015-01-01T00:00:00", "2015-07-01T00:00:00")])
FILES: dict[str, Any] = {
    "soap": soap_person(Godkjenninger=[godkjenning(Rekvisisjonsretter=[SUSPENDED])]),
    "rest": rest_person(),
    "office": unit(organisasjonsnummer="310001007", navn="EKSEMPEL LEGEKONTOR AS"),
    "contract": contract(OutOfOfficeOffices=[location()]),
    "association": association(GPContract=contract(PatientList=None, DoctorCycles=None), DoctorCycles=[cycle()]),
    "preg": {
        "NIN": NIN,
        "FirstName": "Pasient",
        "LastName": "Eksempelsen",
        "DateOfBirth": "1975-01-01",
        "RegStatus": 1,
        "PostalType": 7,
    },
}
ORDERS = [order for index, order in enumerate(itertools.permutations(FILES)) if index % 144 == 71]
STORED = {
    "health_professionals": [(900000011, False, "15818291261", "9043/NO")],
    "authorisations": [("9060/LE", None)],
    "suspensions": [(utc(2014, 12, 31, 23), utc(2015, 6, 30, 22))],
    "organisations": [("310001007", False, "EKSEMPEL LEGEKONTOR AS")],
    "gp_offices": [("310001007", True)],
    "gp_contracts": [(70001, False, "7751/FAAA", 1000, "310001007")],
    "doctor_cycles": [(90001, 70001, 900000011)],
    "out_of_office_locations": [(60001, 70001)],
    "patient_associations": [(800000, 70001, 1, None)],
    "persons": [(1, "Pasient", "confidential")],
    "person_national_ids": [(NIN, 1, True)],
}
COLUMNS = {
    "health_professionals": "hpr_number, reference_only, national_id, citizenship",
    "authorisations": "profession, valid_to",
    "suspensions": "valid_from, valid_to",
    "organisations": "organisation_number, reference_only, name",
    "gp_offices": "organisation_number, group_office",
    "gp_contracts": "id, reference_only, status, max_patients, office_number",
    "doctor_cycles": "id, contract_id, hpr_number",
    "out_of_office_locations": "id, contract_id",
    "patient_associations": "id, contract_id, person_id, valid_to",
    "persons": "person_id, first_name, protection",
    "person_national_ids": "national_id, person_id, current",
}


async def stored(importer: Importer) -> dict[str, list[tuple[Any, ...]]]:
    async with importer.database.reading() as session:
        return {
            table: [tuple(row) for row in await session.execute(text(f"SELECT {columns} FROM {table} ORDER BY 1"))]
            for table, columns in COLUMNS.items()
        }


@pytest.mark.parametrize("order", ORDERS, ids="-".join)
async def test_files_in_any_order_store_the_same_and_change_nothing_a_second_time(
    importer: Importer, order: tuple[str, ...]
):
    for name in order:
        report = await importer(FILES[name])
        assert report.refusals == []
    entries = await importer.entries()
    assert await stored(importer) == STORED

    for name in order:
        report = await importer(FILES[name])
        assert counts(report) == {"read": 1, "unchanged": 1}, name

    assert await importer.entries() == entries
    assert await stored(importer) == STORED


async def test_a_dry_run_reports_and_writes_nothing(importer: Importer):
    before = await importer.entries()

    report = await importer.files(*(importer.file(each) for each in FILES.values()), dry_run=True)

    assert (report.total("new"), report.total("refused")) == (3, 0)
    assert await importer.entries() == before
    assert not any((await stored(importer)).values())


async def test_every_version_of_a_list_stays_readable_as_it_was(importer: Importer):
    await importer(contract())
    known = await importer.entries()

    await importer(contract(PatientList=[association(Period=period("2024-02-01T00:00:00", "2024-05-01T00:00:00"))]))

    async with importer.database.reading() as session:
        statement = text(
            "SELECT valid_to, since_entry <= :known, until_entry > :known FROM patient_associations_history"
        )
        assert [tuple(row) for row in await session.execute(statement, {"known": known})] == [(None, True, True)]


async def test_a_contract_that_the_database_refuses_is_reported_and_the_others_stored(importer: Importer):
    unstorable = contract(
        Id=70002, PatientList=None, DoctorCycles=None, OutOfOfficeOffices=[location(GPContractId=70002)]
    )
    first = contract(PatientList=None, DoctorCycles=None, OutOfOfficeOffices=[location()])
    last = contract(Id=70003, PatientList=None, DoctorCycles=None)

    report = await importer(first, unstorable, last)

    assert counts(report) == {"read": 3, "new": 2, "announced": 1, "refused": 1}
    assert [(each.rule, each.text) for each in report.refusals] == [
        ("constraint", "breaks the rule out_of_office_locations_pkey")
    ]
    rows = (await stored(importer))["gp_contracts"]
    assert [row[0] for row in rows] == [70001, 70003]


async def test_lists_in_batches_of_their_own_store_the_same(importer: Importer):
    lists = [
        contract(
            Id=70001 + index,
            DoctorCycles=None,
            PatientList=[
                association(Id=1 + index, GPContractId=70001 + index, PatientNIN=number, Patient=person(NIN=number))
            ],
        )
        for index, number in enumerate((NIN, OTHER_NIN))
    ]

    report = await importer(*lists, batch_records=1)

    assert counts(report) == {"read": 2, "new": 2, "announced": 1}
    assert (await stored(importer))["patient_associations"] == [(1, 70001, 1, None), (2, 70002, 2, None)]

"""GP contracts taken in: the contract, its doctors and out-of-office locations, and what it refers to."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from registers.database.database import Database
from registers.gp_lists.models import (
    CoopMunicipality,
    DoctorCycle,
    GpContract,
    GpOffice,
    OutOfOfficeAddress,
    OutOfOfficeLocation,
    PrimaryHealthCareTeam,
)
from registers.organisations.models import Organisation
from registers.personnel.models import HealthProfessional
from tests.support.importer import NOW, Importer, counts, rules, utc
from tests.support.records_ar import code, physical
from tests.support.records_flr import contract, cycle, location, office, period

pytestmark = pytest.mark.anyio

EMPTY: dict[str, Any] = {"PatientList": None, "DoctorCycles": None, "OutOfOfficeOffices": None}


@pytest.fixture
def importer(database: Database, tmp_path: Path) -> Importer:
    return Importer(database, tmp_path)


async def cycles(importer: Importer) -> list[tuple[int, int]]:
    """(id, contract) of each doctor's period."""
    async with importer.database.reading() as session:
        return [
            tuple(row) for row in await session.execute(text("SELECT id, contract_id FROM doctor_cycles ORDER BY 1"))
        ]


async def test_a_contract_brings_references_to_its_office_doctors_and_team(importer: Importer):
    substitute = cycle(Id=90002, HprNumber=900000029, SubstituteForHprNumber=900000037)
    report = await importer(contract(PatientList=None, DoctorCycles=[cycle(), substitute], PrimaryHealthCareTeamId=501))

    assert counts(report) == {"read": 1, "new": 1, "announced": 5}
    assert set(rules(report)) == {"reference-announced"}
    organisation = await importer.row(Organisation)
    assert (organisation["name"], organisation["reference_only"]) == ("EKSEMPEL LEGEKONTOR AS", True)
    doctors = await importer.rows(HealthProfessional)
    assert [(row["hpr_number"], row["reference_only"]) for row in doctors] == [
        (900000011, True),
        (900000029, True),
        (900000037, True),
    ]
    assert (await importer.row(PrimaryHealthCareTeam))["reference_only"] is True
    assert (await importer.row(GpOffice)) == {
        "organisation_number": "310001007",
        "group_office": True,
        "district": None,
    }
    row = await importer.row(GpContract)
    assert (row["status"], row["municipality"], row["max_patients"]) == ("7751/FAAA", "3402/0301", 1000)
    assert sorted(await importer.actions()) == [
        ("310001007", "OrganisationReferenced"),
        ("70001", "GpContractCreated"),
        ("900000011", "HealthProfessionalReferenced"),
        ("900000029", "HealthProfessionalReferenced"),
        ("900000037", "HealthProfessionalReferenced"),
        ("office:310001007", "GpOfficeCreated"),
        ("team:501", "PrimaryHealthCareTeamReferenced"),
    ]


async def test_what_a_record_does_not_report_stays(importer: Importer):
    await importer(contract(PatientList=None, CoopMunicipalities=[code(3402, "4601")], Name="Felleslisten"))
    sparse = contract(**EMPTY, MaxPatients=1200)
    for silent in ("Name", "CoopMunicipalities", "Status", "GPOffice", "AgreementDate"):
        del sparse[silent]

    report = await importer(sparse)

    assert counts(report) == {"read": 1, "changed": 1}
    row = await importer.row(GpContract)
    assert (row["name"], row["status"], row["max_patients"]) == ("Felleslisten", "7751/FAAA", 1200)
    assert (await importer.row(CoopMunicipality))["municipality"] == "3402/4601"
    assert await cycles(importer) == [(90001, 70001)]
    assert (await importer.actions())[-1] == ("70001", "GpContractUpdated")


async def test_a_file_that_lists_cycles_replaces_them(importer: Importer):
    await importer(contract(PatientList=None, DoctorCycles=[cycle(), cycle(Id=90002, HprNumber=900000029)]))

    await importer(contract(PatientList=None, DoctorCycles=[cycle(WorkingPercentage=50), cycle(Id=90003)]))

    assert await cycles(importer) == [(90001, 70001), (90003, 70001)]
    async with importer.database.reading() as session:
        remaining = await session.execute(text("SELECT id FROM doctor_cycles_history ORDER BY 1"))
        assert [row.id for row in remaining] == [90001, 90002]


async def test_a_cycle_reported_of_another_contract_moves_there(importer: Importer):
    await importer(contract(PatientList=None, DoctorCycles=[cycle(), cycle(Id=90002)]))

    moved = cycle(Id=90002, GPContractId=70002)
    await importer(contract(Id=70002, PatientList=None, DoctorCycles=[moved]))

    assert await cycles(importer) == [(90001, 70001), (90002, 70002)]
    assert {("70001", "GpContractUpdated"), ("70002", "GpContractCreated")} <= set(await importer.actions())


async def test_a_cycle_in_an_unknown_relationship_is_left_out_and_what_is_stored_of_it_stays(importer: Importer):
    await importer(contract(PatientList=None))

    unknown = cycle(Relationship=code(7750, "QQ"))
    report = await importer(contract(PatientList=None, DoctorCycles=[unknown]))

    assert [(each.rule, each.path) for each in report.refusals] == [
        ("code-unknown", "doctor_cycles[0]/relationship"),
        ("without-its-code", "doctor_cycles[0]"),
    ]
    assert (await importer.row(DoctorCycle))["relationship"] == "7750/LPFL"


async def test_a_location_that_is_no_longer_reported_expires(importer: Importer):
    open_now = location(PhysicalAddresses=[physical("RES")])
    ahead = location(Id=60002, Valid=period("2027-01-01T00:00:00"))
    await importer(contract(PatientList=None, OutOfOfficeOffices=[open_now, ahead]))

    await importer(contract(PatientList=None, OutOfOfficeOffices=[], UpdatedOn=None))

    rows = await importer.rows(OutOfOfficeLocation)
    assert [row["valid_to"] for row in rows] == [NOW.replace(hour=13), None]
    assert len(await importer.rows(OutOfOfficeAddress)) == 1


async def test_a_location_expires_when_the_contract_changed_if_that_is_reported(importer: Importer):
    await importer(contract(PatientList=None, OutOfOfficeOffices=[location()]))

    await importer(contract(PatientList=None, OutOfOfficeOffices=[], UpdatedOn="2026-09-01T00:00:00"))

    assert (await importer.row(OutOfOfficeLocation))["valid_to"] == utc(2026, 8, 31, 22)


async def test_addresses_of_a_location_are_replaced(importer: Importer):
    await importer(contract(PatientList=None, OutOfOfficeOffices=[location(PhysicalAddresses=[physical("RES")])]))

    await importer(
        contract(PatientList=None, OutOfOfficeOffices=[location(PhysicalAddresses=[physical("PST", City="BERGEN")])])
    )

    row = await importer.row(OutOfOfficeAddress)
    assert (row["type"], row["city"]) == ("3401/PST", "BERGEN")


async def test_a_change_of_the_office_alone_is_the_offices_entry(importer: Importer):
    await importer(contract(PatientList=None))

    report = await importer(contract(PatientList=None, GPOffice=office(IsGroupOffice=False)))

    assert counts(report) == {"read": 1, "changed": 1}
    assert (await importer.row(GpOffice))["group_office"] is False
    assert (await importer.actions())[-1] == ("office:310001007", "GpOfficeUpdated")


async def test_an_older_form_of_a_contract_changes_nothing(importer: Importer):
    await importer(contract(PatientList=None, MaxPatients=900))

    report = await importer(contract(PatientList=None, MaxPatients=800, UpdatedOn="2025-01-01T00:00:00"))

    assert (counts(report), rules(report)) == ({"read": 1, "unchanged": 1}, ["older-than-held"])
    assert (await importer.row(GpContract))["max_patients"] == 900

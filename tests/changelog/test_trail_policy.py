"""What of a trail a caller is told: nothing to anybody unknown, no patients but to those who keep the register."""

import json

import pytest

from registers.api.graph.context import Context
from registers.core.caller import Caller, Role
from registers.database.database import Database
from registers.objects import RegisterObjects
from tests.conftest import EDITOR, NOW, SCHEMA
from tests.support.canary import national_ids_in
from tests.support.importer import Importer
from tests.support.records_ar import legacy_organisation
from tests.support.records_flr import NIN, association, contract, person
from tests.support.records_hpr import godkjenning, soap_person, suspensjon
from tests.support.scenario import Scenario
from tests.support.trails import CONTRACT, PARTY, PROFESSIONAL, as_, trail

pytestmark = pytest.mark.anyio

EXTENDED = {Role.EHR, Role.EDITOR, Role.AUDITOR}
KEEPERS = {Role.EDITOR, Role.AUDITOR}
PATIENT_PARTS = {"person", "personNationalId", "patientAssociation"}


async def is_open(database: Database, role: Role, field: str) -> bool:
    document = f"{{ communicationParty(herId: 8100001) {{ history {{ nodes {{ entry {field} }} }} }} }}"
    context = Context(caller=as_(role), now=NOW, database=database, objects=RegisterObjects())
    errors = (await SCHEMA.execute(document, context_value=context)).errors
    assert errors is None or [error.extensions for error in errors] == [{"code": "FORBIDDEN"}]
    return errors is None


async def test_changes_are_reported_to_everyone_who_has_signed_in(importer: Importer):
    await importer(legacy_organisation())

    for field in ("changes { field }", "more"):
        open_to = {role for role in Role if await is_open(importer.database, role, field)}
        assert open_to == set(Role) - {Role.ANONYMOUS}


async def test_changes_of_patients_are_reported_to_those_who_keep_the_register_alone(importer: Importer):
    await importer(contract())

    for role in set(Role) - {Role.ANONYMOUS}:
        [(_, changes)] = await trail(importer.database, CONTRACT, caller=as_(role), key="70001")
        answers = [change for change in changes if change[0] in PATIENT_PARTS]
        assert answers == (PATIENT if role in KEEPERS else [])
        assert {part for part, *_ in changes} - PATIENT_PARTS == {"gpContract", "doctorCycle"}


PATIENT = [
    ("person", None, "firstName", None, "Pasient"),
    ("person", None, "lastName", None, "Eksempelsen"),
    ("person", None, "bornOn", None, "1975-01-01"),
    ("person", None, "addressProtection", None, "none"),
    ("personNationalId", None, "nationalId", None, "(not shown)"),
    ("personNationalId", None, "current", None, "true"),
    ("personNationalId", None, "holds", None, "true"),
    ("patientAssociation", "800000", "id", None, "800000"),
    ("patientAssociation", "800000", "contractId", None, "70001"),
    ("patientAssociation", "800000", "validFrom", None, "2024-01-31T23:00:00+00:00"),
]


@pytest.mark.parametrize("protection", ["confidential", "strictly-confidential"])
async def test_a_patient_with_a_protected_address_is_reported_to_the_editor_alone(
    database: Database, scenario: Scenario, protection: str
):
    contract_id = scenario.contract(scenario.office())
    scenario.on_list(scenario.person(protection=protection), contract_id)
    await scenario.write(database, key=str(contract_id))

    for role in KEEPERS:
        [(_, changes)] = await trail(database, CONTRACT, caller=as_(role), key=contract_id)
        answers = {change[0] for change in changes} & PATIENT_PARTS
        assert answers == (PATIENT_PARTS if role is Role.EDITOR else set())


async def test_no_national_id_is_reported_to_anybody(importer: Importer):
    await importer(contract())
    await importer(contract(PatientList=[association(Patient=person(FirstName="Ny"))]))
    await importer(soap_person())
    await importer(soap_person(NIN=NIN, SistOppdatert="2026-03-02T03:04:05.6"))

    for role in KEEPERS:
        of_list = await trail(importer.database, CONTRACT, caller=as_(role), key="70001")
        of_doctor = await trail(importer.database, PROFESSIONAL, caller=as_(role), key=900000011)
        assert national_ids_in(json.dumps([of_list, of_doctor])) == []
        assert ("healthProfessional", "900000011", "nationalId", "(not shown)", "(not shown)") in of_doctor[0][1]


async def test_of_health_personnel_the_closed_fields_are_reported_without_their_values(importer: Importer):
    await importer(soap_person())
    suspended = godkjenning(Suspensjonsperioder=[suspensjon("2026-01-01T00:00:00")])
    await importer(
        soap_person(
            Etternavn="Nyttnavn",
            Dødsdato="2026-02-01T00:00:00",
            Godkjenninger=[suspended],
            SistOppdatert="2026-03-02T03:04:05.6",
        )
    )

    for role in set(Role) - {Role.ANONYMOUS}:
        newest, _ = await trail(importer.database, PROFESSIONAL, caller=as_(role), key=900000011)
        assert newest == (
            "HealthProfessionalUpdated",
            [
                ("healthProfessional", "900000011", "lastName", "Eksempelsen", "Nyttnavn"),
                ("healthProfessional", "900000011", "diedOn", None, shown_to(role, "2026-02-01")),
                ("suspension", None, "validFrom", None, shown_to(role, "2025-12-31T23:00:00+00:00")),
            ],
        )


def shown_to(role: Role, value: str) -> str:
    return value if role in EXTENDED else "(not shown)"


async def test_the_trail_of_a_party_is_the_same_for_all_who_have_signed_in(importer: Importer):
    await importer(legacy_organisation())

    trails = [
        await trail(importer.database, PARTY, caller=Caller("x", role), key=8100001)
        for role in set(Role) - {Role.ANONYMOUS}
    ]
    assert all(each == trails[0] for each in trails)
    assert trails[0] == await trail(importer.database, PARTY, caller=EDITOR, key=8100001)

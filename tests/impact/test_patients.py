"""A dry run shows about how many patients another party would be written to, and from which moment on."""

from typing import NamedTuple

import pytest

from registers.database.database import Database
from tests.support.edits.patients import patient_refs
from tests.support.requests import ANY
from tests.support.scenario import Scenario

pytestmark = pytest.mark.anyio

NOW, LATER = "2026-11-23T12:00:00+00:00", "2026-12-01T00:00:00+00:00"
IMPACT = """impact { patients {
  since patientCount contractBefore { contractId } contractAfter { contractId } before { herId } after { herId }
} } userErrors { rule }"""
END_DOCTOR = f"""mutation ($id: GpContractId!, $cycle: FlrId!, $at: DateTime!, $seen: EntryNumber!) {{
  doctorCycleEnd(contractId: $id, cycleId: $cycle, at: $at, expectedEntry: $seen, dryRun: true) {{ {IMPACT} }}
}}"""
DEACTIVATE = f"""mutation ($herId: HerId!, $seen: EntryNumber!) {{
  communicationPartyDeactivate(herId: $herId, expectedEntry: $seen, dryRun: true) {{ {IMPACT} }}
}}"""
MOVE = f"""mutation ($from: GpContractId!, $to: GpContractId!, $input: PatientsMoveInput!) {{
  patientsMove(fromContract: $from, toContract: $to, input: $input, dryRun: true) {{ {IMPACT} }}
}}"""
CEILING = f"""mutation ($id: GpContractId!, $seen: EntryNumber!) {{
  gpContractChangeCeiling(contractId: $id, maxPatients: 5, expectedEntry: $seen, dryRun: true) {{ {IMPACT} }}
}}"""


class Office(NamedTuple):
    """An office with a GP's list of three patients, another GP's empty list, and a service for vacant lists."""

    first: int
    second: int
    cycle: int
    gp: int
    other_gp: int
    vacant: int
    patients: tuple


@pytest.fixture
async def office(database: Database) -> Office:
    scenario = Scenario()
    at = scenario.office()
    lists = [scenario.contract(at) for _ in range(2)]
    doctors = [scenario.doctor() for _ in range(2)]
    cycles = [scenario.cycle(each, doctor) for each, doctor in zip(lists, doctors, strict=True)]
    parties = [scenario.party_of_doctor(at, doctor) for doctor in doctors]
    patients = tuple(scenario.person() for _ in range(3))
    for each in patients:
        scenario.on_list(each, lists[0])
    vacant = scenario.vacant_list_service(at)
    await scenario.write(database)
    return Office(lists[0], lists[1], cycles[0], parties[0], parties[1], vacant, patients)


def patients_of(payload: dict) -> list[tuple]:
    """(since, number of patients, list before, list after, party before, party after) of each impact on patients."""
    assert payload["userErrors"] == []
    return [
        (
            each["since"],
            each["patientCount"],
            *(each[name] and each[name]["contractId"] for name in ("contractBefore", "contractAfter")),
            *(each[name] and each[name]["herId"] for name in ("before", "after")),
        )
        for each in payload["impact"]["patients"]
    ]


async def test_patients_of_a_list_that_becomes_vacant_are_written_to_at_the_vacant_service(edit, office: Office):
    data = await edit(END_DOCTOR, id=office.first, cycle=office.cycle, at=LATER, seen=ANY)

    first = str(office.first)
    assert patients_of(data["doctorCycleEnd"]) == [(LATER, 3, first, first, office.gp, office.vacant)]


async def test_patients_of_a_gp_whose_party_is_switched_off_are_written_to_nowhere(edit, office: Office):
    data = await edit(DEACTIVATE, herId=office.gp, seen=ANY)

    first = str(office.first)
    assert patients_of(data["communicationPartyDeactivate"]) == [(NOW, 3, first, first, office.gp, None)]


async def test_moved_patients_are_written_to_at_the_new_gp(edit, office: Office):
    patients = await patient_refs(edit, *office.patients[:2])

    data = await edit(MOVE, **{"from": office.first, "to": office.second}, input={"patients": patients, "at": LATER})

    lists = str(office.first), str(office.second)
    assert patients_of(data["patientsMove"]) == [(LATER, 2, *lists, office.gp, office.other_gp)]


async def test_a_change_that_moves_nobody_has_no_impact_on_patients(edit, office: Office):
    data = await edit(CEILING, id=office.first, seen=ANY)

    assert patients_of(data["gpContractChangeCeiling"]) == []

"""GP contracts: look-up, free places, and the records around a list."""

import pytest

from registers.database.database import Database
from tests.conftest import NOW, Ask
from tests.support.scenario import COMING, ENDED, JUNE, LAST_YEAR, NEXT_YEAR, Office, Period, Scenario, change

pytestmark = pytest.mark.anyio

LOCATIONS = (
    "query ($id: GpContractId!, $asOf: AsOf) { gpContract(id: $id, asOf: $asOf) { patientCount placesAvailable } }"
)


async def test_a_contract_reports_what_stands_around_it(scenario: Scenario, database: Database, ask: Ask):
    office, leader, gp = scenario.office(name="Kirkeveien legesenter"), scenario.doctor(), scenario.doctor()
    scenario.add("gp_offices", organisation_number=office.number, group_office=True, district="3403/030105")
    scenario.add(
        "primary_health_care_teams",
        id=7,
        reference_only=False,
        organisation_number=office.number,
        leader_hpr_number=leader,
    )
    for member, valid in ((gp, Period()), (leader, ENDED)):
        scenario.add(
            "team_members",
            id=member,
            team_id=7,
            hpr_number=member,
            role="9060/LE",
            substitute=False,
            **valid.columns,
        )
    contract = scenario.contract(office, team_id=7, patients_on_waiting_list=3, agreement_date=JUNE.date())
    scenario.add("coop_municipalities", contract_id=contract, municipality="3402/3201")
    scenario.cycle(contract, gp, days=(5, 1))
    scenario.cycle(contract, leader, "LPVI", valid=COMING, substitute_for=gp)
    await scenario.write(database, key=str(contract))

    data = await ask(
        """query ($id: GpContractId!) { gpContract(id: $id) {
          contractId state status { value } municipality { value } coopMunicipalities { value }
          office { name gpContracts { contractId } } groupOffice district { display }
          agreedOn patientsOnWaitingList fixedSalary commonList requiresMembership { value } endReason { value }
          doctorCycles {
            relationship { value } active healthProfessional { lastName } substituteFor { lastName }
            workingOnDays contract { contractId }
          }
          team { organisation { name } leader { lastName } members { healthProfessional { lastName } role { value } } }
          history { nodes { action } }
        } }""",
        id=str(contract),
    )

    assert data["gpContract"] == {
        "contractId": str(contract),
        "state": "IN_FORCE",
        "status": {"value": "FAAA"},
        "municipality": {"value": "0301"},
        "coopMunicipalities": [{"value": "3201"}],
        "office": {"name": "Kirkeveien legesenter", "gpContracts": [{"contractId": str(contract)}]},
        "groupOffice": True,
        "district": {"display": "Frogner"},
        "agreedOn": "2026-06-01",
        "patientsOnWaitingList": 3,
        "fixedSalary": False,
        "commonList": False,
        "requiresMembership": None,
        "endReason": None,
        "doctorCycles": [
            {
                "relationship": {"value": "LPVI"},
                "active": False,
                "healthProfessional": {"lastName": f"Lege {leader}"},
                "substituteFor": {"lastName": f"Lege {gp}"},
                "workingOnDays": [],
                "contract": {"contractId": str(contract)},
            },
            {
                "relationship": {"value": "LPFL"},
                "active": True,
                "healthProfessional": {"lastName": f"Lege {gp}"},
                "substituteFor": None,
                "workingOnDays": ["MONDAY", "FRIDAY"],
                "contract": {"contractId": str(contract)},
            },
        ],
        "team": {
            "organisation": {"name": "Kirkeveien legesenter"},
            "leader": {"lastName": f"Lege {leader}"},
            "members": [{"healthProfessional": {"lastName": f"Lege {gp}"}, "role": {"value": "LE"}}],
        },
        "history": {"nodes": [{"action": "GpContractCreated"}]},
    }


async def test_a4_free_places_are_the_ceiling_less_the_patients_while_open_and_never_negative(
    scenario: Scenario, database: Database, ask: Ask
):
    office = scenario.office()
    lists = [
        (scenario.contract(office, status=f"7751/{status}", max_patients=ceiling), free)
        for status, ceiling, free in (
            ("FAAA", 5, 3),
            ("FAAA", 2, 0),
            ("FAAA", 1, 0),
            ("LUKKET", 5, 0),
            ("LAAST", 5, 0),
        )
    ]
    for contract, _ in lists:
        for valid in (Period(), Period(LAST_YEAR), ENDED, COMING):
            scenario.on_list(scenario.person(), contract, valid=valid)
    await scenario.write(database)

    found = [(await ask(LOCATIONS, id=contract))["gpContract"] for contract, _ in lists]

    assert found == [{"patientCount": 2, "placesAvailable": free} for _, free in lists]


async def test_free_places_are_those_of_the_instant_asked_for(scenario: Scenario, database: Database, ask: Ask):
    contract = scenario.contract(scenario.office(), max_patients=5)
    for valid in (Period(), ENDED, COMING):
        scenario.on_list(scenario.person(), contract, valid=valid)
    await scenario.write(database)

    counts = []
    for moment in (LAST_YEAR, NOW, NEXT_YEAR):
        data = await ask(LOCATIONS, id=contract, asOf={"validAt": moment.isoformat()})
        counts.append(data["gpContract"])

    assert counts == [
        {"patientCount": 2, "placesAvailable": 3},
        {"patientCount": 1, "placesAvailable": 4},
        {"patientCount": 2, "placesAvailable": 3},
    ]


async def test_a38_a_location_given_up_stays_readable_at_earlier_times(
    scenario: Scenario, database: Database, ask: Ask
):
    contract = scenario.contract(scenario.office())
    for id, valid in ((1, Period(LAST_YEAR, JUNE)), (2, Period(JUNE))):
        scenario.add("out_of_office_locations", id=id, contract_id=contract, description=f"Sted {id}", **valid.columns)
    scenario.add("out_of_office_addresses", location_id=1, type="3401/RES", street="Brygga 1", postal_code="0150")
    scenario.add("out_of_office_contacts", location_id=1, type="9044/E_TLF", address="+4700000000")
    await scenario.write(database)
    document = """query ($id: GpContractId!, $asOf: AsOf) { gpContract(id: $id, asOf: $asOf) { outOfOfficeLocations {
      description physicalAddresses { type { value } street postalCode } electronicAddresses { type { value } address }
    } } }"""

    now = await ask(document, id=contract)
    before = await ask(document, id=contract, asOf={"validAt": LAST_YEAR.isoformat()})

    assert [each["description"] for each in now["gpContract"]["outOfOfficeLocations"]] == ["Sted 2"]
    assert before["gpContract"]["outOfOfficeLocations"] == [
        {
            "description": "Sted 1",
            "physicalAddresses": [{"type": {"value": "RES"}, "street": "Brygga 1", "postalCode": "0150"}],
            "electronicAddresses": [{"type": {"value": "E_TLF"}, "address": "+4700000000"}],
        }
    ]


async def test_a28_an_offices_number_is_nine_digits_and_says_when_its_check_digit_fails(
    scenario: Scenario, database: Database, ask: Ask
):
    scenario.add(
        "organisations",
        organisation_number="300000001",
        check_digit_holds=False,
        reference_only=False,
        kind="underenhet",
        name="Kontor",
        **Period().columns,
    )
    contract = scenario.contract(Office("300000001", 0))  # type: ignore[arg-type]
    await scenario.write(database)

    data = await ask(
        "query ($id: GpContractId!) { gpContract(id: $id) { office { organisationNumber checkDigitHolds } } }",
        id=contract,
    )

    assert data["gpContract"]["office"] == {"organisationNumber": "300000001", "checkDigitHolds": False}


async def test_contracts_of_a_batch_come_in_order_with_what_came_of_each(
    scenario: Scenario, database: Database, ask: Ask
):
    office = scenario.office()
    current, ended, coming = (scenario.contract(office, valid=valid) for valid in (Period(), ENDED, COMING))
    await scenario.write(database)

    data = await ask(
        "query ($ids: [GpContractId!]!) { gpContracts(ids: $ids) { contractId outcome gpContract { state } } }",
        ids=[coming, 999, current, ended, current],
    )

    assert [(slot["contractId"], slot["outcome"], slot["gpContract"]) for slot in data["gpContracts"]] == [
        (str(coming), "PLANNED", {"state": "PLANNED"}),
        ("999", "UNKNOWN", None),
        (str(current), "FOUND", {"state": "IN_FORCE"}),
        (str(ended), "ENDED", {"state": "ENDED"}),
        (str(current), "FOUND", {"state": "IN_FORCE"}),
    ]


async def test_a_contract_is_fetched_again_by_its_global_id(scenario: Scenario, database: Database, ask: Ask):
    contract = scenario.contract(scenario.office())
    await scenario.write(database)
    found = await ask("query ($id: GpContractId!) { gpContract(id: $id) { id } }", id=contract)

    data = await ask(
        "query ($id: ID!) { node(id: $id) { ... on GpContract { contractId } } }", id=found["gpContract"]["id"]
    )

    assert data["node"] == {"contractId": str(contract)}


async def test_the_list_itself_reports_whom_to_write_to(scenario: Scenario, database: Database, ask: Ask):
    office, doctor = scenario.office(), scenario.doctor()
    contract = scenario.contract(office)
    scenario.cycle(contract, doctor)
    party = scenario.party_of_doctor(office, doctor)
    await scenario.write(database)

    data = await ask(
        """query ($id: GpContractId!) { gpContract(id: $id) {
          responsible { vacant } gpHerId { rule communicationParty { herId parent { herId } } }
        } }""",
        id=contract,
    )

    assert data["gpContract"] == {
        "responsible": {"vacant": False},
        "gpHerId": {
            "rule": "GP_OF_THE_LIST",
            "communicationParty": {"herId": party, "parent": {"herId": office.her_id}},
        },
    }


async def test_an_earlier_entry_shows_the_list_as_it_was_known(scenario: Scenario, database: Database, ask: Ask):
    contract = scenario.contract(scenario.office(), max_patients=10)
    patient = scenario.person()
    association = scenario.on_list(patient, contract)
    before = await scenario.write(database)
    await change(database, "gp_contracts", {"id": contract}, max_patients=20)
    await change(database, "patient_associations", {"id": association})

    data = [
        (await ask(LOCATIONS, id=contract, asOf={"entry": entry}))["gpContract"]
        for entry in (before, before + 1, before + 2)
    ]

    assert data == [
        {"patientCount": 1, "placesAvailable": 9},
        {"patientCount": 1, "placesAvailable": 19},
        {"patientCount": 0, "placesAvailable": 20},
    ]

"""GP contracts: look-up, search, free places, what stands around a list, and the rules the database keeps."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from registers.core.database import Database
from tests.conftest import NOW, Ask, asking
from tests.gp_lists.builders import Office, Period, World, change

pytestmark = pytest.mark.anyio

LAST_YEAR, JUNE, NEXT_YEAR = NOW - timedelta(days=365), datetime(2026, 6, 1, tzinfo=UTC), NOW + timedelta(days=365)
ENDED, COMING = Period(LAST_YEAR, JUNE), Period(NEXT_YEAR)
PLACES = "query ($id: GpContractId!, $asOf: AsOf) { gpContract(id: $id, asOf: $asOf) { patientCount placesAvailable } }"
SEARCH = """
query ($filter: GpContractFilter!, $first: Int = 50, $after: String, $asOf: AsOf) {
  searchGpContracts(filter: $filter, first: $first, after: $after, asOf: $asOf) {
    totalCount nodes { contractId } pageInfo { hasNextPage endCursor }
  }
}
"""


@pytest.fixture
def ask(database: Database) -> Ask:
    """Asks as anybody: contracts are public."""
    return asking(database)


async def test_a_contract_tells_what_stands_around_it(world: World, database: Database, ask: Ask):
    office, leader, gp = world.office(name="Kirkeveien legesenter"), world.doctor(), world.doctor()
    world.add("gp_offices", organisation_number=office.number, group_office=True, district="3403/030105")
    world.add(
        "primary_health_care_teams",
        id=7,
        reference_only=False,
        organisation_number=office.number,
        leader_hpr_number=leader,
    )
    for member, valid in ((gp, Period()), (leader, ENDED)):
        world.add(
            "team_members",
            id=member,
            team_id=7,
            hpr_number=member,
            role="9060/LE",
            substitute=False,
            **valid.columns,
        )
    contract = world.contract(office, team_id=7, patients_on_waiting_list=3, agreement_date=JUNE.date())
    world.add("coop_municipalities", contract_id=contract, municipality="3402/3201")
    world.cycle(contract, gp, days=(5, 1))
    world.cycle(contract, leader, "LPVI", valid=COMING, substitute_for=gp)
    await world.write(database, key=str(contract))

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
    world: World, database: Database, ask: Ask
):
    office = world.office()
    lists = [
        (world.contract(office, status=f"7751/{status}", max_patients=ceiling), free)
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
            world.on_list(world.person(), contract, valid=valid)
    await world.write(database)

    found = [(await ask(PLACES, id=contract))["gpContract"] for contract, _ in lists]

    assert found == [{"patientCount": 2, "placesAvailable": free} for _, free in lists]


async def test_free_places_are_those_of_the_instant_asked_for(world: World, database: Database, ask: Ask):
    contract = world.contract(world.office(), max_patients=5)
    for valid in (Period(), ENDED, COMING):
        world.on_list(world.person(), contract, valid=valid)
    await world.write(database)

    counts = []
    for moment in (LAST_YEAR, NOW, NEXT_YEAR):
        data = await ask(PLACES, id=contract, asOf={"validAt": moment.isoformat()})
        counts.append(data["gpContract"])

    assert counts == [
        {"patientCount": 2, "placesAvailable": 3},
        {"patientCount": 1, "placesAvailable": 4},
        {"patientCount": 2, "placesAvailable": 3},
    ]


async def test_a38_a_place_given_up_stays_readable_at_earlier_times(world: World, database: Database, ask: Ask):
    contract = world.contract(world.office())
    for id, valid in ((1, Period(LAST_YEAR, JUNE)), (2, Period(JUNE))):
        world.add("out_of_office_locations", id=id, contract_id=contract, description=f"Sted {id}", **valid.columns)
    world.add("out_of_office_addresses", location_id=1, type="3401/RES", street="Brygga 1", postal_code="0150")
    world.add("out_of_office_contacts", location_id=1, type="9044/E_TLF", address="+4700000000")
    await world.write(database)
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
    world: World, database: Database, ask: Ask
):
    world.add(
        "organisations",
        organisation_number="300000001",
        check_digit_holds=False,
        reference_only=False,
        kind="underenhet",
        name="Kontor",
        **Period().columns,
    )
    contract = world.contract(Office("300000001", 0))  # type: ignore[arg-type]
    await world.write(database)

    data = await ask(
        "query ($id: GpContractId!) { gpContract(id: $id) { office { organisationNumber checkDigitHolds } } }",
        id=contract,
    )

    assert data["gpContract"]["office"] == {"organisationNumber": "300000001", "checkDigitHolds": False}


async def test_contracts_of_a_batch_come_in_order_with_what_came_of_each(world: World, database: Database, ask: Ask):
    office = world.office()
    current, ended, coming = (world.contract(office, valid=valid) for valid in (Period(), ENDED, COMING))
    await world.write(database)

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


async def test_a_contract_is_fetched_again_by_its_global_id(world: World, database: Database, ask: Ask):
    contract = world.contract(world.office())
    await world.write(database)
    found = await ask("query ($id: GpContractId!) { gpContract(id: $id) { id } }", id=contract)

    data = await ask(
        "query ($id: ID!) { node(id: $id) { ... on GpContract { contractId } } }", id=found["gpContract"]["id"]
    )

    assert data["node"] == {"contractId": str(contract)}


async def test_the_list_itself_tells_whom_to_write_to(world: World, database: Database, ask: Ask):
    office, doctor = world.office(), world.doctor()
    contract = world.contract(office)
    world.cycle(contract, doctor)
    party = world.party_of_doctor(office, doctor)
    await world.write(database)

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


@pytest.fixture
async def many(world: World, database: Database):
    """Lists that differ in one respect each from `plain`."""
    office, other, doctor = world.office(), world.office(), world.doctor()
    lists = {
        "plain": world.contract(office),
        "elsewhere": world.contract(other),
        "closed": world.contract(office, status="7751/LUKKET"),
        "full": world.contract(office, max_patients=1),
        "vacant": world.contract(office),
        "common": world.contract(office, common_list=True),
        "coop": world.contract(office, municipality="3402/3201"),
        "owned": world.contract(office, municipality="3402/1103"),
        "referred": world.contract(office, status=None),
        "ended": world.contract(office, valid=ENDED),
    }
    world.add("coop_municipalities", contract_id=lists["coop"], municipality="3402/1103")
    world.on_list(world.person(), lists["full"])
    for name, contract in lists.items():
        if name != "vacant":
            world.cycle(contract, doctor if name in ("plain", "ended") else world.doctor())
    world.cycle(lists["vacant"], doctor, "LPVI")
    world.cycle(lists["closed"], doctor, valid=ENDED)
    await world.write(database)
    return lists, office, other, doctor


IN_FORCE = ["plain", "elsewhere", "closed", "full", "vacant", "common", "coop", "owned", "referred"]


FINDS: list[tuple[dict[str, object], list[str]]] = [
    ({}, IN_FORCE),
    ({"municipality": "1103"}, ["coop", "owned"]),
    ({"municipality": "3201"}, ["coop"]),
    ({"status": "LUKKET"}, ["closed"]),
    ({"hasFreePlaces": False}, ["closed", "full", "referred"]),
    ({"hasFreePlaces": True}, ["plain", "elsewhere", "vacant", "common", "coop", "owned"]),
    ({"vacant": True}, ["vacant"]),
    ({"vacant": False}, [name for name in IN_FORCE if name != "vacant"]),
    ({"commonList": True}, ["common"]),
    ({"commonList": True, "vacant": True}, []),
]


async def test_a_search_finds_the_contracts_in_force_that_every_condition_holds_for(ask: Ask, many):
    lists, *_ = many
    names = {str(contract): name for name, contract in lists.items()}

    found = []
    for filter, _ in FINDS:
        answer = (await ask(SEARCH, filter=filter))["searchGpContracts"]
        found.append((filter, [names[each["contractId"]] for each in answer["nodes"]]))
        assert answer["totalCount"] == len(answer["nodes"])

    assert found == FINDS


async def test_a_search_by_office_and_doctor_looks_at_the_instant(ask: Ask, many):
    lists, _, other, doctor = many

    of_office = await ask(SEARCH, filter={"officeNumber": other.number})
    of_doctor = await ask(SEARCH, filter={"hprNumber": doctor})
    before = await ask(SEARCH, filter={"hprNumber": doctor}, asOf={"validAt": LAST_YEAR.isoformat()})

    def found(data):
        return [each["contractId"] for each in data["searchGpContracts"]["nodes"]]

    assert found(of_office) == [str(lists["elsewhere"])]
    assert found(of_doctor) == [str(lists["plain"]), str(lists["vacant"])]
    assert found(before) == [str(lists[name]) for name in ("plain", "closed", "vacant", "ended")]


async def test_pages_of_a_search_give_every_contract_once(ask: Ask, many):
    lists, *_ = many
    found, after = [], None
    while True:
        page = (await ask(SEARCH, filter={}, first=4, after=after))["searchGpContracts"]
        found += [each["contractId"] for each in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break

    assert found == [str(lists[name]) for name in IN_FORCE]


async def test_an_earlier_entry_shows_the_list_as_it_was_known(world: World, database: Database, ask: Ask):
    contract = world.contract(world.office(), max_patients=10)
    patient = world.person()
    association = world.on_list(patient, contract)
    before = await world.write(database)
    await change(database, "gp_contracts", {"id": contract}, max_patients=20)
    await change(database, "patient_associations", {"id": association})

    data = [
        (await ask(PLACES, id=contract, asOf={"entry": entry}))["gpContract"]
        for entry in (before, before + 1, before + 2)
    ]

    assert data == [
        {"patientCount": 1, "placesAvailable": 9},
        {"patientCount": 1, "placesAvailable": 19},
        {"patientCount": 0, "placesAvailable": 20},
    ]


async def test_a1_a_person_on_two_lists_at_once_is_refused_by_the_database(world: World, database: Database):
    office, person = world.office(), world.person()
    world.on_list(person, world.contract(office), valid=Period(LAST_YEAR, JUNE))
    world.on_list(person, world.contract(office), valid=Period(JUNE - timedelta(microseconds=1)))

    with pytest.raises(IntegrityError, match="patient_associations_one_list_at_a_time"):
        await world.write(database)


async def test_a1_lists_may_follow_each_other_without_a_gap(world: World, database: Database, ask_editor: Ask):
    office, person = world.office(), world.person()
    first, second = world.contract(office), world.contract(office)
    world.on_list(person, first, valid=Period(LAST_YEAR, JUNE))
    world.on_list(person, second, valid=Period(JUNE))
    await world.write(database)
    document = """query ($patients: [PatientAtInput!]!) { patientGps(patients: $patients, purpose: REGISTRY_MAINTENANCE)
      { association { contract { contractId } } } }"""

    data = await ask_editor(
        document,
        patients=[
            {"nationalId": person.national_id, "at": moment.isoformat()}
            for moment in (JUNE - timedelta(microseconds=1), JUNE)
        ],
    )

    assert [slot["association"]["contract"]["contractId"] for slot in data["patientGps"]] == [str(first), str(second)]


@pytest.mark.parametrize("parent", ["none", "person"])
async def test_a13_a_persons_party_without_an_organisation_above_is_refused_by_the_database(
    world: World, database: Database, parent
):
    office = world.office()
    below = world.party_of_doctor(office, world.doctor())
    world.party_of_doctor(Office(office.number, below if parent == "person" else None), world.doctor())  # type: ignore[arg-type]

    with pytest.raises(IntegrityError, match=r"depth_is_two|parent_her_id"):
        await world.write(database)

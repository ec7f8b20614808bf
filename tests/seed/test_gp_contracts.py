"""GP contracts and patients in the files: ties to the other registers, one list at a time, every case."""

from collections import Counter
from itertools import pairwise
from typing import Any

import pytest

from registers.core.national_id import NationalIdKind, Synthetic, describe_national_id, parse_national_id
from registers.seed.sources.dates import REFERENCE_DATE
from tests.seed.conftest import Records
from tests.support import known

TODAY = f"{REFERENCE_DATE.isoformat()}T00:00:00"
KX17 = "KX17"


@pytest.fixture(scope="session")
def contracts(records: Records) -> dict[int, dict[str, Any]]:
    return {contract["Id"]: contract for contract in records["gp-contracts"]}


@pytest.fixture(scope="session")
def persons(records: Records) -> dict[str, dict[str, Any]]:
    return {person["NIN"]: person for person in records["persons"]}


@pytest.fixture(scope="session")
def histories(contracts: Any) -> dict[str, list[tuple[int, dict[str, Any]]]]:
    """Contract and association of each patient, the oldest first."""
    found: dict[str, list[tuple[int, dict[str, Any]]]] = {}
    for number, contract in contracts.items():
        for association in contract["PatientList"]:
            found.setdefault(association["PatientNIN"], []).append((number, association))
    return {patient: sorted(own, key=lambda each: each[1]["Period"]["From"]) for patient, own in found.items()}


def runs(period: dict[str, str], at: str = TODAY) -> bool:
    return period["From"] <= at < period.get("To", "9999")


def cycles(contract: dict[str, Any], relationship: str) -> list[dict[str, Any]]:
    return [
        cycle
        for cycle in contract["DoctorCycles"]
        if cycle["Relationship"]["CodeValue"] == relationship and runs(cycle["Valid"])
    ]


def test_there_are_15_contracts_and_2000_persons(contracts: Any, persons: Any, records: Records):
    assert len(contracts) == len(records["gp-contracts"]) == 15
    assert len(persons) == len(records["persons"]) == 2_000


def test_every_office_and_every_doctor_is_registered(contracts: Any, records: Records, parties: Any):
    offices = {unit["organisasjonsnummer"] for unit in records["underenheter"]}
    doctors = {person["HPRNummer"] for person in records["health-personnel"]}
    for contract in contracts.values():
        assert str(contract["GPOfficeOrganizationNumber"]) in offices
        assert contract["GPOffice"]["OrganizationNumber"] == contract["GPOfficeOrganizationNumber"]
        for cycle in contract["DoctorCycles"]:
            assert cycle["HprNumber"] in doctors
            assert cycle["GPContractId"] == contract["Id"]
            assert cycle.get("SubstituteForHprNumber") in {*doctors, None}


def test_a_patient_is_on_one_list_at_a_time(histories: Any):
    for own in histories.values():
        for (_, earlier), (_, later) in pairwise(own):
            assert earlier["Period"].get("To", "9999") <= later["Period"]["From"]
    assert sum(map(len, histories.values())) > 2_200


def test_an_association_lies_within_its_contract_and_the_patients_life(contracts: Any, histories: Any, persons: Any):
    for patient, own in histories.items():
        for number, association in own:
            period, contract = association["Period"], contracts[number]["Valid"]
            assert contract["From"] <= period["From"] < period.get("To", "9999")
            assert period.get("To", "9999") <= contract.get("To", "9999")
            assert persons[patient]["DateOfBirth"] <= period["From"][:10]
            assert period.get("To", TODAY)[:10] <= persons[patient].get("DateOfDeath", "9999")


def test_lists_change_on_the_first_of_a_month(histories: Any, persons: Any):
    for patient, own in histories.items():
        for _, association in own:
            born_on = f"{persons[patient]['DateOfBirth']}T00:00:00"
            assert association["Period"]["From"].endswith("-01T00:00:00") or association["Period"]["From"] == born_on
            if not association["Period"].get("To", "-01T00:00:00").endswith("-01T00:00:00"):
                assert association["EndCode"]["CodeValue"] == "OHID"


def test_every_association_has_an_id_of_its_own(histories: Any):
    ids = Counter(association["Id"] for own in histories.values() for _, association in own)

    assert ids.most_common(1)[0][1] == 1


def test_every_patient_is_a_person_and_all_but_a_few_persons_are_patients(histories: Any, persons: Any):
    assert set(histories) <= set(persons)
    assert known.PERSON_WITHOUT_LIST in set(persons) - set(histories)
    assert len(set(persons) - set(histories)) < 40


def test_every_national_id_is_valid_of_the_tenor_series_and_its_own(persons: Any, records: Records):
    numbers = [*persons, *(former for person in persons.values() for former in person.get("FormerNINs", []))]
    numbers += [person["NIN"] for person in records["health-personnel"] if "NIN" in person]
    for number in numbers:
        assert describe_national_id(parse_national_id(number)).synthetic is Synthetic.TENOR

    assert len(set(numbers)) == len(numbers)


def test_a_number_tells_the_date_of_birth_and_not_the_sex(persons: Any):
    odd_men = Counter((person["Sex"], int(number[8]) % 2) for number, person in persons.items())
    for number, person in persons.items():
        year, month, day = person["DateOfBirth"].split("-")
        assert number[:6] == f"{day}{int(month) + 80}{year[2:]}"

    assert min(odd_men[sex, odd] for sex in "12" for odd in (0, 1)) > 300


def test_the_contracts_are_of_every_kind(contracts: Any):
    def whose(key: str, is_so: Any = bool) -> set[int]:
        return {number for number, contract in contracts.items() if is_so(contract.get(key))}

    assert whose("ParticipatesOnCommonList") == {known.COMMON_LIST}
    assert whose("IsFixedSalary") == {known.EMPLOYED_GP_LIST}
    assert whose("RequiresMembership") == {known.MEMBERS_LIST}
    assert whose("OutOfOfficeOffices") == {known.LIST_WITH_OUT_OF_OFFICE}
    assert whose("EndReason") == {known.ENDED_LIST}
    assert whose("CoopMunicipalities") == {known.LIST_WITH_COOP_MUNICIPALITIES}
    assert whose("Status", lambda status: status["CodeValue"] == "LUKKET") == {known.CLOSED_LIST}
    assert whose("Status", lambda status: status["CodeValue"] == "LAAST") == {known.LOCKED_LIST}
    assert not runs(contracts[known.ENDED_LIST]["Valid"])
    assert contracts[known.ENDED_LIST]["PatientList"]
    both = [runs(each["Valid"]) for each in contracts[known.LIST_WITH_OUT_OF_OFFICE]["OutOfOfficeOffices"]]
    assert both == [False, True]


def test_co_operating_municipalities_do_not_repeat_the_contracts_own(contracts: Any):
    contract = contracts[known.LIST_WITH_COOP_MUNICIPALITIES]
    others = [each["CodeValue"] for each in contract["CoopMunicipalities"]]

    assert len(set(others)) == 2
    assert contract["Municipality"]["CodeValue"] not in others


def test_the_closed_list_is_longer_than_its_ceiling_and_the_open_ones_are_not_full(contracts: Any):
    def vacancies(number: int) -> int:
        patients = contracts[number]["PatientList"]
        return contracts[number]["MaxPatients"] - sum(runs(each["Period"]) for each in patients)

    assert vacancies(known.CLOSED_LIST) < 0
    assert contracts[known.CLOSED_LIST]["PatientsOnWaitingList"] == 42
    assert all(vacancies(number) > 0 for number in contracts if number != known.CLOSED_LIST)


def test_each_case_has_its_cycles(contracts: Any):
    def served(number: int) -> tuple[int, int, int]:
        gps, substitutes, part_list = (cycles(contracts[number], each) for each in ("LPFL", "LPVI", "LPDL"))
        return len(gps), len(substitutes), len(part_list)

    assert served(known.ORDINARY_LIST) == (1, 0, 0)
    assert served(known.COMMON_LIST) == (2, 0, 0)
    assert served(known.PART_LIST) == (1, 0, 1)
    assert served(known.VACANT_WITH_ONE_SUBSTITUTE) == (0, 1, 0)
    assert served(known.VACANT_WITH_TWO_SUBSTITUTES) == (0, 2, 0)
    assert served(known.VACANT_WITH_NOBODY) == (0, 0, 0)
    assert served(known.LIST_WITH_SUBSTITUTES_FOR_GP) == (1, 1, 0)
    future = [cycle for cycle in contracts[known.LIST_WITH_FUTURE_GP]["DoctorCycles"] if cycle["Valid"]["From"] > TODAY]
    assert [cycle["Valid"]["From"] for cycle in future] == ["2027-01-01T00:00:00"]
    stand_ins = [
        (cycle["SubstituteForHprNumber"], runs(cycle["Valid"]))
        for cycle in contracts[known.LIST_WITH_SUBSTITUTES_FOR_GP]["DoctorCycles"]
        if "SubstituteForHprNumber" in cycle
    ]
    assert stand_ins == [(known.DOCTOR_AT_TWO_OFFICES, False), (known.DOCTOR_AT_TWO_OFFICES, True)]


def test_each_rule_for_the_gps_her_id_has_a_case(contracts: Any, parties: Any):
    found = {number: her_ids(contracts[number], parties) for number in contracts if number != known.ENDED_LIST}

    assert found == {
        known.ORDINARY_LIST: (1, [known.EXAMPLE_GP]),
        known.COMMON_LIST: (1, [8_200_054, 8_200_055]),
        known.PART_LIST: (1, [8_200_045]),
        known.VACANT_WITH_ONE_SUBSTITUTE: (2, [8_200_029]),
        known.VACANT_WITH_TWO_SUBSTITUTES: (3, [known.VACANT_LIST_SERVICE]),
        known.VACANT_WITH_NOBODY: (4, []),
        known.CLOSED_LIST: (1, [8_200_050]),
        known.LOCKED_LIST: (4, []),
        known.EMPLOYED_GP_LIST: (1, [8_200_022]),
        known.MEMBERS_LIST: (1, [8_200_068]),
        known.LIST_WITH_FUTURE_GP: (1, [8_200_062]),
        known.LIST_WITH_SUBSTITUTES_FOR_GP: (1, [known.DOCTORS_PARTIES[1]]),
        known.LIST_WITH_COOP_MUNICIPALITIES: (1, [known.DOCTORS_PARTIES[0]]),
        known.LIST_WITH_OUT_OF_OFFICE: (1, [8_200_063]),
    }


def her_ids(contract: dict[str, Any], parties: Any) -> tuple[int, list[int]]:
    """The rule that applies, and the HER-ids by that rule."""
    office = str(contract["GPOfficeOrganizationNumber"])
    people: dict[int, int] = {}
    vacant_list_service = []
    for her_id, reported in parties.items():
        party = reported.get("newer", {})
        details = party.get("personDetails") or party.get("serviceDetails")
        if not details or details["parentOrganization"]["organizationNumber"] != office:
            continue
        if party["validTo"] and party["validTo"] <= TODAY:
            continue
        if party["personDetails"]:
            people[details["hprNumber"]] = her_id
        elif details["serviceType"]["value"] == KX17:
            vacant_list_service.append(her_id)
    gps, substitutes = cycles(contract, "LPFL"), cycles(contract, "LPVI")
    if found := [people[cycle["HprNumber"]] for cycle in gps if cycle["HprNumber"] in people]:
        return 1, found
    if not gps and len(substitutes) == 1:
        return 2, [people[substitutes[0]["HprNumber"]]]
    return (3, vacant_list_service) if vacant_list_service else (4, [])


def test_there_is_a_known_patient_on_each_list(histories: Any):
    lists = [own[-1][0] for own in (histories[patient] for patient in known.PATIENT_OF_EACH_LIST)]

    assert lists == list(range(known.ORDINARY_LIST, known.ENDED_LIST))
    assert all(runs(histories[patient][-1][1]["Period"]) for patient in known.PATIENT_OF_EACH_LIST)


def test_each_case_of_a_patient_has_its_history(histories: Any, persons: Any):
    def lists(patient: str) -> list[tuple[int, str | None]]:
        return [(number, association["Period"].get("To")) for number, association in histories[patient]]

    assert [end is None for _, end in lists(known.MOVED_PATIENT)] == [False, True]
    assert lists(known.PATIENT_FROM_ENDED_LIST)[0] == (known.ENDED_LIST, "2026-01-01T00:00:00")
    assert [end for _, end in lists(known.PATIENT_WITH_FUTURE_LIST)] == ["2027-01-01T00:00:00", None]
    for patient, status in ((known.EMIGRATED_PATIENT, 3), (known.DEAD_PATIENT, 5)):
        ((_, association),) = histories[patient]
        assert association["EndCode"]["CodeValue"] == "OHID"
        assert persons[patient]["RegStatus"] == status
    dead = persons[known.DEAD_PATIENT]
    assert f"{dead['DateOfDeath']}T00:00:00" == lists(known.DEAD_PATIENT)[0][1]
    ((_, first),) = histories[known.NEWBORN]
    assert first["Period"] == {"From": f"{persons[known.NEWBORN]['DateOfBirth']}T00:00:00"}
    assert persons[known.NEWBORN]["DateOfBirth"] >= "2026-09-01"


def test_every_grade_of_protection_is_there(persons: Any, histories: Any):
    grades = Counter(person["PostalType"] for person in persons.values())

    assert set(grades) == {0, 4, 6, 7}
    assert grades[0] > 1_900
    assert persons[known.CLIENT_ADDRESS]["PostalType"] == 4
    assert persons[known.CONFIDENTIAL]["PostalType"] == 7
    assert persons[known.STRICTLY_CONFIDENTIAL]["PostalType"] == 6
    assert persons[known.PROTECTED_AND_MOVED]["PostalType"] == 6
    assert len(histories[known.PROTECTED_AND_MOVED]) == 2


def test_some_national_ids_have_replaced_others(persons: Any):
    former = persons[known.PATIENT_WITH_FORMER_D_NUMBER]["FormerNINs"]

    assert persons[known.CHANGED_NATIONAL_ID]["FormerNINs"] == [known.FORMER_NATIONAL_ID]
    assert former == [known.FORMER_D_NUMBER]
    assert describe_national_id(parse_national_id(former[0])).kind is NationalIdKind.D_NUMBER
    assert persons[known.PATIENT_WITH_TWO_FORMER_NUMBERS]["FormerNINs"] == list(known.TWO_FORMER_NUMBERS)
    assert sum("FormerNINs" in person for person in persons.values()) > 20

"""Dirt in files of FLR: put right, flagged or refused by name, and never with a person's data in the remark."""

from pathlib import Path
from typing import Any

import pytest

from registers.intake.snapshot import NOT_REPORTED
from tests.support import records_flr as flr
from tests.support import soap
from tests.support.files import broken, flags, one, refused
from tests.support.records_ar import code, electronic, physical


def read(folder: Path, **changes: Any) -> Any:
    return one(folder, flr.contract(**changes))


@pytest.mark.parametrize("end", ["9999-12-31T00:00:00", "9999-12-31T23:59:59.999", "2100-06-01T00:00:00", None])
def test_an_end_far_away_is_none(tmp_path: Path, end: str | None):
    found = read(tmp_path, Valid=flr.period("2010-06-01T00:00:00", end))

    assert (found.valid_to, found.flags) == (None, [])


@pytest.mark.parametrize(
    ("valid", "rule"),
    [
        (None, "period-missing"),
        (flr.period("2010-06-01T00:00:00", "2010-06-01T00:00:00"), "period-empty"),
        (flr.period("9999-01-01T00:00:00"), "period-implausible"),
        (flr.period("0001-01-01T00:00:00"), "period-implausible"),
        (flr.period("i går"), "period-unreadable"),
    ],
)
def test_a_contract_without_a_period_that_can_be_is_broken(tmp_path: Path, valid: Any, rule: str):
    assert broken(tmp_path, flr.contract(Valid=valid)).rule == rule


@pytest.mark.parametrize("number", [None, 0, -1, "x", 2**63])
def test_a_contract_without_id_is_broken(tmp_path: Path, number: object):
    assert broken(tmp_path, flr.contract(Id=number)).rule == "contract-id"


@pytest.mark.parametrize("percentage", [0, 101, -5, "halv", 49.5])
def test_a_percentage_out_of_range_is_flagged_and_left_out(tmp_path: Path, percentage: object):
    found = read(tmp_path, DoctorCycles=[flr.cycle(WorkingPercentage=percentage)])

    assert found.doctor_cycles[0].working_percentage is None
    assert [(remark.rule, remark.path) for remark in found.flags] == [
        ("percentage-out-of-range", "DoctorCycles[0].WorkingPercentage")
    ]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (["Friday", "monday", 1, "2"], (1, 2, 5)),
        ("Monday Friday", (1, 5)),
        ([6, 0], (0, 6)),
        ([], ()),
        (None, ()),
    ],
)
def test_days_are_numbers_or_names(tmp_path: Path, days: object, expected: tuple[int, ...]):
    found = read(tmp_path, DoctorCycles=[flr.cycle(WorkingOnDays=days)])

    assert (found.doctor_cycles[0].working_on_days, found.flags) == (expected, [])


def test_a_day_that_is_none_is_flagged_and_the_others_kept(tmp_path: Path):
    found = read(tmp_path, DoctorCycles=[flr.cycle(WorkingOnDays=[1, 7, "fredag", None])])

    assert (found.doctor_cycles[0].working_on_days, flags(found)) == ((1,), ["day-unknown"])


def test_a_historic_business_has_no_number(tmp_path: Path):
    found = read(tmp_path, GPOfficeOrganizationNumber=-4711, GPOffice=flr.office(OrganizationNumber=-4711))

    assert (found.office_number, found.office) == (None, NOT_REPORTED)
    assert flags(found) == ["historic-business"]
    assert found.refused == []


def test_an_office_number_that_fails_is_kept_and_flagged(tmp_path: Path):
    found = read(tmp_path, GPOfficeOrganizationNumber=310001008, GPOffice=None)

    assert (found.office_number, found.office_check_digit_holds) == ("310001008", False)
    assert flags(found) == ["check-digit"]


def test_an_office_that_is_another_one_is_flagged(tmp_path: Path):
    found = read(tmp_path, GPOfficeOrganizationNumber=310001015)

    assert (found.office_number, found.office.organisation_number) == ("310001015", "310001007")
    assert "office-numbers-differ" in flags(found)


def test_an_office_without_any_number_is_refused(tmp_path: Path):
    found = read(tmp_path, GPOfficeOrganizationNumber=0, GPOffice=flr.office(OrganizationNumber=None))

    assert (found.office, refused(found)) == (NOT_REPORTED, ["office-without-number"])


@pytest.mark.parametrize("key", ["MaxPatients", "PatientsOnWaitingList"])
@pytest.mark.parametrize("value", [-1, "mange", 2**31])
def test_a_count_that_is_none_is_refused(tmp_path: Path, key: str, value: object):
    assert [(remark.rule, remark.path) for remark in read(tmp_path, **{key: value}).refused] == [
        ("number-implausible", key)
    ]


def test_a_municipality_gets_its_zero_back(tmp_path: Path):
    found = read(tmp_path, Municipality=code(3402, "301", "OSLO", "kommunenummer"))

    assert found.municipality.key == "3402/0301"


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"HprNumber": 0}, "hpr-number"),
        ({"Relationship": None}, "relationship-missing"),
        ({"Valid": None}, "period-missing"),
        ({"Id": None}, "id-missing"),
        ({"GPContractId": 70002}, "contract-ids-differ"),
    ],
)
def test_a_cycle_that_cannot_be_read_costs_itself_alone(tmp_path: Path, changes: dict[str, Any], rule: str):
    found = read(tmp_path, DoctorCycles=[flr.cycle(**changes), flr.cycle()])

    assert [each.id for each in found.doctor_cycles] == [90001]
    assert [(remark.rule, remark.path) for remark in found.refused] == [(rule, "DoctorCycles[0]")]


def test_a_cycle_reported_twice_is_one(tmp_path: Path):
    assert len(read(tmp_path, DoctorCycles=[flr.cycle(), flr.cycle()]).doctor_cycles) == 1


def test_nobody_is_their_own_substitute(tmp_path: Path):
    found = read(tmp_path, DoctorCycles=[flr.cycle(SubstituteForHprNumber=900000011)])

    assert (found.doctor_cycles[0].substitute_for, flags(found)) == (None, ["own-substitute"])


def test_addresses_of_a_location_need_a_type_and_there_is_one_of_each(tmp_path: Path):
    location = flr.location(
        PhysicalAddresses=[physical(None), physical("RES"), physical("RES", City="BERGEN")],
        ElectronicAddresses=[electronic("E_TLF", "1"), electronic("E_TLF", "2"), {"Address": "3", "Type": None}],
    )
    found = read(tmp_path, OutOfOfficeOffices=[location])

    assert [each.city for each in found.out_of_office[0].addresses] == ["OSLO"]
    assert [each.address for each in found.out_of_office[0].contacts] == ["1"]
    assert refused(found) == ["address-without-type", "address-without-type"]


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"PatientNIN": None, "Patient": None}, "national-id-missing"),
        ({"PatientNIN": "0381709003", "Patient": None}, "national-id-missing"),
        ({"Period": None}, "period-missing"),
        ({"GPContractId": 70002}, "contract-ids-differ"),
    ],
)
def test_a_patient_that_cannot_be_read_costs_itself_alone(tmp_path: Path, changes: dict[str, Any], rule: str):
    found = read(tmp_path, PatientList=[flr.association(**changes), flr.association(Id=2)])

    assert [each.id for each in found.patients] == [2]
    assert [(remark.rule, remark.path) for remark in found.refused] == [(rule, "PatientList[0]")]


def test_a_national_id_that_fails_is_kept_and_flagged_at_its_patient(tmp_path: Path):
    found = read(tmp_path, PatientList=[flr.association(PatientNIN="03817090036", Patient=None)])
    (patient,) = found.patients

    assert (patient.national_id, patient.national_id_holds) == ("03817090036", False)
    assert (flags(patient), found.flags) == (["national-id-fails"], [])
    assert not any(digit in patient.flags[0].text for digit in "0123456789")


def test_the_person_s_number_stands_in_for_the_association_s(tmp_path: Path):
    assert one(tmp_path, flr.association(PatientNIN=None)).national_id == flr.NIN


def test_two_numbers_of_one_patient_are_flagged_and_the_association_s_is_kept(tmp_path: Path):
    patient = one(tmp_path, flr.association(Patient=flr.person(NIN=flr.OTHER_NIN)))

    assert (patient.national_id, flags(patient)) == (flr.NIN, ["national-ids-differ"])


@pytest.mark.parametrize(
    ("absent", "reason"),
    [
        (("Id", "GPContractId", "Period"), "the answer has no id, no contract, no period"),
        (("GPContractId",), "the answer has no contract"),
    ],
)
def test_an_association_without_contract_reports_what_it_lacks(tmp_path: Path, absent: tuple[str, ...], reason: str):
    body = {key: value for key, value in flr.association().items() if key not in absent}

    for content in (body, soap.answer("GetPatientGPDetails", body, soap.FLR)):
        found = broken(tmp_path, content)
        assert (found.rule, found.reason) == ("association-without-contract", reason)


def test_an_association_may_have_no_id_of_its_own(tmp_path: Path):
    assert one(tmp_path, flr.association(Id=None)).id is None


def test_the_contract_shown_names_itself_where_the_association_does_not(tmp_path: Path):
    shown = flr.contract(DoctorCycles=None, PatientList=None)

    assert one(tmp_path, flr.association(GPContractId=None, GPContract=shown)).contract_id == 70001


def test_a_contract_shown_that_is_another_one_is_refused(tmp_path: Path):
    patient = one(tmp_path, flr.association(GPContract=flr.contract(Id=70002)))

    assert (patient.contract_id, patient.contract, refused(patient)) == (70001, None, ["contract-ids-differ"])


def test_a_death_before_the_birth_is_refused(tmp_path: Path):
    patient = one(tmp_path, flr.association(Patient=flr.person(DateOfDeath="1970-01-01T00:00:00")))

    assert (patient.person.died_on, refused(patient)) == (NOT_REPORTED, ["died-before-birth"])


def test_an_agreement_of_another_century_is_believed(tmp_path: Path):
    found = read(tmp_path, AgreementDate="1754-01-01T00:00:00")

    assert (found.agreement_date.isoformat(), found.flags) == ("1754-01-01", [])

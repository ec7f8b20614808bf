"""GP contracts and patients' associations with them: what FLR reports is read, and nothing more."""

import zipfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from registers.core.identifiers import GpContractId, OrganisationNumber, PostalCode
from registers.exchange.recognise import open_source, recognise
from registers.gp_lists.intake.snapshot import (
    OutOfOfficeAddressSnapshot,
    OutOfOfficeContactSnapshot,
    OutOfOfficeSnapshot,
)
from registers.gp_lists.models import Protection
from registers.intake.snapshot import NOT_REPORTED, CodeValue
from tests.support import records_flr as flr
from tests.support import soap
from tests.support.files import one, read_back, records_of, without_position
from tests.support.records_ar import code, electronic, physical

CONTRACT = GpContractId(70001)
OFFICE = OrganisationNumber("310001007")
CHANGED = datetime(2026, 1, 2, 2, 4, 5, 600_000, tzinfo=UTC)
YEAR_2024 = datetime(2023, 12, 31, 23, tzinfo=UTC)  # midnight in Norway


def test_a_fault_that_names_a_patient_is_reported_without_the_number(tmp_path: Path):
    fault = f"<faultcode>s:Client</faultcode><faultstring>Ugyldig fødselsnummer {flr.NIN}</faultstring>"
    text = f'<s:Envelope xmlns:s="{soap.ENVELOPE}"><s:Body><s:Fault>{fault}</s:Fault></s:Body></s:Envelope>'

    assert [each.reason for each in read_back(tmp_path, text)] == ["s:Client: Ugyldig fødselsnummer (eleven digits)"]


def whole() -> dict[str, Any]:
    """A contract that tells all that one can."""
    addresses = [physical("RES"), physical("PST", Postbox="Postboks 1", StreetAddress=None, PostalCode=37)]
    return flr.contract(
        Name="Eksempel fellesliste",
        CoopMunicipalities=[code(3402, "301"), code(3402, "3201"), code(3402, "1103"), code(3402, "3201")],
        EndReason=code(7753, "OHID"),
        RequiresMembership=code(7755, "STUD"),
        PrimaryHealthCareTeamId=55,
        ParticipatesOnCommonList=True,
        GPOffice=flr.office(District=code(3403, "030105", "Frogner"), PrimaryHealthCareTeamId=55),
        OutOfOfficeOffices=[
            flr.location(
                Valid=flr.period("2024-01-01T00:00:00", "2025-01-01T00:00:00"),
                PhysicalAddresses=addresses,
                ElectronicAddresses=[electronic("E_TLF", " 00 00 00 01\n"), electronic("E_EPO", None)],
            )
        ],
        PatientList=[
            flr.association(
                BeginCode=code(7754, "X"),
                EndCode=code(7753, "OHID"),
                Period=flr.period("2024-02-01T00:00:00", "2024-03-01T00:00:00"),
                Patient=flr.person(
                    Sex=code(3101, "2", "Kvinne"),
                    DateOfDeath="2024-02-20T00:00:00",
                    Status=[{"Id": 1, "Code": code(5510, "1", "Bosatt"), "Period": flr.period()}],
                ),
            )
        ],
    )


def test_everything_a_contract_can_tell_is_read(tmp_path: Path):
    found = one(tmp_path, whole())
    (patient,) = found.patients

    assert [remark.rule for remark in found.flags] == ["own-municipality"]
    assert found.refused == patient.flags == patient.refused == []
    assert found.name == "Eksempel fellesliste"
    assert [each.key for each in found.coop_municipalities] == ["3402/3201", "3402/1103"]
    assert (found.end_reason, found.requires_membership) == (CodeValue("7753", "OHID"), CodeValue("7755", "STUD"))
    assert (found.team_id, found.common_list) == (55, True)
    assert (found.office.district, found.office.team_id) == (CodeValue("3403", "030105", "Frogner"), 55)
    assert found.out_of_office == [
        OutOfOfficeSnapshot(
            id=60001,
            contract_id=CONTRACT,
            description="Utekontor",
            valid_from=YEAR_2024,
            valid_to=datetime(2024, 12, 31, 23, tzinfo=UTC),
            addresses=(
                OutOfOfficeAddressSnapshot(
                    type=CodeValue("3401", "RES"),
                    street="Eksempelveien 1",
                    postal_code=PostalCode("0110"),
                    city="OSLO",
                ),
                OutOfOfficeAddressSnapshot(
                    type=CodeValue("3401", "PST"), postbox="Postboks 1", postal_code=PostalCode("0037"), city="OSLO"
                ),
            ),
            contacts=(OutOfOfficeContactSnapshot(type=CodeValue("9044", "E_TLF"), address="00 00 00 01"),),
            changed_at=CHANGED,
        )
    ]
    assert (patient.begin_code, patient.end_code) == (CodeValue("7754", "X"), CodeValue("7753", "OHID"))
    assert patient.valid_to == datetime(2024, 2, 29, 23, tzinfo=UTC)
    assert patient.person.sex == CodeValue("3101", "2", "Kvinne")
    assert patient.person.died_on == date(2024, 2, 20)
    assert patient.person.protection is NOT_REPORTED


@pytest.mark.parametrize("body", [flr.contract(), whole()], ids=["plain", "whole"])
def test_xml_of_a_contract_gives_what_json_gives(tmp_path: Path, body: dict[str, Any]):
    expected = read_back(tmp_path, body)

    assert read_back(tmp_path, soap.document("GPContract", body, soap.FLR)) == expected
    assert read_back(tmp_path, soap.answer("GetGPContract", body, soap.FLR)) == expected


def test_several_contracts_of_an_answer_keep_their_order(tmp_path: Path):
    bodies = [flr.contract(Id=number, DoctorCycles=[], PatientList=None) for number in (3, 1, 2)]
    text = soap.answer("GetGPContractsOnOffice", [("GPContract", each) for each in bodies], soap.FLR)
    expected = without_position(read_back(tmp_path, bodies))

    assert [each["id"] for each in expected] == [3, 1, 2]
    assert without_position(read_back(tmp_path, text)) == expected


def with_contract() -> dict[str, Any]:
    return flr.association(
        GPContract=flr.contract(DoctorCycles=None, PatientList=None), DoctorCycles=[flr.cycle()], Patient=None
    )


@pytest.mark.parametrize("body", [flr.association(), with_contract()], ids=["plain", "with contract"])
def test_xml_of_an_association_gives_what_json_gives(tmp_path: Path, body: dict[str, Any]):
    expected = read_back(tmp_path, body)

    assert read_back(tmp_path, soap.answer("GetPatientGPDetails", body, soap.FLR)) == expected
    listed = soap.answer("GetGPPatientList", [("PatientToGPContractAssociation", body)] * 2, soap.FLR)
    assert [each["id"] for each in without_position(read_back(tmp_path, listed))] == [800000, 800000]


def test_what_is_null_or_absent_is_not_reported(tmp_path: Path):
    lists = ("DoctorCycles", "PatientList", "OutOfOfficeOffices", "CoopMunicipalities", "GPOffice")
    older = {"PatientsOnWaitingList", "PrimaryHealthCareTeamId", *lists}
    absent = {key: value for key, value in flr.contract().items() if key not in older}

    for body in (flr.contract(**dict.fromkeys(lists)), absent):
        found = one(tmp_path, body)
        assert found.doctor_cycles is found.patients is found.out_of_office is NOT_REPORTED
        assert found.coop_municipalities is found.office is NOT_REPORTED
    assert found.patients_on_waiting_list is found.team_id is NOT_REPORTED


def test_the_office_s_number_is_taken_from_the_office_where_the_contract_has_none(tmp_path: Path):
    body = {key: value for key, value in flr.contract().items() if key != "GPOfficeOrganizationNumber"}

    assert one(tmp_path, body).office_number == OFFICE


def test_an_export_gives_the_contracts_of_each_office(tmp_path: Path):
    offices = {
        "310001007.xml": [("GPContract", flr.contract(Id=1, DoctorCycles=[], PatientList=[]))] * 2,
        "310001015.xml": [("GPContract", flr.contract(Id=2, DoctorCycles=[], PatientList=[]))],
    }
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, contracts in offices.items():
            archive.writestr(name, soap.document("ArrayOfGPContract", contracts, soap.FLR))

    assert recognise(open_source(path)).name == "zip"
    assert [(each.position, each.id) for each in records_of(path)] == [
        ("export.zip/310001007.xml[0]", 1),
        ("export.zip/310001007.xml[1]", 1),
        ("export.zip/310001015.xml[0]", 2),
    ]
    assert records_of(path, format="flr-contracts") == records_of(path)


@pytest.mark.parametrize(
    ("words", "protection"),
    [
        ("Strengt fortrolig adresse", Protection.STRICTLY_CONFIDENTIAL),
        ("Fortrolig adresse", Protection.CONFIDENTIAL),
        ("Klientadresse", Protection.CLIENT),
        ("Bosatt", NOT_REPORTED),
    ],
)
def test_a_protection_is_known_by_the_words_of_a_status(tmp_path: Path, words: str, protection: object):
    status = [
        {"Id": 1, "Code": code(5510, "1", "Bosatt"), "Period": flr.period()},
        {"Id": 2, "Code": code(5511, "X", words), "Period": flr.period()},
    ]
    ended = [status[1] | {"Period": flr.period("2020-01-01T00:00:00", "2021-01-01T00:00:00")}]

    assert one(tmp_path, flr.association(Patient=flr.person(Status=status))).person.protection is protection
    assert one(tmp_path, flr.association(Patient=flr.person(Status=ended))).person.protection is NOT_REPORTED


def test_a_contract_with_a_long_list_that_stands_first_is_read(tmp_path: Path):
    long = [flr.association(Id=number) for number in range(1, 4001)]  # more than the beginning that is looked at
    body = {"PatientList": long} | flr.contract(PatientList=None)
    body["PatientList"] = long

    for content in ([body, flr.contract(Id=2)], soap.document("ArrayOfGPContract", [("GPContract", body)], soap.FLR)):
        assert len(read_back(tmp_path, content)[0].patients) == 4000

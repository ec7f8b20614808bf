"""Contracts and associations of FLR to start from. Nobody in them exists."""

from typing import Any

from tests.support.records_ar import code

NIN = "03817090035"
OTHER_NIN = "04827190166"
UPDATED = "2026-01-02T03:04:05.6"


def period(start: str | None = "2024-01-01T00:00:00", end: str | None = None) -> dict[str, Any]:
    return {"From": start, "To": end}


def cycle(**changes: Any) -> dict[str, Any]:
    return {
        "GP": None,
        "GPContract": None,
        "GPContractId": 70001,
        "HprNumber": 900000011,
        "Id": 90001,
        "Relationship": code(7750, "LPFL", "Fastlege"),
        "SubstituteForHprNumber": None,
        "UpdatedOn": UPDATED,
        "Valid": period(),
        "WorkingOnDays": [1, 2, 3, 4],
        "WorkingPercentage": 100,
    } | changes


def person(**changes: Any) -> dict[str, Any]:
    return {
        "DateOfBirth": "1975-01-01T00:00:00",
        "DateOfDeath": None,
        "FirstName": "Pasient",
        "LastName": "Eksempelsen",
        "MiddleName": None,
        "NIN": NIN,
        "PhysicalAddresses": None,
        "Sex": None,
        "Status": None,
    } | changes


def association(**changes: Any) -> dict[str, Any]:
    return {
        "BeginCode": None,
        "DoctorCycles": None,
        "EndCode": None,
        "GPContract": None,
        "GPContractId": 70001,
        "GPHerId": None,
        "Id": 800000,
        "Patient": person(),
        "PatientNIN": NIN,
        "Period": period("2024-02-01T00:00:00"),
        "UpdatedOn": UPDATED,
    } | changes


def office(**changes: Any) -> dict[str, Any]:
    return {
        "District": None,
        "IsGroupOffice": True,
        "PrimaryHealthCareTeamId": None,
        "DisplayName": None,
        "ElectronicAddresses": [],
        "Municipality": code(3402, "0301", "Oslo"),
        "Name": "EKSEMPEL LEGEKONTOR AS",
        "OrganizationNumber": 310001007,
        "PhysicalAddresses": [],
        "Valid": period("2010-01-01T00:00:00"),
    } | changes


def location(**changes: Any) -> dict[str, Any]:
    return {
        "Id": 60001,
        "GPContractId": 70001,
        "Description": "Utekontor",
        "PhysicalAddresses": [],
        "ElectronicAddresses": [],
        "Valid": period(),
        "UpdatedOn": UPDATED,
    } | changes


def contract(**changes: Any) -> dict[str, Any]:
    return {
        "AgreementDate": "2010-06-01T00:00:00",
        "CoopMunicipalities": [],
        "DoctorCycles": [cycle()],
        "EndReason": None,
        "GPOffice": office(),
        "GPOfficeOrganizationNumber": 310001007,
        "Id": 70001,
        "IsFixedSalary": False,
        "MaxPatients": 1000,
        "Municipality": code(3402, "0301", "Oslo"),
        "Name": None,
        "OutOfOfficeOffices": [],
        "ParticipatesOnCommonList": False,
        "PatientList": [association()],
        "PatientsOnWaitingList": 3,
        "PlacesAvailable": None,
        "PrimaryHealthCareTeamId": None,
        "RequiresMembership": None,
        "Status": code(7751, "FAAA", "Åpen"),
        "UpdatedOn": UPDATED,
        "Valid": period("2010-06-01T00:00:00"),
    } | changes

"""GP contracts in the shape of FLR's export, as JSON: with doctor cycles and every patient's history.

What is empty is left out, and of the patients all that `persons` tells, to keep the files small.
"""

from collections.abc import Iterable
from typing import Any

from registers.core.identifiers import GpContractId
from registers.seed.sources import codes, enterprises
from registers.seed.sources.codes import Code
from registers.seed.sources.dates import changed_at, local
from registers.seed.sources.enterprises import registered_on
from registers.seed.sources.gp_contracts import Contract, Cycle, OutOfOffice
from registers.seed.sources.health_personnel import Span
from registers.seed.sources.patients import Association, Patient
from registers.seed.sources.places import Municipality, address

PARTS_PER_CONTRACT = 10  # cycles or other places
ASSOCIATIONS_PER_PATIENT = 4
FIRST_ASSOCIATION = 40_000_000
OSLO, DISTRICT_OF_OSLO = "0301", Code(3403, "030105", "Frogner")
GROUPS = {
    3401: "adressetype",
    3402: "kommune",
    3403: "bydel",
    7750: "flrv2_relationship",
    7751: "flrv2_statuscode",
    7753: "flrv2_endreason",
    7755: "flrv2_requires_membership",
    9044: "type_adressekomponeneter",  # misspelt by the interface
}
Patients = dict[GpContractId, list[tuple[Patient, int]]]
"""Patients of each list, with the place among the patient's own associations."""


def by_list(patients: Iterable[Patient]) -> Patients:
    found: Patients = {}
    for person in patients:
        for place, association in enumerate(person.associations):
            found.setdefault(association.contract, []).append((person, place))
    return found


def record(contract: Contract, patients: Patients) -> dict[str, Any]:
    """A GPContract."""
    municipality = enterprises.municipality(contract.unit)
    updated = changed_at("contract", contract.id)
    values = {
        "Id": contract.id,
        "Name": contract.name,
        "Status": _code(contract.status),
        "Valid": _period(contract.valid),
        "AgreementDate": local(contract.valid.start),
        "Municipality": _municipality(municipality),
        "CoopMunicipalities": [_municipality(each) for each in contract.coop] or None,
        "GPOfficeOrganizationNumber": int(enterprises.party_number(contract.unit)),
        "GPOffice": _office(contract),
        "MaxPatients": contract.ceiling,
        "PatientsOnWaitingList": contract.waiting,
        "ParticipatesOnCommonList": contract.common,
        "IsFixedSalary": contract.fixed_salary,
        "RequiresMembership": contract.membership and _code(contract.membership),
        "EndReason": contract.end_reason and _code(contract.end_reason),
        "PrimaryHealthCareTeamId": contract.team_id,
        "DoctorCycles": [_cycle(contract, place, cycle, updated) for place, cycle in enumerate(contract.cycles)],
        "OutOfOfficeOffices": [_elsewhere(contract, *each, updated) for each in enumerate(contract.places)] or None,
        "PatientList": [_association(person, place) for person, place in patients.get(contract.id, ())],
        "UpdatedOn": updated,
    }
    return {key: value for key, value in values.items() if value is not None}


def _office(contract: Contract) -> dict[str, Any]:
    unit, municipality = contract.unit, enterprises.municipality(contract.unit)
    office = {
        "OrganizationNumber": int(enterprises.party_number(unit)),
        "Name": enterprises.party_name(unit),
        "IsGroupOffice": len(unit.persons) > 1,
        "Municipality": _municipality(municipality),
        "Valid": {"From": local(registered_on(unit))},
    }
    return {**office, "District": _code(DISTRICT_OF_OSLO)} if municipality.number == OSLO else office


def _cycle(contract: Contract, place: int, cycle: Cycle, updated: str) -> dict[str, Any]:
    values = {
        "Id": contract.id * PARTS_PER_CONTRACT + place,
        "GPContractId": contract.id,
        "HprNumber": cycle.hpr_number,
        "Relationship": _code(cycle.relationship),
        "SubstituteForHprNumber": cycle.substitute_for,
        "Valid": _period(cycle.valid),
        "WorkingPercentage": cycle.percentage,
        "WorkingOnDays": list(cycle.days),
        "UpdatedOn": updated,
    }
    return {key: value for key, value in values.items() if value is not None}


def _elsewhere(contract: Contract, place: int, other: OutOfOffice, updated: str) -> dict[str, Any]:
    number = contract.id * PARTS_PER_CONTRACT + place
    at = address(number, enterprises.municipality(contract.unit))
    return {
        "Id": number,
        "GPContractId": contract.id,
        "Description": other.description,
        "PhysicalAddresses": [
            {
                "Type": _code(codes.VISITING_ADDRESS),
                "StreetAddress": at.street,
                "PostalCode": int(at.postal_code),  # as there: leading zeros are lost
                "City": at.municipality.city,
            }
        ],
        "ElectronicAddresses": [{"Type": _code(codes.PHONE), "Address": enterprises.phone(800_000 + place)}],
        "Valid": _period(other.valid),
        "UpdatedOn": updated,
    }


def _association(person: Patient, place: int) -> dict[str, Any]:
    association: Association = person.associations[place]
    values: dict[str, Any] = {
        "Id": FIRST_ASSOCIATION + person.index * ASSOCIATIONS_PER_PATIENT + place,
        "PatientNIN": person.national_id,
        "Period": _period(Span(association.start, association.end)),
    }
    return {**values, "EndCode": _code(association.end_code)} if association.end_code else values


def _period(span: Span) -> dict[str, str]:
    started = {"From": local(span.start)}
    return {**started, "To": local(span.end)} if span.end else started


def _municipality(municipality: Municipality) -> dict[str, Any]:
    return _code(Code(3402, municipality.number, municipality.name))


def _code(code: Code) -> dict[str, Any]:
    return {
        "Active": True,
        "CodeText": code.name,
        "CodeValue": code.value,
        "OID": code.system,
        "SimpleType": GROUPS[code.system],
    }

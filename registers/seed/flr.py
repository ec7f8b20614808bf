"""GP contracts in the shape of FLR's export, as JSON: with doctor cycles and every patient's history.

Empty values are left out, and of the patients everything that stands in `persons`, to keep the files small.
"""

from collections.abc import Iterable

from registers.core.identifiers import GpContractId
from registers.seed.sources import codes, enterprises
from registers.seed.sources.codes import Code
from registers.seed.sources.dates import changed_at, local
from registers.seed.sources.enterprises import registered_on
from registers.seed.sources.gp_contracts import Contract, Cycle, OutOfOffice
from registers.seed.sources.health_personnel import Span
from registers.seed.sources.locations import Municipality, address
from registers.seed.sources.patients import Association, Patient

PARTS_PER_CONTRACT = 10  # cycles or out-of-office locations
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
"""Patients of each list, with the index among the patient's own associations."""


def by_list(patients: Iterable[Patient]) -> Patients:
    found: Patients = {}
    for person in patients:
        for index, association in enumerate(person.associations):
            found.setdefault(association.contract, []).append((person, index))
    return found


def record(contract: Contract, patients: Patients) -> dict[str, object]:
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
        "DoctorCycles": [_cycle(contract, index, cycle, updated) for index, cycle in enumerate(contract.cycles)],
        "OutOfOfficeOffices": [_location(contract, *each, updated) for each in enumerate(contract.out_of_office)]
        or None,
        "PatientList": [_association(person, index) for person, index in patients.get(contract.id, ())],
        "UpdatedOn": updated,
    }
    return {key: value for key, value in values.items() if value is not None}


def _office(contract: Contract) -> dict[str, object]:
    unit, municipality = contract.unit, enterprises.municipality(contract.unit)
    office = {
        "OrganizationNumber": int(enterprises.party_number(unit)),
        "Name": enterprises.party_name(unit),
        "IsGroupOffice": len(unit.persons) > 1,
        "Municipality": _municipality(municipality),
        "Valid": {"From": local(registered_on(unit))},
    }
    return {**office, "District": _code(DISTRICT_OF_OSLO)} if municipality.number == OSLO else office


def _cycle(contract: Contract, index: int, cycle: Cycle, updated: str) -> dict[str, object]:
    values = {
        "Id": contract.id * PARTS_PER_CONTRACT + index,
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


def _location(contract: Contract, index: int, location: OutOfOffice, updated: str) -> dict[str, object]:
    number = contract.id * PARTS_PER_CONTRACT + index
    at = address(number, enterprises.municipality(contract.unit))
    return {
        "Id": number,
        "GPContractId": contract.id,
        "Description": location.description,
        "PhysicalAddresses": [
            {
                "Type": _code(codes.VISITING_ADDRESS),
                "StreetAddress": at.street,
                "PostalCode": int(at.postal_code),  # FLR loses leading zeros
                "City": at.municipality.city,
            }
        ],
        "ElectronicAddresses": [{"Type": _code(codes.PHONE), "Address": enterprises.phone(800_000 + index)}],
        "Valid": _period(location.valid),
        "UpdatedOn": updated,
    }


def _association(person: Patient, index: int) -> dict[str, object]:
    association: Association = person.associations[index]
    values: dict[str, object] = {
        "Id": FIRST_ASSOCIATION + person.index * ASSOCIATIONS_PER_PATIENT + index,
        "PatientNIN": person.national_id,
        "Period": _period(Span(association.start, association.end)),
    }
    return {**values, "EndCode": _code(association.end_code)} if association.end_code else values


def _period(span: Span) -> dict[str, str]:
    started = {"From": local(span.start)}
    return {**started, "To": local(span.end)} if span.end else started


def _municipality(municipality: Municipality) -> dict[str, object]:
    return _code(Code(3402, municipality.number, municipality.name))


def _code(code: Code) -> dict[str, object]:
    return {
        "Active": True,
        "CodeText": code.name,
        "CodeValue": code.value,
        "OID": code.system,
        "SimpleType": GROUPS[code.system],
    }

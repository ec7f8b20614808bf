"""Reads of patient data of every kind: who asks what, and what the access log records of it."""

from tests.access.conftest import EHR
from tests.conftest import EDITOR, NOW
from tests.support import known
from tests.support.scenario import synthetic_national_id

PATIENT_GP = """query WhoseGp($nationalId: NationalId!) {
  patientGp(nationalId: $nationalId, purpose: TREATMENT) { outcome gpHerId { rule } }
}"""
PATIENT_GPS = """query($patients: [PatientAtInput!]!) {
  patientGps(patients: $patients, purpose: NAV_CASE) { outcome }
}"""
CONFIRM = """query Confirm($nationalId: NationalId!, $hprNumber: HprNumber!) {
  confirmGp(nationalId: $nationalId, hprNumber: $hprNumber, purpose: PRESCRIPTION) { confirmed }
}"""
HISTORY = """query History($nationalId: NationalId!) {
  patientHistory(nationalId: $nationalId, purpose: ADMINISTRATION) { nodes { valid { from } } }
}"""
LIST = """query TheList($id: GpContractId!) {
  gpContract(id: $id) { patients(first: 7, purpose: TREATMENT) { nodes { nationalId } } }
}"""
TRAIL = """query Trail($id: GpContractId!) {
  gpContract(id: $id) { history(first: 200) { nodes { changes { part } } } }
}"""
ASSIGN = """mutation Assign($nationalId: NationalId!, $input: PatientAssignInput!) {
  patientAssign(nationalId: $nationalId, input: $input, dryRun: true) { patient { lastName } userErrors { rule } }
}"""
MOVE = """mutation Move($from: GpContractId!, $to: GpContractId!, $input: PatientsMoveInput!) {
  patientsMove(fromContract: $from, toContract: $to, input: $input, dryRun: true) { userErrors { rule } }
}"""
ON_LISTS = [
    {"nationalId": id, "expectedEntry": 0} for id in (*known.PATIENT_OF_EACH_LIST[:2], known.PERSON_WITHOUT_LIST)
]
EXAMPLE = {"nationalId": known.EXAMPLE_PATIENT}
UNKNOWN_PATIENT = synthetic_national_id(7_777)

READS = {
    "the GP of a patient": (
        EHR,
        PATIENT_GP,
        EXAMPLE,
        {
            "operation": "WhoseGp",
            "purposes": ["TREATMENT"],
            "fields": ["PatientGp.gpHerId", "PatientGp.outcome", "Query.patientGp"],
            "patientCount": 1,
        },
    ),
    "the GPs of patients, one of them unknown": (
        EHR,
        PATIENT_GPS,
        {"patients": [{"nationalId": id} for id in (*known.PATIENT_OF_EACH_LIST[:3], UNKNOWN_PATIENT)]},
        {
            "operation": None,
            "purposes": ["NAV_CASE"],
            "fields": ["PatientGp.outcome", "Query.patientGps"],
            "patientCount": 3,
        },
    ),
    "whether a doctor is the GP": (
        EHR,
        CONFIRM,
        EXAMPLE | {"hprNumber": known.EXAMPLE_GP_NUMBER},
        {
            "operation": "Confirm",
            "purposes": ["PRESCRIPTION"],
            "fields": ["GpConfirmation.confirmed", "Query.confirmGp"],
            "patientCount": 1,
        },
    ),
    "the lists of a patient": (
        EHR,
        HISTORY,
        EXAMPLE,
        {
            "operation": "History",
            "purposes": ["ADMINISTRATION"],
            "fields": ["PatientOnContract.valid", "PatientOnContractConnection.nodes", "Query.patientHistory"],
            "patientCount": 1,
        },
    ),
    "a patient whose address is protected, asked for a purpose that does not show it": (
        EHR,
        PATIENT_GP.replace("TREATMENT", "ADMINISTRATION"),
        {"nationalId": known.STRICTLY_CONFIDENTIAL},
        {
            "operation": "WhoseGp",
            "purposes": ["ADMINISTRATION"],
            "fields": ["PatientGp.gpHerId", "PatientGp.outcome", "Query.patientGp"],
            "patientCount": 1,
        },
    ),
    "patients of a list": (
        EHR,
        LIST,
        {"id": str(known.ORDINARY_LIST)},
        {
            "operation": "TheList",
            "purposes": ["TREATMENT"],
            "fields": ["GpContract.patients", "PatientOnContract.nationalId", "PatientOnContractConnection.nodes"],
            "patientCount": 8,  # one more than shown tells whether there is a next page
        },
    ),
    "a dry run of an edit": (
        EDITOR,
        ASSIGN,
        {
            "nationalId": known.PERSON_WITHOUT_LIST,
            "input": {"contractId": str(known.ORDINARY_LIST), "period": {"from": "2027-03-01T00:00:00+01:00"}},
        },
        {
            "operation": "Assign",
            "purposes": ["REGISTRY_MAINTENANCE"],
            "fields": ["Patient.lastName", "PatientPayload.patient", "PatientPayload.userErrors"],
            "patientCount": 1,
        },
    ),
    "an edit that is refused: it tells who is on the list": (
        EDITOR,
        ASSIGN.replace("patient { lastName } ", ""),
        {
            "nationalId": known.EXAMPLE_PATIENT,
            "input": {"contractId": str(known.ORDINARY_LIST), "period": {"from": "2027-03-01T00:00:00+01:00"}},
        },
        {
            "operation": "Assign",
            "purposes": ["REGISTRY_MAINTENANCE"],
            "fields": ["PatientPayload.userErrors"],
            "patientCount": 1,
        },
    ),
    "an edit of many, which answers about their list": (
        EDITOR,
        MOVE,
        {"from": str(known.ORDINARY_LIST), "to": "710002", "input": {"patients": ON_LISTS, "at": NOW.isoformat()}},
        {
            "operation": "Move",
            "purposes": ["REGISTRY_MAINTENANCE"],
            "fields": ["Mutation.patientsMove"],
            "patientCount": 3,
        },
    ),
}

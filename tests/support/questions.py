"""Questions about the GP of a patient that several tests ask, and how their answers are read."""

from typing import Any

PATIENT_GP = """
query ($nationalId: NationalId!, $asOf: AsOf) {
  patientGp(nationalId: $nationalId, purpose: REGISTRY_MAINTENANCE, asOf: $asOf) {
    outcome
    nationalIdReplaced
    association { contract { contractId } valid { from to } }
    responsible {
      vacant
      gps { hprNumber } substitutes { hprNumber } partList { hprNumber } overruled { hprNumber }
    }
    gpHerId { rule reason reasonText ambiguous communicationParty { herId } candidates { herId } }
  }
}
"""

GP_AND_ADDRESS = """
  outcome
  association {
    valid { from } beginCode { value }
    contract { contractId office { name } municipality { display } patientCount placesAvailable status { value } }
    patient { lastName sex { value } } nationalId
  }
  responsible { vacant gps { healthProfessional { lastName } relationship { display } } substitutes { hprNumber } }
  gpHerId { rule reason communicationParty { herId name parent { name } } candidates { herId } }
"""

PATIENT_GPS = f"""
query ($patients: [PatientAtInput!]!) {{
  patientGps(patients: $patients, purpose: REGISTRY_MAINTENANCE) {{ at {GP_AND_ADDRESS} }}
}}
"""


def her_id_of(answer: dict[str, Any]) -> tuple[str, int | None, str | None]:
    """(rule, HER-id, reason) of an answer to PATIENT_GP."""
    found = answer["patientGp"]["gpHerId"]
    party = found["communicationParty"]
    return found["rule"], party and party["herId"], found["reason"]

"""Rows of the GP lists. Source: Fastlegeregisteret (FLR), Helsedirektoratet and Helfo."""

from registers.gp_lists.models.contracts import (
    CLOSED,
    GP,
    LOCKED,
    OPEN,
    PART_LIST,
    RELATIONSHIPS,
    STATUSES,
    SUBSTITUTE,
    CoopMunicipality,
    DoctorCycle,
    GpContract,
    OutOfOfficeAddress,
    OutOfOfficeContact,
    OutOfOfficeLocation,
)
from registers.gp_lists.models.offices import GpOffice, OfficeParty, PrimaryHealthCareTeam, TeamMember
from registers.gp_lists.models.persons import (
    OWN_IDS,
    PROTECTED,
    PatientAssociation,
    Person,
    PersonNationalId,
    Protection,
)

__all__ = [
    "CLOSED",
    "GP",
    "LOCKED",
    "NAMES_IN_GRAPH",
    "OPEN",
    "OWN_IDS",
    "PART_LIST",
    "PROTECTED",
    "RELATIONSHIPS",
    "STATUSES",
    "SUBSTITUTE",
    "TABLES",
    "CoopMunicipality",
    "DoctorCycle",
    "GpContract",
    "GpOffice",
    "OfficeParty",
    "OutOfOfficeAddress",
    "OutOfOfficeContact",
    "OutOfOfficeLocation",
    "PatientAssociation",
    "Person",
    "PersonNationalId",
    "PrimaryHealthCareTeam",
    "Protection",
    "TeamMember",
]

TABLES = (
    Person,
    PersonNationalId,
    GpOffice,
    PrimaryHealthCareTeam,
    TeamMember,
    GpContract,
    CoopMunicipality,
    DoctorCycle,
    PatientAssociation,
    OutOfOfficeLocation,
    OutOfOfficeAddress,
    OutOfOfficeContact,
)
"""Those whose changes the log shows."""

NAMES_IN_GRAPH = {
    ("gp_contracts", "id"): "contractId",
    ("gp_contracts", "agreement_date"): "agreedOn",
    ("doctor_cycles", "substitute_for"): "substituteForHprNumber",
    ("persons", "protection"): "addressProtection",
}
"""By table and column: fields that the graph calls otherwise than the column."""

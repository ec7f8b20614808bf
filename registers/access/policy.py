"""The one place that decides what a caller may see: asked for every field of every operation, before it runs.

Types and fields that no table below names are public. What is about persons needs a purpose that the caller's role
may state: without one, or without a line in a table, it is closed.
"""

from enum import Enum

from registers.access.purpose import Purpose
from registers.core.caller import Caller, Role
from registers.core.identifiers import OrganisationNumber

PUBLIC = frozenset(Role)
SIGNED_IN = PUBLIC - {Role.ANONYMOUS}

HPR_EXTENDED = frozenset({Role.EHR, Role.EDITOR, Role.AUDITOR})
"""Who sees more of health personnel than what is open to all: names, authorisations, rights and specialities."""

ROLES_BY_TYPE: dict[str, frozenset[Role]] = {"Mutation": frozenset({Role.EDITOR})}
"""Types that not everybody may read, and who may change anything. Organisations, communication parties and codes are
public: AR is open to all on Helsenettet, Enhetsregisteret to the world. GP contracts and their doctors are, as on
Helsenorge."""

ROLES_BY_FIELD: dict[tuple[str, str], frozenset[Role]] = {
    ("Change", "caller"): SIGNED_IN,
    ("Change", "reason"): SIGNED_IN,
    ("Change", "changes"): SIGNED_IN,
    ("Change", "more"): SIGNED_IN,
    **dict.fromkeys(
        [
            *(("HealthProfessional", field) for field in ("bornOn", "diedOn", "sex", "citizenship", "addresses")),
            *(("HealthProfessional", field) for field in ("alternativeIds", "administrativeReactions")),
            *((type_, "suspensions") for type_ in ("Authorisation", "RequisitionRight", "Speciality")),
            *((type_, "administrativeReactions") for type_ in ("Authorisation", "RequisitionRight", "Speciality")),
            ("AuthorisationCondition", "text"),
        ],
        HPR_EXTENDED,
    ),
}
"""Fields that are closed more narrowly than their type."""

PURPOSES_BY_ROLE: dict[Role, frozenset[Purpose]] = {
    Role.EHR: frozenset({Purpose.TREATMENT, Purpose.ADMINISTRATION, Purpose.PRESCRIPTION, Purpose.NAV_CASE}),
    Role.GP_OFFICE: frozenset({Purpose.TREATMENT, Purpose.ADMINISTRATION, Purpose.PRESCRIPTION}),
    Role.EDITOR: frozenset({Purpose.REGISTRY_MAINTENANCE}),
    Role.AUDITOR: frozenset({Purpose.AUDIT}),
}
"""Why each role may ask about a person; a role that is not here may not ask at all."""

PURPOSE_OF_MUTATIONS = Purpose.REGISTRY_MAINTENANCE
"""Why what a mutation answers is read: it counts as stated by the operation itself."""

ABOUT_PATIENTS = frozenset(
    {"Patient", "PatientGp", "PatientOnContract", "PatientOnContractConnection", "PatientOnContractEdge"}
    | {"GpConfirmation", "PatientPayload"}
)
"""Types that show something about a patient: every field of theirs needs a purpose."""

PURPOSES_BY_FIELD: dict[tuple[str, str], frozenset[Purpose]] = {
    ("Query", "patientGp"): frozenset(Purpose),
    ("Query", "patientGps"): frozenset(Purpose),
    ("Query", "confirmGp"): frozenset(Purpose),
    ("Query", "patientHistory"): frozenset(Purpose) - {Purpose.PRESCRIPTION},
    ("Query", "accessRecords"): frozenset({Purpose.AUDIT}),
    **dict.fromkeys(
        [("Mutation", "patientsMove"), ("Mutation", "patientsEnd"), ("Mutation", "gpContractCancel")],
        frozenset({Purpose.REGISTRY_MAINTENANCE}),
    ),
    ("GpContract", "patients"): frozenset({Purpose.TREATMENT, Purpose.ADMINISTRATION, Purpose.REGISTRY_MAINTENANCE}),
    ("PatientGp", "patient"): frozenset({Purpose.REGISTRY_MAINTENANCE}),
    ("PatientOnContract", "nationalId"): frozenset(Purpose) - {Purpose.NAV_CASE, Purpose.AUDIT},
}
"""Fields that need a purpose, and which purposes open them. National ids: only for work that needs the number."""

MAY_SHOW_PATIENTS = frozenset({("Change", "changes"), ("Change", "more")})
"""Fields that show something about a patient when the record they belong to is about one."""

SHOW_PROTECTED = frozenset({Purpose.TREATMENT, Purpose.REGISTRY_MAINTENANCE})
OWN_PATIENTS_ONLY = frozenset({Role.GP_OFFICE})
OWN_LISTS_ONLY = frozenset({Role.GP_OFFICE, Role.EHR})


def may(caller: Caller, type_name: str, field: str, purpose: Purpose | None = None) -> bool:
    """Whether `caller` may read `field` of the type, for `purpose` where the operation states one."""
    roles = ROLES_BY_FIELD.get((type_name, field)) or ROLES_BY_TYPE.get(type_name, PUBLIC)
    if caller.role not in roles:
        return False
    purposes = PURPOSES_BY_FIELD.get((type_name, field))
    if purposes is None and type_name not in ABOUT_PATIENTS:
        return True
    return purpose in PURPOSES_BY_ROLE.get(caller.role, frozenset()) and (purposes is None or purpose in purposes)


def asks_about_patients(type_name: str, field: str) -> bool:
    """Whether an operation that names the field asks about patients, found or not: the access log records it."""
    return type_name in ABOUT_PATIENTS or (type_name, field) in PURPOSES_BY_FIELD


def may_show_patients(type_name: str, field: str) -> bool:
    """Whether the access log names the field among those that an operation asked for."""
    return asks_about_patients(type_name, field) or (type_name, field) in MAY_SHOW_PATIENTS


def shows_protected(purpose: Purpose) -> bool:
    """Whether persons with a confidential or strictly confidential address are shown. For any other purpose the answer
    is as if they were not registered: their GP reveals where they live.

    Two answers do count them. The length of a list, and so its free capacity: without them it would promise capacity
    that does not exist, and only the list's own office, which treats them, and the registry can compare it with the
    list itself. And an auditor finds who has asked about them: that is what the access log is for."""
    return purpose in SHOW_PROTECTED


def sees_patients_of(caller: Caller, office_number: OrganisationNumber | None) -> bool:
    """Whether single patients of lists at the office are shown: to a GP office, only those of its own.

    `office_number` is the list's present office, whatever time is asked about: a correction withdraws access."""
    return caller.role not in OWN_PATIENTS_ONLY or _is_own(caller, office_number)


def lists_patients_of(caller: Caller, office_number: OrganisationNumber | None) -> bool:
    """Whether whole lists of the office are shown: to a GP office and its EHR, only their own. As above."""
    return caller.role not in OWN_LISTS_ONLY or _is_own(caller, office_number)


class PatientsShown(Enum):
    """Which changes of patients, their national ids and their associations with lists a trail shows."""

    NONE = "none"
    UNPROTECTED = "unprotected"
    ALL = "all"


PURPOSE_OF_TRAIL = {Role.EDITOR: Purpose.REGISTRY_MAINTENANCE, Role.AUDITOR: Purpose.AUDIT}
"""Why the roles that maintain the register read what changed about patients: a trail is asked for without a purpose."""

ROLES_BY_COLUMN: dict[tuple[str, str | None], frozenset[Role]] = dict.fromkeys(
    [
        *(("health_professionals", name) for name in ("born_on", "died_on", "sex", "citizenship", "national_id_holds")),
        *((table, None) for table in ("professional_addresses", "alternative_ids")),
        *((table, None) for table in ("administrative_reactions", "suspensions")),
        ("conditions", "text"),
    ],
    HPR_EXTENDED,
)
"""Columns whose values a trail shows to fewer roles than the fact that they changed; None = all of the table."""

NEVER_SHOWN = frozenset({"national_id"})
"""Columns whose values a trail shows to nobody."""


def patients_shown(caller: Caller) -> PatientsShown:
    purpose = PURPOSE_OF_TRAIL.get(caller.role)
    if purpose is None:
        return PatientsShown.NONE
    return PatientsShown.ALL if shows_protected(purpose) else PatientsShown.UNPROTECTED


def shows_value(caller: Caller, table: str, column: str) -> bool:
    """Whether a trail shows `caller` the values of a column; else it shows only that they changed."""
    roles = ROLES_BY_COLUMN.get((table, None)) or ROLES_BY_COLUMN.get((table, column), SIGNED_IN)
    return column not in NEVER_SHOWN and caller.role in roles


def _is_own(caller: Caller, office_number: OrganisationNumber | None) -> bool:
    return office_number is not None and caller.organisation_number == office_number

"""The national code systems that rules, readers and rows name, by the number or name that the registers give them.

Source: volven.no (numbers), Enhetsregisteret and HPR (names without a number). The database has every system with its
codes: `alembic/national_codes/code_systems.csv`.
"""

from registers.core.codes import code_key

SEXES = "3101"
PHYSICAL_ADDRESS_TYPES = "3401"
MUNICIPALITIES = "3402"
CITY_DISTRICTS = "3403"
SPECIALITIES = "7426"
REQUISITION_RIGHTS = "7701"
ADDITIONAL_COMPETENCES = "7702"
AUTHORISATION_KINDS = "7704"
DOCTOR_RELATIONSHIPS = "7750"
LIST_STATUSES = "7751"
END_REASONS = "7753"  # of contracts and of patients' associations with lists
BEGIN_REASONS = "7754"  # of patients' associations with lists
LIST_MEMBERSHIPS = "7755"
PERSON_ID_TYPES = "8116"
HEALTH_CARE_AREAS = "8655"
ORGANISATION_DESIGNATIONS = "8624"  # RESH
ORGANISATION_LEVELS = "8628"  # RESH
COMMON_SERVICES = "8666"
BUSINESS_TYPES = "9040"
COUNTRIES = "9043"
ELECTRONIC_ADDRESS_TYPES = "9044"
PROFESSIONS = "9060"

INDUSTRIES = "SN2007"
REACTIONS = "administrativ_reaksjon"
ENDED_STATUSES = "avsluttet_status"
SECTORS = "institusjonell_sektorkode"
ORGANISATION_FORMS = "organisasjonsform"

VACANT_LIST_SERVICES = (code_key(COMMON_SERVICES, "KX17"), code_key(HEALTH_CARE_AREAS, "KX17"))
"""Types of the service that an office has for its lists without a GP; the second stands on older records."""

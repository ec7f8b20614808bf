"""Numbers of the synthetic registers whose meaning is fixed, at every scale.

seed_data/README.md tells what each of them shows. The deviations themselves are made in `cases`.
"""

from registers.core.identifiers import GpContractId, HerId, HprNumber, NationalId, OrganisationNumber, ReshId

# One of every status
EXAMPLE_GP = HerId(8_200_032)  # active: a GP who inherits queues, EDI address and certificates
INACTIVE_GP = HerId(8_200_036)
ENDED_GP = HerId(8_200_041)
NOT_FOR_MESSAGING = HerId(8_000_058)  # an organisation; its service with it
INACTIVE_SERVICE = HerId(8_100_013)
ENDED_SERVICE = HerId(8_100_014)
SERVICE_NOT_FOR_MESSAGING = HerId(8_100_015)

# Organisations and what lies below them
EXAMPLE_OFFICE = HerId(8_000_023)  # parent of EXAMPLE_GP
CLOSED_OFFICE = HerId(8_000_034)  # ended with everything below it
OFFICE_WITH_VACANT_LIST = HerId(8_000_015)
VACANT_LIST_SERVICE = HerId(8_100_171)  # KX17, below OFFICE_WITH_VACANT_LIST
INTER_MUNICIPAL_SERVICE = HerId(8_100_219)  # covers four municipalities

# Addresses
INHERITED_ADDRESSES = HerId(8_100_188)  # a service with nothing of its own
OWN_EDI_ADDRESS = HerId(8_100_003)  # queues inherited
OWN_QUEUES = HerId(8_100_004)  # EDI address inherited
TRANSPORT_DISABLED = HerId(8_000_041)
FUTURE_EDI_ADDRESS = HerId(8_000_026)  # a new one from 2027-01-01
FUTURE_OWN_EDI_ADDRESS = HerId(8_200_046)  # inherits today, an own one from 2027-03-01

# Certificates
EXPIRED_CERTIFICATE = HerId(8_000_035)
MISSING_CERTIFICATE = HerId(8_000_042)
ANNOUNCED_CERTIFICATE = HerId(8_000_047)  # thumbprints without bytes
RENEWED_CERTIFICATE = HerId(8_000_003)  # an earlier pair, overlapping the current one by a month
OWN_CERTIFICATE = HerId(8_100_005)  # a service with its own pair

# A doctor with a party at each of two offices
DOCTOR_AT_TWO_OFFICES = HprNumber(900_100_019)
DOCTORS_PARTIES = (HerId(8_200_019), HerId(8_200_039))

# Organisations
EXAMPLE_OFFICE_NUMBER = OrganisationNumber("320005000")
BANKRUPT = OrganisationNumber("320009502")
BEING_WOUND_UP = OrganisationNumber("320008301")
BEING_DISSOLVED_BY_FORCE = OrganisationNumber("320011507")
CLOSED = OrganisationNumber("320007208")  # sub-unit of CLOSED_OFFICE

# RESH
RESH_ROOT = ReshId(4_000_000)  # a regional health authority
RESH_TRUST = ReshId(4_001_000)
CLOSED_RESH_UNIT = ReshId(4_001_045)

# Health professionals
EXAMPLE_GP_NUMBER = HprNumber(900_100_032)  # of EXAMPLE_GP
SUBSTITUTE_WITH_LICENCE = HprNumber(900_100_029)  # on VACANT_WITH_ONE_SUBSTITUTE
SUSPENDED_NOW = HprNumber(901_000_000)
SUSPENDED_EARLIER = HprNumber(901_000_001)
RIGHT_SUSPENDED = HprNumber(901_000_002)  # the authorisation is in force
SPECIALITY_SUSPENDED = HprNumber(901_000_003)
RIGHT_ENDED = HprNumber(901_000_004)
WITHDRAWN = HprNumber(901_000_005)
DECISION_ANNULLED = HprNumber(901_000_006)
RENOUNCED = HprNumber(901_000_007)
HISTORIC = HprNumber(901_000_008)
REACTED_AGAINST = (HprNumber(901_000_009), HprNumber(901_000_010), HprNumber(901_000_011))  # reactions 1, 5, 8
REACTION_NOT_SUSPENDING = HprNumber(901_000_012)
REACTION_AGAINST_PERSON = HprNumber(901_000_013)
OVER_EIGHTY = HprNumber(901_000_014)  # authorisation lapsed
OVER_EIGHTY_WITH_LICENCE = HprNumber(901_000_015)  # renewed for a year at a time
DEAD_PROFESSIONAL = HprNumber(901_000_016)
WITH_CONDITIONS = HprNumber(901_000_017)
FOREIGN_PROFESSIONAL = HprNumber(901_000_018)  # no national id
MERGED_FIRST = HprNumber(901_000_019)
MERGED_SECOND = HprNumber(901_000_020)
MERGED_INTO = HprNumber(901_000_021)
STUDENT_LICENCE = HprNumber(901_000_022)
LICENCE_EXPIRED = HprNumber(901_000_023)
LICENCE_BEFORE_AUTHORISATION = HprNumber(901_000_024)
TWO_PROFESSIONS = HprNumber(901_000_025)
MIDWIFE_WITH_RIGHT = HprNumber(901_000_026)
PHYSIOTHERAPIST_WITH_SICK_NOTES = HprNumber(901_000_027)
PHARMACIST = HprNumber(901_000_028)
PSYCHOLOGIST = HprNumber(901_000_029)
DENTIST = HprNumber(901_000_030)
NURSE = HprNumber(901_000_031)
FUTURE_AUTHORISATION = HprNumber(901_000_032)
PROFESSIONAL_WITH_D_NUMBER = HprNumber(901_000_033)

# GP lists; the rule of the GP's HER-id that each shows is in seed_data/README.md
ORDINARY_LIST = GpContractId(710_001)  # of EXAMPLE_GP
COMMON_LIST = GpContractId(710_002)
PART_LIST = GpContractId(710_003)
VACANT_WITH_ONE_SUBSTITUTE = GpContractId(710_004)
VACANT_WITH_TWO_SUBSTITUTES = GpContractId(710_005)
VACANT_WITH_NOBODY = GpContractId(710_006)
CLOSED_LIST = GpContractId(710_007)  # longer than its ceiling
LOCKED_LIST = GpContractId(710_008)  # its GP's party has ended
EMPLOYED_GP_LIST = GpContractId(710_009)
MEMBERS_LIST = GpContractId(710_010)
LIST_WITH_FUTURE_GP = GpContractId(710_011)
LIST_WITH_SUBSTITUTES_FOR_GP = GpContractId(710_012)  # of DOCTOR_AT_TWO_OFFICES
LIST_WITH_COOP_MUNICIPALITIES = GpContractId(710_013)  # of DOCTOR_AT_TWO_OFFICES, too
LIST_WITH_OUT_OF_OFFICE = GpContractId(710_014)
ENDED_LIST = GpContractId(710_015)

# Patients
PATIENT_OF_EACH_LIST = (
    NationalId("01813000160"),
    NationalId("23838903045"),
    NationalId("15885206058"),
    NationalId("05911159041"),
    NationalId("30837512014"),
    NationalId("22883815088"),
    NationalId("12919701321"),
    NationalId("06846104486"),
    NationalId("26862057383"),
    NationalId("19918310390"),
    NationalId("13844713325"),
    NationalId("03870666380"),
    NationalId("26916902785"),
    NationalId("20843305688"),
)  # 710001 to 710014
EXAMPLE_PATIENT = PATIENT_OF_EACH_LIST[0]  # on ORDINARY_LIST
MOVED_PATIENT = NationalId("10879208691")
PATIENT_FROM_ENDED_LIST = NationalId("03925511640")
EMIGRATED_PATIENT = NationalId("22821564682")
DEAD_PATIENT = NationalId("18877801140")
PATIENT_WITH_FUTURE_LIST = NationalId("10924104010")
PERSON_WITHOUT_LIST = NationalId("01830157189")
CLIENT_ADDRESS = NationalId("24876410180")
CONFIDENTIAL = NationalId("14902363093")
STRICTLY_CONFIDENTIAL = NationalId("08838716076")
PROTECTED_AND_MOVED = NationalId("01885002400")  # strictly confidential
CHANGED_NATIONAL_ID = NationalId("21900955488")
FORMER_NATIONAL_ID = NationalId("21900972013")
PATIENT_WITH_FORMER_D_NUMBER = NationalId("15837308329")
FORMER_D_NUMBER = NationalId("55837325039")
PATIENT_WITH_TWO_FORMER_NUMBERS = NationalId("07883611300")
TWO_FORMER_NUMBERS = (NationalId("07883628009"), NationalId("47883628183"))
NEWBORN = NationalId("01892650000")

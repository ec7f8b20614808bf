"""Numbers of the synthetic registers with a fixed meaning, the same at every scale.

seed_data/README.md describes what each of them shows. What is out of the ordinary with them is made in `cases`,
`gp_contract_cases` and `health_personnel_cases`; every HER-id here is in the file of the older model too.
"""

from registers.core.identifiers import GpContractId, HerId, HprNumber, OrganisationNumber, ReshId

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

# Organisations
BANKRUPT = OrganisationNumber("320009502")
BEING_WOUND_UP = OrganisationNumber("320008301")
BEING_DISSOLVED_BY_FORCE = OrganisationNumber("320011507")
CLOSED = OrganisationNumber("320007208")  # sub-unit of CLOSED_OFFICE

# RESH
CLOSED_RESH_UNIT = ReshId(4_001_045)

# Health professionals
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

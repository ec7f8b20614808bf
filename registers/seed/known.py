"""Numbers of the synthetic registers whose meaning is fixed, at every scale.

seed_data/README.md tells what each of them shows. The deviations themselves are made in `cases`.
"""

from registers.core.identifiers import HerId, HprNumber, OrganisationNumber, ReshId

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

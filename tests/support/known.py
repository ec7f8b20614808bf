"""Numbers of the synthetic registers with a fixed meaning: those that the seed is made from, and those that only
tests name. seed_data/README.md describes what each of them shows."""

from registers.core.identifiers import HerId, HprNumber, NationalId, OrganisationNumber, ReshId
from registers.seed.sources.known import *  # noqa: F403 - tests read both through this module

DOCTORS_PARTIES = (HerId(8_200_019), HerId(8_200_039))
EXAMPLE_OFFICE_NUMBER = OrganisationNumber("320005000")
RESH_ROOT = ReshId(4_000_000)  # a regional health authority
RESH_TRUST = ReshId(4_001_000)
EXAMPLE_GP_NUMBER = HprNumber(900_100_032)  # of EXAMPLE_GP

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

"""Identifiers of the synthetic registers: pure functions of an index, the same at every scale."""

from registers.core.identifiers import (
    GpContractId,
    HerId,
    HprNumber,
    OrganisationNumber,
    ReshId,
    organisation_check_digit,
)

FIRST_ORGANISATION = 3_200_000  # first seven digits; 3 is a synthetic series (Tenor)
FIRST_ORGANISATION_PARTY = 8_000_000
FIRST_SERVICE_PARTY = 8_100_000
FIRST_PERSON_PARTY = 8_200_000
FIRST_HPR_NUMBER = 900_100_000
FIRST_HPR_NUMBER_WITHOUT_PARTY = 901_000_000
FIRST_GP_CONTRACT = 710_001
FIRST_RESH_ROOT = 4_000_000
FIRST_RESH_TRUST = 4_001_000
RESH_IDS_PER_TRUST = 100


def organisation_number(index: int) -> OrganisationNumber:
    """Organisation number of the organisation with this index, at most 799,999."""
    base = f"{FIRST_ORGANISATION + index}0"
    if organisation_check_digit(base) is None:  # one base in eleven has no check digit, no two
        base = f"{FIRST_ORGANISATION + index}1"  # in a row
    return OrganisationNumber(f"{base}{organisation_check_digit(base)}")


def organisation_her_id(unit: int) -> HerId:
    return HerId(FIRST_ORGANISATION_PARTY + unit)


def service_her_id(service: int) -> HerId:
    return HerId(FIRST_SERVICE_PARTY + service)


def person_her_id(person: int) -> HerId:
    return HerId(FIRST_PERSON_PARTY + person)


def hpr_number(professional: int) -> HprNumber:
    return HprNumber(FIRST_HPR_NUMBER + professional)


def gp_contract_id(contract: int) -> GpContractId:
    return GpContractId(FIRST_GP_CONTRACT + contract)


def resh_root(authority: int) -> ReshId:
    """RESH-id of a regional health authority (RHF)."""
    return ReshId(FIRST_RESH_ROOT + authority)


def resh_unit(trust: int, index: int) -> ReshId:
    """RESH-id of the unit with this index in a trust's tree; 0 is the trust (HF) itself."""
    return ReshId(FIRST_RESH_TRUST + trust * RESH_IDS_PER_TRUST + index)

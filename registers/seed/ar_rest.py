"""Parties and certificates in the shape of the CommunicationParty Api v1 (REST).

It serves effective values: what a party inherits is repeated in its record.
"""

from base64 import b64encode

from registers.seed.sources import enterprises
from registers.seed.sources.certificates import Certificate, Pair
from registers.seed.sources.dates import with_offset
from registers.seed.sources.numbers import person_her_id, service_her_id
from registers.seed.sources.parties import Party

CODES_URL = f"https://codes.{enterprises.DOMAIN}"


def carries(party: Party) -> bool:
    """Whether the interface can report the party: it knows neither inactive parties nor those not for messaging."""
    return party.active and party.messaging_valid


def record(party: Party) -> dict[str, object]:
    """A CommunicationParty."""
    addresses, address, pair = party.effective_addresses, party.effective_street_address, party.current_pair
    return {
        "herId": party.her_id,
        "name": party.name,
        "displayName": party.display_name,
        "type": party.type,
        "organizationDetails": None if party.parent else _organisation(party),
        "personDetails": _person(party),
        "serviceDetails": _service(party),
        "currentSigningCertificate": _announced(pair, pair and pair.signing),
        "currentEncryptionCertificate": _announced(pair, pair and pair.encryption),
        "email": addresses.get("E_EPO"),
        "homepageUrl": addresses.get("E_URL"),
        "phoneNumber": addresses.get("E_TLF"),
        "faxNumber": addresses.get("E_FAX"),
        "ediAddress": addresses.get("E_EDI"),
        "fhirAddress": addresses.get("E_FHIR"),
        "postalAddress": address
        and {
            "address": address.street,
            "postalBox": None,
            "postalCode": address.postal_code,
            "city": address.municipality.city,
        },
        "amqpTransportStatus": party.transport.value,
        "amqpAddress": _queues(addresses),
        "validFrom": with_offset(party.valid_from),
        "validTo": party.valid_to and with_offset(party.valid_to),
    }


def certificates(party: Party) -> dict[str, object]:
    """The party's own pairs, newest first, with its HER-id."""
    return {
        "herId": party.her_id,
        "certificates": [
            {
                "isCurrent": pair.current,
                "signingCertificate": _delivered(pair, pair.signing),
                "encryptionCertificate": _delivered(pair, pair.encryption),
            }
            for pair in reversed(party.pairs)
        ],
    }


def _organisation(party: Party) -> dict[str, object]:
    unit = party.unit
    return {
        "organizationNumber": enterprises.party_number(unit),
        "businessType": _code(9040, *unit.traits.business_type),
        "persons": [person_her_id(index) for index in unit.persons],
        "services": [service_her_id(index) for index in unit.services],
    }


def _person(party: Party) -> dict[str, object] | None:
    if party.professional is None:
        return None
    return {
        "hprNumber": party.professional.hpr_number,
        "parentOrganization": _parent(party),
    }


def _service(party: Party) -> dict[str, object] | None:
    if party.service_type is None:
        return None
    covered = [enterprises.her_id(unit) for unit in party.covered]
    return {
        "serviceType": _code(*party.service_type),
        "serviceSpecification": party.specification,
        "interMunicipalityCoverageArea": {"municipalityHerIds": covered} if covered else None,
        "parentOrganization": _parent(party),
    }


def _parent(party: Party) -> dict[str, object] | None:
    return party.parent and {
        "herId": party.parent.her_id,
        "name": party.parent.name,
        "organizationNumber": enterprises.party_number(party.unit),
    }


def _code(system: int, value: str, name: str) -> dict[str, object]:
    return {
        "codeListId": system,
        "value": value,
        "name": name,
        "url": f"{CODES_URL}/{system}",
    }


def _queues(addresses: dict[str, str]) -> dict[str, str] | None:
    if "E_SB_SYNC" not in addresses:
        return None
    return {
        "amqpSyncQueue": addresses["E_SB_SYNC"],
        "amqpSyncReplyQueue": addresses["E_SB_SYNCREPLY"],
        "amqpAsyncQueue": addresses["E_SB_ASYNC"],
        "amqpErrorQueue": addresses["E_SB_ERROR"],
    }


def _announced(pair: Pair | None, certificate: Certificate | None) -> dict[str, str] | None:
    if pair is None or certificate is None:
        return None
    return {"thumbprint": certificate.thumbprint, **pair.period}


def _delivered(pair: Pair, certificate: Certificate) -> dict[str, str]:
    return {
        "thumbprint": certificate.thumbprint,
        **pair.period,
        "certificateValue": b64encode(certificate.der).decode(),
    }

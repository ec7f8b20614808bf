"""Parties in the shape of the `/legacy` wrapper of AR: the older model as JSON.

It carries what the newer interface does not: visiting address, municipality, title, planned
addresses, inactive parties and those not valid for messaging.
"""

from datetime import timedelta

from registers.seed.sources import enterprises
from registers.seed.sources.dates import REFERENCE_DATE, local
from registers.seed.sources.draw import share
from registers.seed.sources.kinds import CodeText
from registers.seed.sources.locations import Address
from registers.seed.sources.parties import Party

FOR_EVER = "9999-12-31T00:00:00"
NONE = -1  # no parent
CHANGED_WITHIN_DAYS = 900  # before the reference date
SERVER_TIME = f"{REFERENCE_DATE.isoformat()}T06:00:00.123456+01:00"
SIMPLE_TYPES = {
    0: "naringskode",
    3101: "kjonn",
    3401: "adressetype",
    3402: "kommune",
    8658: "statlig_forvaltning",
    8660: "bildediagnostikk_laboratoriefag",
    8663: "kommunal_helse_omsorg",
    8664: "apotek_bandasjist",
    8666: "andre_helsetjenestetyper",
    8668: "spesialisthelsetjenesten",
    9040: "helsevirksomhet_type",
    9044: "type_adressekomponeneter",  # misspelt by the interface
}
ADDRESS_TYPES = {
    "E_DS": "Digital sertifikat",
    "E_SB_ERROR": "Feilmelding AMQP kø",
    "E_SB_SYNC": "Synkron AMQP kø",
    "E_SB_ASYNC": "Asynkron AMQP kø",
    "E_SB_SYNCREPLY": "Synkron Svar AMQP kø",
    "E_EDI": "EDI (Standardisert elektronisk melding)",
    "E_TLF": "Telefonnummer",
    "E_EPO": "Epost-adresse",
    "E_FAX": "Faxnummer",
    "E_URL": "Hjemmeside",
    "E_FHIR": "FHIR-Endepunkt",
}
PHYSICAL_ADDRESS_TYPES = {"RES": "Besøksadresse", "PST": "Postadresse"}


def record(party: Party) -> dict[str, object]:
    """A party in its wrapper."""
    return {
        "herId": party.her_id,
        "parentHerId": party.parent.her_id if party.parent else NONE,
        "type": party.type,
        "communicationParty": {**_own_part(party), **_common_part(party)},
    }


def _own_part(party: Party) -> dict[str, object]:
    if party.service_type:
        return _service(party)
    return _person(party) if party.professional else _organisation(party)


def _organisation(party: Party) -> dict[str, object]:
    traits = party.unit.traits
    industry = traits.sub_units[0][1] if traits.party_of_sub_unit else traits.industry
    return {
        "BusinessType": _code(9040, traits.business_type),
        "IndustryCodes": [_code(0, industry)],
        "OrganizationNumber": int(enterprises.party_number(party.unit)),
        "People": None,
        "Properties": [],
        "Services": None,
    }


def _service(party: Party) -> dict[str, object]:
    system, value, name = party.service_type or (0, "", "")
    covered = [
        {
            "DisplayName": enterprises.name(unit),
            "HerId": enterprises.her_id(unit),
            "Name": enterprises.party_name(unit),
            "OrganizationNumber": int(enterprises.party_number(unit)),
        }
        for unit in party.covered
    ]
    return {
        "Code": _code(system, CodeText(value, name)),
        "CoverageAreas": covered or None,
        "Description": party.specification,
        "LocationDescription": None,
        "Properties": None,
    }


def _person(party: Party) -> dict[str, object]:
    who = party.professional
    assert who is not None
    changed = _changed(party)
    return {
        "Departments": None,
        "Organizations": None,
        "Person": {
            "BirthDate": local(who.born_on),
            "CitizenId": None,
            "FirstName": who.first_name,
            "HPRInformation": {
                "Authorizations": None,
                "HPRNo": str(who.hpr_number),
                "HPRNumber": who.hpr_number,
                "LastChanged": changed,
                "SpecialCompetences": None,
            },
            "LastChanged": changed,
            "LastName": who.last_name,
            "MiddleName": who.middle_name,
            "Sex": _code(3101, CodeText(*who.sex)),
        },
        "Properties": [],
        "Title": party.title,
    }


def _common_part(party: Party) -> dict[str, object]:
    traits, parent, address = party.unit.traits, party.parent, party.effective_street_address
    municipality = enterprises.municipality(party.unit)
    number = int(enterprises.party_number(party.unit))
    return {
        "Active": party.active,
        "CoverageAreaType": None,
        "DisplayName": party.display_name,
        "ElectronicAddresses": _electronic_addresses(party),
        "FutureElectronicAddresses": [
            {**_electronic(party, code, planned, inherited=False), "ValidFrom": local(start)}
            for code, (planned, start) in party.planned.items()
        ],
        "HerId": party.her_id,
        "IsValidCommunicationParty": party.messaging_valid,
        "LastChanged": _changed(party),
        "Municipality": _code(3402, CodeText(municipality.number, municipality.name)),
        "Name": party.name,
        "ParentBusinessType": _code(9040, traits.business_type) if parent else None,
        "ParentHerId": parent.her_id if parent else NONE,
        "ParentName": parent.name if parent else None,
        "ParentOrganizationNumber": number if parent else NONE,
        "PhysicalAddresses": [_physical(party, code, address) for code in PHYSICAL_ADDRESS_TYPES if address],
        "ServerTime": SERVER_TIME,
        "Type": party.type,
        "Valid": {
            "From": local(party.valid_from),
            "To": local(party.valid_to) if party.valid_to else FOR_EVER,
        },
    }


def _electronic_addresses(party: Party) -> list[dict[str, object]]:
    effective = party.effective_addresses
    return [
        _electronic(party, code, effective[code], inherited=code not in party.addresses)
        for code in ADDRESS_TYPES
        if code in effective
    ]


def _electronic(party: Party, code: str, address: str, *, inherited: bool) -> dict[str, object]:
    return {
        "Address": address,
        "Inherited": inherited,
        "LastChanged": _changed(party),
        "Type": _code(9044, CodeText(code, ADDRESS_TYPES[code])),
        "TypeCodeValue": code,
    }


def _physical(party: Party, code: str, address: Address) -> dict[str, object]:
    return {
        "City": address.municipality.city,
        "Country": None,
        "Description": None,
        "Inherited": party.street_address is None,
        "LastChanged": _changed(party),
        "PostalCode": int(address.postal_code),  # AR loses leading zeros
        "Postbox": None,
        "StreetAddress": address.street,
        "Type": _code(3401, CodeText(code, PHYSICAL_ADDRESS_TYPES[code])),
        "TypeCodeValue": code,
    }


def _changed(party: Party) -> str:
    """When the party changed last: local time without offset, two decimals."""
    day = REFERENCE_DATE - timedelta(days=1 + share("changed", party.her_id, CHANGED_WITHIN_DAYS))
    second = share("second", party.her_id, 86_400)
    hour, minute = second // 3600, second // 60 % 60
    return f"{day.isoformat()}T{hour:02}:{minute:02}:{second % 60:02}.{party.her_id % 100:02}"


def _code(system: int, code: CodeText) -> dict[str, object]:
    return {
        "Active": True,
        "CodeText": code.name,
        "CodeValue": code.value,
        "LongDescription": None,
        "OID": system,
        "SimpleType": SIMPLE_TYPES[system],
    }

"""Records of the registers' formats to start from. Nobody in them exists."""

from typing import Any


def code(system: int | str, value: str, text: str | None = None, group: str | None = None) -> dict[str, Any]:
    return {"Active": True, "CodeText": text, "CodeValue": value, "OID": system, "SimpleType": group}


def electronic(kind: str, address: str | None, *, inherited: bool = False, **changes: Any) -> dict[str, Any]:
    return {
        "Address": address,
        "Inherited": inherited,
        "LastChanged": "2024-06-13T09:29:56.11",
        "Type": code(9044, kind),
        "TypeCodeValue": kind,
    } | changes


def physical(kind: str | None, *, inherited: bool = False, **changes: Any) -> dict[str, Any]:
    return {
        "City": "OSLO",
        "Country": None,
        "Description": None,
        "Inherited": inherited,
        "LastChanged": "2023-04-03T15:46:29.9",
        "PostalCode": 110,
        "Postbox": None,
        "StreetAddress": "Eksempelveien 1",
        "Type": code(3401, kind) if kind else None,
        "TypeCodeValue": kind,
    } | changes


def legacy(**changes: Any) -> dict[str, Any]:
    """A service of the old model, its only own address an EDI address."""
    return {
        "HerId": 8100002,
        "Type": "Service",
        "Name": "Allmennlege",
        "DisplayName": None,
        "Active": True,
        "IsValidCommunicationParty": True,
        "Valid": {"From": "2023-04-04T00:00:00", "To": "9999-12-31T00:00:00"},
        "ParentHerId": 8100001,
        "ParentName": "EKSEMPEL LEGESENTER AS",
        "ParentOrganizationNumber": 310001007,
        "ParentBusinessType": code(9040, "103"),
        "Municipality": code(3402, "0301", "Oslo", "kommune"),
        "CoverageAreaType": None,
        "ElectronicAddresses": [electronic("E_EDI", "edi@senter.example.invalid")],
        "FutureElectronicAddresses": [],
        "PhysicalAddresses": [],
        "LastChanged": "2023-04-04T09:59:57.87",
        "ServerTime": "2024-06-13T11:43:37.681664+02:00",
        "Code": code(8666, "05", "Allmennlege"),
        "CoverageAreas": None,
        "Description": None,
        "LocationDescription": None,
        "Properties": None,
    } | changes


def legacy_organisation(**changes: Any) -> dict[str, Any]:
    service_only = {"Code", "CoverageAreas", "Description", "LocationDescription"}
    base = {key: value for key, value in legacy().items() if key not in service_only}
    return (
        base
        | {
            "HerId": 8100001,
            "Type": "Organization",
            "Name": "EKSEMPEL LEGESENTER AS",
            "ParentHerId": -1,
            "ParentName": None,
            "ParentOrganizationNumber": -1,
            "ParentBusinessType": None,
            "OrganizationNumber": 310001007,
            "BusinessType": code(9040, "103"),
            "IndustryCodes": [code(0, "86.211", "Allmenn legetjeneste", "naringskode")],
            "People": [],
            "Services": [],
        }
        | changes
    )


def legacy_person(**changes: Any) -> dict[str, Any]:
    base = {key: value for key, value in legacy().items() if key != "Code"}
    hpr = {"HPRNo": "900000011", "HPRNumber": 900000011, "Authorizations": None}
    person = {"BirthDate": "1970-01-01T00:00:00", "CitizenId": {"Id": "15818291261"}, "HPRInformation": hpr}
    return (
        base
        | {"HerId": 8100003, "Type": "Person", "Name": "Test Eksempelsen", "Person": person, "Title": None}
        | changes
    )


def wrapped(party: dict[str, Any]) -> dict[str, Any]:
    """As the REST interface wraps the old model."""
    return {
        "herId": party["HerId"],
        "parentHerId": party["ParentHerId"],
        "type": party["Type"],
        "communicationParty": party,
    }


def rest(**changes: Any) -> dict[str, Any]:
    """A service of the new model."""
    return {
        "herId": 8100002,
        "name": "Allmennlege",
        "displayName": None,
        "type": "Service",
        "organizationDetails": None,
        "personDetails": None,
        "serviceDetails": {
            "serviceType": {
                "codeListId": 8666,
                "value": "05",
                "name": "Allmennlege",
                "url": "https://example.invalid/",
            },
            "serviceSpecification": None,
            "interMunicipalityCoverageArea": None,
            "parentOrganization": {
                "herId": 8100001,
                "name": "EKSEMPEL LEGESENTER AS",
                "organizationNumber": "310001007",
            },
        },
        "currentSigningCertificate": None,
        "currentEncryptionCertificate": None,
        "email": None,
        "ediAddress": "edi@senter.example.invalid",
        "postalAddress": None,
        "amqpTransportStatus": "Inherited",
        "amqpAddress": {"amqpSyncQueue": "sb.example.invalid/NHNTEST/8100001_sync"},
        "validFrom": "2023-04-04T00:00:00+02:00",
        "validTo": None,
    } | changes


def unit(**changes: Any) -> dict[str, Any]:
    """A main unit of Enhetsregisteret."""
    return {
        "organisasjonsnummer": "311001000",
        "navn": "EKSEMPEL KOMMUNE",
        "organisasjonsform": {"kode": "KOMM", "beskrivelse": "Kommune"},
        "registreringsdatoEnhetsregisteret": "1996-07-01",
    } | changes


def resh(**changes: Any) -> dict[str, Any]:
    return {
        "reshId": 4100001,
        "parentReshId": None,
        "reshName": "EKSEMPEL SYKEHUS HF",
        "reshShortName": "ESHF",
        "designation": "12",
        "level": "2",
        "organizationNumber": "311001000",
        "treatmentFacility": False,
        "validFrom": "2002-01-01",
        "validTo": None,
        "reshChildren": [],
    } | changes

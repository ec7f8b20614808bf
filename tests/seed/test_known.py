"""The numbers with a fixed meaning have that meaning."""

from base64 import b64decode
from datetime import date
from typing import Any

from cryptography import x509

from registers.seed.sources.dates import REFERENCE_DATE
from tests.seed.conftest import COMMITTED, Records
from tests.support import known

QUEUES = ("amqpSyncQueue", "amqpSyncReplyQueue", "amqpAsyncQueue", "amqpErrorQueue")


def by_number(records: Records) -> dict[str, dict[str, Any]]:
    return {unit["organisasjonsnummer"]: unit for unit in records["enheter"] + records["underenheter"]}


def pairs_of(records: Records, her_id: int) -> list[dict[str, Any]]:
    return next((line["certificates"] for line in records["certificates"] if line["herId"] == her_id), [])


def test_the_example_gp_has_everything_a_sender_needs(parties: Any, records: Records):
    gp, office = parties[known.EXAMPLE_GP]["newer"], parties[known.EXAMPLE_OFFICE]["newer"]
    pair = pairs_of(records, known.EXAMPLE_OFFICE)[0]["encryptionCertificate"]
    certificate = x509.load_der_x509_certificate(b64decode(pair["certificateValue"]))

    assert gp["name"] == "Vindkastbert Šattunes"
    assert gp["personDetails"]["parentOrganization"]["herId"] == known.EXAMPLE_OFFICE
    assert gp["ediAddress"] == office["ediAddress"] == "edi@legekontor-8000023.example.invalid"
    assert gp["amqpTransportStatus"] == "Inherited"
    assert gp["amqpAddress"] == office["amqpAddress"]
    assert all(gp["amqpAddress"][queue] for queue in QUEUES)
    assert gp["currentEncryptionCertificate"]["thumbprint"] == pair["thumbprint"]
    assert certificate.not_valid_before_utc.date() <= REFERENCE_DATE
    assert certificate.not_valid_after_utc.date() > date(2028, 12, 31)
    assert gp["validTo"] is None
    assert office["organizationDetails"]["organizationNumber"] == known.EXAMPLE_OFFICE_NUMBER


def test_there_is_one_of_every_status(parties: Any):
    active, ended = parties[known.EXAMPLE_GP], parties[known.ENDED_GP]

    assert active["older"]["Active"]
    assert active["older"]["IsValidCommunicationParty"]
    assert active["older"]["Valid"]["To"] == "9999-12-31T00:00:00"
    assert ended["newer"]["validTo"] == "2026-04-01T00:00:00+02:00"
    for her_id in (known.INACTIVE_GP, known.INACTIVE_SERVICE):
        assert "newer" not in parties[her_id]
        assert parties[her_id]["older"]["Active"] is False
    for her_id in (known.NOT_FOR_MESSAGING, known.SERVICE_NOT_FOR_MESSAGING):
        assert "newer" not in parties[her_id]
        assert parties[her_id]["older"]["Active"] is True
        assert parties[her_id]["older"]["IsValidCommunicationParty"] is False
    assert parties[known.ENDED_SERVICE]["older"]["Valid"]["To"] == "2026-04-01T00:00:00"


def test_nothing_else_in_the_core_is_out_of_service(parties: Any):
    inactive = {her_id for her_id, reported in parties.items() if not reported.get("older", {"Active": 1})["Active"]}
    ended = {her_id for her_id, reported in parties.items() if reported.get("newer", {}).get("validTo")}
    below_the_closed_office = {8_000_034, 8_100_198, *range(8_200_081, 8_200_086)}

    assert inactive == {known.INACTIVE_GP, known.INACTIVE_SERVICE}
    assert ended == {known.ENDED_GP, known.ENDED_SERVICE, *below_the_closed_office}


def test_an_inherited_address_is_the_parents_and_an_own_one_is_not(parties: Any):
    inheriting = parties[known.INHERITED_ADDRESSES]["older"]
    own_edi = parties[known.OWN_EDI_ADDRESS]["older"]["ElectronicAddresses"]
    own_queues = parties[known.OWN_QUEUES]

    assert all(each["Inherited"] for each in inheriting["ElectronicAddresses"])
    assert all(each["Inherited"] for each in inheriting["PhysicalAddresses"])
    assert {each["TypeCodeValue"] for each in own_edi if not each["Inherited"]} == {"E_EDI"}
    assert own_queues["newer"]["amqpTransportStatus"] == "Enabled"
    assert all(f"/{known.OWN_QUEUES}_" in own_queues["newer"]["amqpAddress"][queue] for queue in QUEUES)
    assert parties[known.TRANSPORT_DISABLED]["newer"]["amqpTransportStatus"] == "Disabled"


def test_planned_addresses_begin_in_2027(parties: Any):
    of_office = parties[known.FUTURE_EDI_ADDRESS]["older"]["FutureElectronicAddresses"]
    of_gp = parties[known.FUTURE_OWN_EDI_ADDRESS]["older"]["FutureElectronicAddresses"]

    assert [(each["TypeCodeValue"], each["ValidFrom"]) for each in of_office + of_gp] == [
        ("E_EDI", "2027-01-01T00:00:00"),
        ("E_EDI", "2027-03-01T00:00:00"),
    ]


def test_certificates_are_expired_missing_withheld_renewed_and_own(parties: Any, records: Records):
    expired = parties[known.EXPIRED_CERTIFICATE]["newer"]["currentEncryptionCertificate"]
    missing = parties[known.MISSING_CERTIFICATE]["newer"]
    withheld = parties[known.ANNOUNCED_CERTIFICATE]["newer"]
    service = parties[known.OWN_CERTIFICATE]["newer"]
    current, earlier = pairs_of(records, known.RENEWED_CERTIFICATE)

    assert expired["validTo"][:10] < REFERENCE_DATE.isoformat()
    assert missing["currentEncryptionCertificate"] is None
    assert missing["currentSigningCertificate"] is None
    assert withheld["currentEncryptionCertificate"]["thumbprint"]
    assert pairs_of(records, known.ANNOUNCED_CERTIFICATE) == []
    assert (current["isCurrent"], earlier["isCurrent"]) == (True, False)
    renewed, replaced = current["signingCertificate"], earlier["signingCertificate"]
    assert replaced["validFrom"] < renewed["validFrom"] < replaced["validTo"]  # they overlap
    own = pairs_of(records, known.OWN_CERTIFICATE)[0]["signingCertificate"]["thumbprint"]
    assert service["currentSigningCertificate"]["thumbprint"] == own


def test_the_inter_municipal_service_covers_municipalities(parties: Any):
    reported = parties[known.INTER_MUNICIPAL_SERVICE]
    area = reported["newer"]["serviceDetails"]["interMunicipalityCoverageArea"]["municipalityHerIds"]
    names = {each["HerId"]: each["Name"] for each in reported["older"]["CoverageAreas"]}

    assert len(area) == 4
    assert names == {her_id: parties[her_id]["newer"]["name"] for her_id in area}
    assert all(parties[her_id]["newer"]["organizationDetails"]["businessType"]["value"] == "102" for her_id in area)


def test_one_doctor_has_a_party_at_each_of_two_offices(parties: Any):
    found = [parties[her_id]["newer"] for her_id in known.DOCTORS_PARTIES]

    assert {each["personDetails"]["hprNumber"] for each in found} == {known.DOCTOR_AT_TWO_OFFICES}
    assert len({each["personDetails"]["parentOrganization"]["herId"] for each in found}) == 2
    assert len({each["name"] for each in found}) == 1


def test_the_vacant_list_service_is_below_its_office(parties: Any):
    details = parties[known.VACANT_LIST_SERVICE]["newer"]["serviceDetails"]

    assert (details["serviceType"]["codeListId"], details["serviceType"]["value"]) == (8666, "KX17")
    assert details["parentOrganization"]["herId"] == known.OFFICE_WITH_VACANT_LIST


def test_organisations_in_trouble_are_marked(records: Records):
    units = by_number(records)

    assert units[known.BANKRUPT]["konkurs"]
    assert units[known.BEING_WOUND_UP]["underAvvikling"]
    assert units[known.BEING_DISSOLVED_BY_FORCE]["underTvangsavviklingEllerTvangsopplosning"]
    assert units[known.CLOSED]["nedleggelsesdato"] == "2025-12-31"
    assert sum(unit.get("konkurs", False) for unit in units.values()) == 1


def test_the_resh_root_is_a_regional_health_authority(records: Records):
    (root,) = records["resh"]
    trust = root["reshChildren"][0]
    text = (COMMITTED / "resh.json").read_text(encoding="utf-8")

    assert (root["reshId"], root["parentReshId"], root["level"]) == (known.RESH_ROOT, None, "1")
    assert (trust["reshId"], trust["level"]) == (known.RESH_TRUST, "2")
    assert f'"reshId":{known.CLOSED_RESH_UNIT},' in text
    assert text.count('"validTo":"') == 1


def test_the_readme_lists_every_known_number():
    readme = (COMMITTED / "README.md").read_text(encoding="utf-8")
    for name, value in vars(known).items():
        if name.isupper():
            for number in value if isinstance(value, tuple) else (value,):
                assert f"`{number}`" in readme, name

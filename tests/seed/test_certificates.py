"""The certificates in the files, parsed as a reader would parse them."""

from base64 import b64decode
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.x509.oid import NameOID

from registers.seed.sources.certificates import SEID_1_ISSUER, SEID_2_ISSUER, issuer_name
from registers.seed.sources.keys import key
from tests.seed.conftest import Records
from tests.support import known

USAGES = ("signingCertificate", "encryptionCertificate")


@pytest.fixture(scope="session")
def pairs(records: Records) -> dict[int, list[dict[str, Any]]]:
    """Certificate pairs by HER-id, newest first."""
    return {line["herId"]: line["certificates"] for line in records["certificates"]}


@pytest.fixture(scope="session")
def certificates(pairs: dict[int, Any]) -> list[tuple[dict[str, str], x509.Certificate]]:
    """What the file reports of each certificate, and the certificate."""
    reported = [pair[usage] for own in pairs.values() for pair in own for usage in USAGES]
    return [(each, x509.load_der_x509_certificate(b64decode(each["certificateValue"]))) for each in reported]


def test_thumbprint_and_period_are_those_of_the_certificate(certificates: Any):
    for reported, certificate in certificates:
        assert certificate.fingerprint(SHA1()).hex().upper() == reported["thumbprint"]
        assert certificate.not_valid_before_utc == datetime.fromisoformat(reported["validFrom"])
        assert certificate.not_valid_after_utc == datetime.fromisoformat(reported["validTo"])
    assert len(certificates) > 100


def test_no_two_certificates_have_the_same_serial_number(certificates: Any):
    serials = {certificate.serial_number for _, certificate in certificates}

    assert len(serials) == len(certificates)


def root_of(issuer: str) -> x509.Certificate:
    """The self-signed certificate of a test authority."""
    name, own = issuer_name(issuer), key(issuer)
    period = datetime(2020, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC)
    return (
        x509.CertificateBuilder(name, name, own.public_key(), 1, *period)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(own, SHA256())
    )


def test_every_certificate_is_issued_by_one_of_the_two_test_authorities(certificates: Any):
    by_name = {issuer_name(issuer): root_of(issuer) for issuer in (SEID_1_ISSUER, SEID_2_ISSUER)}
    for _, certificate in certificates:
        certificate.verify_directly_issued_by(by_name[certificate.issuer])

    assert {certificate.issuer for _, certificate in certificates} == set(by_name)


def test_key_usage_tells_signing_from_encryption(pairs: dict[int, Any]):
    for own in pairs.values():
        for pair in own:
            signing, encryption = (
                x509.load_der_x509_certificate(b64decode(pair[usage]["certificateValue"]))
                .extensions.get_extension_for_class(x509.KeyUsage)
                .value
                for usage in USAGES
            )

            assert (signing.content_commitment, signing.key_encipherment) == (True, False)
            assert (encryption.content_commitment, encryption.key_encipherment) == (False, True)


def test_the_subject_names_the_organisation_in_either_profile(certificates: Any, records: Records):
    numbers = {unit["organisasjonsnummer"] for unit in records["enheter"] + records["underenheter"]}
    profiles: set[str] = set()
    for _, certificate in certificates:
        subject = certificate.subject
        if seid_1 := subject.get_attributes_for_oid(NameOID.SERIAL_NUMBER):
            assert seid_1[0].value in numbers
            profiles.add("SEID 1")
        else:
            seid_2 = subject.get_attributes_for_oid(NameOID.ORGANIZATION_IDENTIFIER)[0].value
            assert seid_2.removeprefix("NTRNO-") in numbers
            assert seid_2.startswith("NTRNO-")
            profiles.add("SEID 2")

    assert profiles == {"SEID 1", "SEID 2"}


def test_every_announced_thumbprint_arrives_but_for_one_party_and_what_is_below_it(
    parties: dict[int, Any], pairs: dict[int, Any]
):
    arrived = {
        pair[usage]["thumbprint"] for own in pairs.values() for pair in own for usage in USAGES if pair["isCurrent"]
    }
    waiting: set[int] = set()
    for her_id, reported in parties.items():
        current = reported.get("newer", {}).get("currentSigningCertificate")
        if current and current["thumbprint"] not in arrived:
            details = reported["newer"]["serviceDetails"]
            waiting.add(details["parentOrganization"]["herId"] if details else her_id)

    assert waiting == {known.ANNOUNCED_CERTIFICATE}


def test_at_most_one_pair_of_a_party_is_current(pairs: dict[int, Any]):
    assert {sum(pair["isCurrent"] for pair in own) for own in pairs.values()} == {1}

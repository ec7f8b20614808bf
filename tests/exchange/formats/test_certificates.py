"""Certificates in every form they come in."""

import base64
import gzip
from datetime import UTC, datetime
from functools import cache
from hashlib import sha1
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from registers.communication_parties.models import CertificateUsage
from registers.core.identifiers import HerId
from tests.support.files import broken, flags, one, read_back

START, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2029, 1, 1, tzinfo=UTC)
ENCRYPTING, SIGNING = ("key_encipherment",), ("content_commitment",)
SEID_1 = ((NameOID.SERIAL_NUMBER, "310001007"),)
NO_USAGES = dict.fromkeys(
    [
        *("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement"),
        *("key_cert_sign", "crl_sign", "encipher_only", "decipher_only"),
    ],
    False,
)


@cache
def key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


@cache
def certificate(usages: tuple[str, ...] = ENCRYPTING, subject: tuple[Any, ...] = SEID_1) -> bytes:
    """A certificate in DER form."""
    name = x509.Name(
        [x509.NameAttribute(NameOID.COMMON_NAME, "EKSEMPEL TEST"), *(x509.NameAttribute(*each) for each in subject)]
    )
    builder = x509.CertificateBuilder(name, name, key().public_key(), 790001, START, END)
    if usages:
        stated = NO_USAGES | dict.fromkeys(usages, True)
        builder = builder.add_extension(x509.KeyUsage(**stated), critical=True)
    return builder.sign(key(), SHA256()).public_bytes(Encoding.DER)


def text(der: bytes) -> str:
    return base64.b64encode(der).decode()


def pem(der: bytes) -> str:
    lines = [text(der)[start : start + 64] for start in range(0, len(text(der)), 64)]
    return "\n".join(["-----BEGIN CERTIFICATE-----", *lines, "-----END CERTIFICATE-----", ""])


def answer(der: bytes, **changes: Any) -> dict[str, Any]:
    thumbprint = sha1(der).hexdigest()
    dates = {"validFrom": "2026-01-01T01:00:00+01:00", "validTo": "2029-01-01T01:00:00+01:00"}
    return {"thumbprint": thumbprint, **dates, "certificateValue": text(der)} | changes


def details(der: bytes, operation: str = "") -> str:
    inner = (
        '<CertificateDetails xmlns="http://register.nhn.no/CertificateDetails">'
        "<LdapUrl>\n ldap://ldap.example.invalid/x </LdapUrl>"
        f"<Certificate>{text(der)}</Certificate></CertificateDetails>"
    )
    if not operation:
        return inner
    result = inner.replace("CertificateDetails xmlns", f"{operation}Result xmlns").replace(
        "/CertificateDetails>", f"/{operation}Result>"
    )
    return in_envelope(f"<{operation}Response>{result}</{operation}Response>")


def in_envelope(answer: str) -> str:
    return f'<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>{answer}</e:Body></e:Envelope>'


FORMS = {
    "DER": certificate(),
    "DER, packed": gzip.compress(certificate()),
    "PEM": pem(certificate()),
    "PEM with words around": "subject=CN = x\n" + pem(certificate()) + "\nissuer",
    "base64": text(certificate()),
    "base64 in lines": "\n".join(pem(certificate()).splitlines()[1:-1]) + "\n",
    "details in XML": details(certificate()),
    "details in an envelope": details(certificate(), "GetCertificateDetailsForEncryption"),
    "bytes in an envelope": in_envelope(
        "<GetCertificateForEncryptionResponse><GetCertificateForEncryptionResult>"
        f"{text(certificate())}</GetCertificateForEncryptionResult></GetCertificateForEncryptionResponse>"
    ),
    "details in JSON": {"Certificate": text(certificate()), "LdapUrl": None},
    "an answer for one usage": answer(certificate()),
    "a pair": {"isCurrent": True, "encryptionCertificate": answer(certificate()), "signingCertificate": None},
    "pairs": [{"isCurrent": True, "encryptionCertificate": answer(certificate()), "signingCertificate": None}],
    "pairs of a party": {
        "herId": 8100001,
        "certificates": [{"isCurrent": True, "encryptionCertificate": answer(certificate())}],
    },
}


@pytest.mark.parametrize("form", sorted(FORMS))
def test_a_certificate_is_the_same_in_every_form(tmp_path: Path, form: str):
    read = one(tmp_path, FORMS[form], her_id=HerId(8100001))

    assert read.der == certificate()
    assert read.thumbprint == sha1(certificate()).hexdigest().upper()
    assert read.serial_number == "790001"
    assert read.subject == read.issuer == "2.5.4.5=310001007,CN=EKSEMPEL TEST"
    assert read.subject_organisation_number == "310001007"
    assert read.key_usage == ["keyEncipherment"]
    assert (read.not_before, read.not_after) == (START, END)
    assert read.usage is CertificateUsage.ENCRYPTION
    assert read.her_id == 8100001
    assert read.current is (True if "pair" in form else None)
    assert read.ldap_url == (
        "ldap://ldap.example.invalid/x" if "X" in form or form == "details in an envelope" else None
    )
    assert read.flags == read.refused == []


@pytest.mark.parametrize(
    ("name", "her_id"),
    [
        ("GetCertificateDetailsForEncryption_8100001.xml", 8100001),
        ("cert_8100001.pem.gz", 8100001),
        ("cert_8100001.pem", 8100001),
        ("cert_8100001", 8100001),
        ("8100001.pem", None),
        ("cert_0.pem", None),
        ("cert_x8100001.pem", None),
    ],
)
def test_the_party_is_named_by_the_end_of_the_file_s_name(tmp_path: Path, name: str, her_id: int | None):
    assert one(tmp_path, certificate(), name=name).her_id == her_id


def test_the_caller_s_party_goes_before_the_file_s(tmp_path: Path):
    assert one(tmp_path, certificate(), name="cert_8100001.der", her_id=HerId(8100002)).her_id == 8100002


@pytest.mark.parametrize(
    ("usages", "usage"),
    [
        (("key_encipherment",), CertificateUsage.ENCRYPTION),
        (("key_agreement",), CertificateUsage.ENCRYPTION),
        (("data_encipherment",), CertificateUsage.ENCRYPTION),
        (("digital_signature", "key_encipherment"), CertificateUsage.ENCRYPTION),
        (("content_commitment",), CertificateUsage.SIGNING),
        (("digital_signature",), CertificateUsage.SIGNING),
        (("key_cert_sign", "crl_sign"), None),
        ((), None),
    ],
)
def test_usage_follows_from_key_usage_where_the_file_does_not_say_it(
    tmp_path: Path, usages: tuple[str, ...], usage: Any
):
    assert one(tmp_path, certificate(usages)).usage is usage


def test_key_usages_have_their_x509_names(tmp_path: Path):
    usages = ("digital_signature", "content_commitment", "key_agreement", "encipher_only", "crl_sign")

    assert one(tmp_path, certificate(usages)).key_usage == [
        *("digitalSignature", "contentCommitment", "keyAgreement", "cRLSign", "encipherOnly"),
    ]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (details(certificate(), "GetCertificateDetailsForValidatingSignature"), "answer.xml"),
        (details(certificate()), "GetCertificateDetailsForValidatingSignature_8100001.xml"),
        (answer(certificate()), "signing_8100001.json"),
        ({"isCurrent": True, "signingCertificate": answer(certificate())}, "encryption.json"),
    ],
)
def test_the_usage_that_the_file_says_goes_before_key_usage_and_is_flagged(tmp_path: Path, content: Any, name: str):
    read = one(tmp_path, content, name=name)

    assert read.usage is CertificateUsage.SIGNING
    assert flags(read) == ["usage-differs"]


@pytest.mark.parametrize(
    ("subject", "number", "flagged"),
    [
        (((NameOID.ORGANIZATION_IDENTIFIER, "NTRNO-310001007"), (NameOID.SERIAL_NUMBER, "790")), "310001007", []),
        (((NameOID.SERIAL_NUMBER, "310001007"),), "310001007", []),
        (((NameOID.SERIAL_NUMBER, "9578-5999-4-1"),), None, []),
        (((NameOID.SERIAL_NUMBER, "310001008"),), "310001008", ["check-digit"]),
        ((), None, []),
    ],
)
def test_the_subject_s_organisation_is_found(tmp_path: Path, subject: Any, number: Any, flagged: list[str]):
    read = one(tmp_path, certificate(ENCRYPTING, subject))

    assert (read.subject_organisation_number, flags(read)) == (number, flagged)


@pytest.mark.parametrize(
    ("changes", "flagged"),
    [
        ({"thumbprint": "00" * 20}, ["thumbprint-differs"]),
        ({"validFrom": "2026-01-02T00:00:00Z"}, ["certificate-dates-differ"]),
        ({"validTo": "2028-01-01T00:00:00Z"}, ["certificate-dates-differ"]),
        ({"validTo": "2029-01-01T00:00:01Z"}, []),
        ({"validTo": "never"}, ["implausible-time"]),
    ],
)
def test_what_is_reported_of_a_certificate_is_compared_with_it(
    tmp_path: Path, changes: dict[str, Any], flagged: list[str]
):
    read = one(tmp_path, answer(certificate(), **changes))

    assert (read.not_before, read.not_after) == (START, END)
    assert flags(read) == flagged


def test_every_certificate_of_every_pair_is_read_with_its_position(tmp_path: Path):
    newer = {"isCurrent": True, "signingCertificate": answer(certificate(SIGNING)), "encryptionCertificate": None}
    older = {"isCurrent": False, "signingCertificate": None, "encryptionCertificate": answer(certificate())}
    lines = {"herId": 8100001, "certificates": [newer, older]}

    bare = read_back(tmp_path, [newer, older], name="c_8100002.json")
    of_party = read_back(tmp_path, lines, name="all.json")

    assert [(each.position, each.current, each.her_id) for each in bare] == [
        ("c_8100002.json[0]/signingCertificate", True, 8100002),
        ("c_8100002.json[1]/encryptionCertificate", False, 8100002),
    ]
    assert [(each.position, each.current, each.her_id) for each in of_party] == [
        ("all.json/certificates[0]/signingCertificate", True, 8100001),
        ("all.json/certificates[1]/encryptionCertificate", False, 8100001),
    ]


def test_every_certificate_of_a_pem_file_is_read_but_those_that_cannot_be(tmp_path: Path):
    first, second, third = read_back(tmp_path, pem(certificate()) + pem(b"no certificate") + pem(certificate(SIGNING)))

    assert (first.position, first.usage) == ("file[0]", CertificateUsage.ENCRYPTION)
    assert (second.position, second.rule) == ("file[1]", "certificate-unreadable")
    assert (third.position, third.usage) == ("file[2]", CertificateUsage.SIGNING)


EMPTY = [
    details(b""),
    details(b"").replace("<Certificate></Certificate>", "<Certificate/>"),
    answer(b""),
    {"isCurrent": True, "signingCertificate": {}},
    {"Certificate": None, "LdapUrl": "ldap://ldap.example.invalid/x"},
]


@pytest.mark.parametrize("content", EMPTY)
def test_an_empty_certificate_is_never_one(tmp_path: Path, content: Any):
    assert broken(tmp_path, content).rule == "certificate-empty"


def test_an_empty_file_is_no_certificate(tmp_path: Path):
    assert broken(tmp_path, b"", format="certificate").rule == "certificate-empty"


@pytest.mark.parametrize(
    "content", [certificate()[:-20], text(certificate())[:-7], answer(b"", certificateValue="%%"), pem(b"x" * 200)]
)
def test_a_certificate_that_cannot_be_read_is_reported(tmp_path: Path, content: Any):
    assert broken(tmp_path, content).rule == "certificate-unreadable"

"""Certificates of the synthetic parties: X.509, issued by two test authorities of our own.

They follow the two Norwegian enterprise profiles: SEID 1 has the organisation number as serialNumber
of the subject, SEID 2 as organizationIdentifier `NTRNO-<number>`.
"""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import cache
from urllib.parse import quote

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from registers.core.identifiers import HerId, OrganisationNumber, Thumbprint
from registers.seed.sources.dates import utc, with_offset
from registers.seed.sources.keys import POOL, key

NAME_MAX = 64  # bytes of an organisation or common name in UTF-8 (X.520)
SEID_1_ISSUER, SEID_2_ISSUER = "Prøve CA", "Eksempel CA"
SERIALS_PER_HOLDER = 10


class Usage(IntEnum):
    """Added to a serial number; see `_issue`."""

    ENCRYPTION = 0
    SIGNING = 1


@dataclass(frozen=True, slots=True)
class Holder:
    """The party that a certificate is issued to."""

    her_id: HerId
    name: str
    organisation_name: str
    organisation_number: OrganisationNumber

    @property
    def issuer(self) -> str:
        return SEID_2_ISSUER if self.her_id % 2 else SEID_1_ISSUER

    @property
    def issuer_in_url(self) -> str:
        return quote(self.issuer)


@dataclass(frozen=True, slots=True)
class Certificate:
    thumbprint: Thumbprint
    serial_number: int
    der: bytes


@dataclass(frozen=True, slots=True)
class Pair:
    """A signing and an encryption certificate that are renewed together."""

    signing: Certificate
    encryption: Certificate
    valid_from: date
    valid_to: date
    current: bool

    @property
    def period(self) -> dict[str, str]:
        return {"validFrom": with_offset(self.valid_from), "validTo": with_offset(self.valid_to)}


def issue_pair(holder: Holder, valid_from: date, valid_to: date, *, current: bool, generation: int = 0) -> Pair:
    """A pair for the holder. `generation`: 0 to 4, another for each pair of a holder."""
    encryption, signing = (_issue(holder, usage, generation, valid_from, valid_to) for usage in Usage)
    return Pair(signing, encryption, valid_from, valid_to, current)


def _issue(holder: Holder, usage: Usage, generation: int, valid_from: date, valid_to: date) -> Certificate:
    serial = holder.her_id * SERIALS_PER_HOLDER + generation * len(Usage) + usage
    issuer_key = key(holder.issuer)
    certificate = (
        _builder(_subject(holder), _public_key(serial % POOL), serial, valid_from, valid_to)
        .issuer_name(issuer_name(holder.issuer))
        .add_extension(_key_usage(usage), critical=True)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_authority_key_identifier(holder.issuer), critical=False)
        .sign(issuer_key, SHA256())
    )
    thumbprint = certificate.fingerprint(SHA1()).hex().upper()  # noqa: S303 - AR's identifier, no protection
    return Certificate(Thumbprint(thumbprint), serial, certificate.public_bytes(Encoding.DER))


def _builder(
    subject: x509.Name, public_key: RSAPublicKey, serial: int, valid_from: date, valid_to: date
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .public_key(public_key)
        .serial_number(serial)
        .not_valid_before(utc(valid_from))
        .not_valid_after(utc(valid_to))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
    )


def _subject(holder: Holder) -> x509.Name:
    if holder.issuer == SEID_1_ISSUER:
        number = x509.NameAttribute(NameOID.SERIAL_NUMBER, holder.organisation_number)
    else:
        number = x509.NameAttribute(NameOID.ORGANIZATION_IDENTIFIER, f"NTRNO-{holder.organisation_number}")
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "NO"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, _cut(holder.organisation_name)),
            x509.NameAttribute(NameOID.COMMON_NAME, _cut(holder.name)),
            number,
        ]
    )


def _cut(name: str) -> str:
    return name.encode()[:NAME_MAX].decode(errors="ignore").rstrip()


def _key_usage(usage: Usage) -> x509.KeyUsage:
    signing = usage is Usage.SIGNING
    return x509.KeyUsage(
        digital_signature=signing,
        content_commitment=signing,  # nonRepudiation, by its older name
        key_encipherment=not signing,
        data_encipherment=not signing,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )


@cache
def _public_key(index: int) -> RSAPublicKey:
    return key(f"holder {index}").public_key()


@cache
def issuer_name(issuer: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "NO"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Eksempel utsteder"),
            x509.NameAttribute(NameOID.COMMON_NAME, issuer),
        ]
    )


@cache
def _authority_key_identifier(issuer: str) -> x509.AuthorityKeyIdentifier:
    return x509.AuthorityKeyIdentifier.from_issuer_public_key(key(issuer).public_key())

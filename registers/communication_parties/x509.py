"""What a certificate in DER form states, and what it can be used for."""

import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha1

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.utils import CryptographyDeprecationWarning
from cryptography.x509.oid import NameOID

from registers.communication_parties.models import CertificateUsage
from registers.core.identifiers import (
    HerId,
    InvalidIdentifier,
    OrganisationNumber,
    Thumbprint,
    organisation_number_from_source,
)
from registers.intake.snapshot import Snapshot

_KEY_USAGES = {
    "digital_signature": "digitalSignature",
    "content_commitment": "contentCommitment",
    "key_encipherment": "keyEncipherment",
    "data_encipherment": "dataEncipherment",
    "key_agreement": "keyAgreement",
    "key_cert_sign": "keyCertSign",
    "crl_sign": "cRLSign",
}
_ENCRYPTING = {"keyEncipherment", "keyAgreement", "dataEncipherment"}
_SIGNING = {"contentCommitment", "digitalSignature"}
USAGE_NEEDS = {
    CertificateUsage.ENCRYPTION: {"keyEncipherment"},
    CertificateUsage.SIGNING: {"nonRepudiation", "contentCommitment"},
}
"""Key usages of which one must be there. Source: the check messaging clients make."""

RSA_BITS_LEAST, CURVE_BITS_LEAST = 2048, 256
_ORGANISATION_PREFIX = "NTRNO-"  # SEID 2: Norwegian trade register


class NotACertificate(ValueError):
    """Bytes that are no certificate; `rule` is stable, the message gives the reason."""

    def __init__(self, rule: str, reason: str) -> None:
        super().__init__(reason)
        self.rule = rule


@dataclass(slots=True, kw_only=True)
class CertificateSnapshot(Snapshot):
    """An X.509 certificate in bytes, with what its file states of its owner."""

    thumbprint: Thumbprint  # computed from `der`
    der: bytes
    serial_number: str  # decimal
    subject: str
    issuer: str
    subject_organisation_number: OrganisationNumber | None
    key_usage: list[str]  # X.509 names in lower camel case: digitalSignature, keyEncipherment …
    not_before: datetime
    not_after: datetime
    usage: CertificateUsage | None  # as the file states it, else by key usage; None = by neither
    current: bool | None = None  # in a list of pairs: whether this pair is the current one
    her_id: HerId | None = None  # named by the file, its name or the command line
    ldap_url: str | None = None  # the E_DS address it was found through


def columns_of(snapshot: CertificateSnapshot) -> dict[str, object]:
    """The row of a certificate, by column."""
    return {
        "thumbprint": snapshot.thumbprint,
        "der": snapshot.der,
        "serial_number": snapshot.serial_number,
        "subject": snapshot.subject,
        "issuer": snapshot.issuer,
        "subject_organisation_number": snapshot.subject_organisation_number,
        "key_usage": list(snapshot.key_usage),
        "not_before": snapshot.not_before,
        "not_after": snapshot.not_after,
    }


def certificate_of(der: bytes, position: str) -> CertificateSnapshot:
    """The certificate with its usage by key usage alone. Raises NotACertificate."""
    try:
        with warnings.catch_warnings():
            # certificates that break the rules of today are older than these, and must be read too
            warnings.simplefilter("ignore", CryptographyDeprecationWarning)
            certificate = x509.load_der_x509_certificate(der)
            return _snapshot(certificate, der, position)
    except (ValueError, TypeError, x509.DuplicateExtension, x509.InvalidVersion) as error:
        reason = f"the bytes are no X.509 certificate ({type(error).__name__})"
        raise NotACertificate("certificate-unreadable", reason) from None


def _snapshot(certificate: x509.Certificate, der: bytes, position: str) -> CertificateSnapshot:
    key_usage = _key_usage(certificate)
    number, holds = _organisation_number(certificate.subject)
    snapshot = CertificateSnapshot(
        interface="ar-certificates",
        position=position,
        thumbprint=Thumbprint(sha1(der, usedforsecurity=False).hexdigest().upper()),
        der=der,
        serial_number=str(certificate.serial_number),
        subject=certificate.subject.rfc4514_string(),
        issuer=certificate.issuer.rfc4514_string(),
        subject_organisation_number=number,
        key_usage=key_usage,
        not_before=certificate.not_valid_before_utc,
        not_after=certificate.not_valid_after_utc,
        usage=usage_of(key_usage),
    )
    if snapshot.not_after <= snapshot.not_before:
        raise NotACertificate("period-empty", "the certificate ends no later than it begins")
    if not holds:
        text = f"organisation number {number} fails modulus 11"
        snapshot.flag("check-digit", "subject_organisation_number", text)
    return snapshot


def usage_of(key_usage: Iterable[str]) -> CertificateUsage | None:
    """What a certificate is for by its key usage; None = the key usage leaves it open."""
    if not _ENCRYPTING.isdisjoint(key_usage):
        return CertificateUsage.ENCRYPTION
    return CertificateUsage.SIGNING if not _SIGNING.isdisjoint(key_usage) else None


def has_strong_key(der: bytes) -> bool:
    """RSA of 2048 bits or more, or an elliptic curve of 256 or more: what SEID lets an enterprise use."""
    try:
        key = x509.load_der_x509_certificate(der).public_key()
    except (UnsupportedAlgorithm, ValueError):  # the key is parsed only here: the rest may be sound
        return False
    if isinstance(key, RSAPublicKey):
        return key.key_size >= RSA_BITS_LEAST
    return isinstance(key, EllipticCurvePublicKey) and key.key_size >= CURVE_BITS_LEAST


def _key_usage(certificate: x509.Certificate) -> list[str]:
    try:
        stated = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return []
    names = [name for attribute, name in _KEY_USAGES.items() if getattr(stated, attribute)]
    if stated.key_agreement:
        names += ["encipherOnly"] if stated.encipher_only else []
        names += ["decipherOnly"] if stated.decipher_only else []
    return names


def _organisation_number(subject: x509.Name) -> tuple[OrganisationNumber | None, bool]:
    """From organizationIdentifier (SEID 2), else from serialNumber (SEID 1)."""
    stated = [
        str(each.value).removeprefix(_ORGANISATION_PREFIX)
        for oid in (NameOID.ORGANIZATION_IDENTIFIER, NameOID.SERIAL_NUMBER)
        for each in subject.get_attributes_for_oid(oid)
    ]
    for text in stated:  # the serialNumber of a person's certificate is something else
        try:
            return organisation_number_from_source(text)
        except InvalidIdentifier:
            continue
    return None, True

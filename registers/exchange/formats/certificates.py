"""Reads certificates: lists of pairs, single answers of both interfaces, and bare certificates.

    [{isCurrent, signingCertificate, encryptionCertificate}]    CommunicationParty Api v1
    {thumbprint, validFrom, validTo, certificateValue}          the same, of one usage
    {herId, certificates: [ pairs ]}                            the same of many parties, our own
    CertificateDetails{Certificate, LdapUrl}, GetCertificate…Result     old model, XML or JSON
    DER, PEM (several in one file), base64

No answer of the registers says whose a certificate is: the caller names the party, or the file's name ends in
its HER-id.
"""

import base64
import binascii
import re
from collections.abc import Iterator, Set
from datetime import timedelta

from registers.communication_parties.models import CertificateUsage
from registers.communication_parties.x509 import CertificateSnapshot, NotACertificate, certificate_of
from registers.core.identifiers import HerId
from registers.exchange.errors import Unreadable
from registers.exchange.reading import values
from registers.exchange.reading.documents import Broken, Document
from registers.exchange.reading.files import DAMAGED, Source
from registers.exchange.reading.node import Node
from registers.exchange.reading.records import attempt, documents, records_within
from registers.exchange.reading.times import optional_instant

SECOND = timedelta(seconds=1)
BARE_MAX = 1_048_576  # bytes of a file of bare certificates

_PAIR = {
    "signingCertificate": CertificateUsage.SIGNING,
    "encryptionCertificate": CertificateUsage.ENCRYPTION,
}
_RESULT = re.compile("getcertificate(for.*)?result")  # of operations that answer with the bytes alone
_PEM = re.compile(rb"-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----([^-]*)-----END (?:TRUSTED |X509 )?CERTIFICATE")
_BASE64 = re.compile(rb"[A-Za-z0-9+/=\s]+")


def is_certificate(keys: Set[str]) -> bool:
    pair = {key.lower() for key in _PAIR}
    return (
        not keys.isdisjoint(pair)
        or {"herid", "certificates"} <= keys
        or {"certificate", "ldapurl"} <= keys
        or "certificatevalue" in keys
        or any(_RESULT.fullmatch(key) for key in keys)
    )


def is_bare(source: Source) -> bool:
    """DER, PEM or base64 by its first bytes."""
    head = source.head.strip()
    return (
        (source.first_bytes[:1] == b"\x30" and source.first_bytes[1:2] in (b"\x81", b"\x82", b"\x83"))
        or b"-----BEGIN" in head
        or (head.startswith(b"MI") and bool(_BASE64.fullmatch(head)))
    )


def read(source: Source) -> Iterator[CertificateSnapshot | Broken]:
    """Certificates in JSON or XML."""

    def certificates(document: Document) -> Iterator[CertificateSnapshot | Broken]:
        if "certificates" in document.node:
            return _of_a_party(document, source)
        return _certificates(document, source, source.her_id_in_name)

    return records_within(documents(source, is_certificate), certificates)


def _of_a_party(document: Document, source: Source) -> Iterator[CertificateSnapshot | Broken]:
    her_id = attempt(document.position, values.own_her_id, document.node, "herId")
    if isinstance(her_id, Broken):
        yield her_id
        return
    for index, pair in enumerate(document.node.nodes("certificates")):
        position = f"{document.position}/certificates[{index}]"
        yield from _certificates(Document(position, Node(pair.values)), source, her_id)


def _certificates(document: Document, source: Source, her_id: HerId | None) -> Iterator[CertificateSnapshot | Broken]:
    node, position = document.node, document.position
    pair = [(key, usage) for key, usage in _PAIR.items() if key in node]
    if not pair:
        reported = _usage_in("".join(document.trail)) or _usage_in(source.name)
        yield attempt(position, _stated, node, position, reported, her_id)
    for key, usage in pair:
        if node.get(key) is None:  # the party has none of this usage
            continue
        inner = Node(node.node(key).values)
        read = attempt(f"{position}/{key}", _stated, inner, f"{position}/{key}", usage, her_id)
        if isinstance(read, CertificateSnapshot):
            read.current = node.truth("isCurrent")
        yield read


def _usage_in(words: str) -> CertificateUsage | None:
    """By the name of an operation, such as `GetCertificateDetailsForEncryption…`, or of a file named after it."""
    words = words.lower()
    if "encryption" in words:
        return CertificateUsage.ENCRYPTION
    return CertificateUsage.SIGNING if "signature" in words or "signing" in words else None


def _stated(node: Node, position: str, usage: CertificateUsage | None, her_id: HerId | None) -> CertificateSnapshot:
    keys = ("certificateValue", "Certificate", *(k for k in node.values if _RESULT.fullmatch(k)))
    text = next((text for key in keys if (text := node.text(key))), None)
    if text is None:
        raise Unreadable("certificate-empty", "the answer holds no certificate")
    certificate = _snapshot(_from_base64(text.encode()), position, usage, her_id)
    certificate.ldap_url = node.text("LdapUrl")
    if (thumbprint := node.text("thumbprint")) and thumbprint.upper() != certificate.thumbprint:
        certificate.flag("thumbprint-differs", "thumbprint", "is not that of the certificate")
    for key, own in (("validFrom", certificate.not_before), ("validTo", certificate.not_after)):
        # a certificate is valid to the end of its last second, so a source may give the next one as its end
        if (stated := optional_instant(node, key)) and abs(stated - own) > SECOND:
            certificate.flag("certificate-dates-differ", key, "is not what the certificate says")
    certificate.flags.extend(node.remarks.flags)
    return certificate


def _from_base64(text: bytes) -> bytes:
    try:
        return base64.b64decode(b"".join(text.split()), validate=True)
    except binascii.Error:
        raise Unreadable("certificate-unreadable", "the certificate is no base64") from None


def _snapshot(der: bytes, position: str, usage: CertificateUsage | None, her_id: HerId | None) -> CertificateSnapshot:
    try:
        certificate = certificate_of(der, position)
    except NotACertificate as refused:
        raise Unreadable(refused.rule, str(refused)) from None
    if usage and certificate.usage and usage is not certificate.usage:
        certificate.flag("usage-differs", "", f"is given for {usage.value}, its key usage says otherwise")
    certificate.usage = usage or certificate.usage
    certificate.her_id = her_id
    return certificate


def read_bare(source: Source) -> Iterator[CertificateSnapshot | Broken]:
    """Certificates in DER, PEM or base64."""
    try:
        with source.unpacked() as stream:
            content = stream.read(BARE_MAX + 1)
    except DAMAGED:
        yield Broken(source.name, "file-damaged", "the packed file is cut off or damaged")
        return
    if len(content) > BARE_MAX:
        yield Broken(source.name, "certificate-unreadable", f"is longer than {BARE_MAX} bytes")
        return
    blocks = _PEM.findall(content)
    for index, block in enumerate(blocks or [content]):
        position = f"{source.name}[{index}]" if len(blocks) > 1 else source.name
        yield attempt(position, _bare, block, bool(blocks), position, source)


def _bare(content: bytes, is_text: bool, position: str, source: Source) -> CertificateSnapshot:
    if not content.strip():
        raise Unreadable("certificate-empty", "the file holds no certificate")
    if is_text or _BASE64.fullmatch(content):
        content = _from_base64(content)
    return _snapshot(content, position, _usage_in(source.name), source.her_id_in_name)

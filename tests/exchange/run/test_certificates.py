"""Certificates that a thumbprint, the serial number in an address or a file names, in either order."""

from base64 import b64encode
from datetime import datetime
from functools import cache
from hashlib import sha1
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from registers.communication_parties.models import Certificate, PartyCertificate
from tests.support.importer import Importer, counts, rules, utc
from tests.support.records_ar import electronic, legacy_organisation, rest

pytestmark = pytest.mark.anyio

FIRST_DAY, LAST_DAY = utc(2026, 1, 1), utc(2029, 1, 1)
LDAP = "ldap://ldap.example.invalid/dc=Eksempel?usercertificate;binary?sub?"


@cache
def certificate(serial: int, *, signing: bool = True, start: datetime = FIRST_DAY, end: datetime = LAST_DAY) -> bytes:
    """DER form of a certificate for signing or for encryption."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "EKSEMPEL LEGESENTER TEST")])
    usage = x509.KeyUsage(signing, signing, not signing, False, False, False, False, False, False)
    return (
        x509.CertificateBuilder(name, name, key.public_key(), serial, start, end)
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
        .public_bytes(Encoding.DER)
    )


def thumbprint(der: bytes) -> str:
    return sha1(der, usedforsecurity=False).hexdigest().upper()


def reference_to(der: bytes, start: datetime = FIRST_DAY, end: datetime = LAST_DAY) -> dict[str, Any]:
    """A certificate as a party's record reports it."""
    return {"thumbprint": thumbprint(der), "validFrom": start.isoformat(), "validTo": end.isoformat()}


def details(der: bytes, ldap_url: str | None = None) -> dict[str, Any]:
    return {"Certificate": b64encode(der).decode(), "LdapUrl": ldap_url}


def pair(der: bytes, *, current: bool) -> dict[str, Any]:
    return {"isCurrent": current, "signingCertificate": {"certificateValue": b64encode(der).decode()}}


def with_address(address: str) -> dict[str, Any]:
    return legacy_organisation(ElectronicAddresses=[electronic("E_DS", address)])


async def uses(importer: Importer, her_id: int) -> list[tuple[str, str, datetime, datetime | None]]:
    rows = await importer.rows(PartyCertificate, her_id=her_id)
    return [(row["usage"], row["thumbprint"], row["valid_from"], row["valid_to"]) for row in rows]


async def test_a_certificate_named_by_a_party_is_completed_by_its_bytes(importer: Importer):
    der = certificate(101)
    await importer(rest(currentSigningCertificate=reference_to(der)))
    before = await importer.row(Certificate)

    report = await importer(details(der))

    after = await importer.row(Certificate)
    assert (before["der"], before["not_before"]) == (None, FIRST_DAY)
    assert (after["der"], after["serial_number"]) == (der, "101")
    assert counts(report) == {"read": 1, "changed": 1}
    assert await uses(importer, 8100002) == [("SIGNING", thumbprint(der), FIRST_DAY, None)]
    assert [entry for entry in await importer.actions() if entry[0] == thumbprint(der)] == [
        (thumbprint(der), "CertificateRegistered"),
        (thumbprint(der), "CertificateCompleted"),
    ]


async def test_the_bytes_go_before_dates_that_were_reported(importer: Importer):
    der = certificate(102)
    await importer(rest(currentSigningCertificate=reference_to(der, utc(2025, 12, 31), utc(2028, 1, 1))))

    report = await importer(details(der))

    row = await importer.row(Certificate)
    assert "certificate-dates-differ" in rules(report)
    assert (row["not_before"], row["not_after"]) == (FIRST_DAY, LAST_DAY)


@pytest.mark.parametrize("bytes_first", [True, False])
async def test_a_serial_number_in_an_address_links_certificate_and_party(importer: Importer, bytes_first: bool):
    sign, encrypt = certificate(103), certificate(104, signing=False)
    address = f"{LDAP}(|(certificateSerialNumber=103)(certificateSerialNumber=104))"
    files = [importer.file(details(sign), details(encrypt)), importer.file(with_address(address))]

    for file in files if bytes_first else reversed(files):
        await importer.files(file)

    assert await uses(importer, 8100001) == [
        ("ENCRYPTION", thumbprint(encrypt), FIRST_DAY, None),
        ("SIGNING", thumbprint(sign), FIRST_DAY, None),
    ]
    entries = await importer.entries()
    again = await importer.files(*files)
    assert counts(again) == {"read": 3, "unchanged": 3}
    assert await importer.entries() == entries


async def test_a_serial_number_is_no_part_of_another(importer: Importer):
    await importer(with_address(f"{LDAP}(certificateSerialNumber=1055)"))

    report = await importer(details(certificate(105)))

    assert "certificate-unassigned" in rules(report)
    assert await uses(importer, 8100001) == []


async def test_an_ldap_url_links_only_the_party_that_has_it(importer: Importer):
    mine, other = (f"{LDAP}(certificateSerialNumber=106)&o={name}" for name in ("a", "b"))
    await importer(with_address(mine), with_address(other) | {"HerId": 8100009, "OrganizationNumber": 311001000})

    await importer(details(certificate(106), mine))

    assert {row["her_id"] for row in await importer.rows(PartyCertificate)} == {8100001}


async def test_a_file_named_after_a_party_links_it_and_its_history(importer: Importer):
    old, new = certificate(107, start=utc(2023, 1, 1), end=utc(2026, 1, 15)), certificate(108)
    await importer(with_address("ldap://example.invalid/x"))

    await importer(pair(new, current=True), pair(old, current=False), her_id=8100001)

    assert await uses(importer, 8100001) == [
        ("SIGNING", thumbprint(old), utc(2023, 1, 1), FIRST_DAY),
        ("SIGNING", thumbprint(new), FIRST_DAY, None),
    ]


async def test_a_certificate_of_nobody_waits_for_its_party(importer: Importer):
    file = importer.file(details(certificate(109)))
    first = await importer.files(file, her_id=8100001)
    await importer(with_address("ldap://example.invalid/x"))

    second = await importer.files(file, her_id=8100001)

    assert rules(first) == ["certificate-unassigned"]
    assert rules(second) == []
    assert [usage for usage, *_ in await uses(importer, 8100001)] == ["SIGNING"]


async def test_a_party_that_comes_after_its_certificate_in_one_import_has_it(importer: Importer):
    files = importer.file(details(certificate(110))), importer.file(with_address("ldap://example.invalid/x"))

    report = await importer.files(*files, her_id=8100001)
    entries = await importer.entries()

    assert rules(report) == ["reference-announced"]
    assert len(await uses(importer, 8100001)) == 1
    again = await importer.files(*files, her_id=8100001)
    assert counts(again) == {"read": 2, "unchanged": 2}
    assert await importer.entries() == entries


async def test_a_certificate_without_key_usage_is_linked_to_nobody(importer: Importer):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([])
    bare = x509.CertificateBuilder(name, name, key.public_key(), 112, FIRST_DAY, LAST_DAY).sign(key, hashes.SHA256())
    await importer(with_address(f"{LDAP}(certificateSerialNumber=112)"))

    report = await importer(details(bare.public_bytes(Encoding.DER)))

    assert "certificate-usage-unclear" in rules(report)
    assert await uses(importer, 8100001) == []


async def test_a_service_that_repeats_its_parents_certificate_inherits_it(importer: Importer):
    der = certificate(113)
    organisation = rest(
        herId=8100001,
        type="Organization",
        organizationDetails={"organizationNumber": "310001007"},
        serviceDetails=None,
        currentSigningCertificate=reference_to(der),
    )

    await importer(rest(currentSigningCertificate=reference_to(der)), batch_records=1)
    await importer(organisation)

    assert {row["her_id"] for row in await importer.rows(PartyCertificate)} == {8100001}


async def test_a_new_certificate_ends_the_one_before(importer: Importer):
    old, new = certificate(114), certificate(115, start=utc(2026, 6, 1))
    await importer(rest(currentSigningCertificate=reference_to(old)))

    await importer(rest(currentSigningCertificate=reference_to(new, utc(2026, 6, 1))))

    assert await uses(importer, 8100002) == [
        ("SIGNING", thumbprint(old), FIRST_DAY, utc(2026, 6, 1)),
        ("SIGNING", thumbprint(new), utc(2026, 6, 1), None),
    ]

"""Edits of what parties are reached by (addresses, transport, certificates), as an editor sends them."""

from datetime import datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP192R1, SECP256R1, EllipticCurve, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from tests.conftest import NOW, Ask
from tests.support.requests import mutation

CONTACT = """
  herId lastEntry transport { own effective inheritedFrom { herId } }
  electronicAddresses { type { value } address valid { from to } inheritedFrom { herId } }
  plannedElectronicAddresses { address valid { from to } }
  physicalAddresses { type { value } street city postalCode valid { from } inheritedFrom { herId } }
  encryptionCertificate { thumbprint problems used { from to } inheritedFrom { herId } }
"""
PARTY = f"query ($herId: HerId!, $asOf: AsOf) {{ communicationParty(herId: $herId, asOf: $asOf) {{ {CONTACT} }} }}"
IMPACT = "impact { entries { key action } parties { inherited contacts communicationParty { herId } } }"


def _mutation(field: str, **types: str) -> str:
    types = {"herId": "HerId!", "expectedEntry": "EntryNumber!"} | types
    return mutation(field, f"communicationParty {{ {CONTACT} }}", impact=IMPACT, **types)


ELECTRONIC = _mutation("communicationPartyChangeElectronicAddress", input="ElectronicAddressInput!")
PHYSICAL = _mutation("communicationPartyChangePhysicalAddress", input="PhysicalAddressInput!")
TRANSPORT = _mutation("communicationPartyChangeTransport", transport="TransportStatus!")
ADD_CERTIFICATE = _mutation("communicationPartyAddCertificate", input="CertificateInput!")
END_CERTIFICATE = _mutation("communicationPartyEndCertificate", usage="CertificateUsage!", at="DateTime")


async def party_of(ask: Ask, her_id: int, **as_of: Any) -> dict[str, Any]:
    return (await ask(PARTY, herId=her_id, asOf=as_of or None))["communicationParty"]


async def changed(edit: Ask, document: str, her_id: int, *, expected: int | None = None, **more: Any) -> dict[str, Any]:
    """The payload of an edit of a party that the editor has seen as it is, unless `expected` says otherwise."""
    seen = (await party_of(edit, her_id))["lastEntry"] if expected is None else expected
    return next(iter((await edit(document, herId=her_id, expectedEntry=seen, **more)).values()))


async def electronic(edit: Ask, her_id: int, **input: Any) -> dict[str, Any]:
    return await changed(edit, ELECTRONIC, her_id, input={"type": "E_EDI", **input})


def certificate(
    organisation_number: str | None = None,
    *,
    since: datetime = NOW - timedelta(days=10),
    until: datetime = NOW + timedelta(days=700),
    encrypts: bool = True,
    curve: EllipticCurve | None = None,
    common_name: str = "Prøve",
) -> str:
    """A certificate in PEM, issued by itself."""
    key = generate_private_key(curve or SECP256R1())
    names = [x509.NameAttribute(NameOID.COMMON_NAME, common_name)]
    if organisation_number:
        names.append(x509.NameAttribute(NameOID.ORGANIZATION_IDENTIFIER, f"NTRNO-{organisation_number}"))
    usage = dict.fromkeys(
        ("digital_signature", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign"), False
    )
    built = (
        x509.CertificateBuilder()
        .subject_name(x509.Name(names))
        .issuer_name(x509.Name(names))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(until)
        .add_extension(
            x509.KeyUsage(
                **usage,
                key_encipherment=encrypts,
                content_commitment=not encrypts,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
    )
    return built.sign(key, SHA256()).public_bytes(Encoding.PEM).decode()


WEAK_CURVE = SECP192R1()

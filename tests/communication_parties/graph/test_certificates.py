"""Certificates of communication parties in the seeded registers."""

import pytest

from tests.support import known

pytestmark = pytest.mark.anyio

CERTIFICATES = """query ($herId: HerId!, $asOf: AsOf) {
  communicationParty(herId: $herId, asOf: $asOf) {
    encryptionCertificate { thumbprint problems der inheritedFrom { herId } }
    signingCertificate { thumbprint problems used { from to } }
    certificates(usage: SIGNING) { thumbprint used { from to } }
  }
}"""


async def test_a20_an_expired_certificate_is_served_with_the_reason_against_it(ask):
    party = (await ask(CERTIFICATES, herId=known.EXPIRED_CERTIFICATE))["communicationParty"]

    assert party["encryptionCertificate"]["problems"] == ["EXPIRED"]
    assert party["signingCertificate"]["problems"] == ["EXPIRED"]


async def test_a_party_without_certificates_has_none(ask):
    party = (await ask(CERTIFICATES, herId=known.MISSING_CERTIFICATE))["communicationParty"]

    assert party == {"encryptionCertificate": None, "signingCertificate": None, "certificates": []}


async def test_a_certificate_known_by_thumbprint_only_says_that_its_bytes_are_missing(ask):
    party = (await ask(CERTIFICATES, herId=known.ANNOUNCED_CERTIFICATE))["communicationParty"]

    assert party["encryptionCertificate"]["der"] is None
    assert party["encryptionCertificate"]["problems"] == ["BYTES_MISSING"]


async def test_an_own_certificate_is_not_inherited(ask):
    party = (await ask(CERTIFICATES, herId=known.OWN_CERTIFICATE))["communicationParty"]

    assert party["encryptionCertificate"]["inheritedFrom"] is None


async def test_history_is_ordered_by_validity_and_its_periods_of_use_meet(ask):
    party = (await ask(CERTIFICATES, herId=known.RENEWED_CERTIFICATE))["communicationParty"]

    newest, earlier = party["certificates"]
    assert newest["used"] == {"from": earlier["used"]["to"], "to": None}
    assert earlier["used"]["from"] < earlier["used"]["to"]
    assert party["signingCertificate"]["thumbprint"] == newest["thumbprint"]


async def test_a19_the_signing_certificate_of_the_time_of_signing_is_found(ask):
    party = (await ask(CERTIFICATES, herId=known.RENEWED_CERTIFICATE))["communicationParty"]
    newest, earlier = party["certificates"]
    data = await ask(
        """query ($herId: HerId!, $signedAt: DateTime!, $thumbprint: Thumbprint!) {
          communicationParty(herId: $herId) {
            then: signingCertificate(validAt: $signedAt) { thumbprint problems }
            named: signingCertificate(thumbprint: $thumbprint) { thumbprint }
          }
        }""",
        herId=known.RENEWED_CERTIFICATE,
        signedAt=earlier["used"]["from"],
        thumbprint=earlier["thumbprint"].lower(),
    )

    assert data["communicationParty"] == {
        "then": {"thumbprint": earlier["thumbprint"], "problems": []},
        "named": {"thumbprint": earlier["thumbprint"]},
    }
    assert newest["thumbprint"] != earlier["thumbprint"]


async def test_a_certificate_is_found_by_thumbprint_with_the_parties_that_use_it(ask):
    party = (await ask(CERTIFICATES, herId=known.EXAMPLE_OFFICE))["communicationParty"]
    data = await ask(
        """query ($thumbprint: Thumbprint!) {
          certificate(thumbprint: $thumbprint) { thumbprint keyUsage usage parties { herId } }
        }""",
        thumbprint=party["encryptionCertificate"]["thumbprint"],
    )

    assert data["certificate"] == {
        "thumbprint": party["encryptionCertificate"]["thumbprint"],
        "keyUsage": ["keyEncipherment", "dataEncipherment"],
        "usage": None,
        "parties": [{"herId": known.EXAMPLE_OFFICE}],
    }

"""Looking up communication parties in the seeded registers."""

import base64
import json
from hashlib import sha1
from pathlib import Path

import pytest

from tests.conftest import SEED_DATA
from tests.support import known

pytestmark = pytest.mark.anyio

SOURCE = {
    party["herId"]: party
    for party in json.loads((SEED_DATA / "communication-parties.json").read_text(encoding="utf-8"))
}
OPERATIONS = Path(__file__).parents[3] / "graphql" / "operations"
RESOLVE = (OPERATIONS / "lookup" / "ResolveRecipient.graphql").read_text(encoding="utf-8")
STATUS = "query ($herId: HerId!) { communicationParty(herId: $herId) { status } }"


async def test_a_recipient_resolves_to_name_parent_queues_edi_address_and_certificate(ask):
    party = (await ask(RESOLVE, herId=known.EXAMPLE_GP))["communicationParty"]

    source, office = SOURCE[known.EXAMPLE_GP], SOURCE[known.EXAMPLE_OFFICE]
    der = base64.b64decode(party["encryptionCertificate"].pop("der"))
    assert sha1(der).hexdigest().upper() == source["currentEncryptionCertificate"]["thumbprint"]
    assert party == {
        "herId": known.EXAMPLE_GP,
        "name": source["name"],
        "displayName": source["displayName"],
        "kind": "PERSON",
        "status": "ACTIVE",
        "parent": {
            "herId": known.EXAMPLE_OFFICE,
            "name": office["name"],
            "organisation": {"organisationNumber": known.EXAMPLE_OFFICE_NUMBER},
        },
        "queues": {
            "async": office["amqpAddress"]["amqpAsyncQueue"],
            "sync": office["amqpAddress"]["amqpSyncQueue"],
            "error": office["amqpAddress"]["amqpErrorQueue"],
            "syncReply": office["amqpAddress"]["amqpSyncReplyQueue"],
        },
        "ediAddress": office["ediAddress"],
        "transport": {"effective": "ENABLED", "inheritedFrom": {"herId": known.EXAMPLE_OFFICE}},
        "encryptionCertificate": {
            "thumbprint": source["currentEncryptionCertificate"]["thumbprint"],
            "valid": {"from": "2026-01-31T23:00:00+00:00", "to": "2029-01-31T23:00:00+00:00"},
            "problems": [],
            "inheritedFrom": {"herId": known.EXAMPLE_OFFICE},
        },
    }


@pytest.mark.parametrize(
    ("her_id", "status"),
    [
        (known.EXAMPLE_GP, "ACTIVE"),
        (known.INACTIVE_GP, "INACTIVE"),
        (known.ENDED_GP, "ENDED"),
        (known.NOT_FOR_MESSAGING, "NOT_FOR_MESSAGING"),
    ],
)
async def test_inactive_ended_and_not_for_messaging_are_three_different_answers(ask, her_id, status):
    assert await ask(STATUS, herId=her_id) == {"communicationParty": {"status": status}}


async def test_an_unknown_her_id_is_null_and_no_error(ask):
    assert await ask(STATUS, herId=1) == {"communicationParty": None}


async def test_digits_in_a_string_are_a_her_id(ask):
    assert await ask(STATUS, herId=str(known.EXAMPLE_GP)) == {"communicationParty": {"status": "ACTIVE"}}


async def test_a_batch_answers_every_input_in_order_with_its_outcome(ask):
    her_ids = [known.ENDED_GP, 1, known.EXAMPLE_GP, known.NOT_FOR_MESSAGING, known.EXAMPLE_GP, known.INACTIVE_GP]
    data = await ask(
        """query ($herIds: [HerId!]!) {
          communicationParties(herIds: $herIds) { herId outcome communicationParty { herId } }
        }""",
        herIds=her_ids,
    )

    outcomes = ["ENDED", "UNKNOWN", "FOUND", "NOT_FOR_MESSAGING", "FOUND", "INACTIVE"]
    assert data["communicationParties"] == [
        {
            "herId": her_id,
            "outcome": outcome,
            "communicationParty": None if outcome == "UNKNOWN" else {"herId": her_id},
        }
        for her_id, outcome in zip(her_ids, outcomes, strict=True)
    ]


ADDRESSES = """query ($herId: HerId!, $asOf: AsOf) {
  communicationParty(herId: $herId, asOf: $asOf) {
    ediAddress
    electronicAddresses(type: ["E_EDI"]) { address inheritedFrom { herId } }
    queues { async }
    ownElectronicAddresses { type { value } }
    plannedElectronicAddresses { type { value } address valid { from to } }
  }
}"""


async def test_a_party_with_nothing_of_its_own_inherits_everything_and_says_from_whom(ask):
    party = (await ask(ADDRESSES, herId=known.INHERITED_ADDRESSES))["communicationParty"]

    source = SOURCE[known.INHERITED_ADDRESSES]
    parent = source["serviceDetails"]["parentOrganization"]["herId"]
    assert party == {
        "ediAddress": source["ediAddress"],
        "electronicAddresses": [{"address": source["ediAddress"], "inheritedFrom": {"herId": parent}}],
        "queues": {"async": source["amqpAddress"]["amqpAsyncQueue"]},
        "ownElectronicAddresses": [],
        "plannedElectronicAddresses": [],
    }


async def test_an_own_address_overrides_the_parents_and_the_rest_is_inherited(ask):
    party = (await ask(ADDRESSES, herId=known.OWN_EDI_ADDRESS))["communicationParty"]

    source = SOURCE[known.OWN_EDI_ADDRESS]
    parent = SOURCE[source["serviceDetails"]["parentOrganization"]["herId"]]
    assert party["electronicAddresses"] == [{"address": source["ediAddress"], "inheritedFrom": None}]
    assert party["ediAddress"] != parent["ediAddress"]
    assert party["queues"] == {"async": parent["amqpAddress"]["amqpAsyncQueue"]}
    assert party["ownElectronicAddresses"] == [{"type": {"value": "E_EDI"}}]


async def test_a_planned_address_is_announced_today_and_in_force_on_its_day(ask):
    today = (await ask(ADDRESSES, herId=known.FUTURE_OWN_EDI_ADDRESS))["communicationParty"]
    day = {"validAt": "2027-03-01T00:00:00+01:00"}
    then = (await ask(ADDRESSES, herId=known.FUTURE_OWN_EDI_ADDRESS, asOf=day))["communicationParty"]

    [planned] = today["plannedElectronicAddresses"]
    assert planned["type"] == {"value": "E_EDI"}
    assert planned["valid"] == {"from": "2027-02-28T23:00:00+00:00", "to": None}
    assert today["electronicAddresses"][0]["inheritedFrom"] is not None
    assert then["electronicAddresses"] == [{"address": planned["address"], "inheritedFrom": None}]
    assert then["plannedElectronicAddresses"] == []


TRANSPORT = "query ($herId: HerId!) { communicationParty(herId: $herId) { transport { own effective } } }"


async def test_transport_that_is_inherited_resolves_to_the_parents(ask):
    data = await ask(TRANSPORT, herId=known.EXAMPLE_GP)
    assert data["communicationParty"]["transport"] == {"own": "INHERITED", "effective": "ENABLED"}


async def test_disabled_transport_is_reported(ask):
    data = await ask(TRANSPORT, herId=known.TRANSPORT_DISABLED)
    assert data["communicationParty"]["transport"] == {"own": "DISABLED", "effective": "DISABLED"}


async def test_coverage_areas_are_the_municipalities_parties(ask):
    data = await ask(
        "query ($herId: HerId!) { communicationParty(herId: $herId) { coverageAreas { herId } } }",
        herId=known.INTER_MUNICIPAL_SERVICE,
    )

    covered = SOURCE[known.INTER_MUNICIPAL_SERVICE]["serviceDetails"]["interMunicipalityCoverageArea"]
    assert data["communicationParty"]["coverageAreas"] == [
        {"herId": her_id} for her_id in covered["municipalityHerIds"]
    ]


async def test_edges_lead_there_and_back_again(ask):
    data = await ask(
        """query ($herId: HerId!) {
          communicationParty(herId: $herId) {
            parent { organisation { communicationParties { children(kind: PERSON) { herId } } } }
          }
        }""",
        herId=known.EXAMPLE_GP,
    )

    [office] = data["communicationParty"]["parent"]["organisation"]["communicationParties"]
    assert {"herId": known.EXAMPLE_GP} in office["children"]

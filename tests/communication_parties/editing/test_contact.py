"""Addresses, transport and certificates changed by an editor: what is in effect for the party and for those below."""

from base64 import b64decode, b64encode
from datetime import timedelta
from typing import NamedTuple

import pytest

from registers.core.identifiers import HerId, OrganisationNumber
from registers.database.database import Database
from tests.conftest import NOW
from tests.support.edits.contact import (
    ADD_CERTIFICATE,
    ELECTRONIC,
    END_CERTIFICATE,
    PHYSICAL,
    TRANSPORT,
    certificate,
    changed,
    electronic,
    party_of,
)
from tests.support.scenario import Scenario, synthetic_national_id

pytestmark = pytest.mark.anyio

TOMORROW = (NOW + timedelta(days=1)).isoformat()
NEXT_WEEK = (NOW + timedelta(days=7)).isoformat()
P256, UNKNOWN_CURVE = (bytes.fromhex(f"06082a8648ce3d0301{last}") for last in ("07", "7f"))  # object identifiers


class Tree(NamedTuple):
    """An organisation party with a doctor and the service for vacant lists below it."""

    number: OrganisationNumber
    above: HerId
    inheritor: HerId
    other: HerId


@pytest.fixture
async def tree(database: Database) -> Tree:
    scenario = Scenario()
    office = scenario.office()
    inheritor, other = scenario.party_of_doctor(office, scenario.doctor()), scenario.vacant_list_service(office)
    await scenario.write(database)
    return Tree(office.number, office.her_id, inheritor, other)


async def edi_of(ask, her_id: int, **as_of) -> tuple[str | None, int | None]:
    """(EDI address in effect, whose it is when inherited)."""
    addresses = (await party_of(ask, her_id, **as_of))["electronicAddresses"]
    found = [(each["address"], each["inheritedFrom"]) for each in addresses if each["type"]["value"] == "E_EDI"]
    return (found[0][0], found[0][1] and found[0][1]["herId"]) if found else (None, None)


async def test_a14_inheritors_of_a_changed_address_have_it_in_effect_and_an_entry_of_their_own(edit, tree: Tree):
    before = (await party_of(edit, tree.inheritor))["lastEntry"]

    payload = await electronic(edit, tree.above, address="ny@x.example")

    assert payload["userErrors"] == []
    assert await edi_of(edit, tree.inheritor) == ("ny@x.example", tree.above)
    entries = [(await party_of(edit, each))["lastEntry"] for each in (tree.above, tree.inheritor, tree.other)]
    assert entries == [payload["entry"] - 2, payload["entry"] - 1, payload["entry"]]
    assert before < entries[0]


async def test_a15_an_own_address_does_not_follow_the_parents(edit, tree: Tree):
    await electronic(edit, tree.inheritor, address="egen@x.example")
    entry = (await party_of(edit, tree.inheritor))["lastEntry"]

    await electronic(edit, tree.above, address="ny@x.example")

    assert await edi_of(edit, tree.inheritor) == ("egen@x.example", None)
    assert (await party_of(edit, tree.inheritor))["lastEntry"] == entry
    assert await edi_of(edit, tree.other) == ("ny@x.example", tree.above)


async def test_an_address_can_be_taken_back_or_reported_to_be_none(edit, tree: Tree):
    await electronic(edit, tree.above, address="over@x.example")
    await electronic(edit, tree.inheritor, address="egen@x.example", since="2026-01-01T00:00:00Z")

    await electronic(edit, tree.inheritor, none=True)
    assert await edi_of(edit, tree.inheritor) == (None, None)
    await electronic(edit, tree.inheritor, inherit=True)
    assert await edi_of(edit, tree.inheritor) == ("over@x.example", tree.above)
    assert await edi_of(edit, tree.inheritor, validAt="2026-02-01T00:00:00Z") == ("egen@x.example", None)


async def test_a_planned_address_holds_from_its_day_and_stays_when_todays_changes(edit, tree: Tree):
    await electronic(edit, tree.above, address="senere@x.example", since=NEXT_WEEK)

    payload = await electronic(edit, tree.above, address="straks@x.example", since=TOMORROW)

    planned = payload["communicationParty"]["plannedElectronicAddresses"]
    assert [(each["address"], each["valid"]["from"], each["valid"]["to"]) for each in planned] == [
        ("straks@x.example", TOMORROW, NEXT_WEEK),
        ("senere@x.example", NEXT_WEEK, None),
    ]
    assert await edi_of(edit, tree.inheritor) == (None, None)
    assert await edi_of(edit, tree.inheritor, validAt=NEXT_WEEK) == ("senere@x.example", tree.above)


async def test_a16_a_place_sent_beside_inherit_is_void(edit, tree: Tree):
    address = {"street": "Veien 1", "postalCode": "0150", "city": "OSLO"}
    await changed(edit, PHYSICAL, tree.above, input={"type": "PST", "place": address})
    await changed(edit, PHYSICAL, tree.inheritor, input={"type": "PST", "place": address | {"street": "Egen vei 2"}})

    payload = await changed(
        edit,
        PHYSICAL,
        tree.inheritor,
        input={"type": "PST", "inherit": True, "place": address | {"street": "Feil vei"}},
    )

    [address] = payload["communicationParty"]["physicalAddresses"]
    assert (address["street"], address["inheritedFrom"]) == ("Veien 1", {"herId": tree.above})


async def test_a17_inherited_transport_is_the_parents(edit, tree: Tree):
    await changed(edit, TRANSPORT, tree.above, transport="ENABLED")

    inherited = (await party_of(edit, tree.inheritor))["transport"]
    own = (await changed(edit, TRANSPORT, tree.inheritor, transport="DISABLED"))["communicationParty"]["transport"]

    assert inherited == {"own": "INHERITED", "effective": "ENABLED", "inheritedFrom": {"herId": tree.above}}
    assert own == {"own": "DISABLED", "effective": "DISABLED", "inheritedFrom": None}


async def test_a18_a_new_certificate_ends_the_one_before_where_it_begins(edit, tree: Tree):
    first, second = certificate(tree.number), certificate(tree.number)
    since = (NOW - timedelta(days=5)).isoformat()

    old = await changed(
        edit, ADD_CERTIFICATE, tree.above, input={"certificate": first, "usage": "ENCRYPTION", "since": since}
    )
    new = await changed(edit, ADD_CERTIFICATE, tree.above, input={"certificate": second, "usage": "ENCRYPTION"})

    assert [each["userErrors"] for each in (old, new)] == [[], []]
    current = new["communicationParty"]["encryptionCertificate"]
    assert (current["problems"], current["used"]) == ([], {"from": NOW.isoformat(), "to": None})
    then = (await party_of(edit, tree.inheritor, validAt=since))["encryptionCertificate"]
    assert then["thumbprint"] == old["communicationParty"]["encryptionCertificate"]["thumbprint"]
    assert then["used"] == {"from": since, "to": NOW.isoformat()}


async def test_an_ended_certificate_is_replaced_by_the_parents(edit, tree: Tree):
    for her_id, days in ((tree.above, 1), (tree.inheritor, 2)):
        await changed(
            edit,
            ADD_CERTIFICATE,
            her_id,
            input={
                "certificate": certificate(tree.number),
                "usage": "ENCRYPTION",
                "since": (NOW - timedelta(days=days)).isoformat(),
            },
        )

    payload = await changed(edit, END_CERTIFICATE, tree.inheritor, usage="ENCRYPTION")

    assert payload["communicationParty"]["encryptionCertificate"]["inheritedFrom"] == {"herId": tree.above}


async def test_a_dry_run_names_the_inheritors_and_leaves_no_trace(edit, tree: Tree):
    await electronic(edit, tree.other, address="egen@x.example")
    before = await party_of(edit, tree.above)

    payload = await changed(
        edit, ELECTRONIC, tree.above, input={"type": "E_EDI", "address": "ny@x.example"}, dryRun=True
    )

    assert payload["impact"] == {
        "entries": [{"key": str(each), "action": "CommunicationPartyUpdated"} for each in (tree.above, tree.inheritor)],
        "parties": [
            {"inherited": False, "contacts": ["ELECTRONIC_ADDRESSES"], "communicationParty": {"herId": tree.above}},
            {"inherited": True, "contacts": ["ELECTRONIC_ADDRESSES"], "communicationParty": {"herId": tree.inheritor}},
        ],
    }
    assert await party_of(edit, tree.above) == before


async def test_a14_who_has_an_own_address_for_all_the_time_that_changes_gets_no_entry(edit, tree: Tree):
    await electronic(edit, tree.inheritor, address="egen@x.example")
    await electronic(edit, tree.above, address="senere@x.example", since=NEXT_WEEK)
    await electronic(edit, tree.inheritor, inherit=True, since=NEXT_WEEK)
    inheritor = (await party_of(edit, tree.inheritor))["lastEntry"]

    soon = await electronic(edit, tree.above, address="straks@x.example")
    unmoved = (await party_of(edit, tree.inheritor))["lastEntry"]
    later = await electronic(edit, tree.above, address="enda-senere@x.example", since=NEXT_WEEK)

    assert [each["userErrors"] for each in (soon, later)] == [[], []]
    assert unmoved == inheritor < (await party_of(edit, tree.inheritor))["lastEntry"]


async def test_a14_transport_that_stays_off_concerns_nobody_below(edit, tree: Tree):
    before = await party_of(edit, tree.inheritor)
    own = (await party_of(edit, tree.above))["transport"]["own"]

    payload = await changed(edit, TRANSPORT, tree.above, transport="DISABLED")

    assert (own, payload["userErrors"]) == ("INHERITED", [])
    assert await party_of(edit, tree.inheritor) == before


async def test_a_certificate_whose_key_nobody_can_read_is_refused(edit, tree: Tree):
    unknown = b64decode("".join(certificate().splitlines()[1:-1])).replace(P256, UNKNOWN_CURVE)
    input = {"certificate": b64encode(unknown).decode(), "usage": "ENCRYPTION"}

    payload = await changed(edit, ADD_CERTIFICATE, tree.above, input=input)

    assert [error["rule"] for error in payload["userErrors"]] == ["R-AR-063"]


async def test_a_certificate_that_names_a_national_id_is_refused_without_repeating_it(edit, tree: Tree):
    number = synthetic_national_id(1)
    input = {"certificate": certificate(common_name=f"Prøve {number}"), "usage": "ENCRYPTION"}

    payload = await changed(edit, ADD_CERTIFICATE, tree.above, input=input)

    assert [error["rule"] for error in payload["userErrors"]] == ["R-LOG-008"]
    assert number not in str(payload)

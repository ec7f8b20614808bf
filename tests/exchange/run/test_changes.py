"""Addresses that change from one import to the next: history, plans, and what an interface cannot tell."""

import pytest

from registers.communication_parties.models import CommunicationParty, ElectronicAddress, PhysicalAddress
from tests.support.importer import NOW, Importer, counts, utc
from tests.support.records_ar import electronic, legacy, legacy_organisation, physical, rest

pytestmark = pytest.mark.anyio

STARTED = utc(2024, 6, 13, 7, 29, 56, 110_000)  # LastChanged of the addresses, Norwegian summer time


async def test_a_changed_address_ends_where_the_new_one_begins(importer: Importer):
    await importer(legacy_organisation())
    changed = electronic("E_EDI", "ny@example.invalid", LastChanged="2025-05-01T12:00:00")

    report = await importer(legacy_organisation(ElectronicAddresses=[changed]))

    assert counts(report) == {"read": 1, "changed": 1}
    assert await importer.addresses(8100001, "E_EDI") == [
        ("edi@senter.example.invalid", STARTED, utc(2025, 5, 1, 10)),
        ("ny@example.invalid", utc(2025, 5, 1, 10), None),
    ]


async def test_a_change_without_a_date_happens_when_it_is_imported(importer: Importer):
    await importer(rest())

    await importer(rest(ediAddress="ny@example.invalid"))

    (_, _, ended), (address, began, _) = await importer.addresses(8100002, "E_EDI")
    assert address == "ny@example.invalid"
    assert ended == began == NOW.replace(hour=13)


async def test_an_address_no_longer_reported_ends(importer: Importer):
    await importer(legacy_organisation())

    await importer(legacy_organisation(ElectronicAddresses=[], LastChanged="2025-06-01T12:00:00"))

    assert await importer.addresses(8100001, "E_EDI") == [("edi@senter.example.invalid", STARTED, utc(2025, 6, 1, 10))]


async def test_an_own_address_that_is_inherited_from_now_on_ends(importer: Importer):
    await importer(legacy_organisation(), legacy(ElectronicAddresses=[electronic("E_EDI", "egen@example.invalid")]))
    inherited = electronic("E_EDI", "edi@senter.example.invalid", inherited=True, LastChanged="2025-06-01T12:00:00")

    await importer(legacy(ElectronicAddresses=[inherited]))

    assert await importer.addresses(8100002, "E_EDI") == [("egen@example.invalid", STARTED, utc(2025, 6, 1, 10))]


async def test_a_planned_address_begins_where_the_present_one_ends(importer: Importer):
    plan = electronic("E_EDI", "ny@example.invalid", ValidFrom="2027-01-01T00:00:00")

    await importer(legacy_organisation(FutureElectronicAddresses=[plan]))

    assert await importer.addresses(8100001, "E_EDI") == [
        ("edi@senter.example.invalid", STARTED, utc(2026, 12, 31, 23)),
        ("ny@example.invalid", utc(2026, 12, 31, 23), None),
    ]


async def test_a_plan_that_is_withdrawn_leaves_the_present_address_open(importer: Importer):
    plan = electronic("E_EDI", "ny@example.invalid", ValidFrom="2027-01-01T00:00:00")
    await importer(legacy_organisation(FutureElectronicAddresses=[plan]))

    await importer(legacy_organisation(LastChanged="2025-06-01T12:00:00"))

    assert await importer.addresses(8100001, "E_EDI") == [("edi@senter.example.invalid", STARTED, None)]


async def test_a_plan_survives_an_interface_that_reports_none(importer: Importer):
    plan = electronic("E_EDI", "ny@example.invalid", ValidFrom="2027-01-01T00:00:00")
    await importer(legacy_organisation(), legacy(FutureElectronicAddresses=[plan]))

    await importer(rest(ediAddress="annen@example.invalid"))

    assert [address for address, _, _ in await importer.addresses(8100002, "E_EDI")] == [
        "edi@senter.example.invalid",
        "annen@example.invalid",
        "ny@example.invalid",
    ]


async def test_what_an_interface_cannot_carry_stays(importer: Importer):
    own = [electronic("E_EDI", "edi@senter.example.invalid"), electronic("E_DS", "ldap://example.invalid/x")]
    await importer(legacy_organisation(), legacy(ElectronicAddresses=own, LocationDescription="Andre etasje"))

    await importer(rest())

    types = {row["type"] for row in await importer.rows(ElectronicAddress, her_id=8100002, valid_to=None)}
    assert "9044/E_DS" in types
    party = await importer.row(CommunicationParty, her_id=8100002)
    assert (party["location_description"], party["municipality"]) == ("Andre etasje", "3402/0301")


async def test_an_address_without_type_is_kept_beside_the_others(importer: Importer):
    addresses = [physical("PST"), physical(None, StreetAddress="Ukjent vei 2")]
    file = importer.file(legacy_organisation(PhysicalAddresses=addresses))
    await importer.files(file)

    again = await importer.files(file)

    assert counts(again) == {"read": 1, "unchanged": 1}
    assert {(row["type"], row["street"]) for row in await importer.rows(PhysicalAddress)} == {
        ("3401/PST", "Eksempelveien 1"),
        (None, "Ukjent vei 2"),
    }


async def test_the_country_of_an_address_survives_an_interface_without_countries(importer: Importer):
    own = physical("PST", Country={"OID": 9043, "CodeValue": "NO", "CodeText": "Norge"})
    await importer(legacy_organisation(), legacy(PhysicalAddresses=[own]))

    await importer(rest(postalAddress={"address": "Eksempelveien 1", "postalCode": "0110", "city": "OSLO"}))

    address = await importer.row(PhysicalAddress)
    assert (address["country"], address["valid_to"]) == ("9043/NO", None)


async def test_fields_that_are_not_reported_keep_what_is_held(importer: Importer):
    await importer(legacy_organisation(IsValidCommunicationParty=False, DisplayName="Senteret"))
    silent = legacy_organisation(LastChanged="2025-06-01T12:00:00", Name="NYTT NAVN AS")
    for key in ("IsValidCommunicationParty", "DisplayName", "Municipality", "Active"):
        del silent[key]

    await importer(silent)

    party = await importer.row(CommunicationParty)
    assert (party["name"], party["display_name"], party["messaging_valid"]) == ("NYTT NAVN AS", "Senteret", False)
    assert party["municipality"] == "3402/0301"


async def test_an_organisation_with_queues_has_transport_and_one_without_has_not(importer: Importer):
    queue = electronic("E_SB_ASYNC", "sb.example.invalid/1_async")
    await importer(
        legacy_organisation(ElectronicAddresses=[queue]),
        legacy_organisation(HerId=8100009, OrganizationNumber=311001000),
        legacy(),
    )

    parties = {row["her_id"]: row["transport"] for row in await importer.rows(CommunicationParty)}
    assert parties == {8100001: "ENABLED", 8100009: "DISABLED", 8100002: "INHERITED"}

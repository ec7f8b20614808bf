"""The trail of a record, field by field: what each entry found and what it left."""

from itertools import pairwise

import pytest
from sqlalchemy import insert, update

from registers.changelog import append
from registers.communication_parties.models import Certificate, CommunicationParty
from registers.core.caller import Role
from registers.core.identifiers import EntryNumber
from registers.database.database import Database
from tests.conftest import EDITOR, asking
from tests.gp_lists.graph.test_statements import statements_of
from tests.support.importer import Importer, utc
from tests.support.records_ar import electronic, legacy, legacy_organisation, rest
from tests.support.scenario import Scenario
from tests.support.trails import CONTRACT, PARTY, as_, trail

pytestmark = pytest.mark.anyio

PARTY_ADDRESS = ("electronicAddress", "9044/E_EDI")
CREATED = {
    ("communicationParty", "8100001"): {
        "herId": "8100001",
        "kind": "ORGANISATION",
        "referenceOnly": "false",
        "name": "EKSEMPEL LEGESENTER AS",
        "active": "true",
        "messagingValid": "true",
        "organisationNumber": "310001007",
        "businessType": "9040/103",
        "municipality": "3402/0301",
        "transport": "DISABLED",
        "validFrom": "2023-04-03T22:00:00+00:00",
    },
    PARTY_ADDRESS: {
        "herId": "8100001",
        "type": "9044/E_EDI",
        "address": "edi@senter.example.invalid",
        "validFrom": "2024-06-13T07:29:56.110000+00:00",
    },
}


async def entry_of(session, key: object) -> EntryNumber:
    return await append.append(
        session,
        register=append.Register.COMMUNICATION_PARTIES,
        key=str(key),
        action="CommunicationPartyUpdated",
        caller="test",
    )


async def test_a_created_record_lists_all_its_fields_as_new(importer: Importer):
    await importer(legacy_organisation())

    [(action, changes)] = await trail(importer.database, PARTY, key=8100001)
    assert action == "CommunicationPartyCreated"
    assert changes == [(*part, field, None, new) for part, fields in CREATED.items() for field, new in fields.items()]


async def test_a_changed_name_is_reported_with_the_former_one(importer: Importer):
    await importer(legacy_organisation())

    await importer(legacy_organisation(Name="NYTT NAVN AS", DisplayName="Senteret", LastChanged="2025-06-01T12:00:00"))

    newest, _ = await trail(importer.database, PARTY, key=8100001)
    assert newest == (
        "CommunicationPartyUpdated",
        [
            ("communicationParty", "8100001", "name", "EKSEMPEL LEGESENTER AS", "NYTT NAVN AS"),
            ("communicationParty", "8100001", "displayName", None, "Senteret"),
        ],
    )


async def test_a_changed_address_ends_and_another_begins(importer: Importer):
    await importer(legacy_organisation())
    changed = electronic("E_EDI", "ny@example.invalid", LastChanged="2025-05-01T12:00:00")

    await importer(legacy_organisation(ElectronicAddresses=[changed]))

    newest, _ = await trail(importer.database, PARTY, key=8100001)
    assert newest == (
        "CommunicationPartyUpdated",
        [
            (*PARTY_ADDRESS, "validTo", None, "2025-05-01T10:00:00+00:00"),
            (*PARTY_ADDRESS, "herId", None, "8100001"),
            (*PARTY_ADDRESS, "type", None, "9044/E_EDI"),
            (*PARTY_ADDRESS, "address", None, "ny@example.invalid"),
            (*PARTY_ADDRESS, "validFrom", None, "2025-05-01T10:00:00+00:00"),
        ],
    )


async def test_a_deleted_address_is_reported_as_it_was(importer: Importer):
    plan = electronic("E_EDI", "ny@example.invalid", ValidFrom="2027-01-01T00:00:00")
    await importer(legacy_organisation(FutureElectronicAddresses=[plan]))

    await importer(legacy_organisation(LastChanged="2025-06-01T12:00:00"))

    newest, _ = await trail(importer.database, PARTY, key=8100001)
    assert newest == (
        "CommunicationPartyUpdated",
        [
            (*PARTY_ADDRESS, "validTo", "2026-12-31T23:00:00+00:00", None),
            (*PARTY_ADDRESS, "herId", "8100001", None),
            (*PARTY_ADDRESS, "type", "9044/E_EDI", None),
            (*PARTY_ADDRESS, "address", "ny@example.invalid", None),
            (*PARTY_ADDRESS, "validFrom", "2026-12-31T23:00:00+00:00", None),
        ],
    )


async def test_what_an_entry_changed_stays_reported_whatever_comes_later(importer: Importer):
    await importer(legacy_organisation(), legacy())
    known = await importer.entries()
    before = await trail(importer.database, PARTY, key=8100002)
    for address in ("annen@example.invalid", "tredje@example.invalid"):
        await importer(rest(name=address, ediAddress=address))

    *_, newer, older = await trail(importer.database, PARTY, key=8100002)

    assert [older] == before
    assert newer[1][0] == ("communicationParty", "8100002", "name", "Allmennlege", "annen@example.invalid")
    assert await trail(importer.database, PARTY, key=8100002, asOf={"entry": known}) == before


async def test_an_entry_that_changed_no_row_reports_no_change(importer: Importer):
    await importer(legacy_organisation())
    async with importer.database.writing() as session:
        await entry_of(session, 8100001)

    newest, _ = await trail(importer.database, PARTY, key=8100001)
    assert newest == ("CommunicationPartyUpdated", [])


async def test_of_a_certificate_the_thumbprint_and_the_size_are_reported_and_no_bytes(importer: Importer):
    await importer(legacy_organisation())
    thumbprint = "0123456789ABCDEF" * 2 + "01234567"
    known = {"serial_number": "17", "key_usage": ["digitalSignature", "keyEncipherment"]}
    period = {"not_before": utc(2025, 1, 1), "not_after": utc(2028, 1, 1)}
    async with importer.database.writing() as session:
        await entry_of(session, 8100001)
        await session.execute(insert(Certificate).values(thumbprint=thumbprint, der=b"12345", **known, **period))

    newest, _ = await trail(importer.database, PARTY, key=8100001)
    assert newest[1] == [
        ("certificate", thumbprint, "thumbprint", None, thumbprint),
        ("certificate", thumbprint, "der", None, "5 bytes"),
        ("certificate", thumbprint, "serialNumber", None, "17"),
        ("certificate", thumbprint, "keyUsage", None, "digitalSignature, keyEncipherment"),
        ("certificate", thumbprint, "notBefore", None, "2025-01-01T00:00:00+00:00"),
        ("certificate", thumbprint, "notAfter", None, "2028-01-01T00:00:00+00:00"),
    ]


async def test_what_looks_like_a_national_id_in_a_text_is_masked(importer: Importer):
    await importer(legacy_organisation(), legacy())
    async with importer.database.writing() as session:
        await entry_of(session, 8100002)
        party = update(CommunicationParty).where(CommunicationParty.her_id == 8100002)
        await session.execute(party.values(location_description="Spør etter 15818291261"))

    newest, _ = await trail(importer.database, PARTY, key=8100002)
    assert newest[1] == [("communicationParty", "8100002", "locationDescription", None, "Spør etter (eleven digits)")]


async def test_of_a_list_with_hundreds_of_patients_two_hundred_fields_are_reported(
    database: Database, scenario: Scenario
):
    contract = scenario.contract(scenario.office())
    for _ in range(300):
        scenario.on_list(scenario.person(), contract)
    await scenario.write(database, key=str(contract))

    data = await asking(database, caller=EDITOR)(CONTRACT, key=contract)

    [entry] = data["record"]["history"]["nodes"]
    assert entry["more"] is True
    assert len(entry["changes"]) == 200
    [(_, without_patients)] = await trail(database, CONTRACT, caller=as_(Role.EHR), key=contract)
    assert {part for part, *_ in without_patients} == {"gpContract"}


async def test_a_page_of_two_hundred_entries_costs_the_statements_of_one(importer: Importer):
    await importer(legacy_organisation())
    for number in range(200):
        async with importer.database.writing() as session:
            await entry_of(session, 8100001)
            await session.execute(update(CommunicationParty).values(name=f"Navn {number}"))
    document = """query ($first: Int!) { communicationParty(herId: 8100001) {
      history(first: $first) { nodes { more changes { field old new } } } } }"""
    ask = asking(importer.database, caller=EDITOR)

    with statements_of(importer.database) as for_one:
        await ask(document, first=1)
    with statements_of(importer.database) as for_all:
        data = await ask(document, first=200)

    names = ["EKSEMPEL LEGESENTER AS", *(f"Navn {number}" for number in range(200))]
    assert [node["changes"] for node in data["communicationParty"]["history"]["nodes"]] == [
        [{"field": "name", "old": old, "new": new}] for old, new in reversed(list(pairwise(names)))
    ]
    assert len(for_all) == len(for_one) == 4, for_all  # head of the log, party, entries, what they changed

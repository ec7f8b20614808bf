"""Codes in imported records: complete systems refuse what they do not know, partly known ones learn."""

import pytest
from sqlalchemy import text

from registers.code_systems.models import Code, CodeSystem
from registers.communication_parties.models import CommunicationParty, ElectronicAddress, PartyProperty
from tests.support.importer import Importer, counts, rules
from tests.support.records_ar import code, electronic, legacy, legacy_organisation

pytestmark = pytest.mark.anyio


async def test_an_unknown_value_of_a_complete_system_is_left_out_of_the_record(importer: Importer):
    addresses = [electronic("E_UKJENT", "x@example.invalid"), electronic("E_EDI", "edi@example.invalid")]

    report = await importer(legacy_organisation(ElectronicAddresses=addresses, Municipality=code(3402, "0106")))

    assert counts(report) == {"read": 1, "new": 1, "announced": 1, "refused_parts": 2}
    assert [(each.rule, each.path) for each in report.refusals] == [
        ("code-unknown", "municipality"),
        ("code-unknown", "electronic_addresses"),
    ]
    assert (await importer.row(CommunicationParty))["municipality"] is None
    assert [row["type"] for row in await importer.rows(ElectronicAddress)] == ["9044/E_EDI"]


async def test_an_unknown_value_of_a_partly_known_system_is_kept_as_unconfirmed(importer: Importer):
    report = await importer(legacy_organisation(), legacy(Code=code(8666, "NY1", "Ny tjeneste")))

    assert "code-unconfirmed" in rules(report)
    assert (await importer.row(CommunicationParty, her_id=8100002))["service_type"] == "8666/NY1"
    added = await importer.row(Code, key="8666/NY1")
    assert (added["display"], added["confirmed"], added["active"]) == ("Ny tjeneste", False, True)
    assert ("8666", "CodeAdded") in await importer.actions()


async def test_a_system_nobody_has_heard_of_is_registered_as_partly_known(importer: Importer):
    await importer(legacy_organisation(Properties=[code(7777, "A"), code(7777, "B")]))

    system = await importer.row(CodeSystem, system="7777")
    assert (system["complete"], system["oid"]) == (False, "2.16.578.1.12.4.1.1.7777")
    assert [row["code"] for row in await importer.rows(PartyProperty)] == ["7777/A", "7777/B"]


async def test_a_retired_code_is_kept_and_flagged_on_a_new_record_only(importer: Importer):
    async with importer.database.writing() as session:
        await session.execute(
            text("INSERT INTO entries (register, key, action, caller) VALUES ('code_systems', '8666', 'x', 'y')")
        )
        await session.execute(text("UPDATE codes SET active = false WHERE key = '8666/05'"))

    first = await importer(legacy_organisation(), legacy())
    second = await importer(legacy(DisplayName="Nytt navn", LastChanged="2025-01-01T00:00:00"))

    assert rules(first).count("code-retired") == 1
    assert rules(second) == []
    assert (await importer.row(CommunicationParty, her_id=8100002))["service_type"] == "8666/05"


async def test_a_code_learned_by_a_refused_batch_is_not_lost(importer: Importer):
    unindexable = "".join(map(str, range(100_000, 120_000)))
    parties = [legacy(HerId=8100010, Name=unindexable), legacy(Code=code(8666, "NY2"))]

    report = await importer(legacy_organisation(), *parties)

    assert counts(report)["refused"] == 1
    assert (await importer.row(CommunicationParty, her_id=8100002))["service_type"] == "8666/NY2"


async def test_what_may_be_a_persons_number_never_becomes_a_code(importer: Importer):
    report = await importer(legacy_organisation(Properties=[code(7777, "15818291261")]))

    (refusal,) = report.refusals
    assert refusal.rule == "code-implausible"
    assert "15818291261" not in refusal.text
    assert await importer.rows(CodeSystem, system="7777") == []


async def test_a_display_text_that_differs_changes_nothing(importer: Importer):
    await importer(legacy_organisation(), legacy())

    report = await importer(legacy(Code=code(8666, "05", "ALLMENNLEGE (gammel tekst)")))

    assert counts(report) == {"read": 1, "unchanged": 1}

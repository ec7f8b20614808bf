"""The import as a whole: what it counts, what it does not change, and that nothing stops it."""

import json
import random
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from registers.communication_parties.models import CommunicationParty
from tests.support.files import sample, written
from tests.support.importer import Importer, counts, rules
from tests.support.records_ar import electronic, legacy, legacy_organisation, legacy_person, resh, rest, unit

pytestmark = pytest.mark.anyio

SAMPLES = (
    "ar-certificate-details.xml",
    "ar-datacontract-person.xml",
    "ar-legacy-person.json",
    "ar-legacy-service.json",
    "ar-rest-bulk.json",
    "ar-rest-certificates.json",
    "ar-soap-organisation.xml",
    "brreg-enheter.json",
    "brreg-underenheter.json",
)


async def test_new_records_are_counted_and_logged_one_entry_each(importer: Importer):
    report = await importer.files(
        importer.file(unit()), importer.file(resh()), importer.file(legacy_organisation(), legacy())
    )

    assert counts(report) == {"read": 4, "new": 4, "announced": 1}
    assert report.exit_code == 0
    assert await importer.actions() == [
        ("311001000", "OrganisationCreated"),
        ("resh:4100001", "ReshUnitCreated"),
        ("310001007", "OrganisationReferenced"),
        ("8100001", "CommunicationPartyCreated"),
        ("8100002", "CommunicationPartyCreated"),
    ]


async def test_importing_a_file_twice_adds_no_entry(importer: Importer):
    file = importer.file(legacy_organisation(), legacy(), legacy_person())
    first = await importer.files(file)
    entries = await importer.entries()

    second = await importer.files(file)

    assert counts(first)["new"] == 3
    assert counts(second) == {"read": 3, "unchanged": 3}
    assert await importer.entries() == entries


@pytest.mark.parametrize("seed", range(6))
async def test_contradicting_interfaces_in_any_order_settle_after_one_import(importer: Importer, seed: int):
    order = [sample(name) for name in SAMPLES]
    random.Random(seed).shuffle(order)
    first = await importer.files(*order)
    entries = await importer.entries()
    random.Random(-seed - 1).shuffle(order)

    second = await importer.files(*order)

    assert first.exit_code == second.exit_code == 0
    assert counts(second) == {"read": first.total("read"), "unchanged": first.total("read")}
    assert await importer.entries() == entries


async def test_two_forms_of_a_record_in_one_file_leave_the_later_one_and_settle(importer: Importer):
    forms = (rest(ediAddress="a@example.invalid"), rest(ediAddress="b@example.invalid"))
    file = importer.file(*forms)
    await importer.files(file)
    entries = await importer.entries()

    again = await importer.files(file)

    assert counts(again) == {"read": 2, "unchanged": 2}
    assert await importer.entries() == entries
    assert [address for address, _, to in await importer.addresses(8100002, "E_EDI") if to is None] == [
        "b@example.invalid"
    ]


async def test_a_form_that_was_replaced_comes_back_when_it_comes_alone(importer: Importer):
    first, second = rest(ediAddress="a@example.invalid"), rest(ediAddress="b@example.invalid")
    await importer(first, second)

    report = await importer(first)

    assert counts(report) == {"read": 1, "changed": 1}
    assert [address for address, _, to in await importer.addresses(8100002, "E_EDI") if to is None] == [
        "a@example.invalid"
    ]


async def test_a_dry_run_reports_the_same_and_writes_nothing(importer: Importer):
    files = [importer.file(legacy()), importer.file(legacy_organisation(), {"herId": 1}), importer.file(unit())]
    entries = await importer.entries()

    dry = await importer.files(*files, dry_run=True)

    assert await importer.entries() == entries
    assert await importer.rows(CommunicationParty) == []
    real = await importer.files(*files)
    assert dry.to_json() | {"dryRun": False} == real.to_json()


async def test_a_broken_record_in_the_middle_leaves_the_others(importer: Importer, tmp_path: Path):
    lines = [json.dumps(each) for each in (legacy_organisation(), legacy(), legacy_person())]
    lines.insert(1, '{"HerId": 8100009, "Valid": {')

    report = await importer.files(written(tmp_path, "\n".join(lines), name="parties.ndjson"))

    assert counts(report) == {"read": 4, "new": 3, "announced": 1, "refused": 1}
    assert [(each.position, each.rule) for each in report.refusals] == [("parties.ndjson, line 2", "json-malformed")]
    assert report.exit_code == 1


async def test_a_record_that_the_database_refuses_leaves_the_others(importer: Importer):
    unindexable = "".join(random.Random(1).choices("abcdefghijklmnopqrstuvwxyz", k=20_000))
    parties = [legacy(HerId=8100010 + number) for number in range(9)]
    parties[4]["Name"] = unindexable

    report = await importer(legacy_organisation(), *parties)

    assert counts(report) == {"read": 10, "new": 9, "announced": 1, "refused": 1}
    (refusal,) = report.refusals
    assert (refusal.rule, refusal.position) == ("constraint", f"{report.files[0].name}[5]")
    assert unindexable[:20] not in refusal.text
    assert len(await importer.rows(CommunicationParty)) == 9


async def test_a_file_of_no_known_format_stops_no_other(importer: Importer, tmp_path: Path):
    unknown = written(tmp_path, {"neither": "this", "nor": "that"}, name="unknown.json")

    report = await importer.files(unknown, tmp_path / "missing.json", importer.file(unit()))

    assert report.exit_code == 2
    assert [bool(file.problem) for file in report.files] == [True, True, False]
    assert counts(report) == {"read": 1, "new": 1}


async def test_an_older_record_changes_nothing_and_is_flagged(importer: Importer):
    await importer(legacy_organisation(LastChanged="2025-06-01T10:00:00", DisplayName="Ny"))

    report = await importer(legacy_organisation(LastChanged="2025-01-01T10:00:00", DisplayName="Gammel"))

    assert counts(report) == {"read": 1, "unchanged": 1}
    assert "older-than-held" in rules(report)
    assert (await importer.row(CommunicationParty))["display_name"] == "Ny"


async def test_flags_and_refused_parts_are_reported_in_every_run(importer: Importer):
    file = importer.file(
        legacy_organisation(
            OrganizationNumber=310001008, ElectronicAddresses=[electronic("E_RIMELIG", "x@example.invalid")]
        )
    )

    first, second = await importer.files(file), await importer.files(file)

    assert "check-digit" in rules(first)
    assert "check-digit" in rules(second)
    assert [each.rule for each in first.refusals] == [each.rule for each in second.refusals] == ["code-unknown"]
    assert counts(second) == {"read": 1, "unchanged": 1, "refused_parts": 1}
    assert second.exit_code == 1


async def test_the_report_shows_files_refusals_and_flags(importer: Importer):
    report = await importer(legacy(), {"HerId": 1, "Type": "Service", "Valid": {}})
    shown = StringIO()

    report.render(Console(width=160, file=shown))

    assert report.files[0].name in shown.getvalue()
    assert "refused: " in shown.getvalue()
    assert "flagged: reference-announced, 2 times" in shown.getvalue()


class Watched:
    """Records every call of `advance`."""

    def __init__(self) -> None:
        self.calls: list[tuple[int, int, int]] = []

    def advance(self, read: int, size: int, records: int) -> None:
        self.calls.append((read, size, records))


async def test_progress_goes_forward_to_the_end_of_all_files(importer: Importer):
    files = [importer.file(legacy_organisation(), legacy(), legacy_person()), importer.file(unit())]
    watched = Watched()

    await importer.files(*files, batch_records=1, progress=watched)

    assert watched.calls == sorted(watched.calls)
    size = sum(file.stat().st_size for file in files)
    assert watched.calls[-1] == (size, size, 4)

"""Health professionals taken in: a record has no keys for its parts, so what is the same keeps its row."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from registers.database.database import Database
from registers.personnel.models import (
    Authorisation,
    HealthProfessional,
    RequisitionRight,
    Suspension,
)
from tests.support.importer import NOW, Importer, counts, rules, utc
from tests.support.records_hpr import (
    NIN,
    godkjenning,
    kode,
    periode,
    reaksjon,
    rekvisisjonsrett,
    rest_authorisation,
    rest_person,
    soap_person,
    suspensjon,
)

pytestmark = pytest.mark.anyio

ANNA = 900000011
PSYCHOLOGIST = {"Helsepersonellkategori": kode(9060, "PS", "Psykolog")}
SUSPENDED_RIGHT = rekvisisjonsrett(Suspensjonsperioder=[suspensjon("2015-01-01T00:00:00", "2015-07-01T00:00:00")])


@pytest.fixture
def importer(database: Database, tmp_path: Path) -> Importer:
    return Importer(database, tmp_path)


async def versions(importer: Importer, table: str) -> dict[int, int]:
    """Entry that made each row's version, by id."""
    async with importer.database.reading() as session:
        rows = await session.execute(text(f"SELECT id, since_entry FROM {table}"))
        return {row.id: row.since_entry for row in rows}


async def professions(importer: Importer) -> list[tuple[Any, ...]]:
    rows = await importer.rows(Authorisation)
    return [(row["profession"], row["valid_to"]) for row in sorted(rows, key=lambda row: row["profession"])]


async def test_a_professional_is_stored_with_all_that_hangs_on_her(importer: Importer):
    report = await importer(soap_person(Godkjenninger=[godkjenning(Rekvisisjonsretter=[SUSPENDED_RIGHT])]))

    assert counts(report) == {"read": 1, "new": 1}
    row = await importer.row(HealthProfessional)
    assert (row["hpr_number"], row["last_name"], row["national_id"]) == (ANNA, "Eksempelsen", NIN)
    assert row["reference_only"] is False
    assert await professions(importer) == [("9060/LE", None)]
    assert (await importer.row(RequisitionRight))["type"] == "7701/1"
    assert (await importer.row(Suspension))["requisition_right_id"] is not None
    assert await importer.actions() == [(str(ANNA), "HealthProfessionalCreated")]


async def test_a_part_that_has_not_changed_keeps_its_row_and_version(importer: Importer):
    lege = godkjenning(Rekvisisjonsretter=[SUSPENDED_RIGHT])
    await importer(soap_person(Godkjenninger=[lege]))
    before = await versions(importer, "authorisations")
    right = await versions(importer, "requisition_rights")

    report = await importer(soap_person(Godkjenninger=[godkjenning(**PSYCHOLOGIST), lege], Fornavn="Anna"))

    assert counts(report) == {"read": 1, "changed": 1}
    after = await versions(importer, "authorisations")
    assert len(after) == 2
    assert before.items() <= after.items()
    assert await versions(importer, "requisition_rights") == right
    assert (await importer.actions())[-1] == (str(ANNA), "HealthProfessionalUpdated")


async def test_an_authorisation_that_ends_is_a_new_version_of_the_same_row(importer: Importer):
    await importer(soap_person())
    (own_id,) = await versions(importer, "authorisations")

    ended = godkjenning(Gyldig=periode("2005-06-20T00:00:00", "2026-06-01T00:00:00"))
    await importer(soap_person(Godkjenninger=[ended]))

    assert list(await versions(importer, "authorisations")) == [own_id]
    assert await professions(importer) == [("9060/LE", utc(2026, 5, 31, 22))]


async def test_an_authorisation_that_soap_no_longer_reports_goes_with_all_that_hangs_on_it(importer: Importer):
    lost = godkjenning(
        **PSYCHOLOGIST,
        Rekvisisjonsretter=[SUSPENDED_RIGHT],
        Suspensjonsperioder=[suspensjon("2016-01-01T00:00:00", "2016-02-01T00:00:00")],
        AdministrativeReaksjoner=[reaksjon("1", "2016-01-01T00:00:00", "2016-02-01T00:00:00")],
        Vilkår=[{"Type": None, "Fritekst": "Under veiledning"}],
    )
    await importer(soap_person(Godkjenninger=[godkjenning(), lost]))

    report = await importer(soap_person())

    assert counts(report) == {"read": 1, "changed": 1}
    assert await professions(importer) == [("9060/LE", None)]
    assert await importer.rows(RequisitionRight) == await importer.rows(Suspension) == []


async def test_rest_after_soap_keeps_what_rest_cannot_tell(importer: Importer):
    suspended = godkjenning(
        Rekvisisjonsretter=[SUSPENDED_RIGHT],
        Suspensjonsperioder=[suspensjon("2016-01-01T00:00:00", "2016-02-01T00:00:00")],
    )
    await importer(soap_person(Godkjenninger=[suspended]))
    before = await importer.rows(Suspension)
    assert len(before) == 2

    right = {"type": {"verdi": "1", "kodeverk": {"id": 7701}}, "periode": {"fra": "2005-06-20", "til": None}}
    report = await importer(rest_person(fornavn="Anna", godkjenninger=[rest_authorisation(rekvisisjonsretter=[right])]))

    assert counts(report) == {"read": 1, "changed": 1}
    assert await importer.rows(Suspension) == before
    row = await importer.row(HealthProfessional)
    assert (row["first_name"], row["citizenship"]) == ("Anna", "9043/NO")


async def test_what_has_ended_is_kept_though_rest_is_silent_on_it(importer: Importer):
    ended = godkjenning(**PSYCHOLOGIST, Gyldig=periode("2005-06-20T00:00:00", "2010-01-01T00:00:00"))
    await importer(soap_person(Godkjenninger=[godkjenning(), ended]))

    report = await importer(rest_person())

    assert counts(report) == {"read": 1, "unchanged": 1}
    assert await professions(importer) == [("9060/LE", None), ("9060/PS", utc(2009, 12, 31, 23))]


async def test_what_holds_and_rest_no_longer_reports_ends_when_the_record_changed(importer: Importer):
    await importer(soap_person(Godkjenninger=[godkjenning(), godkjenning(**PSYCHOLOGIST)]))

    report = await importer(rest_person(sistOppdatert="2026-09-01T00:00:00+02:00"))

    assert counts(report) == {"read": 1, "changed": 1}
    assert await professions(importer) == [("9060/LE", None), ("9060/PS", utc(2026, 8, 31, 22))]


async def test_it_ends_at_the_import_when_nobody_says_when(importer: Importer):
    await importer(soap_person(Godkjenninger=[godkjenning(), godkjenning(**PSYCHOLOGIST)]))

    await importer(rest_person(sistOppdatert=None))

    assert await professions(importer) == [("9060/LE", None), ("9060/PS", NOW.replace(hour=13))]


async def test_an_authorisation_in_an_unknown_profession_is_left_out_and_reported(importer: Importer):
    unknown = godkjenning(Helsepersonellkategori=kode(9060, "QQ", "Ukjent"))

    report = await importer(soap_person(Godkjenninger=[unknown, godkjenning()]))

    assert counts(report) == {"read": 1, "new": 1, "refused_parts": 2}
    assert [(each.rule, each.path) for each in report.refusals] == [
        ("code-unknown", "authorisations[0]/profession"),
        ("without-its-code", "authorisations[0]"),
    ]
    assert await professions(importer) == [("9060/LE", None)]


async def test_the_survivor_of_a_merger_is_announced(importer: Importer):
    report = await importer(soap_person(ErstattetAvHprNummer=900000029))

    assert counts(report) == {"read": 1, "new": 1, "announced": 1}
    assert rules(report) == ["reference-announced"]
    assert (await importer.row(HealthProfessional, hpr_number=900000029))["reference_only"] is True
    assert sorted(await importer.actions()) == [
        (str(ANNA), "HealthProfessionalCreated"),
        ("900000029", "HealthProfessionalReferenced"),
    ]


async def test_an_announced_professional_is_created_when_her_record_comes(importer: Importer):
    await importer(soap_person(ErstattetAvHprNummer=900000029))

    report = await importer(soap_person(HPRNummer=900000029))

    assert counts(report) == {"read": 1, "new": 1}
    assert (await importer.actions())[-1] == ("900000029", "HealthProfessionalCreated")
    assert (await importer.row(HealthProfessional, hpr_number=ANNA))["replaced_by"] == 900000029


@pytest.mark.parametrize("apart", [True, False])
async def test_numbers_that_replace_each_other_in_a_circle_are_refused(importer: Importer, apart: bool):
    ring = [
        soap_person(HPRNummer=900000011, ErstattetAvHprNummer=900000012),
        soap_person(HPRNummer=900000012, ErstattetAvHprNummer=900000013),
        soap_person(HPRNummer=900000013, ErstattetAvHprNummer=900000011),
    ]

    reports = [await importer(each) for each in ring] if apart else [await importer(*ring)]

    assert [each.rule for report in reports for each in report.refusals] == ["merge-cycle"]
    last = await importer.row(HealthProfessional, hpr_number=900000013)
    assert (last["replaced_by"], last["reference_only"]) == (None, True)


async def test_a_new_national_id_is_a_change_and_stands_in_no_entry(importer: Importer):
    await importer(soap_person())

    report = await importer(soap_person(NIN="03817090035"))

    assert counts(report) == {"read": 1, "changed": 1}
    assert (await importer.row(HealthProfessional))["national_id"] == "03817090035"
    assert {key for key, _ in await importer.actions()} == {str(ANNA)}


async def test_an_interface_that_hides_the_national_id_does_not_take_it_away(importer: Importer):
    await importer(soap_person())

    await importer(rest_person(nin=None))
    assert (await importer.row(HealthProfessional))["national_id"] == NIN

    await importer(soap_person(NIN=None, ManglerNIN=True))
    assert (await importer.row(HealthProfessional))["national_id"] is None


async def test_parts_alike_in_all_we_match_by_stay_two(importer: Importer):
    twice = [godkjenning(), godkjenning(Gyldig=periode("2005-06-20T00:00:00", "2020-01-01T00:00:00"))]
    await importer(soap_person(Godkjenninger=twice))
    before = await versions(importer, "authorisations")

    report = await importer(soap_person(Godkjenninger=list(reversed(twice)), Fornavn="Anna"))

    assert counts(report) == {"read": 1, "changed": 1}
    assert await versions(importer, "authorisations") == before
    assert len(before) == 2

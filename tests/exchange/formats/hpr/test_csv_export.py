"""HPR's old export: three tables in a ZIP, joined by HPR number."""

import zipfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from registers.core.identifiers import HprNumber, NationalId
from registers.exchange.recognise import Broken, open_source, recognise
from registers.intake.snapshot import NOT_REPORTED, CodeValue
from registers.personnel.intake.snapshot import (
    AuthorisationSnapshot,
    HealthProfessionalSnapshot,
    RequisitionRightSnapshot,
)
from tests.support.files import records_of, refused
from tests.support.records_hpr import NIN

PERSONS = """HPRNummer;Personnummer;Fornavn;Mellomnavn;Etternavn;Fødselsdato;Dødsdato;Kjønn;SistOppdatert
900000011;15818291261;Test;;Eksempelsen;1970.01.01 00:00:00;;Kjønn:2;2026.01.02 03:04:05
900000029;;"Annen; Test";;Eksempelsen;;;;2026.01.02 03:04:05
"""
AUTHORISATIONS = """Id;HPRNummer;Helsepersonellkategori;Autorisasjon;GyldigFra;GyldigTil;AvsluttetStatus
1;900000011;Lege:LE;Autorisasjon:1;2005.06.20 00:00:00;;
2;900000011;Lege:LE;Lisens:3;2004.06.20 00:00:00;2005.06.20 00:00:00;Avsluttet: historisk:99
"""
RIGHTS = """HPRNummer;Helsepersonellkategori;Rekvisisjonsrett;GyldigFra;GyldigTil
900000011;Lege:LE;Full rekvisisjonsrett:1;2005.06.20 00:00:00;9999.12.31 00:00:00
"""
JUNE_2004, JUNE_2005 = datetime(2004, 6, 19, 22, tzinfo=UTC), datetime(2005, 6, 19, 22, tzinfo=UTC)


def packed(folder: Path, **tables: str | bytes) -> Path:
    path = folder / "hpr.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in tables.items():
            archive.writestr(f"{name}.csv", content)
    return path


def export(folder: Path, **changes: str | bytes) -> list[Any]:
    tables = {"personer": PERSONS, "godkjenninger": AUTHORISATIONS, "rekvisisjonsretter": RIGHTS}
    return records_of(packed(folder, **tables | changes))


def test_persons_are_joined_with_their_approvals_and_rights(tmp_path: Path):
    doctor = CodeValue("9060", "LE")
    right = RequisitionRightSnapshot(type=CodeValue("7701", "1"), valid_from=JUNE_2005)
    changed = datetime(2026, 1, 2, 2, 4, 5, tzinfo=UTC)

    assert export(tmp_path) == [
        HealthProfessionalSnapshot(
            interface="hpr-csv",
            position="hpr.zip/personer.csv, line 2",
            changed_at=changed,
            hpr_number=HprNumber(900000011),
            national_id=NationalId(NIN),
            national_id_holds=True,
            first_name="Test",
            middle_name=None,
            last_name="Eksempelsen",
            born_on=date(1970, 1, 1),
            died_on=None,
            sex=CodeValue("3101", "2"),
            authorisations=[
                AuthorisationSnapshot(
                    profession=doctor,
                    kind=CodeValue("7704", "1"),
                    valid_from=JUNE_2005,
                    ended_status=None,
                    requisition_rights=(right,),
                ),
                AuthorisationSnapshot(
                    profession=doctor,
                    kind=CodeValue("7704", "3"),
                    valid_from=JUNE_2004,
                    valid_to=JUNE_2005,
                    ended_status=CodeValue("avsluttet_status", "99"),
                    requisition_rights=(),
                ),
            ],
        ),
        HealthProfessionalSnapshot(
            interface="hpr-csv",
            position="hpr.zip/personer.csv, line 3",
            changed_at=changed,
            hpr_number=HprNumber(900000029),
            first_name="Annen; Test",
            middle_name=None,
            last_name="Eksempelsen",
            born_on=None,
            died_on=None,
            sex=None,
            authorisations=[],
        ),
    ]


def test_order_case_and_further_columns_do_not_matter(tmp_path: Path):
    reversed_table = "\r\n".join(";".join(reversed(line.split(";"))) for line in AUTHORISATIONS.splitlines())
    renamed = PERSONS.replace("HPRNummer", "hpr nummer").replace("Fornavn", "FORNAVN").encode("utf-8-sig")

    assert export(tmp_path, godkjenninger=reversed_table, personer=renamed) == export(tmp_path)


def test_the_tables_may_be_in_windows_1252(tmp_path: Path):
    assert export(tmp_path, personer=PERSONS.encode("cp1252")) == export(tmp_path)


def test_what_a_missing_table_would_carry_is_not_reported(tmp_path: Path):
    (person,) = records_of(packed(tmp_path, personer="HPRNummer\n900000011\n"))

    assert person.authorisations is person.first_name is person.national_id is NOT_REPORTED


def test_a_right_belongs_to_the_approval_that_it_names(tmp_path: Path):
    rights = "HPRNummer;GodkjenningId;Type;GyldigFra\n900000011;2;x:1;2005.06.20 00:00:00\n"
    person = export(tmp_path, rekvisisjonsretter=rights)[0]

    assert [len(each.requisition_rights) for each in person.authorisations] == [0, 1]


@pytest.mark.parametrize(
    "approvals",
    [
        AUTHORISATIONS + "3;900000011;Tannlege:TL;Autorisasjon:1;2001.01.01 00:00:00;;\n",
        AUTHORISATIONS.replace("2005.06.20", "2006.06.20").replace("2004.06.20", "2006.01.01"),
    ],
    ids=["two professions", "none in force"],
)
def test_a_right_whose_approval_cannot_be_found_is_refused(tmp_path: Path, approvals: str):
    rights = "HPRNummer;Type;GyldigFra\n900000011;x:1;2005.06.20 00:00:00\n"
    person = export(tmp_path, godkjenninger=approvals, rekvisisjonsretter=rights)[0]

    assert refused(person) == ["right-without-authorisation"]
    assert all(each.requisition_rights == () for each in person.authorisations)


def test_rows_of_unknown_persons_are_counted(tmp_path: Path):
    found = export(tmp_path, godkjenninger=AUTHORISATIONS + "9;900000037;a:LE;b:1;2005.06.20 00:00:00;;\n")

    text = "1 rows are of persons whom personer.csv does not name"
    assert found[-1] == Broken("hpr.zip/godkjenninger.csv", "person-missing", text)


def test_a_row_with_too_few_cells_costs_itself_alone(tmp_path: Path):
    found = export(tmp_path, personer=PERSONS + "900000037;;\n\n")

    assert [type(each) for each in found] == [HealthProfessionalSnapshot, HealthProfessionalSnapshot, Broken]
    assert (found[-1].position, found[-1].rule) == ("hpr.zip/personer.csv, line 4", "row-malformed")


def test_it_is_recognised_by_the_files_in_it(tmp_path: Path):
    assert recognise(open_source(packed(tmp_path, personer=PERSONS))).name == "hpr-csv"


def test_a_file_that_is_no_export_is_reported(tmp_path: Path):
    path = tmp_path / "persons.csv"
    path.write_text(PERSONS, "utf-8")

    assert [each.rule for each in records_of(path, format="hpr-csv")] == ["file-missing"]

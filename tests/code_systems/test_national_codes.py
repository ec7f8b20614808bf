"""The national code lists that the migrations load. The expected values are written out here a
second time, from the published lists, so that a slip in the files is seen."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

NATIONAL_CODES = Path(__file__).parents[2] / "alembic" / "national_codes"
VOLVEN_ARC = "2.16.578.1.12.4.1.1"
AFTER_THE_COUNTY_REFORM = date(2024, 6, 1)
BEFORE_THE_COUNTY_REFORM = date(2023, 12, 31)
SVALBARD = "2100"  # an area code among the municipalities, in no county

MUNICIPALITIES_PER_COUNTY = {
    "03": 1, "11": 23, "15": 27, "18": 41, "31": 12, "32": 21, "33": 18, "34": 46,
    "39": 6, "40": 17, "42": 25, "46": 43, "50": 38, "55": 21, "56": 18,
}  # fmt: skip

COMPLETE_SYSTEMS = {
    "8116": "FNR DNR HNR HPR HER PNR SEF DKF SSN FPN UID DUF FHN XXX",
    "8268": "ENH RSH HER NPR SYS AVD APO AKO LIN LAV LOK HPR LOP FHN FNR DNR HNR PNR SEF DKF SSN EHK FPN DUF XXX",
    "8624": "01 02 03 04 05 06 07 08 09 10 11 12 13 14 21 31 41 51 61 71 72 73 88",
    "8628": "1 2 3 9",
    "9034": "3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24",
    "9040": "101 102 103 104 105 106 107 108 109 110 111 112 113 114 115 116",
    "9044": "E_EDI E_EDI_WS E_EDI_HTTP_SYNC E_EDI_HTTP_ASYNC E_SB_ASYNC E_SB_SYNC E_SB_SYNCREPLY"
    " E_SB_ERROR E_FHIR E_DS E_KS E_SS E_TLF E_CEN E_DIR E_ICE E_MOB E_SEN E_EPO E_FAX E_URL E_PTL"
    " E_LOK E_MLD E_BRV E_DIV E_AMT E_BIZ E_NSM ADL BUI HNR STR POB ZIP POO POP GPS CNT DSC",
    "9060": "AA AT AU BI ET FA1 FA2 FB FO FT HE HF HP JO KE KI LE NP OA OI OP OR OS PE PM PS RA SP"
    " TH TL TP TT VE VP XX MT",
}


def rows(name: str) -> list[dict[str, str]]:
    with (NATIONAL_CODES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


SYSTEMS = rows("code_systems.csv")
CODES = rows("codes.csv")


def valid(system: str, day: date) -> dict[str, str]:
    """Display text by value, of the codes whose half-open period contains the day."""
    return {
        code["value"]: code["display"]
        for code in CODES
        if code["system"] == system
        and (not code["valid_from"] or date.fromisoformat(code["valid_from"]) <= day)
        and (not code["valid_to"] or day < date.fromisoformat(code["valid_to"]))
    }


def municipalities(day: date) -> dict[str, str]:
    return {value: name for value, name in valid("3402", day).items() if value != SVALBARD}


def test_there_are_357_municipalities_in_15_counties():
    assert len(municipalities(AFTER_THE_COUNTY_REFORM)) == 357
    assert len(valid("3404", AFTER_THE_COUNTY_REFORM)) == 15


def test_every_municipality_lies_in_a_county_that_is_valid():
    assert {value[:2] for value in municipalities(AFTER_THE_COUNTY_REFORM)} == set(
        valid("3404", AFTER_THE_COUNTY_REFORM)
    )


def test_every_county_has_all_its_municipalities():
    found = Counter(value[:2] for value in municipalities(AFTER_THE_COUNTY_REFORM))

    assert found == MUNICIPALITIES_PER_COUNTY


def test_two_municipalities_of_one_name_tell_their_county():
    names = Counter(municipalities(AFTER_THE_COUNTY_REFORM).values())

    assert {name for name, times in names.items() if times > 1} == set()
    assert {"Herøy (Nordland)", "Herøy (Møre og Romsdal)"} <= set(names)
    assert {"Våler (Østfold)", "Våler (Innlandet)"} <= set(names)


def test_the_county_reform_of_2024_replaced_codes_instead_of_removing_them():
    before, after = (
        valid("3404", BEFORE_THE_COUNTY_REFORM),
        valid("3404", AFTER_THE_COUNTY_REFORM),
    )

    assert set(before) - set(after) == {"30", "38", "54"}
    assert set(after) - set(before) == {"31", "32", "33", "39", "40", "55", "56"}
    assert municipalities(BEFORE_THE_COUNTY_REFORM)["1507"] == "Ålesund"
    assert municipalities(AFTER_THE_COUNTY_REFORM)["1508"] == "Ålesund"
    assert "1507" not in municipalities(AFTER_THE_COUNTY_REFORM)


@pytest.mark.parametrize("system", COMPLETE_SYSTEMS)
def test_a_complete_system_holds_exactly_the_published_values(system):
    values = {code["value"] for code in CODES if code["system"] == system}

    assert values == set(COMPLETE_SYSTEMS[system].split())
    assert next(row["complete"] for row in SYSTEMS if row["system"] == system) == "true"


def test_retired_business_types_are_kept_but_inactive():
    inactive = {
        code["value"]: code["display"] for code in CODES if code["system"] == "9040" and code["active"] == "false"
    }

    assert inactive == dict.fromkeys(["106", "107", "109", "111", "112"], "Utgått")


def test_the_services_of_the_retired_system_8655_are_inactive():
    active = {(code["system"], code["value"]): code["active"] for code in CODES if code["system"] in {"8655", "8666"}}

    assert active["8666", "KX17"] == "true"
    assert {state for (system, _), state in active.items() if system == "8655"} == {"false"}


def test_leading_zeros_are_part_of_the_value():
    values = {code["value"] for code in CODES if code["system"] == "8666"}

    assert {"01", "05", "8"} <= values
    assert not {"1", "5", "08"} & values
    assert municipalities(AFTER_THE_COUNTY_REFORM)["0301"] == "Oslo"


def test_there_are_249_countries_of_two_capital_letters():
    countries = valid("9043", AFTER_THE_COUNTY_REFORM)

    assert len(countries) == 249
    assert all(len(value) == 2 and value.isascii() and value.isupper() for value in countries)
    assert countries["NO"] == "Norge"


def test_a_value_is_listed_once_in_its_system():
    times = Counter((code["system"], code["value"]) for code in CODES)

    assert [key for key, count in times.items() if count > 1] == []


def test_every_code_belongs_to_a_listed_system():
    assert {code["system"] for code in CODES} <= {row["system"] for row in SYSTEMS}


def test_a_system_is_listed_once_and_a_number_names_its_volven_identifier():
    assert len({row["system"] for row in SYSTEMS}) == len(SYSTEMS)
    for row in SYSTEMS:
        number = row["system"].isdecimal()
        assert row["oid"] == (f"{VOLVEN_ARC}.{row['system']}" if number else "")


def test_every_system_called_complete_has_codes():
    complete = {row["system"] for row in SYSTEMS if row["complete"] == "true"}

    assert complete <= {code["system"] for code in CODES}


def test_values_that_we_made_ourselves_are_unconfirmed():
    unconfirmed = {(c["system"], c["value"]) for c in CODES if c["confirmed"] == "false"}

    assert {("7751", "LUKKET"), ("7751", "LAAST"), ("3101", "0"), ("7702", "1")} <= unconfirmed
    assert {("3403", c["value"]) for c in CODES if c["system"] == "3403"} <= unconfirmed


def test_cells_are_clean_and_no_row_is_short_or_long():
    for row in SYSTEMS + CODES:
        assert None not in row and None not in row.values()
        assert all(cell == cell.strip() for cell in row.values())
    assert all(code["value"] and code["display"] for code in CODES)
    assert all(row["name"] and row["source"] for row in SYSTEMS)
    assert {row["complete"] for row in SYSTEMS} == {"true", "false"}
    assert {code[flag] for code in CODES for flag in ("active", "confirmed")} == {"true", "false"}


def test_a_code_that_has_ended_is_inactive_and_began_before_it_ended():
    ended = [code for code in CODES if code["valid_to"]]

    assert {code["active"] for code in ended} == {"false"}
    assert all(code["valid_from"] < code["valid_to"] for code in ended)


def test_the_files_are_sorted_and_use_line_feeds():
    keys = [(code["system"], code["value"]) for code in CODES]
    systems = [row["system"] for row in SYSTEMS]

    assert keys == sorted(keys)
    assert systems == sorted(systems)
    for name in ("codes.csv", "code_systems.csv"):
        assert b"\r" not in (NATIONAL_CODES / name).read_bytes()

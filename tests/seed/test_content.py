"""The content of the files of SMALL."""

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from registers.core.identifiers import parse_organisation_number
from tests.seed.conftest import Records

NATIONAL_CODES = Path(__file__).parents[2] / "alembic" / "national_codes"
SYNTHETIC = "3"  # how organisation numbers of the synthetic series begin (Tenor)
HOST_KEYS = re.compile("address|queue|mail|url|hjemmeside", re.IGNORECASE)


def organisation_numbers(records: Records) -> set[str]:
    units = chain(records["enheter"], records["underenheter"])
    return {unit["organisasjonsnummer"] for unit in units}


def resh_units(trees: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for unit in trees:
        yield unit
        yield from resh_units(unit["reshChildren"])


def test_there_are_121_organisations_and_400_parties(records: Records, parties: dict[int, Any]):
    assert len(organisation_numbers(records)) == 121
    assert len(records["enheter"]) + len(records["underenheter"]) == 121
    assert len(parties) == 400


def test_no_her_id_stands_twice_in_a_file(records: Records):
    for name in ("communication-parties", "communication-parties-legacy", "certificates"):
        her_ids = Counter(record["herId"] for record in records[name])

        assert her_ids.most_common(1)[0][1] == 1, name


def test_every_organisation_number_is_valid_and_synthetic(records: Records):
    for number in organisation_numbers(records):
        assert parse_organisation_number(number).startswith(SYNTHETIC), number


def test_every_sub_unit_has_a_main_unit(records: Records):
    main = {unit["organisasjonsnummer"] for unit in records["enheter"]}

    assert {unit["overordnetEnhet"] for unit in records["underenheter"]} <= main


def test_every_party_belongs_to_an_organisation_that_is_there(records: Records, parties: Any):
    known = organisation_numbers(records)
    for her_id, reported in parties.items():
        numbers = set()
        if "newer" in reported:
            party = reported["newer"]
            details = party["serviceDetails"] or party["personDetails"]
            holder = details["parentOrganization"] if details else party["organizationDetails"]
            numbers.add(holder["organizationNumber"])
        if "older" in reported:
            party = reported["older"]
            number = party.get("OrganizationNumber", party["ParentOrganizationNumber"])
            numbers.add(str(number))

        assert len(numbers) == 1, her_id
        assert numbers <= known, her_id


def test_every_parent_and_child_is_there(parties: dict[int, Any]):
    organisations = 0
    for reported in parties.values():
        if "older" in reported and reported["older"]["ParentHerId"] != -1:
            assert reported["older"]["ParentHerId"] in parties
        if "newer" not in reported:
            continue
        party = reported["newer"]
        if details := party["organizationDetails"]:
            organisations += 1
            assert set(details["services"]) | set(details["persons"]) <= set(parties)
        else:
            details = party["serviceDetails"] or party["personDetails"]
            assert details["parentOrganization"]["herId"] in parties
    assert organisations == 58  # one more is reported only in the older form


def test_the_two_interfaces_agree_where_both_speak(parties: dict[int, Any]):
    both = [reported for reported in parties.values() if len(reported) == 2]
    for reported in both:
        newer, older = reported["newer"], reported["older"]
        electronic = {each["TypeCodeValue"]: each["Address"] for each in older["ElectronicAddresses"]}
        queues = newer["amqpAddress"] or {}

        assert older["Active"] and older["IsValidCommunicationParty"]
        assert (newer["name"], newer["displayName"]) == (older["Name"], older["DisplayName"])
        assert newer["type"] == older["Type"]
        assert newer["validFrom"][:19] == older["Valid"]["From"]
        assert (newer["validTo"] or "9999-12-31T00:00:00+")[:19] == older["Valid"]["To"]
        assert newer["ediAddress"] == electronic.get("E_EDI")
        assert newer["email"] == electronic.get("E_EPO")
        assert newer["phoneNumber"] == electronic.get("E_TLF")
        assert queues.get("amqpAsyncQueue") == electronic.get("E_SB_ASYNC")
    assert len(both) >= 50


def test_every_host_ends_in_invalid(small: list[Path], records: Records):
    found = list(hosts(records))

    assert [host for host in found if not host.endswith(".example.invalid")] == []
    assert len(found) > 3_000


def hosts(value: Any, key: str = "") -> Iterator[str]:
    """Every host in a value whose key is that of an address."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from hosts(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from hosts(inner, key)
    elif isinstance(value, str) and HOST_KEYS.search(key):
        if "://" in value:
            yield urlsplit(value).hostname or value
        elif "@" in value:
            yield value.rpartition("@")[2]
        elif value.startswith(("www.", "sb.")):
            yield value.partition("/")[0]


def test_every_municipality_is_one_of_the_national_list(records: Records):
    with (NATIONAL_CODES / "codes.csv").open(encoding="utf-8") as file:
        national = {
            row["value"]: row["display"].split(" (")[0].upper()
            for row in csv.DictReader(file)
            if row["system"] == "3402" and row["active"] == "true"
        }
    municipalities = {
        (address["kommunenummer"], address["kommune"])
        for unit in chain(records["enheter"], records["underenheter"])
        for address in (unit["postadresse"], unit.get("forretningsadresse"))
        if address
    }

    assert municipalities <= set(national.items())
    assert len(municipalities) == 12


def test_the_charts_of_the_specialist_service_are_trees(records: Records):
    units = list(resh_units(records["resh"]))
    numbers = organisation_numbers(records)

    assert Counter(unit["level"] for unit in units) == {"1": 1, "2": 2, "3": 6, "9": 84}
    assert len({unit["reshId"] for unit in units}) == 93
    for unit in units:
        assert all(child["parentReshId"] == unit["reshId"] for child in unit["reshChildren"])
        assert unit["organizationNumber"] in {*numbers, None}


def test_exactly_eight_offices_have_the_service_for_vacant_lists(parties: dict[int, Any]):
    offices = Counter(
        reported["newer"]["serviceDetails"]["parentOrganization"]["herId"]
        for reported in parties.values()
        if "newer" in reported and (reported["newer"]["serviceDetails"] or {}).get("serviceType")
        and reported["newer"]["serviceDetails"]["serviceType"]["value"] == "KX17"
    )  # fmt: skip

    assert set(offices) == set(range(8_000_015, 8_000_023))
    assert set(offices.values()) == {1}


def test_no_period_is_empty(records: Records):
    for party in records["communication-parties"]:
        assert party["validTo"] is None or party["validFrom"] < party["validTo"]
    for party in records["communication-parties-legacy"]:
        valid = party["communicationParty"]["Valid"]
        assert valid["From"] < valid["To"]


def test_some_names_would_break_careless_programs(small: list[Path]):
    text = small[0].read_text(encoding="utf-8")
    names = [unit["navn"] for unit in json.loads(text)["_embedded"]["enheter"]]

    assert any("&" in name for name in names)
    assert any('"' in name for name in names)
    assert any("'" in name for name in names)
    assert max(map(len, names)) > 120
    assert set("ÆØÅŠÁ") <= set("".join(names))

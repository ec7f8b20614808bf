"""Dirt in addresses and times of real files, and what becomes of it."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from registers.intake.snapshot import CodeValue
from tests.support.files import broken, flags, one, refused
from tests.support.records_ar import electronic, legacy, physical


@pytest.mark.parametrize(("value", "expected"), [(110, "0110"), (161, "0161"), (37, "0037"), ("0110", "0110")])
def test_a_postal_code_gets_its_zeros_back(tmp_path: Path, value: Any, expected: str):
    party = one(tmp_path, legacy(PhysicalAddresses=[physical("PST", PostalCode=value)]))

    assert party.physical_addresses[0].postal_code == expected
    assert not party.flags and not party.refused


@pytest.mark.parametrize("none", [0, -1, None, ""])
def test_a_postal_code_of_none_is_none(tmp_path: Path, none: Any):
    party = one(tmp_path, legacy(PhysicalAddresses=[physical("PST", PostalCode=none)]))

    assert party.physical_addresses[0].postal_code is None
    assert not party.refused


def test_a_postal_code_of_another_country_is_refused_and_the_rest_kept(tmp_path: Path):
    party = one(tmp_path, legacy(PhysicalAddresses=[physical("PST", PostalCode="SE-11251")]))

    assert party.physical_addresses[0].street == "Eksempelveien 1"
    assert party.physical_addresses[0].postal_code is None
    assert refused(party) == ["postal-code"]


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2023-04-04T00:00:00", "9999-12-31T00:00:00"),
        ("2023-04-04T00:00:00", "9999-12-31T23:59:59.999"),
        ("2025-03-24T00:00:00", "2125-03-24T00:00:00"),
        ("2025-07-24T00:00:00", "2115-07-24T00:00:00"),
        ("2024-02-29T00:00:00", "2114-03-01T00:00:00"),
        ("2023-04-04T00:00:00", None),
        ("2023-04-04T00:00:00", "  "),
    ],
)
def test_an_end_far_away_is_none(tmp_path: Path, start: str, end: str | None):
    party = one(tmp_path, legacy(Valid={"From": start, "To": end}))

    assert party.valid_to is None
    assert not party.flags


def test_an_end_within_ninety_years_is_one(tmp_path: Path):
    party = one(tmp_path, legacy(Valid={"From": "2025-03-24T00:00:00", "To": "2115-03-23T00:00:00"}))

    assert party.valid_to == datetime(2115, 3, 22, 23, tzinfo=UTC)


TIMES = [
    ("2023-04-04T09:59:57.87", datetime(2023, 4, 4, 7, 59, 57, 870000, tzinfo=UTC)),
    ("2023-01-04T09:59:57", datetime(2023, 1, 4, 8, 59, 57, tzinfo=UTC)),
    ("2023-01-04T09:59", datetime(2023, 1, 4, 8, 59, tzinfo=UTC)),
    ("2023-01-04 09:59:57", datetime(2023, 1, 4, 8, 59, 57, tzinfo=UTC)),
    ("2023-01-04", datetime(2023, 1, 3, 23, tzinfo=UTC)),
    ("2025-06-03T07:53:13.7710342+02:00", datetime(2025, 6, 3, 5, 53, 13, 771034, tzinfo=UTC)),
    ("2025-06-03T07:53:13.7710342Z", datetime(2025, 6, 3, 7, 53, 13, 771034, tzinfo=UTC)),
    ("2025-06-03T07:53:13-0330", datetime(2025, 6, 3, 11, 23, 13, tzinfo=UTC)),
    ("2024-03-31T02:30:00", datetime(2024, 3, 31, 1, 30, tzinfo=UTC)),  # skipped by summer time
    ("2024-10-27T02:30:00", datetime(2024, 10, 27, 0, 30, tzinfo=UTC)),  # occurs twice: the first
    ("1899-12-31T00:00:00", datetime(1899, 12, 30, 23, tzinfo=UTC)),
]


@pytest.mark.parametrize(("text", "moment"), TIMES)
def test_times_without_offset_are_norwegian_and_kept_to_the_microsecond(tmp_path: Path, text: str, moment: datetime):
    party = one(tmp_path, legacy(Valid={"From": text, "To": None}))

    assert party.valid_from == moment
    assert party.valid_from.tzinfo is UTC


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00", "yesterday", "2024-13-01", "2024-02-30T00:00:00", "20240101"])
def test_an_optional_time_that_cannot_be_is_left_out_with_a_flag(tmp_path: Path, text: str):
    party = one(tmp_path, legacy(LastChanged=text, ElectronicAddresses=[]))

    assert party.changed_at is None
    assert flags(party) == ["implausible-time"]


def test_telephone_numbers_are_kept_as_they_are_written(tmp_path: Path):
    numbers = ["22 33 44 55", "22334455", "+47 22 33 44 55"]
    kinds = ["E_TLF", "E_CEN", "E_FAX"]
    body = legacy(ElectronicAddresses=[electronic(kind, text) for kind, text in zip(kinds, numbers, strict=True)])

    assert [each.address for each in one(tmp_path, body).electronic_addresses] == numbers


def test_an_address_without_type_is_kept_with_a_flag(tmp_path: Path):
    party = one(tmp_path, legacy(PhysicalAddresses=[physical(None), physical("PST")]))

    assert [each.type and each.type.key for each in party.physical_addresses] == [None, "3401/PST"]
    assert flags(party) == ["address-without-type"]


def test_the_duplicate_of_an_address_s_type_is_used_when_the_type_is_missing(tmp_path: Path):
    body = legacy(
        PhysicalAddresses=[physical("FLO_RES", Type=None)],
        ElectronicAddresses=[electronic("E_EDI", "a@example.invalid", Type=None)],
    )
    party = one(tmp_path, body)

    assert party.physical_addresses[0].type == CodeValue("3401", "FLO_RES")
    assert party.electronic_addresses[0].type == CodeValue("9044", "E_EDI")
    assert party.flags == []


def test_an_electronic_address_without_type_is_refused_with_a_remark(tmp_path: Path):
    party = one(tmp_path, legacy(ElectronicAddresses=[electronic("", "x", Type=None)]))

    assert party.electronic_addresses == []
    assert refused(party) == ["address-without-type"]


def test_an_own_address_without_value_is_kept_with_a_flag(tmp_path: Path):
    empty = physical("RES", City=None, PostalCode=0, StreetAddress=" ")
    party = one(tmp_path, legacy(ElectronicAddresses=[electronic("E_EDI", " ")], PhysicalAddresses=[empty]))

    assert party.electronic_addresses[0].address is None
    assert flags(party) == ["address-empty", "address-empty"]


@pytest.mark.parametrize("inherited_first", [True, False])
def test_of_two_addresses_of_a_type_the_own_one_is_kept(tmp_path: Path, inherited_first: bool):
    pair = [electronic("E_EDI", "parent@example.invalid", inherited=True), electronic("E_EDI", "own@example.invalid")]
    party = one(tmp_path, legacy(ElectronicAddresses=pair if inherited_first else pair[::-1]))

    assert [each.address for each in party.electronic_addresses] == ["own@example.invalid"]
    assert flags(party) == ["address-repeated"]


@pytest.mark.parametrize(
    ("valid", "rule"),
    [
        ({"From": "2023-04-04T00:00:00", "To": "2023-04-04T00:00:00"}, "period-empty"),
        ({"From": "2023-04-04T00:00:00", "To": "2001-01-01T00:00:00"}, "period-empty"),
        ({"From": None, "To": None}, "period-missing"),
        (None, "period-missing"),
        ({"From": "soon", "To": None}, "period-unreadable"),
        ({"From": "2023-04-04", "To": "later"}, "period-unreadable"),
        ({"From": "9999-12-31", "To": None}, "period-implausible"),
    ],
)
def test_a_record_without_a_period_is_broken(tmp_path: Path, valid: Any, rule: str):
    assert broken(tmp_path, legacy(Valid=valid)).rule == rule
